"""Does the server hold what the reader chose? Random actions in quick succession, on every page.

    python -m benchmarks.choices [ACTIONS] [SEED] [DELAY ...]

Actions come in bursts of two to six, as a person makes them: clicks on whatever is there, typing without
leaving the field, drags, strokes, several clicks on Next, links from page to page, Back, Forward, reload. The
server's messages arrive DELAY ms late (by default 0, 150 and 400). After each burst, once everything has come
to rest, four accounts must agree: what was done (a model: the values that are acceptable), what the controls
show, what the address says, and what the server holds. The page notes what was really hit, so a button that
moved out of the way doesn't count as a fault.

What each action may lead to: a click on one of several options toggles it in what was shown or in what is
true; a click on an option that is shown as chosen may do nothing; sliders and strokes count where they were
let go, except on a page that is being left, and one that is put back before it could say so counts for
nothing; typing counts once the field is left or Enter is pressed, and letter by letter where a field is live;
two clicks on a button count as two unless the browser, being busy, merges them into one message; after Back,
Forward and reload, everything is as the address says, but strokes and letters that had not been told by then
may still be told. Streamlit's front end may forget a choice made in the very instant in which its control is
removed: that counts as "unsaid".
Prints each lost choice with its burst, a table (actions and losses by page and delay), then one JSON line.
"""

import base64
import json
import random
import re
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, is_dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import BrowserContext, Error, Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState

from mnist_dash.components.digit_pad import Drawing
from mnist_dash.pages.shared.choices import Choices
from mnist_dash.pages.shared.contents import PAGES
from mnist_dash.pages.shared.settings import CONFLICTS, SETTINGS, NotAllowedError
from tests.serving import ROOT, chromium, serving

ACTIONS, SEED, DELAYS = 3_000, 14, (0, 150, 400)
SCRIPT = ROOT / "tests/truthful.py"
IN_PAGE = (Path(__file__).parent / "choices.js").read_text()
BURST = (2, 6)  # actions
BETWEEN = (60, 100, 150, 250, 400)  # ms between two actions
VISIT = 25  # actions before a page is opened afresh
CALM = 300  # ms without a message, after which none is expected
STILL = 0.3, 1.5  # seconds for which all must agree: when calm, and while work keeps sending messages
PATIENCE = 25  # seconds after which a disagreement counts as a loss
MUCH = 400  # the highest number that is typed
LONGEST = 100  # letters that are printed of what a slider or a pad said
SHOWN = "() => document.querySelector('h1') && player.show().running === 'notRunning'"
WINDOW = {"width": 1366, "height": 900}
# What a page or the browser keeps to itself, or changes of its own accord.
KEPT = {"touched", "pictures", "guessed", "recalled", "kept", "quiz", "painted", "descending", "descended"}
NOBODY = {"page": "", "values": {}, "own": []}  # while a page reloads
ANY = "any"  # a value that the model can't know

Values = dict[str, Any]
# How often each kind of action is chosen, if the page offers it.
OFTEN = {
    "pick": 8, "press": 6, "number": 2, "text": 2, "slider": 3, "select": 2, "switch": 2, "drag": 3,
    "stroke": 4, "poke": 4, "slice": 2, "fold": 1, "link": 2, "back": 1, "forward": 1, "reload": 0.5,
}  # fmt: skip
WORDS = ("3, 4", "5, 28, 28", "10, 1, 28", "-1, 2, 3", "28", "1, 1")


# -- the model ---------------------------------------------------------------------------------------------


def plain(value: Any) -> Any:
    """A value as the server reports it; a drawing becomes the number of its marks."""
    match value:
        case Drawing(_, marks):
            return len(marks)
        case {"grid": _, "marks": int(marks)}:
            return marks
        case list() | tuple():
            return tuple(map(plain, value))
        case frozenset():
            return tuple(sorted(value, key=str))
    return repr(value) if is_dataclass(value) else value


def read(href: str) -> Values:
    """The choices in an address; the rest are the defaults."""
    made = Choices()
    made._read(parse_qs(urlparse(href).query, keep_blank_values=True))
    return {name: plain(value) for name, value in made.values.items()}


