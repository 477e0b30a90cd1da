// What follows the pen: the image the computer sees, and how far it is from every ideal.
// Elements are made once per set of classes and then only changed, so nothing flickers.

import { LANES, lanes, pictured } from "./lanes.js";
import { element, greys, paint, picture, pixelAt, unpacked } from "../shared/pictures.js";

// The end of the scale: most drawn digits are nearer than this to every ideal. Farther ones stretch it.
const FULL = { L1: 0.2, L2: 0.36 };

const [LINE, NUMBERS] = ["Show the distances as a line", "Show the numbers"];

// On the line are pictures of all ideals, or of so many if there are more; the farther ones are ticks.
const [MANY, NEAR] = [10, 6];

const readouts = new WeakMap();

/** What an ideal is called; a long name is cut, and whole where one points at it. */
function named(called) {
  const name = element("span", "digit", called);
  if (called.length > 1) name.title = called;
  return name;
}

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

  show({ classes, names, shape, norms, seen, verdicts, headline, note, answers }) {
    const kind = JSON.stringify([classes, names, shape, norms]);
    if (kind !== this.kind) {
      this.names = new Map(classes.map((label, i) => [label, names[i]]));
      this.#build(norms, shape);
    }
    this.kind = kind;

    const pixels = shape[0] * shape[1];
    this.root.classList.toggle("empty", !seen);
    this.values = seen ? unpacked(seen, pixels) : new Uint8Array(pixels);
    paint(this.seen, this.values, greys(255));
    const inked = this.values.reduce((sum, value) => sum + (value > 0), 0);
    this.seen.setAttribute("aria-label", `What the computer sees: ${inked} of ${pixels} pixels carry ink`);
    this.headline.textContent = headline;
    this.note.textContent = note;
    for (const { name } of norms) this.#verdict(name, verdicts?.[name]);
    this.verdicts = verdicts;
    this.#place();
    this.root.dataset.answers = answers ?? "";
    clearTimeout(this.quiet); // screen readers hear the result once it settles, not while it moves
    this.quiet = setTimeout(() => (this.spoken.textContent = `${headline}. ${note}`), 600);
  }

  #build(norms, [height, width]) {
    this.root.replaceChildren();
    this.root.classList.toggle("many", this.names.size > MANY);
    // What room a name has beside its bar; a digit has less.
    const longest = Math.max(...[...this.names.values()].map((name) => name.length));
    this.root.classList.toggle("named", longest > 1);
    this.root.classList.toggle("long", longest > 4);
    this.root.style.setProperty("--longest", Math.min(longest, 12));
    const size = `${height} × ${width}, as the computer sees it`;
    const top = element("div", "top");
    const figure = element("figure", "seen");
    this.seen = picture("", width, height);
    this.value = element("figcaption", "value", size);
    figure.append(this.seen, this.value);
    this.seen.onpointermove = (event) => {
      const pixel = pixelAt(this.seen, event);
      const place = `[${Math.floor(pixel / width)}, ${pixel % width}]`;
      this.value.textContent = `${place} = ${this.values[pixel]}`;
    };
    this.seen.onpointerleave = () => (this.value.textContent = size);
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
      const side = this.#side(norm);
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

  #side({ name, idea }) {
    const root = element("section", `side ${name}`);
    root.dataset.norm = name;
    const head = element("div", "head");
    const answer = element("strong", "answer");
    const title = element("div", "title");
    title.append(element("h2", "", name), element("p", "", idea));
    head.append(title, answer);
    const list = element("ol", "bars");
    list.setAttribute("aria-label", `Distance to each ideal, ${name}`);
    if (this.names.size > MANY) list.tabIndex = 0; // it scrolls
    const rows = new Map();
    for (const [digit, called] of this.names) {
      const row = element("li", "bar");
      row.dataset.digit = digit;
      const ideal = element("span", "ideal");
      ideal.style.backgroundImage = `var(--ideal-${digit})`;
      const track = element("span", "track");
      const fill = element("span", "fill");
      const number = element("span", "number");
      track.append(fill);
      row.append(ideal, named(called), track, number);
      list.append(row);
      rows.set(digit, { row, fill, number });
    }
    const { line, spots } = this.#line(name);
    const margin = element("p", "margin");
    root.append(head, line, list);
    this.#put({ root, line, margin });
    return { root, answer, rows, margin, line, spots };
  }

  #short(label) {
    const name = this.names.get(label);
    return name.length > 14 ? `${name.slice(0, 13).trimEnd()}…` : name;
  }

  get inNumbers() {
    return this.root.classList.contains("in-numbers");
  }

  /** The margin is written on the line, after it if names are long, or below the bars. */
  #put({ root, line, margin }) {
    if (this.inNumbers) root.append(margin);
    else if (this.root.classList.contains("long")) line.after(margin);
    else line.append(margin);
  }

  /** What was measured at the left end, and every ideal at its distance from it. */
  #line(norm) {
    const line = element("div", "line");
    const digits = [...this.names.values()].every((name) => /^[0-9]$/.test(name));
    const here = element("span", "here", digits ? "this digit" : "this image");
    line.append(element("span", "axis"), here, element("span", "far", "farther"));
    const list = element("ol", "spots");
    list.setAttribute("aria-label", `Ideals in the order of their distance, ${norm}`);
    const spots = new Map();
    for (const [digit, called] of this.names) {
      const spot = element("li", "spot");
      const ideal = element("span", "ideal");
      ideal.style.backgroundImage = `var(--ideal-${digit})`;
      spot.append(ideal, named(called));
      list.append(spot);
      spots.set(digit, spot);
    }
    line.append(list);
    line.style.setProperty("--lanes", Math.min(LANES, this.names.size));
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
      const near = pictured(verdict.distances, this.names.size > MANY ? NEAR : MANY);
      const all = [...spots];
      all.forEach(([, spot], i) => spot.classList.toggle("tick", !near.includes(i)));
      const width = all[near[0]][1].offsetWidth / (line.clientWidth || 1);
      const places = lanes(near.map((i) => shares[i]), width);
      all.forEach(([digit, spot], i) => {
        const told = `${this.names.get(digit)}: ${verdict.distances[i].toFixed(4)}`;
        spot.style.setProperty("--at", shares[i]);
        spot.style.setProperty("--lane", places[near.indexOf(i)] ?? 0);
        spot.classList.toggle("nearest", digit === verdict.nearest);
        spot.setAttribute("aria-label", told);
        spot.title = told;
      });
    }
  }

  #verdict(norm, verdict) {
    const { answer, rows, margin } = this.sides.get(norm);
    const called = verdict ? this.names.get(verdict.nearest) : "–";
    answer.textContent = called;
    answer.title = called.length > 1 ? called : "";
    answer.classList.toggle("name", called.length > 2);
    const full = verdict && Math.max(FULL[norm] ?? 0, ...verdict.distances);
    [...rows].forEach(([digit, { row, fill, number }], i) => {
      const distance = verdict?.distances[i];
      row.classList.toggle("nearest", digit === verdict?.nearest);
      row.setAttribute("aria-current", digit === verdict?.nearest);
      fill.style.width = verdict ? `${(100 * distance) / full}%` : "0";
      number.textContent = verdict ? distance.toFixed(4) : "";
    });
    margin.textContent = verdict
      ? `${this.#short(verdict.nearest)} is nearer than ${this.#short(verdict.runner_up)} by ${verdict.margin.toFixed(4)}`
      : "";
  }
}
