// When to send: the newest state, once the previous one is answered, so no backlog builds up. A state without an
// answer is sent again, in case the server was away. Knows no DOM.

const GAP = 90; // ms between two sends, at least: about eleven a second
const PATIENCE = 1000; // ms after which an answer counts as lost; doubled each time while nothing is new
const LONGEST = 8000;

export class Pacer {
  /**
   * send(state, number) sends; clock has now(), after(ms, what) -> id, and cancel(id); numbers count up
   * from `start`.
   */
  constructor(send, clock, start) {
    this.send = send;
    this.clock = clock;
    this.number = start;
    this.sentAt = -Infinity;
    this.waitingFor = null;
    this.newest = null;
    this.timer = null;
    this.patience = PATIENCE;
  }

  /** Send this state as soon as possible, in place of one still waiting. */
  offer(state) {
    const waits = this.newest !== null;
    this.newest = { state };
    if (!waits) this.#pump();
  }

  /** The server has answered the state with this number. */
  answered(number) {
    if (number !== this.waitingFor) return;
    this.waitingFor = null;
    this.patience = PATIENCE;
    this.#pump();
  }

  /** Send what is waiting now, because another request is about to follow. */
  flush() {
    if (this.newest) this.#sendNow();
  }

  stop() {
    this.clock.cancel(this.timer);
    this.newest = this.timer = null;
  }

  #pump() {
    this.clock.cancel(this.timer);
    this.timer = null;
    if (!this.newest) return;
    const wait = (this.waitingFor === null ? GAP : PATIENCE) - (this.clock.now() - this.sentAt);
    // Never at once: Streamlit sends clicks by a timer too, and an earlier click has to arrive first.
    this.timer = this.clock.after(Math.max(wait, 0), () => this.#sendNow());
  }

  #sendNow() {
    this.clock.cancel(this.timer);
    const { state } = this.newest;
    this.newest = null;
    this.sentAt = this.clock.now();
    this.waitingFor = ++this.number;
    this.timer = this.clock.after(this.patience, () => {
      this.patience = Math.min(2 * this.patience, LONGEST);
      this.newest = { state };
      this.#sendNow();
    });
    this.send(state, this.number);
  }
}
