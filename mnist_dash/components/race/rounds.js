// Round by round: the answers, and when it is too late for one. The time is passed in, in milliseconds.

export const LATE = -1; // stands for an answer that came too late
export const REST = 800; // ms for which "too late" is shown; answers during it don't count

export class Rounds {
  constructor(count, seconds) {
    Object.assign(this, { count, length: 1000 * seconds, said: [], began: null, rests: null });
  }

  /** Show the first image. */
  start(now) {
    this.began = now;
  }

  get running() {
    return this.began !== null && !this.over;
  }

  /** Whether all are answered and nothing is left to show. */
  get over() {
    return this.said.length === this.count && !this.resting;
  }

  /** Whether it was too late and the next image is not shown yet. */
  get resting() {
    return this.rests !== null;
  }

  /** The number of the current image, from 0. */
  get place() {
    return this.resting ? this.said.length - 1 : this.said.length;
  }

  /** The reader calls the current image this digit. */
  say(digit, now) {
    this.tick(now);
    if (!this.running || this.resting) return;
    this.said.push(digit);
    this.began = now;
  }

  /** Time has passed. */
  tick(now) {
    if (!this.running) return;
    if (this.resting) {
      if (now - this.rests < REST) return;
      this.rests = null;
      this.began = now;
    } else if (now - this.began >= this.length) {
      this.said.push(LATE);
      this.rests = now;
    }
  }

  /** The share of this image's time that is left, from 1 to 0. */
  left(now) {
    return this.resting ? 0 : Math.min(Math.max(1 - (now - this.began) / this.length, 0), 1);
  }

  /** The same in whole seconds, for a countdown. */
  seconds(now) {
    return Math.ceil((this.left(now) * this.length) / 1000);
  }
}

/** The digit that a key stands for: one of the possible answers, or null. */
export function digitOf({ key, ctrlKey, metaKey, altKey, repeat }, classes) {
  if (ctrlKey || metaKey || altKey || repeat) return null;
  const digit = /^[0-9]$/.test(key) ? Number(key) : null;
  return classes.includes(digit) ? digit : null;
}
