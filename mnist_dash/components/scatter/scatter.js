// Every image as a dot: its distance to one ideal against its distance to another, and the line between them.
// The image pointed at comes from the server, one at a time.

import { event } from "../shared/events.js";
import { Latest } from "../shared/latest.js";
import { bytes, element, floats, greys, paint, picture } from "../shared/pictures.js";

const REACH = 24; // px, at most, from the pointer to the dot it points at
const PAD = { left: 58, right: 12, top: 12, bottom: 48 }; // px around the dots
const MARK = "#d10056";
const KEYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

const shown = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const scatter = shown.get(parentElement) ?? new Scatter(parentElement);
  shown.set(parentElement, scatter);
  scatter.show(data, setStateValue);
}

class Scatter {
  constructor(parent) {
    this.latest = new Latest();
    this.root = element("div", "scatter");
    this.plot = element("div", "plot");
    this.plot.tabIndex = 0;
    this.plot.setAttribute("role", "group");
    this.canvas = element("canvas");
    this.canvas.setAttribute("role", "img");
    this.plot.append(this.canvas);
    this.plot.onpointerdown = ({ pointerType }) => (this.touch = pointerType === "touch");
    this.plot.onpointermove = (event) => event.pointerType === "touch" || this.#pointAt(event);
    this.plot.onclick = (event) => this.#click(event);
    this.plot.onkeydown = (event) => this.#key(event);
    this.legend = element("p", "legend");
    this.picture = picture();
    this.words = element("p", "words");
    this.words.setAttribute("role", "status");
    this.open = element("button", "open", "Look closer");
    this.open.type = "button";
    this.open.onclick = () => this.#open();
    this.note = element("p", "note");
    const side = element("div", "side");
    side.append(this.picture, this.words, this.open, this.note);
    this.root.append(this.legend, this.plot, side);
    parent.append(this.root);
    new ResizeObserver(() => this.#draw()).observe(this.plot);
  }

  show({ points, split, names, each, t, label, hint, pointed, answered }, send) {
    if (points !== this.points) {
      this.points = points;
      this.values = floats(points);
      this.count = this.values.length / 2;
      this.at = null;
      this.#order();
    }
    Object.assign(this, { split, names, t, send });
    this.canvas.setAttribute("aria-label", label);
    this.plot.setAttribute("aria-label", `${label} Arrow keys go from image to image, enter looks closer.`);
    this.note.textContent = hint;
    this.latest.answered(answered, (point) => send("point", point));
    if (this.latest.idle) {
      this.at = pointed.at;
      const [height, width] = pointed.side;
      if (this.picture.width !== width) this.picture.width = width;
      if (this.picture.height !== height) this.picture.height = height;
      paint(this.picture, bytes(pointed.pixels), greys(255));
      this.picture.setAttribute("aria-label", pointed.lines[0]);
      this.words.replaceChildren(
        element("strong", "", pointed.lines[0]),
        ...pointed.lines.slice(1).map((line) => element("span", "", line)),
      );
    }
    this.legend.replaceChildren(
      ...each.map((words, i) => legend(["first", "second"][i], `${"●▲"[i]} ${words}`)),
      element("span", "", "large: on the wrong side"),
    );
    this.#draw();
  }

  /** From clearly the first digit to clearly the second: the order in which the arrow keys move. */
  #order() {
    const lead = (i) => this.values[2 * i] - this.values[2 * i + 1];
    this.order = Array.from({ length: this.count }, (_, i) => i).sort((i, j) => lead(i) - lead(j));
  }

