// A slider that speaks while it is dragged: one move is under way at a time, and the last is always sent.

import { element } from "./pictures.js";

const PATIENCE = 1000; // ms; a move that is not answered by then is given up
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
    this.input.onchange = () => this.#moved(false);
    this.ends = element("span", "ends");
    const head = element("span", "head");
    head.append(this.name, this.value);
    this.root.append(head, this.input, this.ends);
    parent.append(this.root);
    this.next = null; // what is still to be sent
    this.sent = null; // number of the move that is under way
    this.moving = false;
  }

  show({ label, stops, at, answered }, send) {
    this.stops = stops;
    this.send = send;
    this.name.textContent = label;
    this.input.setAttribute("aria-label", label);
    this.input.max = stops.length - 1;
    this.ends.replaceChildren(...[stops[0], stops.at(-1)].map((stop) => element("span", "", stop)));
    if (answered === this.sent) this.sent = null;
    this.#flush();
    if (this.sent === null && !this.moving) this.input.value = at;
    this.#label();
  }

  #moved(moving) {
    this.moving = moving;
    this.next = { at: this.input.valueAsNumber, moving };
    this.#label();
    this.#flush();
  }

  #flush() {
    if (!this.next || this.sent !== null) return;
    const number = (this.sent = Date.now());
    this.send({ ...this.next, number });
    this.next = null;
    setTimeout(() => {
      if (this.sent !== number) return;
      this.sent = null;
      this.#flush();
    }, PATIENCE);
  }

  #label() {
    const stop = this.stops[this.input.valueAsNumber];
    this.value.textContent = stop;
    this.input.setAttribute("aria-valuetext", stop);
    this.input.style.setProperty("--share", `${(100 * this.input.valueAsNumber) / this.input.max}%`);
  }
}
