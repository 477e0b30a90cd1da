// The picture after every step, and a switch for each. Elements are made once and then only changed.

import { event } from "../shared/events.js";
import { element } from "../shared/pictures.js";

const strips = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const strip = strips.get(parentElement) ?? new Strip(parentElement);
  strips.set(parentElement, strip);
  strip.show(data, setStateValue);
}

class Strip {
  constructor(parent) {
    this.root = element("ol", "strip");
    this.steps = new Map();
    parent.append(this.root);
  }

  show({ steps, pictures, off }, setStateValue) {
    this.off = new Set(off);
    this.send = (name) => setStateValue("switch", event(name));
    steps.forEach((step, i) => {
      if (!this.steps.has(step.name)) this.steps.set(step.name, this.#build(step, i + 1));
      this.#fill(this.steps.get(step.name), step, pictures[step.picture]);
    });
  }

  #build({ name, title }, number) {
    const item = element("li", "step");
    const frame = element("div", "shown");
    const image = element("img");
    frame.append(image);
    const head = element("button", "switch");
    head.type = "button";
    head.setAttribute("role", "switch");
    head.dataset.step = name;
    head.append(element("span", "title", `${number}. ${title}`), element("i", "knob"));
    head.onclick = () => {
      if (!this.off.delete(name)) this.off.add(name);
      this.#mark(this.steps.get(name), name);
      this.send(name);
    };
    const shape = element("p", "shape");
    const does = element("p", "does");
    item.append(frame, head, shape, does);
    this.root.append(item);
    return { item, image, head, shape, does };
  }

  #fill(parts, step, url) {
    parts.step = step;
    const { image, shape } = parts;
    if (url) {
      if (image.src !== url) image.src = url;
      image.alt = `After step “${step.title}”`;
      image.classList.toggle("pixels", Math.max(...step.shape) <= 100);
      shape.textContent = `(${step.shape.join(", ")}) ${step.type}`;
    } else {
      image.removeAttribute("src");
      image.alt = "";
      shape.textContent = "";
    }
    this.#mark(parts, step.name);
  }

  #mark({ item, head, does, step }, name) {
    const off = this.off.has(name);
    item.classList.toggle("off", off);
    head.setAttribute("aria-checked", !off);
    does.textContent = off ? `Off: ${step.off}` : step.does;
  }
}
