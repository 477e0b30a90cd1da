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

  /** The reader gives the current image this label. */
  say(label, now) {
    this.tick(now);
    if (!this.running || this.resting) return;
    this.said.push(label);
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

/**
 * The label that a key stands for, or null. classes: [label, name], of the possible answers; a name is a key if it
 * is one letter or digit, small or capital as long as only one of the two is a name.
 */
export function labelOf({ key, ctrlKey, metaKey, altKey, repeat }, classes) {
  if (ctrlKey || metaKey || altKey || repeat || !/^[\p{L}\p{N}]$/u.test(key)) return null;
  const named = (spelled) => classes.filter(([, name]) => spelled(name) === spelled(key));
  const found = [named((name) => name), named((name) => name.toLowerCase())].find(({ length }) => length === 1);
  return found ? found[0][0] : null;
}
