// Numbers -> a picture, and the pixel under the pointer. Draws only what it is given.

export const SIDE = 28;

export const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
/** The inverse of `packed`: each 0 is followed by how many pixels in a row are 0. */
export function unpacked(text, count = SIDE * SIDE) {
  const values = new Uint8Array(count);
  const runs = bytes(text);
  for (let i = 0, at = 0; i < runs.length; i++) {
    if (runs[i]) values[at++] = runs[i];
    else at += runs[++i];
  }
  return values;
}

export const floats = (text) => new Float32Array(bytes(text).buffer);

/** A canvas that CSS enlarges without smoothing. */
export function picture(label, width = SIDE, height = SIDE) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.className = "picture";
  canvas.setAttribute("role", "img");
  if (label) canvas.setAttribute("aria-label", label);
  return canvas;
}

/** Paint values through a ramp, value -> [red, green, blue]. */
export function paint(canvas, values, ramp) {
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  values.forEach((value, i) => image.data.set([...ramp(value), 255], 4 * i));
  context.putImageData(image, 0, 0);
}

/** Paper to ink, the book's Greys: 0 is white, `ink` is black. */
export const greys = (ink) => (value) => Array(3).fill(255 * (1 - value / ink));

/** A ramp through these colours, [r, g, b] each, for values from 0 to `top`. */
export const ramp = (colours, top) => (value) => {
  const at = top ? Math.min(Math.max(value / top, 0), 1) * (colours.length - 1) : 0;
  const low = Math.min(Math.floor(at), colours.length - 2);
  return colours[low].map((part, i) => part + (colours[low + 1][i] - part) * (at - low));
};

/** Any CSS colour as [r, g, b]. */
export function rgb(colour) {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

/** The pixel under the pointer as row * width + column. */
export function pixelAt(canvas, { clientX, clientY }) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const index = (at, length, count) =>
    Math.min(Math.max(Math.floor((at / length) * count), 0), count - 1);
  const row = index(clientY - top, height, canvas.height);
  return row * canvas.width + index(clientX - left, width, canvas.width);
}

/** A new element with a class and, if given, a text. */
export function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Scroll to the page's container with this key, unless it is in view. */
export function reveal(key) {
  const there = key && document.querySelector(`.st-key-${key}`);
  if (!there) return;
  const { top } = there.getBoundingClientRect();
  if (top > 0 && top < window.innerHeight / 2) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  there.style.scrollMarginTop = "5rem"; // below the navigation
  there.scrollIntoView({ behavior: still ? "auto" : "smooth" });
}
