// Messages to the server while something moves: one is under way at a time, and the last is always sent; if it
// ends the movement, it goes at once, ahead of the next click.

const PATIENCE = 1000; // ms after which a message without an answer is given up

export class Latest {
  constructor() {
    this.next = null; // waiting to be sent
    this.sent = null; // number of the message under way
    this.last = 0; // number of the latest message
    this.send = null;
  }

  get idle() {
    return this.sent === null;
  }

  /** Send this as soon as possible, in place of anything still waiting. */
  offer(message) {
    this.next = message;
    this.#flush(message.moving === false);
  }

  /** The server has answered the message with this number: send what is waiting, through `send`. */
  answered(number, send) {
    this.send = send;
    if (number === this.sent) this.sent = null;
    this.#flush();
  }

  #flush(now = false) {
    if (!this.next || !this.send || !(now || this.idle)) return;
    const number = (this.sent = this.last = Math.max(Date.now(), this.last + 1));
    this.send({ ...this.next, number });
    this.next = null;
    setTimeout(() => {
      if (this.sent !== number) return;
      this.sent = null;
      this.#flush();
    }, PATIENCE);
  }
}
