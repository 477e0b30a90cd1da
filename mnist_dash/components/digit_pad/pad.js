// The pad on the page: pointer, keyboard and buttons in; marks on a canvas, and states to send, out.

import { fillCell, inked, paint, paintStroke, wipe } from "./canvas.js";
import { History } from "./history.js";
import { SIDE, UNITS, cellAt, cellsAlong, extend, full, sound } from "./marks.js";
import { Pacer } from "../shared/pacer.js";
import { template } from "./template.js";

const clock = {
  now: () => performance.now(),
  after: (ms, what) => setTimeout(what, ms),
  cancel: (id) => clearTimeout(id),
};

// Drawings outlive a remount (page switch, theme) and, within the tab, a reload.
const kept = new Map();

export class Pad {
  constructor(parent, key) {
    this.storage = `mnist-dash:${key}`;
    const stored = this.#recall();
    this.history = new History(stored.steps, stored.undone);
    this.loaded = stored.loaded ?? 0; // number of the drawing last received
    this.given = this.history.steps.length; // steps that were there before the reader's first
    this.tool = stored.tool ?? "pen";
    // Numbers start from the time, so they differ from those before a remount or a reload.
    this.pacer = new Pacer((state, number) => this.#send(state, number), clock, Date.now());
    this.cursor = 14 * SIDE + 14;
    this.mark = null; // the one being made
    this.#build(parent);
    this.size.value = stored.size ?? this.size.value;
    this.#choose(this.tool);
    this.#resize();
    this.sizes = new ResizeObserver(() => this.#resize());
    this.sizes.observe(this.surface);
  }

  /** Called on mount and whenever Python has answered. */
  update({ received, load }, send) {
    this.send = send;
    this.pacer.answered(received);
    const anew = this.known && received === null; // a new session behind the same page, as after a restart
    if (load && load.number !== this.loaded) {
      this.loaded = load.number;
      if (!anew) this.#show(load);
      this.#settle(anew ? "" : "A drawing is on the pad.");
    } else if (anew || (!this.introduced && (this.history.marks.length || received !== null))) {
      this.#report(); // a new session must learn what is on the pad
    }
    this.introduced = true;
    this.known = received !== null;
  }

  dispose() {
    if (this.mark) this.history.add(this.mark);
    this.#keep();
    this.pacer.stop();
    this.sizes.disconnect();
  }

  // -- the page ---------------------------------------------------------------------------------

  #build(parent) {
    this.root = document.createElement("div");
    this.root.innerHTML = template;
    parent.append(this.root);
    const part = (name) => this.root.querySelector(`[data-part="${name}"]`);
    this.surface = part("surface");
    this.canvas = part("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.box = part("cursor");
    this.ring = part("ring");
    this.hint = part("hint");
    this.size = part("size");
    this.spoken = part("spoken");
    this.undoButton = part("undo");
    this.redoButton = part("redo");
    this.clearButton = part("clear");
    this.tools = [...this.root.querySelectorAll("[data-tool]")];

    this.surface.onpointerdown = (event) => this.#press(event);
    this.surface.onpointermove = (event) => this.#move(event);
    // What was drawn before a click elsewhere on the page is also sent before it.
    this.root.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.root.contains(relatedTarget)) this.pacer.flush();
    });
    const release = (event) => event.pointerId === this.pointer && this.#lift();
    this.surface.onpointerup = this.surface.onpointercancel = release;
    this.surface.onlostpointercapture = release;
    this.surface.onpointerleave = () => (this.ring.hidden = true);
    this.surface.onkeydown = (event) => this.#key(event);
    this.surface.onblur = () => (this.box.hidden = true);
    this.surface.onfocus = () => {
      if (this.surface.matches(":focus-visible")) this.#showCursor();
    };
    for (const button of this.tools) button.onclick = () => this.#choose(button.dataset.tool);
    this.undoButton.onclick = () => this.#undo();
    this.redoButton.onclick = () => this.#redo();
    this.clearButton.onclick = () => this.#clear();
    this.size.onchange = () => this.#keep();
  }

  #resize() {
    const pixels = Math.round(this.surface.clientWidth * (window.devicePixelRatio || 1));
    if (!pixels || pixels === this.canvas.width) return;
    this.canvas.width = this.canvas.height = pixels;
    this.context.setTransform(pixels / UNITS, 0, 0, pixels / UNITS, 0, 0);
    this.#redraw();
  }

  #redraw() {
    wipe(this.context);
    for (const mark of this.history.marks) paint(this.context, mark);
    if (this.mark) paint(this.context, this.mark);
    this.#refresh();
  }

  #refresh() {
    const { marks, steps, undone } = this.history;
    const empty = !marks.length && !this.mark;
    this.hint.hidden = !empty;
    this.undoButton.disabled = !steps.length;
    this.redoButton.disabled = !undone.length;
    this.clearButton.disabled = empty;
  }

  #choose(tool) {
    this.tool = tool;
    this.surface.dataset.mode = tool;
    for (const button of this.tools) button.setAttribute("aria-pressed", button.dataset.tool === tool);
    this.#keep();
  }

  #say(text) {
    this.spoken.textContent = text;
  }

  // -- pen, touch and mouse ---------------------------------------------------------------------

  #position({ clientX, clientY }) {
    const { left, top, width } = this.canvas.getBoundingClientRect();
    return [((clientX - left) * UNITS) / width, ((clientY - top) * UNITS) / width];
  }

  #press(event) {
    if (this.mark || event.button !== 0) return; // one finger draws; a second one is ignored
    this.box.hidden = true;
    if (full(this.history.marks)) {
      this.#say("The pad is full: undo or clear something.");
      return;
    }
    this.surface.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    const [x, y] = this.#position(event);
    if (this.tool === "pixels") {
      const cell = cellAt(x, y);
      if (cell === null) return;
      this.mark = { tool: "pixels", ink: inked(this.context, cell) ? 0 : 255, cells: [cell] };
      fillCell(this.context, cell, this.mark.ink);
    } else {
      this.mark = { tool: this.tool, size: this.#brush(), points: [] };
      extend(this.mark.points, x, y);
      paintStroke(this.context, this.mark);
    }
    this.#refresh();
    this.#report();
  }

  #move(event) {
    this.#showRing(event);
    if (!this.mark || event.pointerId !== this.pointer) return;
    // Coalesced events are the positions between two frames: without them a fast stroke has corners.
    const between = event.getCoalescedEvents?.() ?? [];
    let changed = false;
    for (const each of between.length ? between : [event]) {
      changed = this.#follow(...this.#position(each)) || changed;
    }
    if (!changed) return;
    if (full([...this.history.marks, this.mark])) this.#lift();
    else this.#report();
  }

  #follow(x, y) {
    if (this.mark.tool === "pixels") {
      const cell = cellAt(x, y);
      const last = this.mark.cells.at(-1);
      if (cell === null || cell === last) return false;
      for (const next of cellsAlong(last, cell).slice(1)) {
        this.mark.cells.push(next);
        fillCell(this.context, next, this.mark.ink);
      }
      return true;
    }
    if (!extend(this.mark.points, x, y)) return false;
    paintStroke(this.context, this.mark, this.mark.points.length / 2 - 1);
    return true;
  }

  #lift() {
    if (!this.mark) return;
    const mark = this.mark;
    this.mark = this.pointer = null;
    this.#do(mark);
  }

  #brush() {
    return Math.round(Number(this.size.value) * 20);
  }

  #showRing(event) {
    const wide = (this.#brush() / UNITS) * this.surface.clientWidth;
    this.ring.hidden = this.tool === "pixels" || event.pointerType === "touch";
    const { left, top } = this.surface.getBoundingClientRect();
    this.ring.style.width = this.ring.style.height = `${wide}px`;
    this.ring.style.left = `${event.clientX - left - wide / 2}px`;
    this.ring.style.top = `${event.clientY - top - wide / 2}px`;
  }

  // -- keyboard ---------------------------------------------------------------------------------

  #key(event) {
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const command = event.ctrlKey || event.metaKey;
    const name = event.key.toLowerCase();
    if (steps[event.key]) this.#step(steps[event.key], event.shiftKey);
    else if (event.key === " ") this.#toggle();
    else if (command && name === "z" && !event.shiftKey) this.#undo();
    else if (command && (name === "y" || name === "z")) this.#redo();
    else if (event.key === "Delete" || event.key === "Backspace") this.#clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #step([down, right], painting) {
    const row = Math.min(Math.max(Math.floor(this.cursor / SIDE) + down, 0), SIDE - 1);
    const column = Math.min(Math.max((this.cursor % SIDE) + right, 0), SIDE - 1);
    this.cursor = row * SIDE + column;
    this.#showCursor();
    if (painting) this.#paintCell(this.tool === "eraser" ? 0 : 255);
    else this.#say(`${this.#place()}, ${inked(this.context, this.cursor) ? "ink" : "paper"}`);
  }

  #toggle() {
    this.#showCursor();
    this.#paintCell(this.tool === "eraser" || inked(this.context, this.cursor) ? 0 : 255);
  }

  #paintCell(ink) {
    if (full(this.history.marks)) return this.#say("The pad is full: undo or clear something.");
    const done = ink ? "painted" : "erased";
    this.#do({ tool: "pixels", ink, cells: [this.cursor] }, `${this.#place()}, ${done}`);
  }

  #place() {
    return `row ${Math.floor(this.cursor / SIDE)}, column ${this.cursor % SIDE}`;
  }

  #showCursor() {
    const cell = 100 / SIDE;
    this.box.hidden = false;
    this.box.style.top = `${Math.floor(this.cursor / SIDE) * cell}%`;
    this.box.style.left = `${(this.cursor % SIDE) * cell}%`;
  }

  // -- history, and telling Python --------------------------------------------------------------

  #do(step, spoken) {
    this.history.add(step);
    this.#settle(spoken);
  }

  #undo() {
    this.#lift();
    if (!this.history.undo()) return;
    this.given = Math.min(this.given, this.history.steps.length);
    this.#settle("Undone.");
  }

  #redo() {
    this.#lift();
    if (this.history.redo()) this.#settle("Redone.");
  }

  #clear() {
    this.#lift();
    if (this.history.marks.length) this.#do({ tool: "clear" }, "Cleared. Undo brings it back.");
  }

  #settle(spoken = "") {
    this.#redraw();
    this.#say(spoken);
    this.#keep();
    this.#report();
  }

  // A drawing from the server. A stroke in progress goes on, and strokes that the server had not yet heard of
  // are drawn again on top.
  #show({ marks, after }) {
    const newer = this.history.steps.slice(Math.max(after, this.given));
    this.history.show(marks);
    this.given = this.history.steps.length;
    for (const step of newer) this.history.add(step);
  }

  #report() {
    const { marks, steps } = this.history;
    this.surface.dataset.owes = ""; // until it is sent, for tests to wait for
    this.pacer.offer({
      moving: this.mark !== null,
      marks: structuredClone(this.mark ? [...marks, this.mark] : marks),
      loaded: this.loaded,
      step: steps.length,
    });
  }

  #send(state, number) {
    this.send({ number, ...state });
    delete this.surface.dataset.owes;
    this.surface.dataset.sent = number; // for benchmarks; the readout says what it answers
  }

  // -- keeping the drawing ----------------------------------------------------------------------

  #keep() {
    const { steps, undone } = this.history;
    const drawing = { steps, undone, loaded: this.loaded, tool: this.tool, size: this.size.value };
    kept.set(this.storage, drawing);
    try {
      sessionStorage.setItem(this.storage, JSON.stringify(drawing));
    } catch {
      // No storage, or it is full: the drawing still outlives everything but a reload.
    }
  }

  #recall() {
    try {
      const stored = sessionStorage.getItem(this.storage);
      const drawing = stored && JSON.parse(stored);
      if (drawing?.steps?.every(sound) && drawing.undone?.every(sound)) return drawing;
    } catch {
      // No storage, or not ours.
    }
    return kept.get(this.storage) ?? {};
  }
}
