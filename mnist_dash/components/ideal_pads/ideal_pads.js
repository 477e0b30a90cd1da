// The ideals as pads: pointer and keyboard in; painted pixels to the page, and the changed pads, out.

import { Pacer } from "../shared/pacer.js";
import { element, greys, paint, picture, unpacked } from "../shared/pictures.js";
import { brushed, cover } from "./brush.js";
import { Scores } from "./scores.js";
import { Steps } from "./steps.js";

const [FEW, MANY] = [3, 10]; // pads: up to so many, all are large; from more on, they are small
const MORPH = 450; // ms in which pads from the server fade in
const MOST = 100_000; // pixels that fade in; more take too long to be drawn
const BRUSH = [3, 7]; // pixels of 28: its size at first, and at most
const TOOLS = { darker: "Darker", lighter: "Lighter", erase: "Erase" };
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const clock = {
  now: () => performance.now(),
  after: (ms, what) => setTimeout(what, ms),
  cancel: (id) => clearTimeout(id),
};
const INK = greys(255);
const encoded = (pixels) => btoa(String.fromCharCode(...pixels));

// They outlive a remount, such as a visit to another page, so that steps can still be undone.
const easels = new Map();

export default function ({ parentElement, data, setStateValue }) {
  const easel = easels.get(data.key) ?? new Easel();
  easels.set(data.key, easel);
  if (easel.root.parentNode !== parentElement) parentElement.append(easel.root);
  easel.show(data, (message) => setStateValue("paint", message));
  return () => {
    if (!easel.root.isConnected) easel.rest();
  };
}