def page_of(href: str) -> str:
    return urlparse(href).path.strip("/") or "draw"


@dataclass
class Model:
    """worlds: acceptable states, one of which is true. page: where the reader is. unsure: anything goes."""

    worlds: list[Values]
    page: str
    unsure: bool = False

    def each(self, change: Callable[[Values], Iterator[Values]]) -> None:
        found = {repr(sorted(new.items())): new for world in self.worlds for new in change(world)}
        self.worlds = list(found.values())

    def put(self, values: Values, perhaps: bool = False) -> None:
        """The reader chose these. perhaps: the state before would be acceptable, too."""
        self.each(lambda world: [_with(world, values), *([world] if perhaps else [])])

    def switch(self, name: str, value: Any, shown: list[Any]) -> None:
        """One of several options: it was toggled in what is true, or in what was shown."""

        def change(world: Values) -> Iterator[Values]:
            for before in {world[name], tuple(shown) or world[name]}:
                yield _with(world, {name: tuple({*before} ^ {value})})

        self.each(change)

    def go(self, href: str, kept: Collection[str] = ()) -> None:
        """Back, Forward or reload: what the address says. kept: settings that no address holds."""
        said = read(href)
        self.each(lambda world: [said | {name: world[name] for name in kept}])
        self.page = page_of(href)

    def wrong(self, values: Values) -> dict[str, str]:
        """Where the server differs from every acceptable state: by name, in words."""
        if self.unsure:
            return {}

        def differ(world: Values) -> list[str]:
            return [name for name, value in values.items() if world[name] not in (value, ANY)]

        nearest = min(self.worlds, key=lambda world: len(differ(world)))
        return {
            name: f"server {values[name]!r}, chosen {nearest[name]!r}"
            f"{f' (of {len(self.worlds)} ways)' * (len(self.worlds) > 1)}"
            for name in differ(nearest)
        }


def _with(world: Values, values: Values) -> Values:
    """This state after these choices; those that are not allowed are ignored."""
    world = dict(world)
    for name, value in values.items():
        if name in KEPT:
            continue
        if value != ANY and SETTINGS[name].allows is None:
            try:
                value = plain(SETTINGS[name].checked(value))
            except NotAllowedError:
                continue
        before, world[name] = world[name], value
        if name in CONFLICTS and ANY not in (before, value):
            CONFLICTS[name](world, before)
    return world


# -- the player ----------------------------------------------------------------------------------------------


@dataclass
class Report:
    """actions, lost: by page. names: the settings that were lost. reloads: that the page made by itself.
    cut: fields that were replaced while somebody typed. unsaid: choices that the browser never sent."""

    actions: Counter = field(default_factory=Counter)
    lost: Counter = field(default_factory=Counter)
    names: Counter = field(default_factory=Counter)
    reloads: int = 0
    cut: int = 0
    unsaid: int = 0


