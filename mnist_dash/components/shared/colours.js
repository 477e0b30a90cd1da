// The ways to colour numbers, by name: value -> [red, green, blue]. The theme's colours are read from
// Streamlit's own variables, which are there before our style sheet is.

import { greys, ramp, rgb } from "./pictures.js";

const NORMS = { L1: "--st-blue-color", L2: "--st-orange-color" };
const MINUS = "--st-violet-color";
const PLUS = "--st-green-color";
// Viridis in nine steps (S. van der Walt, N. Smith, 2015), safe for colour-blind eyes.
const HEAT = ["#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725"];

/** The stops of a ramp as CSS colours, lowest first. */
export function stops(name, style) {
  const theme = (variable) => style.getPropertyValue(variable);
  if (name === "greys") return ["#fff", "#000"];
  if (name === "light") return ["#000", "#fff"];
  if (name === "heat") return HEAT;
  if (name === "signed") {
    return [theme(MINUS), theme("--st-background-color"), theme(PLUS)];
  }
  return [theme("--st-background-color"), theme(NORMS[name]), theme("--st-text-color")];
}

/** The ramp for values up to `top`; "signed" runs from -top to top. */
export function colouring(name, top, style) {
  if (name === "greys") return greys(top);
  const colours = stops(name, style).map(rgb);
  if (name !== "signed") return ramp(colours, top);
  const upwards = ramp(colours, 2 * top);
  return (value) => upwards(value + top);
}
