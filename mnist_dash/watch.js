// Looks again and again, outside of what it watches, whether there is a page. A blank one is loaded again:
// Streamlit's front end takes everything down when a message doesn't fit what it shows ("Bad delta path
// index"). All choices are in the address, so the reader finds the page as it was.

export const EVERY = 250; // ms
export const BLANK = 750; // ms for which a page may be blank: one that is being changed is, for a moment
const APART = 20_000; // ms between two reloads at least, or a server that is broken would never come to rest

let stood = false; // what has never stood is still being loaded
let since = null;

export function blank(app, state, title) {
  return !app || (state === "notRunning" && !title);
}

export function look() {
  const app = document.querySelector("[data-testid=stApp]");
  const title = document.querySelector("[data-testid=stMain] h1");
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
