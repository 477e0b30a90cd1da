"""What the user chooses: names, defaults, the URL form, and the controls that several pages share.

Every choice lives in the URL under its name (?digits=3&digits=7&norm=L2), so a link shows exactly this
view, the browser's Back takes a choice back, and a choice made on one page holds on the next.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mnist_dash.compute import STEPS
from mnist_dash.core.baseline import IDEALS, NORMS
from mnist_dash.core.ladder import RUNGS
from mnist_dash.core.stress import STRAINS, SWITCHES

BOOK = (3, 7)  # the digits of the book
SIDE = 28
EVERY = 60_000  # more images than any digit has: all of them
FIRSTS = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000)
SOURCES = {"train": "Training set", "valid": "Validation set", "drawn": "My drawing"}
INKS = {"auto": "Look and decide", "dark": "Dark", "light": "Light"}
RULES = ("doubled_positives", "squared_evens", "every_one_plus_one")  # functions of chapter
LEFT_OUT = {
    "nothing": "nothing",
    "stack": "torch.stack",
    "sizes": "equal sizes",
    "float": ".float()",
    "255": "/ 255",
    "mean": ".mean(0)",
}
ORDERS = {"digit": "By digit", "accuracy": "Worst first"}
VIEWS = {"mean": "Mean", "spread": "Spread", "median": "Median", "difference": "Mean − median"}


@dataclass(frozen=True)
class Setting:
    """One choice. read: the texts of the URL -> a value, None if it can't be read. write: the reverse."""

    default: Any
    read: Callable[[list[str]], Any]
    write: Callable[[Any], list[str]] = lambda value: [str(value)]


def one_of(default: str, options: Collection[str]) -> Setting:
    """One of some names."""
    return Setting(default, lambda texts: texts[-1] if texts and texts[-1] in options else None)


def whole(default: int, low: int, high: int) -> Setting:
    """A whole number; one beyond the ends is the end itself."""

    def read(texts: list[str]) -> int | None:
        if texts and re.fullmatch("-?[0-9]{1,9}", texts[-1]):
            return min(max(int(texts[-1]), low), high)
        return None

    return Setting(default, read)


def decimal(default: float, low: float, high: float) -> Setting:
    """A number with up to four decimals; one beyond the ends is the end itself."""

    def read(texts: list[str]) -> float | None:
        if texts and re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,4})?", texts[-1]):
            return min(max(float(texts[-1]), low), high) + 0.0  # which makes 0 of -0
        return None

    return Setting(default, read, lambda value: [f"{value:g}"])


def number(default: float, low: float, high: float) -> Setting:
    """A whole number or a decimal, as its default is."""
    return (whole if isinstance(default, int) else decimal)(default, low, high)


def span(default: tuple[int, int], length: int) -> Setting:
    """Where a slice begins and ends, as in Python: ``4:10``, the end excluded."""

    def read(texts: list[str]) -> tuple[int, int] | None:
        if texts and (found := re.fullmatch("([0-9]{1,4}):([0-9]{1,4})", texts[-1])):
            low, high = map(int, found.groups())
            return (low, high) if low < high <= length else None
        return None

    return Setting(default, read, lambda value: [f"{value[0]}:{value[1]}"])


def pixel(default: tuple[int, int], side: int) -> Setting:
    """Row and column of a pixel: ``9,14``."""

    def read(texts: list[str]) -> tuple[int, int] | None:
        if texts and (found := re.fullmatch("([0-9]{1,4}),([0-9]{1,4})", texts[-1])):
            row, column = map(int, found.groups())
            return (row, column) if max(row, column) < side else None
        return None

    return Setting(default, read, lambda value: [f"{value[0]},{value[1]}"])


def cell(default: tuple[str, int, int]) -> Setting:
    """A norm, a true class and what it is called: ``L1,4,9``."""

    def read(texts: list[str]) -> tuple[str, int, int] | None:
        if texts and (found := re.fullmatch("(.{1,9}),([0-9]),([0-9])", texts[-1])):
            norm, true, called = found.groups()
            return (norm, int(true), int(called)) if norm in NORMS else None
        return None

    return Setting(default, read, lambda value: [",".join(map(str, value))])


def words(default: str, longest: int) -> Setting:
    """A line that the user types."""
    return Setting(default, lambda texts: texts[-1][:longest] if texts else None, lambda value: [value])


def unchosen(setting: Setting) -> Setting:
    """The same, None until the user chooses."""
    return Setting(None, setting.read, lambda value: [] if value is None else setting.write(value))


def _read_digits(texts: list[str]) -> list[int] | None:
    return sorted({int(text) for text in texts if re.fullmatch("[0-9]{1,4}", text)}) or None


def some_of(options: Collection[str]) -> Setting:
    """Any of some names, none at first."""
    return Setting([], lambda texts: [name for name in options if name in texts], list)


