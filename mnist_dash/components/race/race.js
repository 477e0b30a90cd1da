// Twenty images, one after another, and what the reader calls each. Nothing is sent before the end.

import { event } from "../shared/events.js";
import { element } from "../shared/pictures.js";
import { labelOf, LATE, Rounds } from "./rounds.js";

const races = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const race = races.get(parentElement) ?? new Race(parentElement);
  races.set(parentElement, race);
  race.send = (said) => setStateValue("end", event(said));
  race.show(data);
  return () => {
    if (!parentElement.isConnected) race.stop();
  };
}

class Race {
  constructor(parent) {
    this.root = element("div", "race");
    this.stage = element("div", "stage");
    this.stage.tabIndex = -1;
    this.picture = element("canvas", "picture");
    this.picture.setAttribute("role", "img");
    this.note = element("p", "note");
    this.note.setAttribute("role", "status");
    this.startButton = button("start", "Start", () => this.#start());
    this.stage.append(this.picture, this.note, this.startButton);
    this.time = element("div", "time");
    this.bar = element("div", "left");
    this.time.append(this.bar);
    this.time.setAttribute("aria-hidden", "true");
    this.countdown = element("span", "countdown");
    this.countdown.setAttribute("aria-hidden", "true");
    this.place = element("span", "place");
    this.stopButton = button("stop", "Stop", () => this.stop());
    const head = element("div", "head");
    head.append(this.place, this.countdown, this.stopButton);
    this.answers = element("div", "answers");
    this.answers.setAttribute("role", "group");
    const board = element("div", "board");
    board.append(head, this.stage, this.time, this.answers);
    this.root.append(board);
    parent.append(this.root);
  }

  /** Show the state before the start. Other images or another pace end a running race. */
  show(data) {
    const shown = JSON.stringify(data);
    if (shown === this.shown) return;
    this.shown = shown;
    this.data = data;
    this.sprite = new Image();
    this.sprite.src = data.sprite;
    [this.picture.height, this.picture.width] = data.side;
    const { classes, kind } = data;
    const many = classes.length > 10;
    const short = classes.every(([, name]) => name.length <= (many ? 2 : 4));
    this.answers.style.setProperty("--count", Math.min(classes.length, short ? (many ? 7 : 5) : many ? 2 : 1));
    this.answers.classList.toggle("many", many);
    this.answers.classList.toggle("words", !short);
    this.answers.setAttribute("aria-label", `Which ${kind} is it?`);
    this.answers.replaceChildren(
      ...classes.map(([label, name]) => {
        const made = button("answer", "", () => this.#say(label));
        made.append(element("span", "", name));
        made.title = short ? "" : name;
        made.setAttribute("aria-label", kind === "digit" ? `It is a ${name}` : `It is ${name}`);
        return made;
      }),
    );
    this.stop();
  }

  async #start() {
    const { sprite, data } = this;
    await sprite.decode();
    if (data !== this.data || this.rounds) return;
    this.rounds = new Rounds(data.images.length, data.seconds);
    this.rounds.start(performance.now());
    this.listening = new AbortController();
    document.addEventListener("keydown", (event) => this.#key(event), { signal: this.listening.signal });
    this.#draw();
    this.stage.focus({ preventScroll: true });
    this.#tick();
  }

  /** Back to the start; all answers are forgotten. */
  stop() {
    const focused = this.root.contains(this.root.getRootNode().activeElement);
    this.listening?.abort();
    this.rounds = null;
    this.#draw();
    if (focused) this.startButton.focus({ preventScroll: true });
  }

  #end() {
    const { images } = this.data;
    const { said } = this.rounds;
    this.stop();
    this.startButton.hidden = true; // until there are other images
    this.note.textContent = "Counting …";
    this.send({ images, said });
  }

  #key(event) {
    if (event.key === "Escape") return this.stop();
    const label = labelOf(event, this.data.classes);
    if (label === null || event.target.matches?.("input, textarea, [contenteditable=true]")) return;
    event.preventDefault();
    this.#say(label);
  }

  #say(label) {
    this.rounds?.say(label, performance.now());
    this.#follow();
  }

  #tick() {
    if (!this.rounds || !this.root.isConnected) return;
    this.rounds.tick(performance.now());
    if (this.#follow()) requestAnimationFrame(() => this.#tick());
  }

  /** Show the current state. Returns whether the race goes on. */
  #follow() {
    if (!this.rounds) return false;
    if (this.rounds.over) {
      this.#end();
      return false;
    }
    const { place, resting } = this.rounds;
    if (this.drawn !== `${place} ${resting}`) this.#draw();
    const now = performance.now();
    this.bar.style.transform = `scaleX(${this.rounds.left(now)})`;
    const seconds = `${this.rounds.seconds(now)} s`;
    if (this.countdown.textContent !== seconds) this.countdown.textContent = seconds;
    return true;
  }

  #draw() {
    const { images, seconds, side, kind } = this.data;
    const { place, resting, said } = this.rounds ?? { place: null, resting: false, said: [] };
    this.drawn = `${place} ${resting}`;
    const running = this.rounds !== null;
    this.root.dataset.state = running ? "runs" : "waits";
    this.startButton.hidden = running;
    this.stopButton.disabled = !running;
    for (const each of this.answers.children) each.disabled = !running || resting;
    this.bar.style.transform = "scaleX(1)";
    this.countdown.textContent = `${seconds} s`;
    const late = said.filter((label) => label === LATE).length;
    const count = running ? `Image ${place + 1} of ${images.length}` : `${images.length} images`;
    this.place.textContent = late ? `${count}, ${late} too late` : count;
    this.note.textContent = resting ? "Too late" : "";
    const what = kind === "digit" ? "a handwritten digit" : "an image";
    this.picture.setAttribute("aria-label", running ? `${count}: ${what}` : "The first image waits");
    const context = this.picture.getContext("2d");
    context.clearRect(0, 0, this.picture.width, this.picture.height);
    if (running) context.drawImage(this.sprite, 0, -place * side[0]);
  }
}

function button(name, words, click) {
  const made = element("button", name, words);
  made.type = "button";
  made.onclick = click;
  return made;
}
