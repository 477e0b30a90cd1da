// Pictures with every digit boxed, each beside a table of what the norms call them. A digit is chosen by its
// box or its row.

import { event } from "../shared/events.js";
import { bytes, element, greys, paint, picture } from "../shared/pictures.js";

const founds = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const found = founds.get(parentElement) ?? new Found(parentElement);
  founds.set(parentElement, found);
  found.show(data, (picture, digit) => setStateValue("chosen", event([picture, digit])));
}

class Found {
  constructor(parent) {
    this.root = element("div", "found");
    parent.append(this.root);
  }

  show({ norms, names, word, pictures, chosen }, choose) {
    this.choose = choose;
    this.norms = norms;
    this.names = names;
    this.word = word;
    this.head = word[0].toUpperCase() + word.slice(1);
    const shown = JSON.stringify([pictures, names, word]);
    if (shown !== this.shown) this.#build(pictures);
    this.shown = shown;
    this.#mark(chosen);
  }

  #build(pictures) {
    this.root.replaceChildren();
    this.buttons = new Map();
    pictures.forEach((picture, p) => {
      const section = element("section", "brought");
      const words = element("div", "words");
      const count = picture.digits.length;
      const head = element("h3", "", picture.name);
      const note = element("p", "note", `${count} ${this.word}${count === 1 ? "" : "s"}. ${picture.note}`);
      words.append(head, note, this.#table(picture, p));
      section.append(this.#boxed(picture, p), words);
      this.root.append(section);
    });
  }

  #boxed({ name, url, size: [width, height], digits }, p) {
    const { names } = this;
    const figure = element("figure", "boxed");
    figure.style.aspectRatio = `${width} / ${height}`;
    figure.style.setProperty("--shape", width / height);
    const image = element("img");
    image.src = url;
    image.alt = `${name}, each digit in a box`;
    figure.append(image);
    digits.forEach(({ box: [left, top, right, bottom], verdicts }, d) => {
      const box = this.#chooser("box", p, d);
      box.style.left = `${(100 * left) / width}%`;
      box.style.top = `${(100 * top) / height}%`;
      box.style.width = `${(100 * (right - left)) / width}%`;
      box.style.height = `${(100 * (bottom - top)) / height}%`;
      const answers = this.norms.map((norm) => names[verdicts[norm][0]]);
      const agree = new Set(answers).size === 1;
      box.classList.toggle("split", !agree);
      box.append(element("span", "", agree ? answers[0] : answers.join("|")));
      box.title = this.#says(verdicts);
      box.setAttribute("aria-label", `${this.head} ${d + 1}: ${this.#says(verdicts)}`);
      figure.append(box);
    });
    return figure;
  }

  #says(verdicts) {
    return this.norms.map((norm) => `${norm} says ${this.names[verdicts[norm][0]]}`).join(", ");
  }

  #table({ name, digits }, p) {
    const table = element("table");
    const caption = element("caption", "unseen", `What the norms say of ${name}`);
    const head = element("tr");
    const [height, width] = digits[0].shape;
    head.append(element("th", "", this.head), element("th", "", `${height} × ${width}`));
    for (const norm of this.norms) {
      const cell = element("th", "", norm);
      cell.dataset.norm = norm;
      head.append(cell);
    }
    for (const cell of head.children) cell.scope = "col";
    const body = element("tbody");
    const top = element("thead");
    top.append(head);
    digits.forEach(({ pixels, shape, verdicts }, d) => {
      const row = element("tr");
      const choose = this.#chooser("choose", p, d);
      choose.textContent = d + 1;
      choose.setAttribute("aria-label", `Show how ${this.word} ${d + 1} was prepared`);
      const number = element("td");
      number.append(choose);
      const seen = element("td");
      seen.append(thumbnail(pixels, shape));
      row.append(number, seen);
      for (const norm of this.norms) {
        const [answer, margin] = verdicts[norm];
        const cell = element("td", "answer");
        cell.dataset.norm = norm;
        const called = element("b", "", this.names[answer]);
        called.title = this.names[answer];
        cell.append(called, element("small", "", `by ${margin.toFixed(4)}`));
        row.append(cell);
      }
      row.classList.toggle("split", new Set(this.norms.map((norm) => verdicts[norm][0])).size > 1);
      row.onclick = (event) => event.target === choose || this.choose(p, d);
      this.#remember(p, d, row);
      body.append(row);
    });
    table.append(caption, top, body);
    const scroller = element("div", "scroller");
    if (digits.length > 6) {
      scroller.tabIndex = 0;
      scroller.setAttribute("role", "region");
      scroller.setAttribute("aria-label", `What the norms say of ${name}`);
    }
    scroller.append(table);
    return scroller;
  }

  #chooser(kind, p, d) {
    const button = element("button", kind);
    button.type = "button";
    button.onclick = () => this.choose(p, d);
    this.#remember(p, d, button);
    return button;
  }

  #remember(p, d, thing) {
    const key = `${p} ${d}`;
    this.buttons.set(key, [...(this.buttons.get(key) ?? []), thing]);
  }

  #mark(chosen) {
    for (const [key, things] of this.buttons) {
      const is = chosen !== null && key === chosen.join(" ");
      for (const thing of things) {
        thing.classList.toggle("chosen", is);
        if (thing.tagName === "BUTTON") thing.setAttribute("aria-pressed", is);
      }
    }
  }
}

function thumbnail(pixels, [height, width]) {
  const canvas = picture("", width, height);
  canvas.className = "";
  canvas.removeAttribute("role");
  canvas.setAttribute("aria-hidden", "true");
  paint(canvas, bytes(pixels), greys(255));
  return canvas;
}
