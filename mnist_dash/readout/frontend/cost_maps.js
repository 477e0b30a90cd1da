// Where a distance comes from: the digit, an ideal, and what each pixel costs. One pixel is pointed at in
// all pictures at once, by pointer or by arrow keys.

import { SIDE, bytes, element, floats, greys, paint, picture, pixelAt, ramp, rgb } from "./pictures.js";

const NORM_COLOURS = { L1: "--st-blue-color", L2: "--st-orange-color" };
const maps = new WeakMap();

export default function ({ parentElement, data }) {
  const shown = maps.get(parentElement) ?? new CostMaps(parentElement);
  maps.set(parentElement, shown);
  shown.show(data);
}

class CostMaps {
  constructor(parent) {
    this.root = element("div", "maps");
    parent.append(this.root);
  }

  show({ norm, seen, ideals, cost, formula }) {
    this.root.replaceChildren();
    this.root.dataset.norm = norm;
    this.cost = cost;
    this.image = Float32Array.from(bytes(seen), (value) => value / 255);
    this.rows = ideals.map((ideal) => ({
      ...ideal,
      pixels: floats(ideal.pixels),
      costs: floats(ideal.costs),
    }));
    const top = Math.max(...this.rows.flatMap(({ costs }) => [...costs]));
    const style = getComputedStyle(this.root);
    // Streamlit's own variables, which are there before our style sheet is.
    const names = ["--st-background-color", NORM_COLOURS[norm], "--st-text-color"];
    const colours = names.map((name) => rgb(style.getPropertyValue(name)));
    this.pictures = [];
    const list = element("div", "pairs");
    for (const row of this.rows) list.append(this.#pair(row, formula, ramp(colours, top)));
    const value = (at) => at.toFixed(2);
    const scale = element("div", "scale");
    scale.append(element("span", "", "0"), element("i", "ramp"), element("span", "", value(top)));
    scale.append(element("span", "what", `${cost} of one pixel, both maps on one scale`));
    this.pointed = element("p", "pointed");
    this.pointed.setAttribute("role", "status");
    this.root.append(list, scale, this.pointed);
    this.#point(null);
  }

  #pair({ digit, distance, pixels, costs, place }, formula, colour) {
    const pair = element("section", "pair");
    const title = element("h3", "");
    title.append(`${place}: ideal ${digit}`);
    const line = element("div", "line");
    const most = costs.indexOf(Math.max(...costs));
    const map = `What each pixel costs against ideal ${digit}: most at row ${Math.floor(most / SIDE)}, column ${most % SIDE}`;
    line.append(
      this.#figure("the digit", "The digit", this.image, greys(1)),
      element("b", "sign", "−"),
      this.#figure(`ideal ${digit}`, `Ideal ${digit}`, pixels, greys(1)),
      element("b", "sign", "→"),
      this.#figure(this.cost, map, costs, colour),
    );
    const sum = element("p", "sum");
    sum.append(`${formula} = `, element("strong", "", distance.toFixed(4)));
    pair.append(title, line, sum);
    return pair;
  }

  #figure(caption, label, values, colour) {
    const figure = element("figure");
    const frame = element("div", "frame");
    const canvas = picture(label);
    const mark = element("span", "mark");
    mark.hidden = true;
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", `${label}. Arrow keys point at pixels.`);
    paint(canvas, values, colour);
    frame.append(canvas, mark);
    frame.onpointermove = frame.onpointerdown = (event) => this.#point(pixelAt(canvas, event));
    frame.onpointerleave = (event) => event.pointerType === "touch" || this.#point(null);
    frame.onblur = () => this.#point(null);
    frame.onkeydown = (event) => this.#step(event);
    figure.append(frame, element("figcaption", "", caption));
    this.pictures.push(mark);
    return figure;
  }

  #step(event) {
    const step = { ArrowUp: -SIDE, ArrowDown: SIDE, ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    this.#point(Math.min(Math.max((this.pixel ?? 14 * SIDE + 14) + step, 0), SIDE * SIDE - 1));
  }

  #point(pixel) {
    this.pixel = pixel;
    for (const mark of this.pictures) {
      mark.hidden = pixel === null;
      mark.style.left = `${((pixel % SIDE) * 100) / SIDE}%`;
      mark.style.top = `${(Math.floor(pixel / SIDE) * 100) / SIDE}%`;
    }
    if (pixel === null) {
      this.pointed.textContent = "Point at a pixel to read its numbers.";
      return;
    }
    const parts = this.rows.map(
      ({ digit, pixels, costs }) =>
        `ideal ${digit}: ${pixels[pixel].toFixed(3)}, ${this.cost} ${costs[pixel].toFixed(3)}`,
    );
    const place = `[${Math.floor(pixel / SIDE)}, ${pixel % SIDE}]`;
    this.pointed.textContent = `${place}  the digit: ${this.image[pixel].toFixed(3)} · ${parts.join(" · ")}`;
  }
}
