// Pictures of equal size: pointing at a pixel in one, by pointer or arrow keys, marks it in all.

import { element, paint, picture, pixelAt } from "./pictures.js";

export class Frames {
  /** told: called with the pixel pointed at, row * width + column, or null. pick: called with a clicked one. */
  constructor(width, height, told, pick) {
    Object.assign(this, { width, height, told, pick, marks: [], pixel: null });
  }

  /** A framed picture. label: what a screen reader says. */
  frame(values, colour, label) {
    const frame = element("div", "frame");
    const canvas = picture(label, this.width, this.height);
    const mark = element("span", "mark");
    mark.hidden = true;
    mark.style.width = `${100 / this.width}%`;
    mark.style.height = `${100 / this.height}%`;
    paint(canvas, values, colour);
    frame.append(canvas, mark);
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    const keys = `Arrow keys point at pixels${this.pick ? ", enter picks one" : ""}.`;
    frame.setAttribute("aria-label", `${label}. ${keys}`);
    frame.onpointermove = frame.onpointerdown = (event) => this.point(pixelAt(canvas, event));
    frame.onpointerleave = (event) => event.pointerType === "touch" || this.point(null);
    frame.onblur = () => this.point(null);
    frame.onkeydown = (event) => this.#key(event);
    if (this.pick) frame.onclick = (event) => this.pick(pixelAt(canvas, event));
    this.marks.push(mark);
    return frame;
  }

  row(pixel) {
    return Math.floor(pixel / this.width);
  }

  column(pixel) {
    return pixel % this.width;
  }

  #key(event) {
    const steps = { ArrowUp: -this.width, ArrowDown: this.width, ArrowLeft: -1, ArrowRight: 1 };
    const step = steps[event.key];
    const picks = this.pick && this.pixel !== null && ["Enter", " "].includes(event.key);
    if (!step && !picks) return;
    event.preventDefault();
    event.stopPropagation();
    if (picks) return this.pick(this.pixel);
    const middle = this.width * Math.floor(this.height / 2) + Math.floor(this.width / 2);
    const next = (this.pixel ?? middle) + step;
    if (next >= 0 && next < this.width * this.height) this.point(next);
  }

  point(pixel) {
    this.pixel = pixel;
    for (const mark of this.marks) this.place(mark, pixel);
    this.told(pixel);
  }

  /** Mark one pixel of a picture. */
  place(mark, pixel) {
    mark.hidden = pixel === null;
    mark.style.left = `${(this.column(pixel) * 100) / this.width}%`;
    mark.style.top = `${(this.row(pixel) * 100) / this.height}%`;
  }
}
