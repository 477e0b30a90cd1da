// Runs in the page that benchmarks/choices.py plays on: records what the reader does, reports what can be done
// and what is shown, and delivers the server's messages DELAY ms late.
(() => {
  const player = (window.player = { acts: [], due: 0, last: performance.now(), found: [] });
  const note = (kind, more = {}) => {
    const act = { kind, ...more };
    player.acts.push(act);
    return act;
  };
  note("load", { href: location.href });
  addEventListener("popstate", () => note("back", { href: location.href }));

  // -- the line ---------------------------------------------------------------------------------------
  const { addEventListener: listen, send } = WebSocket.prototype;
  WebSocket.prototype.addEventListener = function (type, heard, ...options) {
    const late = (event) => {
      player.due++;
      const arrive = () => {
        player.due--;
        player.last = performance.now();
        heard.call(this, event);
      };
      DELAY ? setTimeout(arrive, DELAY) : arrive();
    };
    return listen.call(this, type, type === "message" ? late : heard, ...options);
  };
  WebSocket.prototype.send = function (data) {
    player.last = performance.now();
    note("sent", { data: base64(data) });
    return send.call(this, data);
  };
  function base64(data) {
    const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
    let text = "";
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return btoa(text);
  }

  // -- what there is ------------------------------------------------------------------------------------
  const all = (css, root = document) => [...root.querySelectorAll(css)];
  const keyOf = (part) => {
    const box = part.closest("[class*='st-key-']");
    return box && [...box.classList].find((name) => name.startsWith("st-key-")).slice(7);
  };
  const NUMBERED = /-[0-9]{13}$/; // the end of the key of a setting's control
  const texts = (parts) => parts.map((part) => part.textContent.trim());
  const selected = (group) =>
    texts(all("button", group).filter((b) => b.dataset.selected === "true" || b.ariaPressed === "true"));
  const faces = () =>
    all("[data-testid=stBidiComponentIsolated]").flatMap((host) =>
      host.shadowRoot ? [[keyOf(host), host.shadowRoot]] : [],
    );
  const KINDS = {
    stButtonGroup: selected,
    stNumberInput: (box) => box.querySelector("input").value,
    stTextInput: (box) => box.querySelector("input").value,
    stSlider: (box) => all("[role=slider], input[type=range]", box).map((thumb) => Number(thumb.ariaValueNow ?? thumb.value)),
    stSelectbox: (box) => box.querySelector("input").value || box.querySelector("[data-baseweb=select]").textContent,
    stCheckbox: (box) => box.querySelector("input").checked,
  };
  const controls = () =>
    Object.keys(KINDS).flatMap((kind) =>
      all(`.${kind}`).flatMap((box) => {
        const key = keyOf(box);
        return key && NUMBERED.test(key) ? [{ key, kind, box }] : [];
      }),
    );

  /** Everything that can be acted on now: kind, key and details; `at` is its place in the list. */
  player.look = () => {
    const found = [];
    const add = (part, kind, key, more = {}) => {
      if (part.disabled || !part.checkVisibility()) return;
      found.push({ part, told: { kind, key, ...more } });
    };
    for (const { key, kind, box } of controls()) {
      if (kind === "stButtonGroup") for (const b of all("button", box)) add(b, "pick", key);
      if (kind === "stNumberInput" || kind === "stTextInput") {
        const field = box.querySelector("input");
        add(field, kind === "stTextInput" ? "text" : "number", key, { low: field.min, high: field.max, step: field.step });
      }
      if (kind === "stSlider") for (const thumb of all("[role=slider], input[type=range]", box)) add(thumb, "slider", key);
      if (kind === "stSelectbox") add(box.querySelector("[data-baseweb=select]") ?? box, "select", key);
      if (kind === "stCheckbox") add(box.querySelector("label"), "switch", key);
    }
    for (const b of all(".stButton button")) add(b, "press", keyOf(b));
    for (const a of all("[data-testid=stPageLink-NavLink]")) add(a, "link", a.getAttribute("href"));
    for (const s of all(".stExpander summary")) add(s, "fold", keyOf(s));
    for (const [key, root] of faces()) {
      const slider = root.querySelector(".slider input");
      const pad = root.querySelector("[data-part=surface]");
      if (slider) add(slider, "drag", key);
      else if (pad) add(pad, "stroke", key);
      else {
        for (const b of all("button", root)) add(b, "poke", key);
        for (const f of all(".frame[aria-label*='enter picks']", root)) add(f, "poke", key);
        for (const f of all(".plot", root)) add(f, "poke", key);
        for (const f of all(".pixels .frame", root)) add(f, "slice", key);
      }
    }
    player.found = found.map(({ part }) => part);
    return found.map(({ told }, at) => ({ at, ...told }));
  };

  /** Where it is on the screen, scrolled into sight; null if it is gone. */
  player.aim = (at) => {
    const part = player.found[at];
    if (!part?.isConnected) return null;
    part.scrollIntoView({ block: "center", behavior: "instant" });
    const { x, y, width, height } = part.getBoundingClientRect();
    return { x, y, width, height };
  };

  player.show = () => {
    const app = document.querySelector("[data-testid=stApp]");
    const unseen = player.acts.findIndex(({ says }) => says === null);
    return {
      href: location.href,
      title: document.querySelector("[data-testid=stMain] h1")?.textContent ?? null,
      running: app?.dataset.testScriptState ?? "gone",
      errors: texts(all("[data-testid=stException], [data-testid=stAlertContentError]")),
      controls: controls().map(({ key, kind, box }) => ({ key, kind, says: KINDS[kind](box) })),
      sliders: faces().flatMap(([key, root]) => {
        const says = root.querySelector(".slider output")?.textContent;
        return says === undefined ? [] : [{ key, says }];
      }),
      calm: player.due === 0 && performance.now() - player.last,
      focus: document.activeElement?.tagName === "INPUT" && keyOf(document.activeElement),
      acts: player.acts.splice(0, unseen < 0 ? Infinity : unseen),
    };
  };

  // -- what is done -------------------------------------------------------------------------------------
  const on = (type, heard, capture = true) => document.addEventListener(type, heard, capture);
  const inside = (event, css) => event.composedPath().find((part) => part.matches?.(css));

  on("click", (event) => {
    const part = inside(event, "button, a, label, .frame, .plot");
    if (!part || part.disabled) return;
    const host = event.composedPath().find((each) => each.dataset?.testid === "stBidiComponentIsolated");
    const key = keyOf(host ?? part);
    if (host) return note("poke", { key, label: part.ariaLabel || part.textContent.slice(0, 40) });
    const group = part.closest(".stButtonGroup");
    if (group) return note("pick", { key, text: part.textContent.trim(), shown: selected(group) });
    const toggle = part.closest(".stCheckbox");
    if (toggle) setTimeout(() => note("switch", { key: keyOf(toggle), on: KINDS.stCheckbox(toggle) }));
    if (part.closest(".stButton")) return note("press", { key });
    if (part.dataset.testid === "stPageLink-NavLink") return note("link", { page: part.getAttribute("href"), here: location.href });
    if (part.closest(".stNumberInput")) setTimeout(() => commit(part.closest(".stNumberInput").querySelector("input")));
  });

  // A field reports when it is left or Enter is pressed; a live one also while somebody types.
  const held = new WeakMap();
  const isField = (part) => part.matches?.(".stNumberInput input, .stTextInput input");
  function commit(field) {
    if (!field || held.get(field) === field.value) return;
    held.set(field, field.value);
    const act = note("typed", { key: keyOf(field), text: field.value });
    queueMicrotask(() => field.isConnected || (act.kind = "cut")); // not left, but taken away
  }
  on("focusin", (event) => isField(event.target) && !held.has(event.target) && held.set(event.target, event.target.value));
  on("input", (event) => isField(event.target) && note("writing", { key: keyOf(event.target), text: event.target.value }));
  on("focusout", (event) => isField(event.target) && commit(event.target));
  on("keydown", (event) => {
    if (event.key !== "Enter") return;
    if (isField(event.target)) commit(event.target);
    const box = event.target.closest?.(".stSelectbox");
    if (box) setTimeout(() => note("select", { key: keyOf(box), text: KINDS.stSelectbox(box) }));
  });

  // Streamlit's sliders report when they are let go, ours all the way. Where one has come to is seen only once it
  // is drawn, perhaps after the message that tells it.
  const slider = (event) => event.target.closest?.(".stSlider");
  const slid = (event, before = "") => {
    const box = slider(event);
    if (!box) return;
    const act = note("slid", { key: keyOf(box), says: null });
    setTimeout(() => {
      act.says = KINDS.stSlider(box);
      if (`${act.says}` === before) act.kind = "still";
    });
  };
  on("keyup", (event) => slid(event));
  on("input", (event) => slid(event));
  let pressed = ""; // a second click may hit a slider that has come to where a button was
  on("pointerdown", (event) => (pressed = slider(event) ? `${KINDS.stSlider(slider(event))}` : ""));
  on("click", (event) => slid(event, pressed));
  const dragged = (event) => {
    const root = inside(event, ".slider");
    const host = event.composedPath().find((each) => each.dataset?.testid === "stBidiComponentIsolated");
    if (root && host) note("drag", { key: keyOf(host), text: root.querySelector("output").textContent });
  };
  on("input", dragged, false);
  on("click", (event) => inside(event, "figure") && dragged(event), false); // a picture along it leads there
  let drawing = false;
  on("pointerdown", (event) => (drawing = Boolean(inside(event, "[data-part=surface]"))));
  on("pointerup", () => {
    if (drawing) note("stroke");
    drawing = false;
  });
})();