@dataclass
class Player:
    """One reader, in one tab."""

    url: str
    page: Page
    standing: list[str]  # pages that are played on
    rnd: random.Random
    report: Report
    model: Model = None
    steps: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    trail: list[str] = field(default_factory=list)  # what the page noted and the model followed
    acts: list[dict] = field(default_factory=list)
    leaving: bool = False  # the page in view is about to go: what still moves there goes unreported
    unsent: set[str] = field(default_factory=set)  # buttons clicked since the last message
    untold: Values = field(default_factory=dict)  # strokes and letters that no message has told yet
    pending: dict[str, list[Values]] = field(default_factory=dict)  # by key, the states before it was used
    known: dict[str, str] = field(default_factory=dict)  # what each component last said, by its id
    stood: dict[str, Any] = field(default_factory=dict)  # where Streamlit's sliders last said they were
    loads: int = 0  # that the player asked for and the page has not yet reported

    # -- what is seen -----------------------------------------------------------------------------

    def truth(self) -> dict[str, Any]:
        told = json.load(urllib.request.urlopen(f"{self.url}/truth"))
        session = (told["sessions"] or [NOBODY])[-1]
        values = {name: plain(value) for name, value in session["values"].items() if name not in KEPT}
        texts = {
            name: {text: plain(value) for text, value in pairs} for name, pairs in told["options"].items()
        }
        session["own"] = [name for name in session["own"] if name not in KEPT]
        stops = {name: dict(pairs) for name, pairs in told["stops"].items()}
        return told | session | {"values": values, "options": texts, "stops": stops}

    def see(self) -> dict[str, Any]:
        seen = self.page.evaluate("() => player.show()")
        self.acts += seen["acts"]
        return seen

    def open(self, name: str) -> None:
        """Go to a page by its address."""
        self.loads += 1
        self.model, self.acts = Model([read("/")], name), []
        self.page.goto(f"{self.url}/{'' if name == 'draw' else name}")
        self.page.wait_for_function("() => document.querySelector('h1')", timeout=90_000)
        self.settle()

    # -- bursts -----------------------------------------------------------------------------------

    def burst(self) -> dict[str, str]:
        """Take some actions, then compare. Returns what was lost."""
        self.steps, self.trail, self.remarks, self.leaving = [], [], [], False
        self.pending, self.untold = {}, {}
        for _ in range(self.rnd.randint(*BURST)):
            here = self.model.page
            try:
                step = self.act()
            except Error as error:  # such as a page that is still loading
                step = f"no step: {str(error).splitlines()[0][:80]}"
            if step:
                self.steps.append(step)
                self.report.actions[here] += 1
            self.page.wait_for_timeout(self.rnd.choice(BETWEEN))
        lost = self.settle()
        self.report.lost[self.model.page] += len(lost)
        self.report.names.update(lost.keys())
        self.model = Model([self.truth()["values"]], page_of(self.page.url))
        if "page" in lost:
            self.open(self.model.page)
        return lost

    def act(self) -> str:
        there = self.page.evaluate("() => player.look()")
        kinds = {each["kind"] for each in there} | {"back", "forward", "reload"}
        kind = self.rnd.choices(sorted(kinds), [OFTEN[each] for each in sorted(kinds)])[0]
        if kind in ("back", "forward"):
            return self.travel(kind)
        if kind == "reload":
            self.see()
            self.loads += 1
            self.page.reload(wait_until="commit")
            self.page.wait_for_function("() => document.querySelector('h1')", timeout=60_000)
            return "reload"
        of_kind = [each for each in there if each["kind"] == kind]
        if kind == "link":
            of_kind = [each for each in of_kind if page_of(each["key"]) in self.standing]
        key = self.rnd.choice(sorted({each["key"] for each in of_kind}))
        one = self.rnd.choice([each for each in of_kind if each["key"] == key])
        box = self.page.evaluate("at => player.aim(at)", one["at"])
        if not box:
            return ""
        getattr(self, kind, self.click)(one, box)
        return f"{kind} {key}"

    def travel(self, way: str) -> str:
        can = "navigation.canGoBack" if way == "back" else "navigation.canGoForward"
        if not self.page.evaluate(f"() => {can}"):
            return ""
        try:
            self.page.evaluate(
                "way => new Promise(done => {"
                "  addEventListener('popstate', () => done(), {once: true}); setTimeout(done, 800);"
                "  history[way]() })",
                way,
            )
        except Error:  # pages from before a reload load afresh
            self.loads += 1
        return way

    def point(self, box: dict, x: float = 0.5, y: float = 0.5) -> tuple[float, float]:
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    def click(self, one: dict, box: dict) -> None:
        self.page.mouse.click(*self.point(box))

    def press(self, one: dict, box: dict) -> None:
        for _ in range(self.rnd.choice((1, 1, 2, 5))):
            self.page.mouse.click(*self.point(box))
            self.page.wait_for_timeout(self.rnd.choice((30, 90, 150)))

    def poke(self, one: dict, box: dict) -> None:
        self.page.mouse.click(*self.point(box, *(0.1 + 0.8 * self.rnd.random() for _ in "xy")))

    def number(self, one: dict, box: dict) -> None:
        low, high = float(one["low"] or 0), min(float(one["high"] or MUCH), MUCH)
        self.type(
            box,
            f"{self.rnd.uniform(low, high):.2f}"
            if "." in one["step"]
            else str(self.rnd.randint(int(low), int(high))),
        )

    def text(self, one: dict, box: dict) -> None:
        self.type(box, self.rnd.choice(WORDS))

    def type(self, box: dict, text: str) -> None:
        """Type into a field, often without leaving it."""
        self.page.mouse.click(*self.point(box))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        if self.rnd.random() < 0.6:
            self.page.keyboard.press("Enter")

    def slider(self, one: dict, box: dict) -> None:
        self.page.evaluate("at => player.found[at].focus()", one["at"])
        for _ in range(self.rnd.randint(1, 4)):
            self.page.keyboard.press(self.rnd.choice(("ArrowRight", "ArrowRight", "ArrowLeft")))

    def select(self, one: dict, box: dict) -> None:
        self.page.mouse.click(*self.point(box))
        self.page.wait_for_timeout(150)
        for _ in range(self.rnd.randint(1, 4)):
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def drag(self, one: dict, box: dict) -> None:
        self.page.mouse.move(*self.point(box, self.rnd.random()))
        self.page.mouse.down()
        for _ in range(self.rnd.randint(1, 8)):
            self.page.mouse.move(*self.point(box, self.rnd.random()), steps=3)
            self.page.wait_for_timeout(30)
        self.page.mouse.up()

    def stroke(self, one: dict, box: dict) -> None:
        self.slice(one, box, self.rnd.randint(2, 6))

    def slice(self, one: dict, box: dict, corners: int = 1) -> None:
        corner = lambda: self.point(box, *(0.1 + 0.8 * self.rnd.random() for _ in "xy"))  # noqa: E731
        self.page.mouse.move(*corner())
        self.page.mouse.down()
        for _ in range(corners):
            self.page.mouse.move(*corner(), steps=4)
            self.page.wait_for_timeout(20)
        self.page.mouse.up()

    # -- comparison -------------------------------------------------------------------------------

    def settle(self) -> dict[str, str]:
        """Wait until all agree, and keep agreeing. Returns, by name, what never does."""
        end, good_since, wrong = time.monotonic() + PATIENCE, None, {}
        while time.monotonic() < end:
            try:
                seen, truth = self.see(), self.truth()
                self.take(truth)
                wrong = self.compare(seen, truth)
            except Error as error:
                seen, wrong = None, {"page": str(error)[:100]}
            now = time.monotonic()
            good_since = None if wrong else good_since or now
            if good_since is not None:
                calm = seen["calm"] > CALM and seen["running"] == "notRunning"
                if now - good_since >= STILL[not calm]:
                    return {}
            self.page.wait_for_timeout(80)
        return wrong

    def compare(self, seen: dict, truth: dict) -> dict[str, str]:
        values, address = truth["values"], read(seen["href"])
        here, model = page_of(seen["href"]), self.model
        if errors(seen) or not seen["title"]:
            return {"page": f"shows {errors(seen) or 'nothing'}"}
        if not here == truth["page"] == model.page or seen["title"] != PAGES[here].heading:
            return {
                "page": f"reader {model.page}, address {here}, server {truth['page']}, "
                f"title {seen['title']!r}"
            }
        wrong = model.wrong(values)
        if truth["waiting"]:
            return wrong | {"server": f"{truth['waiting']} letters not taken up"}
        for name, value in values.items():
            if name not in truth["own"] and address[name] != value:
                wrong[name] = f"{wrong.get(name, '')} server {value!r}, address {address[name]!r}"
        for name, says, told in self.controls(seen, truth):
            if says != told:
                wrong[name] = f"{wrong.get(name, '')} server {told!r}, shown {says!r}"
        return wrong

    def controls(self, seen: dict, truth: dict) -> Iterator[tuple[str, Any, Any]]:
        """Of every control in view: its setting, what it shows, what it should show."""
        told = {css(key): value for key, value in truth["shown"].items()}
        for control in seen["controls"]:
            name, says, value = self.name(control["key"]), control["says"], told.get(control["key"])
            if control["key"] == seen["focus"] and control["kind"] in ("stNumberInput", "stTextInput"):
                continue  # the reader may be typing
            match control["kind"]:
                case "stButtonGroup":
                    options = truth["options"][name]
                    chosen = tuple(options.get(text, text) for text in says)
                    is_several = isinstance(SETTINGS[name].default, tuple)
                    yield name, {*chosen}, {*value} if is_several else {value}
                case "stSelectbox":
                    yield name, truth["options"][name].get(says, says), truth["values"][name]
                case "stNumberInput" if value is None:
                    continue  # a guess
                case "stNumberInput":
                    yield name, float(says or "nan"), float(value)
                case "stSlider":
                    yield name, plain(says), plain(value) if isinstance(value, list) else (value,)
                case _:
                    yield name, says, value
        for slider in seen["sliders"]:
            yield self.name(slider["key"]), slider["says"], told.get(slider["key"])

    def name(self, key: str) -> str:
        """The setting of a control, by its CSS class."""
        found = re.sub("-([0-9]{13}|slider)$", "", key)
        return next((name for name in SETTINGS if css(name) == found), found)

    # -- the model follows ------------------------------------------------------------------------

    def take(self, truth: dict) -> None:
        """Follow what the reader did since the last call, in order."""
        acts, self.acts = self.acts, []
        for act in acts:
            self.trail.append(
                " ".join(str(word) for what, word in act.items() if what not in ("data", "here"))
            )
            self.follow(act, truth)

    def follow(self, act: dict, truth: dict) -> None:
        model = self.model
        name = self.name(act.get("key") or "")
        if act["kind"] in ("pick", "typed", "select", "slid", "switch"):
            self.pending.setdefault(act["key"], model.worlds)
        match act:
            case {"kind": "load", "href": href}:
                model.go(href)
                if "drawing" in self.untold:  # what the pad kept counts where the address has no drawing
                    model.put({"drawing": ANY}, perhaps=True)
                self.known, self.untold = {}, {}
                if self.loads == 0:
                    self.report.reloads += 1
                    self.remarks.append("the page was loaded again")
                self.loads = max(self.loads - 1, 0)
            case {"kind": "back", "href": href}:
                model.go(href, truth["own"])
                for each, value in self.untold.items():
                    model.put({each: value}, perhaps=True)
            case {"kind": "link", "page": page}:
                model.page = page_of(page)
                self.leaving |= page_of(act["here"]) != model.page
            case {"kind": "pick", "text": text, "shown": shown}:
                options = truth["options"].get(name, {})
                if text not in options:
                    return
                if isinstance(SETTINGS[name].default, tuple):
                    model.switch(name, options[text], [options.get(each, each) for each in shown])
                else:
                    model.put({name: options[text]}, perhaps=text in shown)
            case {"kind": "press", "key": key}:
                merged, self.unsent = key in self.unsent, {*self.unsent, key}
                before = self.model.worlds if merged else []
                self.pressed(key, next((w for k, w in truth["wishes"].items() if css(k) == key), []))
                self.model.worlds += before
            case {"kind": "typed", "text": text}:
                value = text if SETTINGS[name].read([text]) == text else number(text)
                model.put({name: value})
            case {"kind": "writing", "text": text} if name in truth["live"]:
                model.put({name: text})
                self.untold[name] = text
            case {"kind": "cut", "text": text}:
                self.report.cut += 1
                if name in truth["live"]:
                    model.put({name: ANY})
                self.remarks.append(f"{name}: {text!r} was typed, and the field replaced")
            case {"kind": "select", "text": text}:
                if text in (options := truth["options"].get(name, {})):
                    model.put({name: options[text]})
            case {"kind": "slid", "says": says}:
                self.slid(name, says)
            case {"kind": "switch", "on": on}:
                model.put({name: on})
            case {"kind": "drag", "text": text}:
                if text in truth["stops"].get(name, {}):
                    model.put({name: truth["stops"][name][text]}, perhaps=self.leaving)
            case {"kind": "stroke"}:
                self.untold["drawing"] = ANY
                undrawn = model.worlds if self.leaving else []
                model.each(lambda world: [_with(world, {"drawing": _more(world["drawing"])})])
                model.worlds += undrawn
            case {"kind": "sent", "data": data}:
                self.said(base64.b64decode(data), truth["own"])

    def pressed(self, key: str, wished: list[dict | list]) -> None:
        """A button: what it chooses, or chose before, where plain; Next and Previous are known by name."""
        by = {"Next-button": 1, "Previous-button": -1}.get(key)
        if by and wished == [["place"]]:
            self.model.each(lambda world: [_with(world, {"place": _step(world["place"], by)})])
            return
        names = {name for wish in wished if isinstance(wish, list) for name in wish}
        plain_ones = [wish for wish in wished if isinstance(wish, dict)]
        self.model.unsure |= "page" in names or not wished
        self.model.put(dict.fromkeys(names - {"page"}, ANY))
        if plain_ones:
            before, self.model.page = self.model.page, plain_ones[-1].get("page", self.model.page)
            self.leaving |= before != self.model.page
            chosen = [
                {name: plain(value) for name, value in wish.items() if name != "page"} for wish in plain_ones
            ]
            self.model.each(lambda world: [_with(world, wish) for wish in chosen])

    def slid(self, name: str, says: Sequence[int]) -> None:
        """One of Streamlit's sliders has come to here; it has one thumb or two."""
        self.model.put({name: plain(says) if isinstance(SETTINGS[name].default, tuple) else says[0]})

    def stand(self, asked: ClientState) -> None:
        """News from Streamlit's sliders. One that is put back before it could say so has chosen nothing."""
        for state in asked.widget_states.widgets:
            key = css(key_of(state))
            if state.WhichOneof("value") != "double_array_value":
                continue
            now = tuple(map(int, state.double_array_value.data))
            if self.stood.setdefault(key, now) != now:
                self.stood[key] = now
                self.slid(self.name(key), now)
            elif key in self.pending:
                self.perhaps_not(key)

    def perhaps_not(self, key: str) -> None:
        """What was done with this control since the last message may count for nothing."""
        name, before = self.name(key), self.pending[key]
        if name in SETTINGS:
            self.model.each(lambda world: [world, *(_with(world, {name: old[name]}) for old in before)])
        self.model.worlds += before

    def said(self, data: bytes, kept: Collection[str]) -> None:
        """What a message tells; our own sliders and pads are followed by what the page notes of them."""
        self.unsent = set()
        asked = BackMsg.FromString(data).rerun_script
        said = {css(key_of(state)) for state in asked.widget_states.widgets}
        for key in self.pending.keys() - said:
            self.report.unsaid += 1
            self.remarks.append(f"{key}: the browser forgot it with the control that it took away")
            self.perhaps_not(key)
        self.stand(asked)
        self.pending = {}
        if asked.is_auto_rerun:
            self.trail[-1] += " by itself"
        if asked.is_history_navigation:  # what was on its way has changed the address since, perhaps
            self.trail[-1] += f" back to {asked.query_string}"
            there = read(f"?{asked.query_string}")
            self.model.worlds += [there | {name: world[name] for name in kept} for world in self.model.worlds]
        for state in asked.widget_states.widgets:
            key = key_of(state)
            if state.trigger_value:
                self.trail[-1] += f" {key}"
            named = self.name(css(key))
            if state.string_value and state.string_value == self.untold.get(named):
                del self.untold[named]
            if state.WhichOneof("value") != "json_value":
                continue
            before = json.loads(self.known.get(state.id, "{}"))
            self.known[state.id] = state.json_value
            news = {
                what: told for what, told in json.loads(state.json_value).items() if before.get(what) != told
            }
            if key.endswith("pad") and news:
                self.untold.pop("drawing", None)
            if key.endswith((" slider", "pad")):
                self.trail[-1] += f" {key} {str(news)[:LONGEST]}"
            elif key == "steps" and news:
                self.model.switch("off", news["switch"]["at"], [])
            elif news:
                request = json.dumps({"key": key, "news": news}).encode()
                values = json.load(urllib.request.urlopen(f"{self.url}/meant", request))
                self.trail[-1] += f" {key} {news}: {values}"
                self.model.page = values.pop("page", self.model.page)
                self.model.put({name: plain(value) for name, value in values.items()})


