// What a click says. It has a number, so that the same click made twice is told twice.

let last = 0;

export function event(at) {
  last = Math.max(Date.now(), last + 1);
  return { at, number: last };
}
