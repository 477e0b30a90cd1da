// What is sent to the server while something moves: one message is under way at a time; the last is always
// sent, and where it says that the movement has ended at once, before whatever is clicked next.

const PATIENCE = 1000; // ms; a message that is not answered by then is given up

export class Latest {
  constructor() {
    this.next = null; // what is still to be sent
    this.sent = null; // number of the message that is under way
    this.last = 0; // number of the last one
    this.send = null;
  }

  get idle() {
    return this.sent === null;
  }

  /** Send this as soon as may be; what is not yet sent is replaced by it. */
  offer(message) {
    this.next = message;
    this.#flush(message.moving === false);
  }

  /** The server has answered the message with this number; `send` takes the next. */
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
