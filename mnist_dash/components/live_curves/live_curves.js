// Curves over one axis, redrawn as fast as a slider moves, with their values at one place.

import { element } from "../shared/pictures.js";

const PAD = { left: 46, right: 12, top: 8, bottom: 40 }; // px around the curves
const shown = new WeakMap();

export default function ({ parentElement, data }) {
  const curves = shown.get(parentElement) ?? new Curves(parentElement);
  shown.set(parentElement, curves);
  curves.show(data);
}

class Curves {
  constructor(parent) {
    this.root = element("div", "curves");
    this.legend = element("p", "legend");
    this.svg = svg("svg", { role: "img" });
    this.root.append(this.legend, this.svg);
    parent.append(this.root);
    new ResizeObserver(() => this.#draw()).observe(this.root);
  }

  show(data) {
    this.data = data;
    this.svg.setAttribute("aria-label", data.label);
    this.svg.style.height = `${data.height}px`;
    const names = data.curves.map(({ name, colour, now, dashed }) => {
      const item = element("span", `item ${colour} ${dashed ? "dashed" : ""}`);
      item.append(element("i", "stroke"), `${name} `, element("strong", "", now));
      return item;
    });
    this.legend.replaceChildren(...names);
    this.#draw();
  }

  #draw() {
    const width = this.root.clientWidth;
    if (!width || !this.data) return;
    const { x: along, curves, at, notes, title, height, low, high, x_decimals, y_decimals } = this.data;
    const [first, last] = [along[0], along.at(-1)];
    const x = (value) => PAD.left + ((value - first) / (last - first || 1)) * (width - PAD.left - PAD.right);
    const y = (value) =>
      height - PAD.bottom - ((value - low) / (high - low || 1)) * (height - PAD.top - PAD.bottom);
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const parts = [];
    const words = []; // over the curves
    for (const tick of ticks(low, high, 4, y_decimals)) {
      parts.push(svg("line", { class: "grid", x1: x(first), x2: x(last), y1: y(tick), y2: y(tick) }));
      parts.push(text(x(first) - 6, y(tick) + 4, minus(tick.toFixed(y_decimals)), "end"));
    }
    for (const tick of ticks(first, last, width < 480 ? 4 : 6, x_decimals)) {
      parts.push(text(x(tick), height - PAD.bottom + 16, minus(tick.toFixed(x_decimals)), "middle"));
    }
    parts.push(text(x((first + last) / 2), height - 4, title, "middle"));
    for (const { at: place, name } of notes) {
      const [left, side] = place < at || x(place) > width - 90 ? [-6, "end"] : [6, "start"];
      parts.push(svg("line", { class: "noted", x1: x(place), x2: x(place), y1: y(low), y2: y(high) }));
      const reach = [x(place), x(place) + Math.sign(left) * 7 * name.length].sort((a, b) => a - b);
      const near = curves.flatMap(({ y: values }) =>
        values.filter((_, i) => x(along[i]) >= reach[0] && x(along[i]) <= reach[1]).map(y),
      );
      words.push(text(x(place) + left, clear([y(low) - 6, y(high) + 12, y((low + high) / 2)], near), name, side));
    }
    parts.push(svg("line", { class: "now", x1: x(at), x2: x(at), y1: y(low), y2: y(high) }));
    for (const { y: values, colour, dashed } of curves) {
      const d = values.map((value, i) => `${i ? "L" : "M"}${x(along[i])} ${y(value)}`).join("");
      parts.push(svg("path", { class: `curve ${colour} ${dashed ? "dashed" : ""}`, d }));
    }
    for (const { colour, value } of curves) {
      parts.push(svg("circle", { class: `dot ${colour}`, cx: x(at), cy: y(value), r: 5 }));
    }
    this.svg.replaceChildren(...parts, ...words);
  }
}

function svg(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** The first of these heights where words keep clear of the curves, or the one farthest from them. */
function clear(heights, near) {
  const room = (height) => Math.min(...near.map((each) => Math.abs(each - (height - 4))));
  const widest = Math.max(...heights.map(room));
  return heights.find((height) => room(height) >= Math.min(widest, 14));
}

function text(x, y, words, anchor) {
  const made = svg("text", { x, y, "text-anchor": anchor });
  made.textContent = words;
  return made;
}

const minus = (number) => (Number(number) === 0 ? number.replace("-", "") : number.replace("-", "−"));

/** About so many round numbers from low to high, none finer than the decimals shown. */
function ticks(low, high, many, decimals) {
  const least = Math.max((high - low || 1) / many, 10 ** -decimals);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * [1, 2, 5, 10].find((times) => times * power >= least * 0.999);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-6); i * step <= high + step * 1e-6; i++) found.push(i * step);
  return found;
}
