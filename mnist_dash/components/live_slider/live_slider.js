// A slider that reports its value while it is dragged.

import { Latest } from "../shared/latest.js";
import { element } from "../shared/pictures.js";

const PACE = 140; // ms per stop: about twenty take three seconds

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
    this.root.append(head, this.input, this.ends);
    parent.append(this.root);
    this.latest = new Latest();
    this.moving = false;
  }

  show({ label, stops, at, answered, play }, send) {
    this.button.hidden = !play;
    if (!this.moving) {
      this.stops = stops;
      this.input.max = stops.length - 1;
      this.ends.replaceChildren(...[stops[0], stops.at(-1)].map((stop) => element("span", "", stop)));
    }
    this.name.textContent = label;
    this.input.setAttribute("aria-label", label);
    this.latest.answered(answered, send);
    if (this.latest.idle && !this.moving) this.input.value = at;
    this.#label();
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
  }
}
