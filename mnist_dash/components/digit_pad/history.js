// What was done on the pad, and what was undone. Pure: this file knows no DOM.
//
// A step is a mark, {tool: "clear"}, or {tool: "grid", grid} that puts a whole picture on the pad.
// Clearing and loading are steps like any other, so nothing is ever lost to them.

const MOST = 1_000; // steps that can be undone, unless more of them show

export class History {
  constructor(steps = [], undone = []) {
    this.steps = steps;
    this.undone = undone;
  }

  add(step) {
    this.steps.push(step);
    this.undone = [];
    const hidden = this.steps.length - this.marks.length;
    this.steps.splice(0, Math.min(Math.max(this.steps.length - MOST, 0), hidden));
  }

  undo() {
    if (!this.steps.length) return false;
    this.undone.push(this.steps.pop());
    return true;
  }

  redo() {
    if (!this.undone.length) return false;
    this.steps.push(this.undone.pop());
    return true;
  }

  /** The marks that show: all since the last clearing, or since the last picture and with it. */
  get marks() {
    const last = this.steps.findLastIndex((step) => step.tool === "clear" || step.tool === "grid");
    return this.steps.slice(this.steps[last]?.tool === "clear" ? last + 1 : Math.max(last, 0));
  }
}
