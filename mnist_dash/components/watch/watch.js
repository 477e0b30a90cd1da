// Looks again and again, outside of what it watches, whether there is a page. A blank one is loaded again.

export const EVERY = 250; // ms
export const BLANK = 750; // ms for which a page may be blank: one that is being changed is, for a moment
const APART = 20_000; // ms between two reloads at least, or a server that is broken would never come to rest

export function blank(app, state, title) {
  return !app || (state === "notRunning" && !title);
}

function look() {
  const app = document.querySelector("[data-testid=stApp]");
  const title = document.querySelector("[data-testid=stMain] h1");
  if (!blank(app, app?.dataset.testScriptState, title)) {
    window.blankSince = null;
    return;
  }
  window.blankSince ??= performance.now();
  const reloaded = Number(sessionStorage.getItem("reloaded") ?? 0);
  if (performance.now() - window.blankSince < BLANK || Date.now() - reloaded < APART) return;
  sessionStorage.setItem("reloaded", Date.now());
  location.reload();
}

export default function () {
  window.watch ??= setInterval(look, EVERY);
}