def _step(place: Any, by: int) -> Any:
    return ANY if place == ANY else max(place + by, 0)


def _more(marks: Any) -> Any:
    return ANY if marks == ANY else marks + 1


def number(text: str) -> Any:
    return float(text) if "." in text else int(text or 0)


def errors(seen: dict) -> list[str]:
    """What a broken exhibit says, and Streamlit's own errors."""
    return [text for text in seen["errors"] if "reference" in text or "encountered an error" in text]


def key_of(state: WidgetState) -> str:
    """The key that a control was given; Streamlit puts two words of its own in front of it."""
    return state.id.split("-", 2)[-1]


def css(key: str) -> str:
    """The CSS class that Streamlit makes of a key, without its prefix."""
    return re.sub("[^a-zA-Z0-9_-]", "-", key.strip())


def tab(context: BrowserContext, delay: int) -> Page:
    """A page that receives the server's messages ``delay`` ms late."""
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.add_init_script(IN_PAGE.replace("DELAY", str(delay)))
    return page


def standing(context: BrowserContext, url: str) -> list[str]:
    """The pages that open without an error."""
    found, page = [], tab(context, 0)
    for name in PAGES:
        page.goto(f"{url}/{'' if name == 'draw' else name}")
        page.wait_for_function(SHOWN, timeout=90_000)
        if not errors(page.evaluate("() => player.show()")):
            found.append(name)
    page.close()
    return found


