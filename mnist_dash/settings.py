"""What the user chooses: names, defaults, the URL form, and the controls that set it.

Every choice lives in the URL under its name (?digits=3&digits=7&norm=L2), so a link shows exactly this
view, the browser's Back takes a choice back, and a choice made on one page holds on the next.
"""

import re
from collections.abc import Callable

import streamlit as st

from mnist_dash.baseline import NORMS
from mnist_dash.compute import STEPS

BOOK = (3, 7)  # the digits of the book
INKS = {"auto": "Look and decide", "dark": "Dark", "light": "Light"}
DEFAULTS = {"digits": list(BOOK), "norm": "L1", "off": [], "ink": "auto"}


def _read_digits(texts: list[str]) -> list[int] | None:
    return sorted({int(text) for text in texts if re.fullmatch("[0-9]{1,4}", text)}) or None


def _read_norm(texts: list[str]) -> str | None:
    return texts[-1] if texts and texts[-1] in NORMS else None


def _read_off(texts: list[str]) -> list[str]:
    return [name for name in STEPS if name in texts]


def _read_ink(texts: list[str]) -> str | None:
    return texts[-1] if texts and texts[-1] in INKS else None


# The URL is a border: what it says is used only as far as it can be read.
READ: dict[str, Callable] = {"digits": _read_digits, "norm": _read_norm, "off": _read_off, "ink": _read_ink}


def take_over(page: str) -> None:
    """Call before a page runs, so that it begins with what was chosen.

    That is the last choice, or the URL's when the session is new or the user went back or forth.
    Streamlit itself drops a control's value, and with it the URL's, when the page changes.
    """
    session = st.session_state
    for name, read in READ.items():
        in_url = st.query_params.get_all(name)
        if page != session.get("page"):
            session[name] = session.get(f"last {name}") or read(in_url) or DEFAULTS[name]
        elif in_url != session.get(f"url {name}", in_url):
            session[name] = read(in_url) or DEFAULTS[name]
    session["page"] = page


def _keep(name: str, value: object, texts: list[str]) -> None:
    """Remember a choice and put it into the URL; a default leaves the URL clean."""
    texts = [] if value == DEFAULTS[name] else texts
    st.session_state[f"last {name}"], st.session_state[f"url {name}"] = value, texts
    if texts != st.query_params.get_all(name):
        if texts:
            st.query_params[name] = texts
        else:
            del st.query_params[name]


def digits_in_play(classes: tuple[int, ...]) -> tuple[int, ...]:
    """The control "digits in play" and its value: two or more of ``classes``, ascending."""
    session = st.session_state
    chosen = [digit for digit in session["digits"] if digit in classes]
    if len(chosen) < 2:
        chosen = session.get("last digits", DEFAULTS["digits"])
        st.toast("Two digits at least: the nearest ideal needs a rival.")
    if chosen != session["digits"]:
        session["digits"] = chosen
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.segmented_control("Digits in play", classes, selection_mode="multi", key="digits")
        for label, digits in {"3 and 7": list(BOOK), "All ten": list(classes)}.items():
            st.button(label, on_click=session.update, args=({"digits": digits},))
    digits = sorted(session["digits"])
    _keep("digits", digits, [str(digit) for digit in digits])
    return tuple(digits)


def outdated(digits: tuple[int, ...], off: frozenset[str]) -> bool:
    """Whether other digits are in play, or other steps off, than when the page ran.

    A click in the same instant as ink from the pad makes Streamlit run the pad's fragment alone.
    """
    session = st.session_state
    return (tuple(sorted(session["digits"])), frozenset(session["off"])) != (digits, off)


def norm() -> str:
    """The control "norm" and its value: a name in ``NORMS``."""
    st.segmented_control("Norm", list(NORMS), key="norm", required=True, label_visibility="collapsed")
    chosen = st.session_state["norm"]
    _keep("norm", chosen, [chosen])
    return chosen


def off() -> frozenset[str]:
    """Names in ``STEPS`` that are switched off; the strip of steps switches them."""
    chosen = st.session_state["off"]
    _keep("off", chosen, chosen)
    return frozenset(chosen)


def titles(off: frozenset[str]) -> str:
    """The names of these steps as the reader knows them, one after the other."""
    return ", ".join(f"“{step.title}”" for name, step in STEPS.items() if name in off)


def switch_off(names: list[str]) -> None:
    """Take over what the strip of steps has sent."""
    st.session_state["off"] = _read_off(names)


def ink() -> str:
    """Which ink the pictures have: a name in ``INKS``; ``ink_control`` chooses it."""
    return st.session_state["ink"]


def ink_control(on_change: Callable[[], None]) -> None:
    """The control "ink"."""
    st.segmented_control(
        "Ink on the pictures", list(INKS), key="ink", format_func=INKS.get, required=True, on_change=on_change
    )
    _keep("ink", ink(), [ink()])
