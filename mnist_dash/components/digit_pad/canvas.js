// Marks -> ink on a canvas whose coordinates are the pad's units.

import { CELL, SIDE, UNITS, grid } from "./marks.js";

const PAPER = "#fff";
const INK = "#000";

export function wipe(context) {
  context.fillStyle = PAPER;
  context.fillRect(0, 0, UNITS, UNITS);
}

/** One whole mark. */
export function paint(context, mark) {
  if (mark.tool === "grid") {
    paintGrid(context, grid(mark.grid));
  } else if (mark.tool === "pixels") {
    mark.cells.forEach((cell) => fillCell(context, cell, mark.ink));
  } else {
    paintStroke(context, mark);
  }
}

// Enlarged as one picture: cells filled one by one would leave seams between them.
function paintGrid(context, inks) {
  const small = new OffscreenCanvas(SIDE, SIDE);
  const image = new ImageData(SIDE, SIDE);
  inks.forEach((ink, i) => image.data.set([255 - ink, 255 - ink, 255 - ink, 255], 4 * i));
  small.getContext("2d").putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, UNITS, UNITS);
}

/** A stroke from its point number `from` on, as a round brush. */
export function paintStroke(context, { tool, size, points }, from = 0) {
  context.strokeStyle = context.fillStyle = tool === "pen" ? INK : PAPER;
  context.lineWidth = size;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  if (points.length === 2) {
    context.arc(points[0], points[1], size / 2, 0, 2 * Math.PI);
    context.fill();
  } else {
    trace(context, points, Math.max(2 * from - 4, 0));
    context.stroke();
  }
}

// Through the points, with each turn rounded over half a cell at most, so that curves look smooth.
// Sharp turns stay: they were meant.
function trace(context, points, start) {
  context.moveTo(points[start], points[start + 1]);
  for (let i = start + 2; i + 3 < points.length; i += 2) {
    const [ax, ay, bx, by, cx, cy] = points.slice(i - 2, i + 4);
    if ((bx - ax) * (cx - bx) + (by - ay) * (cy - by) < 0) {
      context.lineTo(bx, by);
      continue;
    }
    const before = Math.min(0.5, CELL / 2 / Math.hypot(ax - bx, ay - by));
    const after = Math.min(0.5, CELL / 2 / Math.hypot(cx - bx, cy - by));
    context.lineTo(bx + (ax - bx) * before, by + (ay - by) * before);
    context.quadraticCurveTo(bx, by, bx + (cx - bx) * after, by + (cy - by) * after);
  }
  context.lineTo(points.at(-2), points.at(-1));
}

export function fillCell(context, cell, ink) {
  const grey = 255 - ink;
  const scale = context.getTransform().a;
  const edge = (index) => Math.round(index * CELL * scale) / scale; // on whole pixels: no seams
  const [row, column] = [Math.floor(cell / SIDE), cell % SIDE];
  const [x, y] = [edge(column), edge(row)];
  context.fillStyle = `rgb(${grey}, ${grey}, ${grey})`;
  context.fillRect(x, y, edge(column + 1) - x, edge(row + 1) - y);
}

/** Whether the middle of a cell shows more ink than paper. */
export function inked(context, cell) {
  const scale = context.getTransform().a;
  const middle = (index) => Math.floor((index + 0.5) * CELL * scale);
  const [x, y] = [middle(cell % SIDE), middle(Math.floor(cell / SIDE))];
  return context.getImageData(x, y, 1, 1).data[0] < 128;
}