def play(
    context: BrowserContext,
    url: str,
    delay: int,
    seed: int,
    pages: Sequence[str],
    actions: int,
    visit: int = VISIT,
) -> Report:
    """Visit these pages in turn until so many actions were taken; each loss is printed at once.

    visit: actions before a page is opened afresh.
    """
    rnd, report, turn = random.Random(f"{seed} {delay}"), Report(), 0
    while report.actions.total() < actions:
        player = Player(url, tab(context, delay), pages, rnd, report)
        player.open(pages[turn % len(pages)])
        turn += 1
        end = min(report.actions.total() + visit, actions)
        while report.actions.total() < end:
            lost = player.burst()
            if lost or player.remarks:
                print(f"{delay} ms late, on {player.model.page}: {'; '.join(player.steps)}")
                print(f"    noted: {'; '.join(player.trail)}")
                for words in (*player.remarks, *(f"LOST {name}: {what}" for name, what in lost.items())):
                    print(f"    {words}", flush=True)
        player.page.close()
    return report


def main(actions: int = ACTIONS, seed: int = SEED, *delays: int) -> None:
    delays = delays or DELAYS
    log = Path(tempfile.mkdtemp()) / "log"
    reports = {}
    with serving(log, SCRIPT) as server, chromium() as browser:
        context = browser.new_context(viewport=WINDOW)
        pages = standing(context, server.url)
        for delay in delays:
            started = time.monotonic()
            reports[delay] = play(context, server.url, delay, seed, pages, actions // len(delays))
            print(f"{delay} ms late: {time.monotonic() - started:.0f} s", flush=True)
    print(f"\n{'page':14}" + "".join(f"{f'{delay} ms':>16}" for delay in delays) + "   actions, lost")
    for name in PAGES:
        cells = [(report.actions[name], report.lost[name]) for report in reports.values()]
        print(f"{name:14}" + "".join(f"{done:>10}{lost:>6}" for done, lost in cells))
    broken = [name for name in PAGES if name not in pages]
    tracebacks = log.read_text().count("Traceback")
    print(f"shown as broken, not played: {', '.join(broken) or 'none'}; tracebacks in the log: {tracebacks}")
    result = {
        "actions": sum(report.actions.total() for report in reports.values()),
        "lost": sum(report.lost.total() for report in reports.values()),
        "by_delay": {
            delay: [report.actions.total(), report.lost.total()] for delay, report in reports.items()
        },
        "names": dict(sum((report.names for report in reports.values()), Counter())),
        "reloads": sum(report.reloads for report in reports.values()),
        "cut": sum(report.cut for report in reports.values()),
        "unsaid": sum(report.unsaid for report in reports.values()),
        "broken": broken,
        "tracebacks": tracebacks,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
