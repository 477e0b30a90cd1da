// Looks again and again, outside of what it watches, whether there is a page. A blank one is loaded again:
// Streamlit's front end takes everything down when a message doesn't fit what it shows ("Bad delta path
// index"). All choices are in the address, so the reader finds the page as it was. And a file that is dropped
// beside what takes files doesn't open in place of the page.

export const EVERY = 250; // ms
export const BLANK = 750; // ms for which a page may be blank: one that is being changed is, for a moment
const LATEST = 60_000; // ms after which all is shown, whatever may still be coming
const APART = 20_000; // ms between two reloads at least, or a server that is broken would never come to rest

let stood = false; // what has never stood is still being loaded
let since = null;

export function blank(app, state, title) {
  return !app || (state === "notRunning" && !title);
}

/** Whether the first page is whole. coming: whether anything stands for what is still loaded. */
export function arrived(state, title, coming, now) {
  return (state === "notRunning" && title && !coming) || now > LATEST;
}

export function look() {
  const app = document.querySelector("[data-testid=stApp]");
  const title = document.querySelector("[data-testid=stMain] h1");
  const coming = document.querySelector("[data-testid=stMain] [data-testid=stSkeleton]");
  if (arrived(app?.dataset.testScriptState, title, coming, performance.now())) {
    delete document.documentElement.dataset.arriving; // frame.css shows it from the top down until then
  }
  if (!blank(app, app?.dataset.testScriptState, title)) {
    [stood, since] = [true, null];
    return;
  }
  if (!stood) return;
  since ??= performance.now();
  const reloaded = Number(sessionStorage.getItem("reloaded") ?? 0);
  if (performance.now() - since < BLANK || Date.now() - reloaded < APART) return;
  sessionStorage.setItem("reloaded", Date.now());
  location.reload();
}

/** Of what is dragged here: a file that nothing on the page takes stays where it was. */
export function refuse(event) {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
  event.dataTransfer.dropEffect = "none";
  event.preventDefault();
}