  #wrong(i) {
    const lead = Math.fround(this.values[2 * i] - this.values[2 * i + 1]);
    return lead > Math.fround(this.t) !== i >= this.split;
  }

  #pointAt({ clientX, clientY }) {
    const { left, top } = this.canvas.getBoundingClientRect();
    const [x, y] = [clientX - left, clientY - top];
    let nearest = null;
    let least = REACH ** 2;
    for (let i = 0; i < this.count; i++) {
      const apart = (this.x(this.values[2 * i]) - x) ** 2 + (this.y(this.values[2 * i + 1]) - y) ** 2;
      if (apart < least) [nearest, least] = [i, apart];
    }
    if (nearest !== null) this.#point(nearest);
    return nearest;
  }

  #point(at) {
    if (at === this.at) return;
    this.at = at;
    this.latest.offer({ at });
    this.#draw();
  }

  #click(event) {
    if (this.#pointAt(event) !== null && !this.touch) this.#open();
  }

  #open() {
    this.send("open", event(this.at));
  }

  #key(event) {
    const last = this.count - 1;
    const place = this.order.indexOf(this.at);
    const next = { Home: 0, End: last }[event.key] ?? place + KEYS[event.key];
    if (event.key === "Enter" || event.key === " ") this.#open();
    else if (Number.isNaN(next)) return;
    else this.#point(this.order[Math.min(Math.max(next, 0), last)]);
    event.preventDefault();
    event.stopPropagation();
  }

  // -- drawing --------------------------------------------------------------------------------------

  #draw() {
    const side = this.plot.clientWidth;
    if (!side || !this.values) return;
    const sharp = window.devicePixelRatio || 1;
    this.canvas.width = this.canvas.height = Math.round(side * sharp);
    const pen = this.canvas.getContext("2d");
    pen.scale(sharp, sharp);
    const style = getComputedStyle(this.root);
    const theme = (name) => style.getPropertyValue(`--st-${name}`);
    this.#scale(side);
    pen.font = `12px ${theme("font")}`;
    this.#axes(pen, side, theme);
    this.#line(pen, theme);
    const colours = [theme("violet-color"), theme("green-color")];
    for (const wrong of [false, true]) {
      for (let i = 0; i < this.count; i++) {
        if (this.#wrong(i) === wrong) this.#dot(pen, i, wrong, colours, theme("text-color"));
      }
    }
    if (this.at !== null) this.#ring(pen, theme);
  }

  #scale(side) {
    let [low, high] = [Infinity, -Infinity];
    for (const value of this.values) [low, high] = [Math.min(low, value), Math.max(high, value)];
    const room = 0.03 * (high - low) || 0.01;
    [this.low, this.high] = [low - room, high + room];
    const wide = (side - PAD.left - PAD.right) / (this.high - this.low);
    const tall = (side - PAD.top - PAD.bottom) / (this.high - this.low);
    this.unit = Math.min(wide, tall); // one for both axes
    this.x = (value) => PAD.left + (value - this.low) * this.unit;
    this.y = (value) => side - PAD.bottom - (value - this.low) * this.unit;
  }

  #axes(pen, side, theme) {
    const { x, y, low, high } = this;
    const step = rounded((high - low) / 5);
    const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    pen.strokeStyle = pen.fillStyle = theme("text-color");
    pen.lineWidth = 1;
    for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
      pen.globalAlpha = 0.1;
      stroke(pen, [x(tick), y(low)], [x(tick), y(high)]);
      stroke(pen, [x(low), y(tick)], [x(high), y(tick)]);
      pen.globalAlpha = 0.75;
      pen.textAlign = "center";
      pen.fillText(tick.toFixed(decimals), x(tick), y(low) + 16);
      pen.textAlign = "right";
      pen.fillText(tick.toFixed(decimals), x(low) - 6, y(tick) + 4);
    }
    pen.textAlign = "center";
    pen.font = `13px ${theme("font")}`;
    const long = x(high) - x(low);
    pen.fillText(fitted(pen, `distance to ideal ${this.names[0]}`, long), x((low + high) / 2), y(low) + 38);
    pen.save();
    pen.translate(14, y((low + high) / 2));
    pen.rotate(-Math.PI / 2);
    pen.fillText(fitted(pen, `distance to ideal ${this.names[1]}`, long), 0, 0);
    pen.restore();
    pen.globalAlpha = 1;
    pen.font = `650 15px ${theme("font")}`;
    pen.textAlign = "left";
    pen.fillStyle = theme("violet-color");
    pen.fillText(fitted(pen, `called ${this.names[0]}`, 0.6 * long), x(low) + 10, y(high) + 20);
    pen.textAlign = "right";
    pen.fillStyle = theme("green-color");
    pen.fillText(fitted(pen, `called ${this.names[1]}`, 0.6 * long), x(high) - 10, y(low) - 12);
  }

  /** The line where the second ideal leads by t, and the diagonal, where both are equally near. */
  #line(pen, theme) {
    const { x, y, low, high, t } = this;
    pen.save();
    pen.beginPath();
    pen.rect(x(low), y(high), x(high) - x(low), y(low) - y(high));
    pen.clip();
    pen.strokeStyle = theme("text-color");
    if (t !== 0) {
      pen.globalAlpha = 0.45;
      pen.setLineDash([4, 5]);
      stroke(pen, [x(low), y(low)], [x(high), y(high)]);
      pen.setLineDash([]);
    }
    pen.globalAlpha = 1;
    pen.lineWidth = 2;
    stroke(pen, [x(low), y(low - t)], [x(high), y(high - t)]);
    pen.restore();
  }

  #dot(pen, i, wrong, colours, edge) {
    const second = i >= this.split;
    const [x, y] = [this.x(this.values[2 * i]), this.y(this.values[2 * i + 1])];
    pen.globalAlpha = wrong ? 1 : 0.45;
    pen.fillStyle = colours[Number(second)];
    shape(pen, x, y, wrong ? 4 : 2.4, second);
    pen.fill();
    if (!wrong) return;
    pen.strokeStyle = edge;
    pen.lineWidth = 1.2;
    pen.stroke();
  }

  #ring(pen, theme) {
    const [x, y] = [this.x(this.values[2 * this.at]), this.y(this.values[2 * this.at + 1])];
    pen.globalAlpha = 1;
    for (const [width, colour] of [[6, theme("background-color")], [2.5, MARK]]) {
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      shape(pen, x, y, 9, false);
      pen.stroke();
    }
  }
}

function legend(name, words) {
  const made = element("span", name, words);
  made.title = words;
  return made;
}

/** The text, cut off if it is wider. */
function fitted(pen, words, width) {
  if (pen.measureText(words).width <= width) return words;
  let short = words;
  while (short && pen.measureText(`${short}…`).width > width) short = short.slice(0, -1);
  return `${short.trimEnd()}…`;
}

/** A circle, or a triangle of the same size. */
function shape(pen, x, y, radius, triangle) {
  pen.beginPath();
  if (triangle) {
    const r = 1.35 * radius;
    pen.moveTo(x, y - r);
    pen.lineTo(x + 0.87 * r, y + 0.5 * r);
    pen.lineTo(x - 0.87 * r, y + 0.5 * r);
    pen.closePath();
  } else pen.arc(x, y, radius, 0, 2 * Math.PI);
}

function stroke(pen, from, to) {
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.stroke();
}

/** The next 1, 2 or 5 times a power of ten, not below the value. */
function rounded(number) {
  const power = 10 ** Math.floor(Math.log10(number));
  return power * [1, 2, 5, 10].find((times) => times * power >= number);
}
