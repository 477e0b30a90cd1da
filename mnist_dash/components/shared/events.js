// What a click sends. It carries a number, so that two equal clicks arrive as two.

let last = 0;

export function event(at) {
  last = Math.max(Date.now(), last + 1);
  return { at, number: last };
}
