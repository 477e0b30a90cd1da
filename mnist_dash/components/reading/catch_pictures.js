// Pictures pasted or dropped anywhere on the page go to Streamlit's file uploader, which checks their size
// and sends them. On a page without an uploader they wait for a page that has one.

import { event } from "../shared/events.js";

const SOON = 50; // ms between checks for an uploader that has not appeared yet
const listening = new WeakMap();
let waiting = [];

export default function ({ parentElement, data, setStateValue }) {
  listening.get(parentElement)?.abort();
  const until = new AbortController();
  listening.set(parentElement, until);
  const listen = (kind, what) => document.addEventListener(kind, what, { signal: until.signal, capture: true });
  const input = () => document.querySelector(`.st-key-${data.uploader} input[type=file]`);
  const outside = ({ target }) => !data.uploader || !target.closest?.(`.st-key-${data.uploader}`);

  listen("paste", (event) => pass(event, event.clipboardData));
  listen("dragover", (event) => {
    if (outside(event) && [...event.dataTransfer.types].includes("Files")) event.preventDefault();
  });
  listen("drop", (event) => outside(event) && pass(event, event.dataTransfer));
  if (data.uploader) handOver();

  function pass(happened, carried) {
    const files = [...(carried?.files ?? [])];
    if (!files.length) return;
    happened.preventDefault();
    waiting.push(...files);
    if (data.uploader) handOver();
    else setStateValue("caught", event(files.length));
  }

  function handOver() {
    if (!waiting.length || until.signal.aborted) return;
    if (!input()) return void setTimeout(handOver, SOON);
    const given = new DataTransfer();
    for (const file of waiting) given.items.add(file);
    waiting = [];
    input().files = given.files;
    input().dispatchEvent(new Event("change", { bubbles: true }));
  }

  return () => {
    if (!parentElement.isConnected) until.abort();
  };
}
