// A slider that reports its value while it is dragged. Pictures may lie along it: a click on one leads there.

import { Latest } from "../shared/latest.js";
import { element, picture } from "../shared/pictures.js";

const PACE = 140; // ms per stop: about twenty take three seconds
const APART = 4; // pixels between two pictures at least

const sliders = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const slider = sliders.get(parentElement) ?? new Slider(parentElement);
  sliders.set(parentElement, slider);
  slider.show(data, (slide) => setStateValue("slide", slide));
}

class Slider {
  constructor(parent) {
    this.root = element("div", "slider");
    this.name = element("span", "name");
    this.value = element("output");
    this.input = element("input");
    this.input.type = "range";
    this.input.oninput = () => this.#moved(true);
    this.input.onchange = () => this.#rest();
    // The browser reports no change when a slider is released where it was picked up.
    for (const end of ["onpointerup", "onpointercancel", "onblur"]) {
      this.input[end] = () => setTimeout(() => this.#rest());
    }
    this.ends = element("span", "ends");
    const head = element("span", "head");
    this.button = element("button", "play");
    this.button.type = "button";
    this.button.onclick = () => (this.playing ? this.#stop() : this.#play());
    this.input.addEventListener("pointerdown", () => this.#stop());
    this.input.addEventListener("keydown", () => this.#stop());
    head.append(this.name, this.value, this.button);
    this.along = element("div", "along");
    this.marks = [];
    this.root.append(head, this.input, this.along, this.ends);
    parent.append(this.root);
    new ResizeObserver(() => this.#fit()).observe(this.along);
    this.latest = new Latest();
    this.moving = false;
  }

  show({ label, stops, at, answered, play, marks, sprite }, send) {
    this.button.hidden = !play;
    if (!this.moving) {
      this.stops = stops;
      this.input.max = stops.length - 1;
      this.ends.replaceChildren(...[stops[0], stops.at(-1)].map((stop) => element("span", "", stop)));
      this.#lay(marks);
    }
    this.#paint(sprite);
    this.name.textContent = label;
    this.input.setAttribute("aria-label", label);
    this.latest.answered(answered, send);
    if (this.latest.idle && !this.moving) this.input.value = at;
    this.#label();
  }

  /** Pictures along the slider, each at its place, in place of the words at its ends. */
  #lay(marks) {
    this.root.classList.toggle("marked", marks.length > 0);
    this.ends.hidden = marks.length > 0;
    while (this.marks.length > marks.length) this.marks.pop().figure.remove();
    while (this.marks.length < marks.length) this.#add();
    this.marks.forEach((mark, i) => {
      const [place, label] = marks[i];
      mark.place = place;
      mark.figure.style.setProperty("--at", place / (this.stops.length - 1 || 1));
      mark.canvas.setAttribute("aria-label", label);
      mark.name.textContent = this.stops[place];
    });
    this.#fit();
  }

  #add() {
    const mark = { figure: element("figure"), canvas: picture(""), name: element("figcaption") };
    mark.figure.append(mark.canvas, mark.name);
    mark.figure.onclick = () => this.#leap(mark.place);
    this.along.append(mark.figure);
    this.marks.push(mark);
  }

  /** All pictures come as one, one below the other. */
  async #paint(sprite) {
    if (!sprite || sprite === this.sprite) return;
    this.sprite = sprite;
    const image = new Image();
    image.src = sprite;
    await image.decode();
    if (sprite !== this.sprite) return;
    this.marks.forEach(({ canvas }, i) => {
      [canvas.width, canvas.height] = [image.width, image.height / this.marks.length];
      canvas.getContext("2d").drawImage(image, 0, -i * canvas.height);
    });
  }

  /** Both ends, and between them what fits. */
  #fit() {
    const places = this.marks.map(({ figure }) => figure.offsetLeft);
    const room = (this.marks[0]?.figure.offsetWidth ?? 0) + APART;
    let last = -Infinity;
    this.marks.forEach(({ figure }, i) => {
      const fits = i === this.marks.length - 1 || Math.min(places[i] - last, places.at(-1) - places[i]) >= room;
      figure.classList.toggle("left-out", !fits && i > 0);
      if (fits) last = places[i];
    });
    if (this.marks.length) this.#label();
  }

  #leap(place) {
    this.#stop();
    this.input.value = place;
    this.input.focus({ preventScroll: true });
    this.#moved(false);
  }

  /** From the first stop to the last, as if dragged; straight to the last for those who want no motion. */
  #play() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.input.value = this.input.max;
      this.#moved(false);
      return;
    }
    this.input.value = 0;
    this.#moved(true);
    this.playing = setInterval(() => {
      if (!this.root.isConnected) return clearInterval(this.playing);
      this.input.stepUp();
      this.#moved(true);
      if (this.input.value === this.input.max) this.#stop();
    }, PACE);
    this.#label();
  }

  #stop() {
    if (!this.playing) return;
    clearInterval(this.playing);
    this.playing = null;
    this.#rest();
    this.#label();
  }

  #rest() {
    if (this.playing) return;
    if (this.moving) this.#moved(false);
  }

  #moved(moving) {
    this.moving = moving;
    this.#label();
    this.latest.offer({ at: this.stops[this.input.valueAsNumber], moving });
  }

  #label() {
    const stop = this.stops[this.input.valueAsNumber];
    this.value.textContent = stop;
    this.button.textContent = this.playing ? "■ Stop" : "▶ Play";
    this.input.setAttribute("aria-valuetext", stop);
    this.input.style.setProperty("--share", `${(100 * this.input.valueAsNumber) / this.input.max}%`);
    const far = ({ place }) => Math.abs(place - this.input.valueAsNumber);
    const seen = this.marks.filter(({ figure }) => !figure.classList.contains("left-out"));
    const nearest = seen.reduce((best, mark) => (best && far(best) <= far(mark) ? best : mark), null);
    for (const mark of this.marks) mark.figure.classList.toggle("chosen", mark === nearest);
  }
}
