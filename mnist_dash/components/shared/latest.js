// What is sent to the server while something moves: one message is under way at a time, and the last is
// always sent.

const PATIENCE = 1000; // ms; a message that is not answered by then is given up

export class Latest {
  constructor() {
    this.next = null; // what is still to be sent
    this.sent = null; // number of the message that is under way
    this.send = null;
  }

  get idle() {
    return this.sent === null;
  }

  /** Send this as soon as may be; what is not yet sent is replaced by it. */
  offer(message) {
    this.next = message;
    this.#flush();
  }

  /** The server has answered the message with this number; `send` takes the next. */
  answered(number, send) {
    this.send = send;
    if (number === this.sent) this.sent = null;
    this.#flush();
  }

  #flush() {
    if (!this.next || !this.idle) return;
    const number = (this.sent = Date.now());
    this.send({ ...this.next, number });
    this.next = null;
    setTimeout(() => {
      if (this.sent !== number) return;
      this.sent = null;
      this.#flush();
    }, PATIENCE);
  }
}
