// Which sheets are on the pile, and where. Pure: this file knows no DOM.

export const MOST = 14; // visible sheets; more push the bottom ones out of sight
const AT_ONCE = 4; // sheets that fall for one move of the slider, however far
const APART = 70; // ms between two falling sheets
export const FALL = 420; // ms that a fall takes

export class Sheets {
  constructor() {
    Object.assign(this, { lying: [], next: 0, at: 0 });
  }

  /** Show this many at once, without falling. */
  lay(at) {
    this.at = at;
    const count = Math.min(at, MOST);
    this.next = count;
    this.lying = Array.from({ length: count }, (_, image) => ({ image, since: -Infinity }));
  }

  /** Go to this number: additional sheets fall, surplus ones are taken off the top. */
  change(at, now) {
    const more = at - this.at;
    this.at = at;
    if (more > 0) {
      const drops = Math.min(more, AT_ONCE);
      for (let i = 0; i < drops; i++) this.lying.push({ image: this.next++, since: now + i * APART });
      // When the slider jumps, the rest is there already.
      const rest = Math.min(at, MOST) - this.lying.length;
      if (rest > 0) {
        this.lying.unshift(...Array.from({ length: rest }, () => ({ image: this.next++, since: -Infinity })));
      }
    } else if (more < 0) {
      this.lying.length = Math.min(this.lying.length, at, MOST);
      const rest = Math.min(at, MOST) - this.lying.length;
      this.lying.unshift(...Array.from({ length: rest }, () => ({ image: this.next++, since: -Infinity })));
    }
  }

  /**
   * Each sheet that is seen, from the bottom: its image, how high it will lie, counted in sheets (below 0 as it
   * sinks out of sight), and what share of its fall is behind it. still: for those who want no motion.
   */
  heights(now, still = false) {
    const down = ({ since }) => (still ? 1 : Math.min(Math.max((now - since) / FALL, 0), 1));
    const sunk = Math.max(this.lying.reduce((sum, sheet) => sum + down(sheet), 0) - MOST, 0);
    this.lying.splice(0, Math.floor(sunk)); // out of sight now
    let height = Math.floor(sunk) - sunk;
    return this.lying.map((sheet) => {
      const share = down(sheet);
      const seen = { image: sheet.image, height, share };
      height += share;
      return seen;
    });
  }

  /** Whether a sheet is still falling. */
  moves(now) {
    return this.lying.some(({ since }) => now - since < FALL);
  }
}
