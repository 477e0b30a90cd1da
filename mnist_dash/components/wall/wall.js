// A wall of small pictures: all of them in one sprite, one below the other. Elements are made once and then
// only changed, so nothing flickers and the focus stays where it is.

import { event } from "../shared/events.js";
import { element, reveal } from "../shared/pictures.js";

const SHORT = 2; // letters of a name that is never cut off

const walls = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const wall = walls.get(parentElement) ?? new Wall(parentElement);
  walls.set(parentElement, wall);
  wall.send = (name, at) => setStateValue(name, event(at));
  wall.show(data);
}

class Wall {
  constructor(parent) {
    this.root = element("div", "wall");
    this.list = element("ol", "tiles");
    this.list.setAttribute("role", "list");
    this.list.onkeydown = (event) => this.#key(event);
    this.empty = element("p", "empty");
    this.foot = element("div", "foot");
    this.back = turner("‹", "Those before");
    this.on = turner("›", "The next");
    this.place = element("span");
    this.place.setAttribute("role", "status");
    this.foot.append(this.back, this.place, this.on);
    this.root.append(this.empty, this.list, this.foot);
    this.tiles = [];
    parent.append(this.root);
  }

  /** Pictures and words change together, once the sprite has loaded; an older one that loads late is dropped. */
  async show(data) {
    this.data = data;
    const sprite = new Image();
    if (data.sprite) {
      sprite.src = data.sprite;
      await sprite.decode();
    }
    if (data === this.data) this.#draw(data, sprite);
  }

  #draw({ side: [height, width], tiles, norms, first, most, total, opened, size, empty, reveals, what }, sprite) {
    this.reveals = reveals;
    this.root.dataset.size = size;
    const names = tiles.flatMap(([, ...words]) => words).filter((name) => name !== null);
    this.root.toggleAttribute("data-long", names.some((name) => String(name).length > SHORT));
    this.empty.hidden = total > 0;
    this.empty.textContent = empty;
    while (this.tiles.length > tiles.length) this.tiles.pop().item.remove();
    while (this.tiles.length < tiles.length) this.#add();
    this.tiles.forEach((tile, i) => {
      const [image, label, ...called] = tiles[i];
      tile.image = image;
      if (tile.picture.width !== width) tile.picture.width = width;
      if (tile.picture.height !== height) tile.picture.height = height;
      tile.picture.getContext("2d").drawImage(sprite, 0, -i * height);
      tile.said.replaceChildren(element("b", "", label), ...called.map((cls, n) => answer(norms[n], cls, label)));
      const says = called.map((cls, n) => saying(norms[n], cls, label));
      const words = `${what} ${image.toLocaleString("en")}, labelled ${label}`;
      const heard = [words, ...says].join("; ");
      tile.button.setAttribute("aria-label", heard);
      tile.button.title = String(label).length > SHORT ? heard : ""; // what may be cut off
    });
    this.#mark(opened);
    if (!this.tiles.some(({ button }) => button.tabIndex === 0)) this.#reach(this.tiles[0]);
    this.foot.hidden = total <= tiles.length;
    if (this.foot.hidden) return;
    const last = first + tiles.length;
    this.place.textContent = `${first + 1} to ${last} of ${total.toLocaleString("en")}`;
    this.back.disabled = first === 0;
    this.back.onclick = () => this.send("turn", Math.max(first - most, 0));
    this.on.disabled = last === total;
    this.on.onclick = () => this.send("turn", last);
  }

  #add() {
    const item = element("li");
    const button = element("button", "tile");
    const picture = element("canvas", "picture");
    const said = element("span", "said");
    const tile = { item, button, picture, said };
    button.type = "button";
    button.tabIndex = -1;
    picture.setAttribute("aria-hidden", "true");
    button.onfocus = () => this.#reach(tile);
    button.onclick = () => this.#open(tile);
    button.append(picture, said);
    item.append(button);
    this.list.append(item);
    this.tiles.push(tile);
  }

  #open({ image }) {
    this.#mark(image);
    this.send("open", image);
    reveal(this.reveals);
  }

  #mark(opened) {
    for (const { button, image } of this.tiles) button.setAttribute("aria-current", image === opened);
  }

  /** The one tile that the Tab key reaches. */
  #reach(reached) {
    for (const { button } of this.tiles) button.tabIndex = button === reached?.button ? 0 : -1;
  }

  #key(event) {
    const buttons = this.tiles.map(({ button }) => button);
    const columns = getComputedStyle(this.list).gridTemplateColumns.split(" ").length;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const at = buttons.indexOf(event.target);
    const to = { Home: 0, End: buttons.length - 1 }[event.key] ?? at + steps[event.key];
    if (at < 0 || Number.isNaN(to)) return;
    event.preventDefault();
    buttons[to]?.focus();
  }
}

function saying(norm, cls, label) {
  return `${norm} ${norm === "you" ? "say" : "says"} ${cls ?? "nothing"}${cls === label ? "" : ", wrong"}`;
}

function answer(norm, cls, label) {
  const said = element("span", cls === label ? "" : "wrong", cls ?? "–");
  said.dataset.norm = norm;
  return said;
}

function turner(sign, label) {
  const button = element("button", "turn", sign);
  button.type = "button";
  button.setAttribute("aria-label", label);
  return button;
}