# The URL is a border: what it says is used only as far as it can be read. A setting's name is its name in the
# URL and the key of its control.
SETTINGS: dict[str, Setting] = {
    "digits": Setting(list(BOOK), _read_digits, lambda digits: [str(digit) for digit in sorted(digits)]),
    "norm": one_of("L1", NORMS),
    "off": some_of(STEPS),
    "ink": one_of("auto", INKS),
    # Pixels and Distance: where the image is from, its label, its place in the folder. That is the book's.
    "from": one_of("train", SOURCES),
    "digit": whole(3, 0, 9),
    "place": whole(1, 0, 9_999),
    # Ideals and Distance: the ideal that is looked at, and the one it is held against.
    "ideal": whole(3, 0, 9),
    "rival": whole(7, 0, 9),
    # Pixels
    "rows": span((4, 10), SIDE),
    "columns": span((4, 10), SIDE),
    "shades": one_of("column", ("column", "value")),
    # Ideals
    "first": whole(EVERY, 1, EVERY),
    "pixel": pixel((9, 14), SIDE),
    "list": words("3, -1, 4, 1, -5, 9", 240),
    "rule": one_of("doubled_positives", RULES),
    "without": one_of("nothing", LEFT_OUT),
    "view": one_of("mean", VIEWS),
    "at": whole(0, 0, 9_999),
    # Distance
    "spot": unchosen(pixel((0, 0), SIDE)),
    "value": unchosen(decimal(0.0, 0.0, 1.0)),
    "sharpness": whole(20, 1, 200),
    "a": words("1010, 28, 28", 60),
    "b": words("28, 28", 60),
    "step": whole(50, 0, 420),
    # Accuracy: how an ideal is made, and what is done to the validation images. "first" is that of Ideals.
    "how": one_of("mean", IDEALS),
    **{name: number(strain.rest, strain.stops[0], strain.stops[-1]) for name, strain in STRAINS.items()},
    "also": some_of(SWITCHES),
    # Flip it: how many pixels are changed. Two distances: which two, and where the line lies between them.
    "flipped": unchosen(whole(0, 0, SIDE * SIDE)),
    "one": unchosen(whole(0, 0, 9)),
    "other": unchosen(whole(0, 0, 9)),
    "t": decimal(0.0, -0.1, 0.1),
    # The magnet: how its ideals are made, and an ideal that gets some of its ink.
    "magnets": one_of("mean", IDEALS),
    "faint": whole(8, 0, 9),
    "strength": whole(40, 0, 100),
    # Digit by digit: the order, the cell whose images are shown. The image that is looked at closer.
    "order": one_of("digit", ORDERS),
    "cell": unchosen(cell(("L1", 0, 0))),
    "image": unchosen(whole(0, 0, 9_999)),
    # The ladder: how many ideals a digit has, how many neighbours vote, whose code is shown.
    "several": whole(10, 1, 50),
    "neighbours": whole(3, 1, 50),
    "rung": one_of("L2", RUNGS),
}


def take_over(page: str) -> None:
    """Call before a page runs, so that it begins with what was chosen.

    That is the last choice, or the URL's when the session is new or the user went back or forth. A URL that
    only differs is an old one: the browser sends its own with whatever it asks, before it had the last
    answer as well. Streamlit itself drops a control's value, and with it the URL's, when the page changes.
    """
    session, moved = st.session_state, []
    gone_back = get_script_run_ctx().is_history_navigation
    shown = session.get("in URL", ())
    session["in URL"] = set()  # the settings of this page; ``kept`` adds them
    session["ran with"] = {}
    if page != session.get("page") or gone_back:
        session["dragged"], session["moved"] = None, {}
    for name, setting in SETTINGS.items():
        in_url = st.query_params.get_all(name)
        read = setting.read(in_url)
        chosen = setting.default if read is None else read
        if page != session.get("page") or name not in session:
            session[name] = session.get(f"last {name}", chosen)
        elif gone_back and in_url != session.get(f"url {name}", in_url):
            session[name] = chosen
        elif name in shown:
            moved.append(name)
    mend()
    _into_url(moved)
    session["page"] = page


def take_note() -> None:
    """Call at the top of a fragment in which one click changes several choices."""
    mend()
    _into_url(st.session_state["in URL"])


def _into_url(names: Collection[str]) -> None:
    """All at once, so that one click is one step for the browser's Back."""
    session, into_url = st.session_state, {}
    for name in names:
        if name != session.get("dragged"):
            into_url[name] = session[f"url {name}"] = _texts(name, session[name])
    if any(texts != st.query_params.get_all(name) for name, texts in into_url.items()):
        others = {name: st.query_params.get_all(name) for name in st.query_params if name not in into_url}
        st.query_params.from_dict(others | {name: texts for name, texts in into_url.items() if texts})


def kept(name: str) -> Any:
    """What is chosen, remembered and put into the URL; a default leaves it clean. Call after the control."""
    session = st.session_state
    texts = _texts(name, session[name])
    session["in URL"].add(name)
    _note_shown(name)
    session[f"last {name}"], session[f"url {name}"] = session[name], texts
    if texts != st.query_params.get_all(name):
        if texts:
            st.query_params[name] = texts
        else:
            del st.query_params[name]
    return session[name]


