// When to send: the newest state once the previous one was answered, never a backlog; one that is not answered
// again, as a server that was away has not heard it. Knows no DOM.

const GAP = 90; // ms between two sends at least: about eleven a second
const PATIENCE = 1000; // ms after which an answer counts as lost; where nothing is new, twice as many every time
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

  /** Send this state as soon as may be; a state not yet sent is replaced by it. */
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

  /** Send what is not yet sent, now: something else is about to be asked for. */
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
    // Never at once: Streamlit sends a click by a timer, too, and what was clicked before is to go before.
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
