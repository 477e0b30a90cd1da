// How far work has come; asks for its next piece as soon as it has shown the last. Several bars take turns.

import { element } from "../shared/pictures.js";

const PATIENCE = 3000; // ms; a request that is not answered by then is made again
const REST = 200; // ms before work begins or looks again, in which another control may be moved
const bars = new WeakMap();
const waiting = new Set(); // the bars that want to ask, in this order
let shown = 0; // the latest turn that any of them was given
let asking = null; // the bar whose request is under way
let due = null; // the timer that makes it
let given = null; // and that gives it up

export default function ({ parentElement, data, setTriggerValue }) {
  const bar = bars.get(parentElement) ?? new Bar(parentElement);
  bars.set(parentElement, bar);
  bar.show(data, (turn) => setTriggerValue("next", { turn, shown }));
  return () => leave(bar);
}

class Bar {
  constructor(parent) {
    this.root = element("label", "work");
    this.words = element("span");
    this.progress = element("progress");
    this.root.append(this.words, this.progress);
    parent.append(this.root);
    this.turn = null;
  }

  show({ share, words, turn, waits }, ask) {
    this.waits = waits;
    this.words.textContent = words;
    this.progress.value = share;
    this.ask = ask;
    if (turn === this.turn) return;
    this.turn = shown = turn;
    leave(this);
    waiting.add(this);
    next();
  }
}

function next() {
  const [bar] = waiting;
  if (asking || !bar) return;
  waiting.delete(bar);
  asking = bar;
  // Not in one breath with the last one's: Streamlit takes requests of two fragments for one.
  due = setTimeout(() => bar.ask(bar.turn), bar.progress.value && !bar.waits ? 20 : REST);
  given = setTimeout(() => {
    leave(bar);
    waiting.add(bar);
    next();
  }, PATIENCE);
}

function leave(bar) {
  waiting.delete(bar);
  if (asking !== bar) return;
  clearTimeout(due);
  clearTimeout(given);
  asking = null;
  setTimeout(next);
}
