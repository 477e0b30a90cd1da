// Marks on a 28 x 28 pad, in units of 1/20 cell. Pure functions: this file knows no DOM.

export const SIDE = 28;
export const CELL = 20;
export const UNITS = SIDE * CELL;

const NEAR = 6; // a point closer than a third of a cell to the last one adds nothing
const STRAIGHT = 0.25; // a point this close to the line through its neighbours is left out
const FARTHEST = 2 * UNITS; // a captured pointer may leave the pad
const MOST_NUMBERS = 15_000; // the server refuses more than 20,000

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const unit = (value) => Math.round(clamp(value, -FARTHEST, FARTHEST));

/** Add a position to a stroke's flat [x, y, x, y, ...]; returns whether the stroke changed. */
export function extend(points, x, y) {
  const [newX, newY] = [unit(x), unit(y)];
  const n = points.length;
  if (n >= 2 && Math.hypot(newX - points[n - 2], newY - points[n - 1]) < NEAR) return false;
  if (n >= 4 && offLine(points.slice(n - 4), newX, newY) < STRAIGHT) points.length = n - 2;
  points.push(newX, newY);
  return true;
}

// How far the middle point lies off the line from the previous point to the new one; a turn back counts as far.
function offLine([ax, ay, bx, by], cx, cy) {
  const [dx, dy] = [cx - ax, cy - ay];
  const length = Math.hypot(dx, dy);
  if (!length || (bx - ax) * (cx - bx) + (by - ay) * (cy - by) < 0) return Infinity;
  return Math.abs((bx - ax) * dy - (by - ay) * dx) / length;
}

/** The cell under a position, as row * 28 + column, or null outside the pad. */
export function cellAt(x, y) {
  const [column, row] = [Math.floor(x / CELL), Math.floor(y / CELL)];
  const inside = column >= 0 && column < SIDE && row >= 0 && row < SIDE;
  return inside ? row * SIDE + column : null;
}

/** The cells on the straight line from one cell to another, both ends included (Bresenham). */
export function cellsAlong(from, to) {
  let [row, column] = [Math.floor(from / SIDE), from % SIDE];
  const [lastRow, lastColumn] = [Math.floor(to / SIDE), to % SIDE];
  const [down, right] = [Math.abs(lastRow - row), Math.abs(lastColumn - column)];
  let error = right - down;
  const cells = [from];
  while (row !== lastRow || column !== lastColumn) {
    const twice = 2 * error;
    if (twice > -down) (error -= down), (column += Math.sign(lastColumn - column));
    if (twice < right) (error += right), (row += Math.sign(lastRow - row));
    cells.push(row * SIDE + column);
  }
  return cells;
}

/** How many numbers a list of marks holds, and whether there is room for more. */
export const numbers = (marks) =>
  marks.reduce((sum, mark) => sum + (mark.points ?? mark.cells ?? []).length, 0);
export const full = (marks) => numbers(marks) >= MOST_NUMBERS || marks.length >= 1_500;

const whole = (values, low, high) =>
  Array.isArray(values) &&
  values.length > 0 &&
  values.every((value) => Number.isInteger(value) && low <= value && value <= high);

/** Whether a stored step is one that the server accepts, whoever stored it. */
export function sound(step) {
  switch (step?.tool) {
    case "clear":
      return true;
    case "grid":
      return typeof step.grid === "string" && /^[A-Za-z0-9+/]{1046}==$/.test(step.grid);
    case "pixels":
      return [0, 255].includes(step.ink) && whole(step.cells, 0, SIDE * SIDE - 1);
    case "pen":
    case "eraser":
      return (
        whole([step.size], CELL / 2, 8 * CELL) &&
        whole(step.points, -FARTHEST, FARTHEST) &&
        step.points.length % 2 === 0
      );
  }
  return false;
}

/** Base64 of 784 bytes -> the bytes. */
export const grid = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
