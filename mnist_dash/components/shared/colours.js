// The ways to colour numbers, by name: value -> [red, green, blue]. The theme's colours are read from
// Streamlit's own variables, which are there before our style sheet is.

import { greys, ramp, rgb } from "./pictures.js";

const NORMS = { L1: "--st-blue-color", L2: "--st-orange-color" };
const MINUS = "--st-violet-color";
const PLUS = "--st-green-color";
// Viridis in nine steps (S. van der Walt, N. Smith, 2015), safe for colour-blind eyes.
const HEAT = ["#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725"];

/** The stops of a ramp as CSS colours, lowest first. It leaves the background fast: half-way values show. */
export function stops(name, style) {
  const theme = (variable) => style.getPropertyValue(variable);
  const most = (colour) => `color-mix(in srgb, ${colour} 75%, ${theme("--st-background-color")})`;
  if (name === "greys") return ["#fff", "#000"];
  if (name === "light") return ["#000", "#fff"];
  if (name === "heat") return HEAT;
  if (name === "signed") {
    const [minus, plus] = [theme(MINUS), theme(PLUS)];
    return [minus, most(minus), theme("--st-background-color"), most(plus), plus];
  }
  const [paper, norm, text] = ["--st-background-color", NORMS[name], "--st-text-color"].map(theme);
  return [paper, most(norm), norm, `color-mix(in srgb, ${norm}, ${text})`, text];
}

/** The ramp for values up to `top`; "signed" runs from -top to top. */
export function colouring(name, top, style) {
  if (name === "greys") return greys(top);
  const colours = stops(name, style).map(rgb);
  if (name !== "signed") return ramp(colours, top);
  const upwards = ramp(colours, 2 * top);
  return (value) => upwards(value + top);
}
