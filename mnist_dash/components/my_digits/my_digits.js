// Keeps the reader's digits in the browser, each a row: its id, its label, its pixels as a text. It is told
// what has changed, so that two windows keep the digits of both, and says what became of it.

import { event } from "../shared/events.js";

const KEY = "the ideal digit: my digits"; // other apps of this address have a storage with us

/** The rows that were written as this text: none if there is none, null if it is no such text. */
export function read(text) {
  if (text === null) return [];
  try {
    const rows = JSON.parse(text);
    return Array.isArray(rows) ? rows : null;
  } catch {
    return null;
  }
}

/** These rows once some were added, or took the place of those with their id, and others dropped. */
export function changed(rows, added, dropped) {
  const gone = new Set([...dropped, ...added.map(([id]) => id)]);
  const stay = rows.filter((row) => Array.isArray(row) && Number.isInteger(row[0]) && !gone.has(row[0]));
  return [...stay, ...added].sort(([one], [other]) => one - other);
}

/** Why a browser keeps no more. */
export const trouble = ({ name }) => (name === "QuotaExceededError" ? "full" : "forbidden");

let visit = null;
let teller = null; // which mount has told what was kept, until that is known
let done = 0; // number of the change that was made last

export default function ({ data, setStateValue, parentElement }) {
  if (data.visit !== visit) [visit, teller, done] = [data.visit, null, 0];
  try {
    const text = localStorage.getItem(KEY);
    if (!data.recalled && (text !== null || data.asks)) {
      if (teller !== parentElement) setStateValue("recall", event(read(text)));
      teller = parentElement;
      return; // nothing is changed before that is known
    }
    if (teller === parentElement) setStateValue("recall", null); // or it would go with every message
    teller = null;
    if (data.number === done) return;
    done = data.number;
    if (!done) return;
    localStorage.setItem(KEY, JSON.stringify(changed(read(text) ?? [], data.added, data.dropped)));
    setStateValue("kept", event({ number: done, trouble: "" }));
  } catch (error) {
    if (!data.recalled && data.asks && teller !== parentElement) setStateValue("recall", event([]));
    teller = parentElement;
    if (data.number) setStateValue("kept", event({ number: data.number, trouble: trouble(error) }));
  }
}
