// The steps done on the pads, and those undone. Pure: this file knows no DOM.

const MOST = 200; // steps that can be undone

export class Steps {
  constructor() {
    Object.assign(this, { done: [], undone: [], count: 0 });
  }

  /** before, after: digit -> its pixels, for the pads that changed. */
  add(before, after) {
    this.done = [...this.done, { before, after }].slice(-MOST);
    this.undone = [];
    this.count++;
  }

  /** Both return the pads as they are afterwards, or null. */
  undo() {
    const step = this.done.pop();
    if (!step) return null;
    this.undone.push(step);
    this.count++;
    return step.before;
  }

  redo() {
    const step = this.undone.pop();
    if (!step) return null;
    this.done.push(step);
    this.count++;
    return step.after;
  }
}
