// Groups of pictures made of numbers, side by side: pointing at a pixel in one marks it in all and reads it out.

import { colouring, stops } from "../shared/colours.js";
import { event } from "../shared/events.js";
import { Frames } from "../shared/frames.js";
import { bytes, element, floats } from "../shared/pictures.js";

const TERMS = ["−", "×", "="]; // before a picture that continues a sum or a product from its left
const shown = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const maps = shown.get(parentElement) ?? new Maps(parentElement);
  shown.set(parentElement, maps);
  maps.show(data, (pixel) => setStateValue("pixel", event(pixel)));
}

class Maps {
  constructor(parent) {
    this.root = element("div", "maps");
    parent.append(this.root);
  }

  show({ groups, width, height, scales, picked, picks, size, hint }, pick) {
    const focused = this.root.getRootNode().activeElement; // a picture in which a pixel was picked by key
    const place = focused ? [...this.root.querySelectorAll(".frame")].indexOf(focused) : -1;
    const pointed = this.frames?.pixel ?? null;
    this.hint = hint;
    this.style = getComputedStyle(this.root);
    this.root.dataset.size = size;
    this.frames = new Frames(
      width,
      height,
      (pixel) => this.#tell(pixel),
      picks && ((pixel) => pick([this.frames.row(pixel), this.frames.column(pixel)])),
    );
    for (const map of groups.flatMap(({ maps }) => maps)) {
      map.values = map.floats ? floats(map.pixels) : bytes(map.pixels);
    }
    this.groups = groups;
    this.pointed = element("p", "pointed");
    this.pointed.setAttribute("role", "status");
    const list = element("div", "groups");
    list.append(...groups.map((group) => this.#group(group, picked)));
    const under = element("div", "under");
    under.append(...scales.map((scale) => this.#scale(scale)), this.pointed);
    this.root.replaceChildren(list, under);
    if (place >= 0) {
      this.root.querySelectorAll(".frame")[place]?.focus();
      this.frames.point(pointed);
    } else this.#tell(null);
  }

  #group({ title, norm, maps, sum, value }, picked) {
    const group = element("section", "group");
    if (norm) group.dataset.norm = norm;
    if (title) group.append(element("h3", "", title));
    const line = element("div", "line");
    for (const map of maps) {
      if (map.sign) line.append(element("b", "sign", map.sign));
      line.append(this.#figure(map, picked));
    }
    group.append(line);
    if (sum || value) {
      const words = element("p", "sum", sum);
      if (value) words.append(" ", element("strong", "", value));
      group.append(words);
    }
    return group;
  }

  #figure({ name, label, values, colours, top, note, norm, channels }, picked) {
    const figure = element("figure");
    if (norm) figure.dataset.norm = norm;
    const numbers = channels === 3 ? triples(values) : values;
    const colour = channels === 3 ? (triple) => triple : colouring(colours, top, this.style);
    const frame = this.frames.frame(numbers, colour, label);
    if (picked) {
      const mark = element("span", "mark picked");
      mark.style.width = `${100 / this.frames.width}%`;
      mark.style.height = `${100 / this.frames.height}%`;
      this.frames.place(mark, picked[0] * this.frames.width + picked[1]);
      frame.append(mark);
    }
    const caption = element("figcaption");
    const words = element("span", "name", name);
    words.title = name;
    caption.append(words);
    if (note) caption.append(element("strong", "", note));
    figure.append(frame, caption);
    return figure;
  }

  #scale({ colours, low, high, what }) {
    const scale = element("div", "scale");
    const bar = element("i", "ramp");
    bar.style.background = `linear-gradient(to right, ${stops(colours, this.style).join(", ")})`;
    scale.append(element("span", "", low), bar, element("span", "", high), element("span", "what", what));
    return scale;
  }

  #tell(pixel) {
    if (pixel === null) {
      this.pointed.textContent = this.hint;
      return;
    }
    const { frames } = this;
    const place = `[${frames.row(pixel)}, ${frames.column(pixel)}]`;
    this.pointed.textContent = `${place}  ${this.groups.map((group) => numbers(group, pixel)).join(" · ")}`;
  }
}

/** The values of a pixel in a group of pictures; a sum is written as one: 0.875 − 0.489 = 0.386. */
export function numbers({ title, maps }, pixel) {
  const parts = [];
  for (const { name, values, decimals, channels, sign } of maps) {
    const told =
      channels === 3
        ? values.slice(3 * pixel, 3 * pixel + 3).join(", ")
        : minus(values[pixel].toFixed(decimals));
    if (TERMS.includes(sign)) parts.push(`${parts.pop()} ${sign} ${told}`);
    else parts.push(`${name}: ${told}`);
  }
  const summed = title && maps.some(({ sign }) => TERMS.includes(sign));
  return `${summed ? `${title}, ` : ""}${parts.join(" · ")}`;
}

/** A number as typeset: with a true minus sign, but none before a zero. */
const minus = (text) => (Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−"));

const triples = (values) =>
  Array.from({ length: values.length / 3 }, (_, i) => [...values.slice(3 * i, 3 * i + 3)]);
