// Keeps named notes in the browser, and reports once per visit what earlier visits left.

import { event } from "../shared/events.js";

const KEY = "the ideal digit: notes"; // other apps at this address share the storage

/** The notes stored as this text; none if the text is anything else. */
export function read(text) {
  try {
    const notes = JSON.parse(text);
    return notes && typeof notes === "object" && !Array.isArray(notes) ? notes : {};
  } catch {
    return {};
  }
}

/** What to keep when a visit's notes change from `before` to `now`. Other notes stay, unless all are cleared. */
export function kept(stored, before, now) {
  const gone = Object.keys(before).filter((name) => !(name in now));
  if (gone.length && !Object.keys(now).length) return {};
  return { ...Object.fromEntries(Object.entries(stored).filter(([name]) => !gone.includes(name))), ...now };
}

let visit = null;
let before = {};

export default function ({ data, setStateValue }) {
  try {
    const stored = read(localStorage.getItem(KEY));
    if (data.visit !== visit) {
      visit = data.visit;
      before = {};
      if (Object.keys(stored).length) setStateValue("recall", event(stored));
    }
    localStorage.setItem(KEY, JSON.stringify(kept(stored, before, data.notes)));
    before = data.notes;
  } catch {
    // a browser that allows no storage: the notes last as long as the visit
  }
}