class Easel {
  constructor() {
    this.steps = new Steps();
    this.pads = new Map(); // digit -> its pixels, 0 is paper and 255 ink
    this.boards = new Map(); // digit -> the elements of its pad
    this.unheard = new Set(); // digits whose pads the server may not have yet
    this.loaded = null; // number of the pads last received
    this.tool = "darker";
    this.stroke = null;
    [this.height, this.width] = [0, 0];
    this.cursor = 0;
    // Numbers start from the time, so they differ from those before a reload.
    this.pacer = new Pacer((state, number) => this.#send(state, number), clock, Date.now());
    this.#build();
  }

  /** Called on mount and whenever Python has answered. */
  show(data, send) {
    this.send = send;
    this.pacer.answered(data.received);
    if (data.received !== null && data.received === this.sent?.number) {
      for (const [digit, text] of Object.entries(this.sent.pads)) {
        if (encoded(this.pads.get(Number(digit))) === text) this.unheard.delete(Number(digit));
      }
    }
    const anew = this.known && data.received === null; // a new session behind the same page, as after a restart
    this.known = data.received !== null;
    const laid = JSON.stringify([data.classes, data.side, data.of]);
    const others = laid !== this.laid;
    this.laid = laid;
    if (others) this.#lay(data.classes, data.names, data.side);
    if (others) this.steps = new Steps();
    const shownOnly = this.busy && !data.busy; // what the server painted is kept only if it sends the pads
    this.busy = data.busy;
    this.root.toggleAttribute("data-busy", data.busy);
    if (data.pads) {
      const given = new Map(data.classes.map((digit, i) => [digit, unpacked(data.pads[i], this.height * this.width)]));
      if (data.busy) {
        this.#morph(given);
      } else if (anew && !others) {
        this.loaded = data.number;
        data.classes.forEach((digit) => this.unheard.add(digit));
        this.#report();
      } else if (this.loaded !== data.number || others) {
        this.#load(given, this.loaded !== null && !others && this.loaded !== data.number);
        this.loaded = data.number;
      } else if (shownOnly) {
        this.#morph(given);
      }
    }
    this.scores.show(data.scores);
    this.root.dataset.answers = data.received; // for tests and benchmarks
    this.#refresh();
  }

  rest() {
    this.#lift();
    this.pacer.flush();
  }

  // -- the page -----------------------------------------------------------------------------------

  #build() {
    this.root = element("div", "easel");
    this.board = element("div", "pads");
    this.scores = new Scores();
    this.spoken = element("div", "unseen");
    this.spoken.setAttribute("role", "status");
    const how = element(
      "div",
      "unseen",
      "Arrow keys move a cursor over the pixels, space paints one, shift with an arrow key paints along the " +
        "way, control and Z undoes, control and Y does again.",
    );
    how.id = "how";
    const left = element("div", "left");
    left.append(this.board, this.#tools());
    this.root.append(left, this.scores.root, this.spoken, how);
    // What was painted before a click elsewhere on the page is also sent before it.
    this.root.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.root.contains(relatedTarget)) this.pacer.flush();
    });
  }

  #tools() {
    const tools = element("div", "tools");
    tools.setAttribute("role", "toolbar");
    tools.setAttribute("aria-label", "Painting tools");
    const group = element("span", "group");
    this.toolButtons = Object.entries(TOOLS).map(([tool, words]) => {
      const made = button(words, () => this.#choose(tool));
      made.dataset.tool = tool;
      return made;
    });
    group.append(...this.toolButtons);
    this.size = slider("Brush", "Brush size, in pixels", 1, 7, 0.5, 3);
    this.ink = slider("Ink", "Ink, in percent", 5, 100, 5, 40);
    const history = element("span", "group");
    this.undoButton = button("Undo", () => this.#back("undo"));
    this.redoButton = button("Redo", () => this.#back("redo"));
    history.append(this.undoButton, this.redoButton);
    tools.append(group, this.size.root, this.ink.root, history);
    this.#choose(this.tool);
    return tools;
  }

  /** A pad for each of these digits; if there are many, one is large and the others are small beside it. */
  #lay(classes, names, [height, width]) {
    this.#lift();
    this.classes = classes;
    if (height !== this.height || width !== this.width) this.#resize(height, width);
    if (!classes.includes(this.active)) this.active = classes[0];
    this.boards = new Map(classes.map((digit, i) => [digit, this.#pad(digit, names[i])]));
    this.board.replaceChildren(...[...this.boards.values()].map(({ root }) => root));
    this.board.toggleAttribute("data-many", classes.length > FEW);
    this.board.toggleAttribute("data-crowd", classes.length > MANY);
    this.#activate(this.active);
  }

  /** The brush and the cursor suit the pads. */
  #resize(height, width) {
    Object.assign(this, { height, width });
    this.cursor = Math.floor(height / 2) * width + Math.floor(width / 2);
    const scale = Math.max(height, width) / 28;
    const [first, most] = BRUSH.map((size) => Math.max(Math.round(2 * size * scale) / 2, 1));
    this.size.range(Math.max(most, 2), first);
    this.board.style.setProperty("--height", height);
    this.board.style.setProperty("--width", width);
  }

  #pad(digit, name) {
    const root = element("div", "pad");
    const surface = element("div", "surface");
    const canvas = picture("", this.width, this.height);
    canvas.setAttribute("aria-hidden", "true");
    const cursor = element("span", "mark");
    const ring = element("span", "ring");
    cursor.hidden = ring.hidden = true;
    surface.append(canvas, cursor, ring);
    surface.tabIndex = 0;
    surface.dataset.digit = digit;
    surface.setAttribute("role", "application");
    surface.setAttribute("aria-label", `Ideal ${name}, a pad of ${this.width} by ${this.height} pixels`);
    surface.setAttribute("aria-describedby", "how");
    surface.onpointerdown = (event) => this.#press(digit, event);
    surface.onpointermove = (event) => this.#move(digit, event);
    surface.onpointerup = surface.onpointercancel = surface.onlostpointercapture = (event) =>
      event.pointerId === this.stroke?.pointer && this.#lift();
    surface.onpointerleave = () => (ring.hidden = true);
    surface.onkeydown = (event) => this.#key(digit, event);
    surface.onfocus = () => {
      if (!surface.matches(":focus-visible")) return;
      this.#activate(digit);
      this.#point(digit);
    };
    surface.onblur = () => (cursor.hidden = true);
    const called = element("span", "name", name);
    called.title = name;
    root.append(called, surface);
    return { root, surface, canvas, cursor, ring, shown: this.#empty() };
  }

  #empty() {
    return new Float32Array(this.height * this.width);
  }

  #activate(digit) {
    this.active = digit;
    for (const [each, { root }] of this.boards) root.toggleAttribute("data-active", each === digit);
  }

  #choose(tool) {
    this.tool = tool;
    for (const each of this.toolButtons) each.setAttribute("aria-pressed", each.dataset.tool === tool);
  }

  #refresh() {
    this.undoButton.disabled = this.busy || !this.steps.done.length;
    this.redoButton.disabled = this.busy || !this.steps.undone.length;
  }

  #paint(digit, pixels = this.pads.get(digit)) {
    const board = this.boards.get(digit);
    if (!board) return;
    board.shown.set(pixels);
    paint(board.canvas, board.shown, INK);
  }

  /** Fade from what is shown to these pads; at once, for those who want no motion. */
  #morph(pads) {
    const many = pads.size * this.height * this.width > MOST;
    const still = many || matchMedia("(prefers-reduced-motion: reduce)").matches;
    const from = new Map([...pads.keys()].map((digit) => [digit, this.boards.get(digit).shown.slice()]));
    const began = performance.now();
    const turn = (this.turn = {});
    const frame = () => {
      if (turn !== this.turn) return;
      const share = still ? 1 : Math.min((performance.now() - began) / MORPH, 1);
      for (const [digit, pixels] of pads) {
        const start = from.get(digit);
        this.#paint(digit, start.map((value, i) => value + share * (pixels[i] - value)));
      }
      if (share < 1) requestAnimationFrame(frame);
    };
    frame();
  }

  // -- pen, touch and mouse -----------------------------------------------------------------------

  #press(digit, event) {
    if (this.stroke || this.busy || event.button !== 0) return;
    const { surface, cursor } = this.boards.get(digit);
    cursor.hidden = true;
    if (this.board.hasAttribute("data-many") && digit !== this.active) return this.#activate(digit);
    this.#activate(digit);
    surface.setPointerCapture(event.pointerId);
    const at = this.#position(digit, event);
    this.stroke = {
      digit,
      pointer: event.pointerId,
      before: this.pads.get(digit),
      covered: this.#empty(),
      at,
    };
    this.#brush(at);
    this.#report();
  }

  #move(digit, event) {
    this.#showRing(digit, event);
    if (this.stroke?.pointer !== event.pointerId) return;
    // Coalesced events are the positions between two frames: without them a fast stroke has corners.
    const between = event.getCoalescedEvents?.() ?? [];
    for (const each of between.length ? between : [event]) this.#brush(this.#position(digit, each));
    this.#report();
  }

  #brush(to) {
    const { digit, before, covered, at } = this.stroke;
    cover(covered, at, to, this.size.value, [this.height, this.width]);
    this.stroke.at = to;
    this.#set(digit, brushed(before, covered, this.tool, this.#ink()));
  }

  #lift() {
    if (!this.stroke) return;
    const { digit, before } = this.stroke;
    this.stroke = null;
    this.steps.add(new Map([[digit, before]]), new Map([[digit, this.pads.get(digit)]]));
    this.#refresh();
    this.#report();
  }

  #ink() {
    return Math.round(2.55 * this.ink.value);
  }

  #position(digit, { clientX, clientY }) {
    const { left, top, width } = this.boards.get(digit).canvas.getBoundingClientRect();
    const scale = this.width / width;
    return [(clientX - left) * scale, (clientY - top) * scale];
  }

  #showRing(digit, { clientX, clientY, pointerType }) {
    const { surface, ring } = this.boards.get(digit);
    const waits = this.board.hasAttribute("data-many") && digit !== this.active;
    ring.hidden = pointerType === "touch" || this.busy || waits;
    const { left, top, width } = surface.getBoundingClientRect();
    const wide = ((this.size.value + 0.5) / this.width) * width;
    ring.style.width = ring.style.height = `${wide}px`;
    ring.style.left = `${clientX - left - wide / 2}px`;
    ring.style.top = `${clientY - top - wide / 2}px`;
  }

  // -- keyboard -----------------------------------------------------------------------------------

  #key(digit, event) {
    const command = event.ctrlKey || event.metaKey;
    const name = event.key.toLowerCase();
    if (ARROWS[event.key]) this.#step(digit, ARROWS[event.key], event.shiftKey);
    else if (event.key === " ") this.#dab(digit);
    else if (command && name === "z" && !event.shiftKey) this.#back("undo");
    else if (command && (name === "y" || name === "z")) this.#back("redo");
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #step(digit, [down, right], painting) {
    const [row, column] = this.#place();
    const [low, far] = [Math.min(row + down, this.height - 1), Math.min(column + right, this.width - 1)];
    this.cursor = Math.max(low, 0) * this.width + Math.max(far, 0);
    this.#point(digit);
    if (painting) this.#dab(digit);
    else this.#say(digit);
  }

  /** One pixel, exactly. */
  #dab(digit) {
    if (this.busy || this.stroke) return;
    const before = this.pads.get(digit);
    const covered = this.#empty();
    covered[this.cursor] = 1;
    this.#set(digit, brushed(before, covered, this.tool, this.#ink()));
    this.steps.add(new Map([[digit, before]]), new Map([[digit, this.pads.get(digit)]]));
    this.#point(digit);
    this.#say(digit);
    this.#refresh();
    this.#report();
  }

  #point(digit) {
    const { cursor } = this.boards.get(digit);
    cursor.hidden = false;
    const [row, column] = this.#place();
    cursor.style.top = `${(100 * row) / this.height}%`;
    cursor.style.left = `${(100 * column) / this.width}%`;
  }

  #place() {
    return [Math.floor(this.cursor / this.width), this.cursor % this.width];
  }

  #say(digit) {
    const [row, column] = this.#place();
    this.spoken.textContent = `row ${row}, column ${column}: ${this.pads.get(digit)[this.cursor]} of 255`;
  }

  // -- history, and telling Python ------------------------------------------------------------------

  #set(digit, pixels) {
    this.turn = null; // stops a fade in progress
    this.pads.set(digit, pixels);
    this.unheard.add(digit);
    this.#paint(digit);
  }

  #back(way) {
    this.#lift();
    if (this.busy) return;
    const pads = this.steps[way]();
    if (!pads) return;
    for (const [digit, pixels] of pads) this.#set(digit, pixels);
    this.spoken.textContent = way === "undo" ? "Undone." : "Done again.";
    this.#refresh();
    this.#report();
  }

  /** Pads from the server; as a step, they can be undone. */
  #load(pads, asStep) {
    this.#lift();
    const changed = [...pads.keys()].filter((digit) => encoded(pads.get(digit)) !== encoded(this.pads.get(digit) ?? []));
    const before = new Map(changed.map((digit) => [digit, this.pads.get(digit)]));
    const after = new Map(changed.map((digit) => [digit, pads.get(digit)]));
    if (asStep && changed.length) this.steps.add(before, after);
    for (const [digit, pixels] of pads) this.pads.set(digit, pixels);
    this.unheard.clear();
    this.#morph(pads);
  }

  #report() {
    const known = [...this.unheard].filter((digit) => this.classes.includes(digit));
    if (!known.length) known.push(this.active); // says at least that the stroke has ended
    this.pacer.offer({
      moving: this.stroke !== null,
      loaded: this.loaded,
      step: this.steps.count,
      pads: Object.fromEntries(known.map((digit) => [digit, encoded(this.pads.get(digit))])),
    });
  }

  #send(state, number) {
    this.sent = { number, ...state };
    this.send(this.sent);
    this.root.dataset.sent = number; // for tests and benchmarks
  }
}

function button(words, click) {
  const made = element("button", "", words);
  made.type = "button";
  made.onclick = click;
  return made;
}

/** A slider with its name; its value is a number. */
function slider(words, label, min, max, step, value) {
  const root = element("label", "size");
  const input = element("input");
  Object.assign(input, { type: "range", min, max, step, value });
  input.setAttribute("aria-label", label);
  root.append(element("span", "", words), input);
  return {
    root,
    range(max, value) {
      Object.assign(input, { max, value });
    },
    get value() {
      return input.valueAsNumber;
    },
  };
}
