// An image, its heat map and a slice as a table: pointing at a pixel in one marks it in all. Dragging over a
// picture selects a slice.

import { colouring, stops } from "../shared/colours.js";
import { event } from "../shared/events.js";
import { Frames } from "../shared/frames.js";
import { bytes, element, pixelAt } from "../shared/pictures.js";

const LARGEST = 2.6; // a small slice's type is enlarged this much, at most

const TALLEST = 0.55; // share of the window's height, so that all 28 rows fit

const shown = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const table = shown.get(parentElement) ?? new PixelTable(parentElement);
  shown.set(parentElement, table);
  table.show(data, (slice) => setStateValue("slice", event(slice)));
  return () => {
    if (!parentElement.isConnected) table.sizes.disconnect();
  };
}

class PixelTable {
  constructor(parent) {
    this.root = element("div", "pixels");
    this.pictures = element("div", "pictures");
    this.side = element("div", "side");
    this.scroller = element("div", "scroller");
    this.scroller.tabIndex = 0;
    this.scroller.setAttribute("role", "region");
    this.scroller.setAttribute("aria-label", "The slice as a table");
    this.pointed = element("p", "pointed");
    this.pointed.setAttribute("role", "status");
    this.side.append(this.scroller, this.pointed);
    this.root.append(this.pictures, this.side);
    parent.append(this.root);
    this.sizes = new ResizeObserver(() => this.#fit());
    this.sizes.observe(this.side);
  }

  show({ pixels, width, height, slice, table, label }, send) {
    this.send = send;
    this.slice = slice;
    if (this.image !== pixels + label) this.#draw(bytes(pixels), width, height, label);
    this.image = pixels + label;
    for (const box of this.boxes) this.#box(box, slice);
    this.#fill(table);
    this.#tell(null);
  }

  #draw(values, width, height, label) {
    this.values = values;
    const style = getComputedStyle(this.root);
    this.frames = new Frames(width, height, (pixel) => this.#tell(pixel));
    this.boxes = [];
    const figure = (name, colours, low, high) => {
      const figure = element("figure");
      const frame = this.frames.frame(values, colouring(colours, 255, style), `${name} of ${label}`);
      const box = element("span", "slice");
      frame.append(box);
      this.boxes.push(box);
      this.#drags(frame);
      const scale = element("figcaption", "scale");
      const bar = element("i", "ramp");
      bar.style.background = `linear-gradient(to right, ${stops(colours, style).join(", ")})`;
      scale.append(element("span", "", low), bar, element("span", "", high));
      figure.append(element("figcaption", "name", name), frame, scale);
      return figure;
    };
    this.pictures.replaceChildren(
      figure("The picture", "greys", "0 = paper", "255 = ink"),
      figure("The heat map", "heat", "0", "255"),
    );
  }

  /** Mouse and pen draw a slice; a finger scrolls the page and uses the sliders. */
  #drags(frame) {
    const canvas = frame.querySelector("canvas");
    let from = null;
    const drawn = (event) => {
      const to = pixelAt(canvas, event);
      const [rows, columns] = [[from, to].map((p) => this.frames.row(p)), [from, to].map((p) => this.frames.column(p))];
      return [Math.min(...rows), Math.max(...rows) + 1, Math.min(...columns), Math.max(...columns) + 1];
    };
    frame.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" || event.button !== 0) return;
      frame.setPointerCapture(event.pointerId);
      from = pixelAt(canvas, event);
    });
    frame.addEventListener("pointermove", (event) => {
      if (from !== null) for (const box of this.boxes) this.#box(box, drawn(event));
    });
    frame.addEventListener("pointerup", (event) => {
      if (from === null) return;
      const slice = drawn(event);
      const meant = from !== pixelAt(canvas, event); // a click alone selects nothing
      from = null;
      if (meant) this.send(slice);
      else for (const box of this.boxes) this.#box(box, this.slice);
    });
    frame.addEventListener("pointercancel", () => {
      from = null;
      for (const box of this.boxes) this.#box(box, this.slice);
    });
  }

  #box(box, [top, bottom, left, right]) {
    const { width, height } = this.frames;
    box.style.left = `${(100 * left) / width}%`;
    box.style.top = `${(100 * top) / height}%`;
    box.style.width = `${(100 * (right - left)) / width}%`;
    box.style.height = `${(100 * (bottom - top)) / height}%`;
  }

  #fill(table) {
    if (table !== this.table) {
      this.scroller.innerHTML = table; // made by pandas, of numbers only
      const [top, , left] = this.slice;
      this.cells = new Map();
      [...this.scroller.querySelectorAll("tbody tr")].forEach((row, r) =>
        [...row.querySelectorAll("td")].forEach((cell, c) => {
          const pixel = (top + r) * this.frames.width + left + c;
          this.cells.set(pixel, cell);
          cell.onpointerenter = () => this.frames.point(pixel);
          cell.onpointerleave = () => this.frames.point(null);
        }),
      );
    }
    this.table = table;
    this.#fit();
  }

  /** Enlarge the table to fill its space. */
  #fit() {
    const table = this.scroller.querySelector("table");
    if (!table) return;
    table.style.zoom = 1;
    const across = this.scroller.clientWidth / table.offsetWidth;
    const down = (TALLEST * window.innerHeight) / table.offsetHeight;
    table.style.zoom = Math.max(Math.min(0.985 * across, down, LARGEST), 1);
  }

  #tell(pixel) {
    this.cell?.classList.remove("marked");
    this.cell = this.cells?.get(pixel);
    this.cell?.classList.add("marked");
    if (pixel === null) {
      this.pointed.textContent = "Point at a pixel in either picture; drag to cut out a slice.";
      return;
    }
    const [row, column] = [this.frames.row(pixel), this.frames.column(pixel)];
    this.pointed.textContent = `[${row}, ${column}] = ${this.values[pixel]}`;
  }
}
