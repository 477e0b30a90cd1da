// What was done on the pad, and what was undone. Pure: this file knows no DOM.
//
// A step is a mark or {tool: "clear"}; the mark {tool: "grid", grid} puts a whole picture on the pad.
// Both are steps like any other, so nothing is ever lost to them.

const MOST = 1_000; // steps that can be undone, or more if more of them are visible

const alike = (one, other) => one.length === other.length && JSON.stringify(one) === JSON.stringify(other);

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

  /** Show exactly these marks: by going back or forth if they were shown before, else by new steps. */
  show(marks) {
    for (const way of ["undo", "redo"]) {
      const tried = new History([...this.steps], [...this.undone]);
      do {
        if (alike(tried.marks, marks)) return void Object.assign(this, tried);
      } while (tried[way]());
    }
    if (this.marks.length && marks[0]?.tool !== "grid") this.add({ tool: "clear" });
    for (const mark of marks) this.add(mark);
  }

  /** The visible marks: all since the last clearing, or from the last picture on. */
  get marks() {
    const last = this.steps.findLastIndex((step) => step.tool === "clear" || step.tool === "grid");
    return this.steps.slice(this.steps[last]?.tool === "clear" ? last + 1 : Math.max(last, 0));
  }
}
