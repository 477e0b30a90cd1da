// Keeps notes in the browser, by name, and tells every visit once what earlier ones have left.

import { event } from "../shared/events.js";

const KEY = "the ideal digit: notes"; // other apps of this address have a storage with us

/** The notes that were written as this text; none if it is no such text. */
export function read(text) {
  try {
    const notes = JSON.parse(text);
    return notes && typeof notes === "object" && !Array.isArray(notes) ? notes : {};
  } catch {
    return {};
  }
}

/** What is kept once the notes of a visit, which were `before`, are `now`. Others stay, unless all go. */
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
    // a browser that lets nobody store anything: the notes last as long as the visit
  }
}