def _texts(name: str, value: Any) -> list[str]:
    """What stands in the URL for this value: nothing for the default."""
    setting = SETTINGS[name]
    texts = setting.write(value)
    return [] if texts == setting.write(setting.default) else texts


def digits_in_play(classes: tuple[int, ...]) -> tuple[int, ...]:
    """The control "digits in play" and its value: two or more of ``classes``, ascending."""
    session = st.session_state
    chosen = [digit for digit in session["digits"] if digit in classes]
    if len(chosen) < 2:
        chosen = session.get("last digits", SETTINGS["digits"].default)
        st.toast("Two digits at least: the nearest ideal needs a rival.")
    if chosen != session["digits"]:
        session["digits"] = chosen
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.segmented_control("Digits in play", classes, selection_mode="multi", key="digits")
        for label, digits in {"3 and 7": list(BOOK), "All ten": list(classes)}.items():
            st.button(label, on_click=choose, args=({"digits": digits},))
    return tuple(sorted(kept("digits")))


def overlooked() -> bool:
    """Whether a choice has been made that no run has taken up, as ``components.overlooked``."""
    session = st.session_state
    return any(session.get(name) != session[f"last {name}"] for name in session["in URL"])


@dataclass(frozen=True)
class Move:
    """What a callback has moved a control to, and what it stood for before.

    turn: the latest when the control was shown like that, None as long as it was not.
    """

    earlier: tuple[Any, ...]
    latest: Any
    turn: int | None = None


def turn() -> int:
    """The next number for something that asks of its own accord: so ``mend`` learns what it had shown."""
    session = st.session_state
    session["latest turn"] = session.get("latest turn", 0) + 1
    return session["latest turn"]


def choose(values: Mapping[str, Any]) -> None:
    """Choose what controls of Streamlit's stand for, from a callback: so that ``mend`` can."""
    session = st.session_state
    for name, value in values.items():
        before = session["moved"][name].earlier[-8:] if name in session["moved"] else ()
        session["moved"][name] = Move((*before, session[name]), value)
    session.update(values)


def mend(shown: int | None = None) -> None:
    """Call before the settings are used, in a callback or at the start of a run.

    With whatever the browser asks, it sends how all controls stand. One that ``choose`` has moved, but not
    yet in sight of the browser, stands there as before; so it is moved again. It is in sight when a run has
    shown it, the URL that came along tells of it, and, if something has asked of its own accord, a later
    turn was shown. shown: the one that was.
    """
    session = st.session_state
    for name, move in list(session["moved"].items()):
        seen = move.turn is not None and st.query_params.get_all(name) == _texts(name, move.latest)
        seen = seen and (shown is None or shown > move.turn)
        if not seen and session[name] in (*move.earlier, move.latest):
            # Even if it stands there: Streamlit tells the browser only of what was set since the last run.
            session[name] = move.latest
        elif session[name] != move.latest:
            del session["moved"][name]  # the user has chosen since


def _note_shown(name: str) -> None:
    """The control has been shown: of what ``choose`` moved it to, or of another choice."""
    moved = st.session_state["moved"]
    if name in moved and moved[name].latest != st.session_state[name]:
        del moved[name]
    elif name in moved and moved[name].turn is None:
        moved[name] = replace(moved[name], turn=st.session_state.get("latest turn", 0))


def ran_with(*names: str) -> None:
    """Remember the values of these settings: what the whole page has been run with."""
    st.session_state["ran with"] = {name: st.session_state[name] for name in names}


def outdated() -> bool:
    """Whether one of these has changed since.

    What happens in one instant, a click and ink from the pad, makes Streamlit run one fragment alone.
    """
    return any(st.session_state[name] != value for name, value in st.session_state["ran with"].items())


def norm() -> str:
    """The control "norm" and its value: a name in ``NORMS``."""
    st.segmented_control("Norm", list(NORMS), key="norm", required=True, label_visibility="collapsed")
    return kept("norm")


def off() -> frozenset[str]:
    """Names in ``STEPS`` that are switched off; the strip of steps switches them."""
    return frozenset(kept("off"))


def titles(off: frozenset[str]) -> str:
    """The names of these steps as the reader knows them, one after the other."""
    return ", ".join(f"“{step.title}”" for name, step in STEPS.items() if name in off)


def switch_off(names: list[str]) -> None:
    """Take over what the strip of steps has sent."""
    st.session_state["off"] = SETTINGS["off"].read(names)


def ink() -> str:
    """Which ink the pictures have: a name in ``INKS``; ``ink_control`` chooses it."""
    return st.session_state["ink"]


def ink_control(on_change: Callable[[], None]) -> None:
    """The control "ink"."""
    st.segmented_control(
        "Ink on the pictures", list(INKS), key="ink", format_func=INKS.get, required=True, on_change=on_change
    )
    kept("ink")
