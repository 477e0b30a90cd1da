// The pile: sheets in a simple parallel projection, the top edge of each image farther away, drawn from the bottom.

import { element, picture, unpacked } from "../shared/pictures.js";
import { Sheets } from "./sheets.js";

const WIDE = 300; // width of the canvas, in its own units
const HIGH = 250;
const ACROSS = 207; // width of a sheet, in those units; of a narrow one the longer side is as long as a square one's
const DEEP = 90; // depth of a sheet
const LEAN = 73; // how far its front edge lies to the left of its back edge
const GAP = 7; // between two sheets
const DROP = 150; // the height from which a sheet falls
const FILM = 0.42; // opacity of a sheet's white over what lies below
const clear = (value) => [0, 0, 0, value];

const piles = new WeakMap();

export default function ({ parentElement, data }) {
  const pile = piles.get(parentElement) ?? new Pile(parentElement);
  piles.set(parentElement, pile);
  pile.show(data);
}

class Pile {
  constructor(parent) {
    this.canvas = element("canvas");
    this.canvas.setAttribute("role", "img");
    parent.append(this.canvas);
    this.context = this.canvas.getContext("2d");
    this.sheets = new Sheets();
    const scale = Math.max(2, devicePixelRatio);
    this.canvas.width = WIDE * scale;
    this.canvas.height = HIGH * scale;
    this.scale = scale;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
  }

  show({ name, sheets, side, at, pixel, label }) {
    this.canvas.setAttribute("aria-label", label);
    this.pixel = pixel;
    this.side = side;
    if (sheets) this.films = sheets.map((sheet) => film(sheet, side));
    if (name !== this.name) this.sheets.lay(at);
    else if (at !== this.sheets.at) this.sheets.change(at, performance.now());
    this.name = name;
    this.#frame();
  }

  #frame() {
    cancelAnimationFrame(this.asked);
    const now = performance.now();
    this.#draw(now);
    const on = !this.still.matches && this.sheets.moves(now) && this.canvas.isConnected;
    if (on) this.asked = requestAnimationFrame(() => this.#frame());
  }

  #draw(now) {
    const { context, scale } = this;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, WIDE, HIGH);
    context.imageSmoothingEnabled = false;
    const seen = this.sheets.heights(now, this.still.matches);
    const [height, width] = this.side;
    const [row, column] = this.pixel;
    const longest = Math.max(height, width);
    const [across, deep, lean] = [ACROSS, DEEP, LEAN].map((of) => of / longest); // of a pixel
    const left = (WIDE - width * across + height * lean) / 2; // centres the parallelogram
    const floor = HIGH - height * deep - 10;
    let top = null;
    for (const { image, height: lies, share } of seen) {
      const above = (1 - share) ** 2 * DROP;
      const y = floor - Math.max(lies, 0) * GAP - above;
      context.setTransform(across * scale, 0, -lean * scale, deep * scale, left * scale, y * scale);
      context.globalAlpha = lies < 0 ? Math.max(1 + lies, 0) : Math.min(2 * share, 1);
      context.fillStyle = `rgb(255 255 255 / ${FILM})`;
      context.fillRect(0, 0, width, height);
      context.drawImage(this.films[image % this.films.length], 0, 0);
      context.strokeStyle = "rgb(110 110 110 / 0.75)";
      context.lineWidth = 0.005 * longest;
      context.strokeRect(0, 0, width, height);
      if (share === 1) top = y;
    }
    context.globalAlpha = 1;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    if (top !== null) this.#drill(left + (column + 0.5) * across - (row + 0.5) * lean, (row + 0.5) * deep, top, floor);
  }

  /** Through the same pixel of all sheets. */
  #drill(x, deep, top, floor) {
    const { context } = this;
    context.strokeStyle = context.fillStyle = "#d10056";
    context.lineWidth = 1.6;
    context.beginPath();
    context.moveTo(x, top + deep - 16);
    context.lineTo(x, floor + deep);
    context.stroke();
    context.beginPath();
    context.arc(x, top + deep - 16, 3, 0, 2 * Math.PI);
    context.fill();
  }
}

/** An image as ink on a transparent ground. */
function film(text, [height, width]) {
  const canvas = picture("", width, height);
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  unpacked(text, height * width).forEach((value, i) => image.data.set(clear(value), 4 * i));
  context.putImageData(image, 0, 0);
  return canvas;
}
