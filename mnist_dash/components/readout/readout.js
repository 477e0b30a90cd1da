// What follows the pen: the 28 x 28 the computer sees, and how far it is from every ideal.
// Elements are made once per set of classes and then only changed, so nothing flickers.

import { LANES, lanes } from "./lanes.js";
import { SIDE, element, greys, paint, picture, pixelAt, unpacked } from "../shared/pictures.js";

// The end of the scale: most drawn digits are nearer than this to every ideal. Farther ones stretch it.
const FULL = { L1: 0.2, L2: 0.36 };

const [LINE, NUMBERS] = ["Show the distances as a line", "Show the numbers"];

const readouts = new WeakMap();

export default function ({ parentElement, data }) {
  const readout = readouts.get(parentElement) ?? new Readout(parentElement);
  readouts.set(parentElement, readout);
  readout.show(data);
}

class Readout {
  constructor(parent) {
    this.root = element("div", "readout");
    parent.append(this.root);
    new ResizeObserver(() => this.#place()).observe(this.root);
  }

  show({ classes, norms, seen, verdicts, headline, note, answers }) {
    const shape = JSON.stringify([classes, norms]);
    if (shape !== this.shape) this.#build(classes, norms);
    this.shape = shape;

    this.root.classList.toggle("empty", !seen);
    this.values = seen ? unpacked(seen) : new Uint8Array(SIDE * SIDE);
    paint(this.seen, this.values, greys(255));
    const inked = this.values.reduce((sum, value) => sum + (value > 0), 0);
    this.seen.setAttribute("aria-label", `What the computer sees: ${inked} of 784 pixels carry ink`);
    this.headline.textContent = headline;
    this.note.textContent = note;
    for (const { name } of norms) this.#verdict(name, verdicts?.[name]);
    this.verdicts = verdicts;
    this.#place();
    this.root.dataset.answers = answers ?? "";
    clearTimeout(this.quiet); // screen readers hear the result once it settles, not while it moves
    this.quiet = setTimeout(() => (this.spoken.textContent = `${headline}. ${note}`), 600);
  }

  #build(classes, norms) {
    this.root.replaceChildren();
    const top = element("div", "top");
    const figure = element("figure", "seen");
    this.seen = picture();
    this.value = element("figcaption", "value", "28 × 28, as the computer sees it");
    figure.append(this.seen, this.value);
    this.seen.onpointermove = (event) => {
      const pixel = pixelAt(this.seen, event);
      const place = `[${Math.floor(pixel / SIDE)}, ${pixel % SIDE}]`;
      this.value.textContent = `${place} = ${this.values[pixel]}`;
    };
    this.seen.onpointerleave = () => (this.value.textContent = "28 × 28, as the computer sees it");
    const words = element("div", "words");
    this.headline = element("p", "headline");
    this.note = element("p", "note");
    this.spoken = element("div", "unseen");
    this.spoken.setAttribute("role", "status");
    words.append(this.headline, this.note);
    top.append(figure, words, this.spoken);

    const sides = element("div", "sides");
    this.sides = new Map();
    for (const norm of norms) {
      const side = this.#side(classes, norm);
      this.sides.set(norm.name, side);
      sides.append(side.root);
    }
    const numbers = element("button", "numbers", this.inNumbers ? LINE : NUMBERS);
    numbers.type = "button";
    numbers.onclick = () => {
      const shown = this.root.classList.toggle("in-numbers");
      numbers.textContent = shown ? LINE : NUMBERS;
      for (const side of this.sides.values()) this.#put(side);
      this.#place();
    };
    this.root.append(top, sides, numbers);
  }

  #side(classes, { name, idea }) {
    const root = element("section", `side ${name}`);
    root.dataset.norm = name;
    const head = element("div", "head");
    const answer = element("strong", "answer");
    const title = element("div", "title");
    title.append(element("h2", "", name), element("p", "", idea));
    head.append(title, answer);
    const list = element("ol", "bars");
    list.setAttribute("aria-label", `Distance to each ideal, ${name}`);
    const rows = new Map();
    for (const digit of classes) {
      const row = element("li", "bar");
      row.dataset.digit = digit;
      const ideal = element("span", "ideal");
      ideal.style.backgroundImage = `var(--ideal-${digit})`;
      const track = element("span", "track");
      const fill = element("span", "fill");
      const number = element("span", "number");
      track.append(fill);
      row.append(ideal, element("span", "digit", digit), track, number);
      list.append(row);
      rows.set(digit, { row, fill, number });
    }
    const { line, spots } = this.#line(classes, name);
    const margin = element("p", "margin");
    root.append(head, line, list);
    this.#put({ root, line, margin });
    return { root, answer, rows, margin, line, spots };
  }

  get inNumbers() {
    return this.root.classList.contains("in-numbers");
  }

  /** The margin is written on the line, or below the bars. */
  #put({ root, line, margin }) {
    (this.inNumbers ? root : line).append(margin);
  }

  /** The digit at the left end, and every ideal at its distance from it. */
  #line(classes, norm) {
    const line = element("div", "line");
    line.append(element("span", "axis"), element("span", "here", "the digit"), element("span", "far", "farther"));
    const list = element("ol", "spots");
    list.setAttribute("aria-label", `Ideals in the order of their distance, ${norm}`);
    const spots = new Map();
    for (const digit of classes) {
      const spot = element("li", "spot");
      const ideal = element("span", "ideal");
      ideal.style.backgroundImage = `var(--ideal-${digit})`;
      spot.append(ideal, element("span", "digit", digit));
      list.append(spot);
      spots.set(digit, spot);
    }
    line.append(list);
    line.style.setProperty("--lanes", Math.min(LANES, classes.length));
    return { line, spots };
  }

  /** Moves every ideal to its place on the line. */
  #place() {
    for (const [norm, { line, spots }] of this.sides ?? []) {
      const verdict = this.verdicts?.[norm];
      line.classList.toggle("unmeasured", !verdict);
      if (!verdict) continue;
      const full = Math.max(FULL[norm] ?? 0, ...verdict.distances);
      const shares = verdict.distances.map((distance) => distance / full);
      const width = spots.values().next().value.offsetWidth / (line.clientWidth || 1);
      const places = lanes(shares, width);
      [...spots].forEach(([digit, spot], i) => {
        spot.style.setProperty("--at", shares[i]);
        spot.style.setProperty("--lane", places[i]);
        spot.classList.toggle("nearest", digit === verdict.nearest);
        spot.setAttribute("aria-label", `${digit}: ${verdict.distances[i].toFixed(4)}`);
      });
    }
  }

  #verdict(norm, verdict) {
    const { answer, rows, margin } = this.sides.get(norm);
    answer.textContent = verdict?.nearest ?? "–";
    const full = verdict && Math.max(FULL[norm] ?? 0, ...verdict.distances);
    [...rows].forEach(([digit, { row, fill, number }], i) => {
      const distance = verdict?.distances[i];
      row.classList.toggle("nearest", digit === verdict?.nearest);
      row.setAttribute("aria-current", digit === verdict?.nearest);
      fill.style.width = verdict ? `${(100 * distance) / full}%` : "0";
      number.textContent = verdict ? distance.toFixed(4) : "";
    });
    margin.textContent = verdict
      ? `nearer than ${verdict.runner_up} by ${verdict.margin.toFixed(4)}`
      : "";
  }
}
