// Registers the pad with Streamlit, which calls this again on every change of `data`: one Pad lives on
// per place on the page.

import { Pad } from "./pad.js";

const pads = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const send = (ink) => setStateValue("ink", ink);
  const pad = pads.get(parentElement) ?? new Pad(parentElement, data.key);
  pads.set(parentElement, pad);
  pad.update(data, send);
  return () => {
    // Called at the end, and also for a call that newer data overtook while the script was loading.
    if (!parentElement.isConnected) pad.dispose();
  };
}
