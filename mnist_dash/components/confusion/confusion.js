// How often each class was called each class: one table per norm, on a common colour scale. Elements are
// made once per set of classes and then only changed, so the focus stays where it is.

import { event } from "../shared/events.js";
import { element } from "../shared/pictures.js";

const STOPS = 5; // swatches of the legend, from no wrong answer to the most
const [FEW, MANY] = [4, 12]; // classes: up to so many the cells are large, from more on the tables scroll
const SHORT = 2; // letters of a name that is never cut off
const HINT = "Choose a cell to see its images.";

const shown = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const confusion = shown.get(parentElement) ?? new Confusion(parentElement);
  shown.set(parentElement, confusion);
  confusion.pick = (cell) => setStateValue("cell", event(cell));
  confusion.show(data);
}

class Confusion {
  constructor(parent) {
    this.root = element("div", "confusion");
    parent.append(this.root);
  }

  show({ classes, names, norms, top, picked }) {
    const shape = JSON.stringify([classes, names, norms.map(({ name }) => name), picked === null]);
    if (shape !== this.shape) this.#build(classes, names, norms, picked === null);
    this.shape = shape;
    const longest = Math.max(...norms.flatMap(({ counts }) => counts.flat())).toLocaleString("en").length;
    this.root.style.setProperty("--digits", longest);
    norms.forEach(({ counts }, n) => {
      for (const cell of this.tables[n].flat()) this.#fill(cell, counts[cell.row][cell.column], top);
    });
    if (picked === null) return;
    const [norm, true_, called] = picked;
    const place = [norms.findIndex(({ name }) => name === norm), classes.indexOf(true_), classes.indexOf(called)];
    this.tables.forEach((rows, n) => {
      for (const { button, row, column } of rows.flat()) {
        button.setAttribute("aria-pressed", String([n, row, column]) === String(place));
      }
      const reached = rows.flat().find(({ button }) => button.tabIndex === 0);
      if (n === place[0] || !reached) this.#reach(rows, rows[place[1]][place[2]]);
    });
    this.legend.replaceChildren(...this.#legend(norms, top));
  }

  #fill(cell, count, top) {
    const { button, row, column, says } = cell;
    button.textContent = count ? count.toLocaleString("en") : "";
    button.style.setProperty("--share", row === column ? 0 : share(count, top));
    cell.label = `${says}: ${count ? count.toLocaleString("en") : "no such image"}`;
    if (button.type) button.setAttribute("aria-label", cell.label);
  }

  /** read: the tables can only be read; nothing can be picked. */
  #build(classes, names, norms, read) {
    this.tables = [];
    this.pointed = element("p", "pointed", HINT);
    const matrices = element("div", classes.length > FEW ? "matrices" : "matrices few");
    matrices.classList.toggle("many", classes.length > MANY);
    matrices.classList.toggle("long", names.some((name) => name.length > SHORT));
    matrices.style.setProperty("--count", classes.length);
    matrices.style.setProperty("--longest", Math.max(...names.map((name) => name.length)));
    matrices.append(...norms.map(({ name }) => this.#matrix(name, classes, names, read)));
    this.root.classList.toggle("read", read);
    if (read) return this.root.replaceChildren(matrices);
    const under = element("div", "under");
    this.legend = element("div", "legend");
    under.append(this.legend, this.pointed);
    this.root.replaceChildren(matrices, under);
  }

  #matrix(norm, classes, names, read) {
    const section = element("section");
    section.dataset.norm = norm;
    const table = element("table");
    table.append(element("caption", "unseen", `How often each true class was called each class by ${norm}`));
    const narrow = [element("col", "narrow"), element("col", "names")];
    table.append(...narrow, ...classes.map(() => element("col")));
    const over = table.createTHead().insertRow();
    const across = table.tHead.insertRow();
    for (const row of [over, across]) row.append(element("td"), element("td"));
    const called = head(read ? "called" : `called by ${norm}`, "colgroup");
    called.colSpan = classes.length;
    over.append(called);
    across.append(...names.map((name) => named(name, "col")));
    const body = table.createTBody();
    const rows = classes.map((true_, r) => {
      const row = body.insertRow();
      if (r === 0) {
        const side = head("", "rowgroup");
        side.className = "side";
        side.rowSpan = classes.length;
        side.append(element("span", "", "true"));
        row.append(side);
      }
      row.append(named(names[r], "row"));
      return classes.map((called, c) => {
        const button = element(read ? "span" : "button", r === c ? "cell right" : "cell");
        const says = `true ${names[r]}, called ${names[c]} by ${norm}`;
        const cell = { button, row: r, column: c, says };
        row.insertCell().append(button);
        if (read) return cell;
        button.type = "button";
        button.tabIndex = -1;
        button.onclick = () => this.pick([norm, true_, called]);
        button.onpointerenter = () => (this.pointed.textContent = cell.label);
        button.onpointerleave = button.onblur = () => (this.pointed.textContent = HINT);
        button.onfocus = () => {
          this.pointed.textContent = cell.label;
          this.#reach(rows, cell);
        };
        button.onkeydown = (event) => key(event, rows, cell);
        return cell;
      });
    });
    this.tables.push(rows);
    const scrolled = element("div", "scrolled");
    scrolled.append(table);
    section.append(element("h3", "", norm), scrolled);
    return section;
  }

  /** The one cell of a table that the Tab key reaches. */
  #reach(rows, reached) {
    for (const cell of rows.flat()) cell.button.tabIndex = cell === reached ? 0 : -1;
  }

  /** A few counts, evenly spaced in colour, each in every norm's colours. */
  #legend(norms, top) {
    const ramp = element("div", "ramp");
    const some = Array.from({ length: STOPS }, (_, i) => Math.round((i / (STOPS - 1)) ** 2 * top));
    const counts = [...new Set(some)];
    ramp.style.setProperty("--stops", counts.length);
    for (const { name } of norms) {
      for (const count of counts) {
        const swatch = element("i", "swatch");
        swatch.dataset.norm = name;
        swatch.style.setProperty("--share", share(count, top));
        ramp.append(swatch);
      }
    }
    ramp.append(...counts.map((count) => element("span", "", count.toLocaleString("en"))));
    const right = element("span");
    right.append(element("i", "diagonal"), "right");
    return [element("span", "", "Wrong answers, both on one scale:"), ramp, right];
  }
}

/** How deep a count's colour is: by its square root, so that a few wrong answers show beside many. */
const share = (count, top) => (top ? Math.sqrt(count / top) : 0);

function head(words, scope) {
  const cell = element("th", "", words);
  cell.scope = scope;
  return cell;
}

/** The head of a class: its name may be cut off, and is then told in full. */
function named(name, scope) {
  const cell = head("", scope);
  cell.append(element("span", "", name));
  if (name.length > SHORT) cell.title = name;
  return cell;
}

function key(event, rows, { row, column }) {
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  rows[row + step[0]]?.[column + step[1]]?.button.focus();
}
