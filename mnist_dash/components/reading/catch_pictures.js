// Pictures pasted or dropped anywhere on the page go to Streamlit's file uploader, which checks their size
// and sends them.

const listening = new WeakMap();

export default function ({ parentElement, data }) {
  listening.get(parentElement)?.abort();
  const until = new AbortController();
  listening.set(parentElement, until);
  const listen = (kind, what) => document.addEventListener(kind, what, { signal: until.signal, capture: true });
  const input = () => document.querySelector(`.st-key-${data.uploader} input[type=file]`);
  const outside = (event) => !event.target.closest?.(`.st-key-${data.uploader}`);

  listen("paste", (event) => pass(event, event.clipboardData));
  listen("dragover", (event) => {
    if (outside(event) && [...event.dataTransfer.types].includes("Files")) event.preventDefault();
  });
  listen("drop", (event) => outside(event) && pass(event, event.dataTransfer));

  function pass(event, carried) {
    const files = [...(carried?.files ?? [])];
    if (!files.length || !input()) return;
    event.preventDefault();
    const given = new DataTransfer();
    for (const file of files) given.items.add(file);
    input().files = given.files;
    input().dispatchEvent(new Event("change", { bubbles: true }));
  }

  return () => {
    if (!parentElement.isConnected) until.abort();
  };
}
