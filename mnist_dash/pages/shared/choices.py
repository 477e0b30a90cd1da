"""What the reader has chosen. One plain object a session is the truth: controls show it, clicks change it.

Streamlit's browser sends how *all* controls stand with whatever it asks, also how they stood before it heard
of a change. So a control is never asked how it stands: ``hearing`` notes what each message newly says, in
order. A control that has to show something else than it last said is replaced by a new one, with another
key. Nothing that comes late can then do harm.
"""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mnist_dash.components.shared.mount import Heard, Values
from mnist_dash.pages.shared import hearing
from mnist_dash.pages.shared.settings import CONFLICTS, SETTINGS, NotAllowedError

OLD = 4  # controls of one setting, and contents of one component, of which may still be spoken


@dataclass(frozen=True)
class Copy:
    """What a component is to show of a setting that it changes by itself, such as the ink on a pad.

    number: another one whenever the component is to show something else than it last said. taken: whether
    it has said that it does. after: how far it had come by its own count when it was last listened to.
    """

    value: Any
    number: int = 0
    taken: bool = True
    after: int = 0


@dataclass
class Control:
    """said: how the browser shows it, as far as is known. take: (what it says next, ``said``) -> choices.

    page: where it stands; one with the same key on another page is another.
    """

    said: Any
    take: Callable[[Any, Any], Values]
    page: str


class Choices:
    """values: the truth, by the names of ``SETTINGS``. moving: the setting that is being dragged, or None.

    page: the name of the page in view. turn: its number; a page that is left and come back to gets another.
    going: the page that a click leads to, until the frame goes there. told: the address, as of the
    latest run of the whole page. began: when this visit did, in ms.
    """

    def __init__(self) -> None:
        self.values = {name: setting.default for name, setting in SETTINGS.items()}
        self.moving: str | None = None
        self.page = ""
        self.turn = 0
        self.going: str | None = None
        self.told: dict[str, list[str]] = {}
        self.news: list[str] = []  # told once, such as why a choice was not taken
        self._controls: dict[str, Control] = {}  # by key
        self._keys: dict[str, list[str]] = {}  # of a setting's controls, the latest last
        self._copies: dict[str, Copy] = {}
        self._faces: dict[tuple[str, str], deque[Heard]] = {}  # by page and key, the latest first
        self._wishes: dict[str, Callable[[], Values] | Values] = {}  # of buttons, by key
        self.began = time.time_ns() // 1_000_000
        self._made = self.began  # a browser may still know the controls of a server that ended
        self._ran: dict[str, Any] = {}  # the values that the whole page was last run with

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    # -- controls ------------------------------------------------------------------------------------

    def control(
        self,
        name: str,
        shows: str = "default",
        shown: Callable[[Any], Any] = lambda value: value,
        take: Callable[[Any], Values] | None = None,
    ) -> dict[str, Any]:
        """For the call that makes a control of Streamlit's: its key, and what it is to show.

        shows: the parameter that says so. shown: choice -> its value: the place among options ("index"), or
        what a control can show of a choice that was made for another image. take: what it says -> what is
        chosen by it, where that is not the setting itself.
        """
        keys, value = self._keys.setdefault(name, []), shown(self.values[name])
        says = self.values[name] if shows == "index" else value  # of an option the browser knows the place
        latest = self._controls[keys[-1]] if keys else None
        if not latest or latest.page != self.page or not _alike(latest.said, says):
            key, self._made = f"{name} {self._made}", self._made + 1

            def taken(told: Any, before: Any) -> Values:
                return take(told) if take else {name: self._switched(name, told, before)}

            self._controls[key] = Control(says, taken, self.page)
            keys.append(key)
            for old in keys[:-OLD]:
                del self._controls[old]
            del keys[:-OLD]
        return {"key": keys[-1], shows: value}

    def _switched(self, name: str, told: Any, before: Any) -> Any:
        """Of several, those that were switched change: it may have been a replaced control that said so."""
        return {*told} ^ {*before} ^ {*self.values[name]} if isinstance(told, list) else told

    def mount(self, face: Callable[..., Heard], key: str, *args: Any, **options: Any) -> None:
        """Show a component of ours that speaks. face: its Python face, called with the key and the rest.

        What it says may be of what it showed before: then a face of before understands it.
        """
        said = self._said(key)
        faces = self._faces.setdefault((self.page, key), deque(maxlen=OLD))
        faces.appendleft(face(key, *args, **options))

        def take(told: Any, before: Any) -> Values:
            news = {name: news for name, news in told.items() if news != before.get(name)}
            return next(filter(None, (heard(news) for heard in tuple(faces))), {})

        self._controls[key] = Control(said, take, self.page)

    def answered(self, key: str, message: str) -> int | None:
        """Number of the newest message of this name that a component has sent: what is shown answers it."""
        match self._said(key).get(message):
            case {"number": int(number)}:
                return number
        return None

    def _said(self, key: str) -> Any:
        control = self._controls.get(key)
        return control.said if control and control.page == self.page else {}

    def copy(self, name: str) -> Copy:
        """What a component that changes this setting by itself is to show of it."""
        copy = self._copies.setdefault(name, Copy(SETTINGS[name].default))
        if copy.value != self.values[name]:
            copy = self._copies[name] = Copy(self.values[name], self._made, False, copy.after)
            self._made += 1
        return copy

    def changed(self, name: str, value: Any, number: int, at: int) -> Values:
        """What it chooses by saying what it shows; nothing if it does not yet know what it is to show.

        number: of the copy that it knows. at: how far it has come by its own count.
        """
        copy = self._copies[name]
        if copy.value != self.values[name] or copy.number not in (0, number):
            return {}
        self._copies[name] = Copy(value, copy.number, True, at)
        return {name: value}

    def button(
        self, label: str, wish: Callable[[], Values] | Values, *, key: str = "", **options: Any
    ) -> None:
        """A button. wish: what a click chooses, or what says so at the time of the click."""
        key = key or f"{label} button"
        self._wishes[key] = wish
        st.button(label, key=key, **options)

    # -- what is said --------------------------------------------------------------------------------

    def choose(self, **values: Any) -> None:
        """Take these values, as far as they are allowed. One called ``page`` leads there."""
        for name, value in values.items():
            if name == "page":
                self.going = value
                continue
            try:
                value = SETTINGS[name].checked(value)
            except NotAllowedError:
                self.news.append(SETTINGS[name].why)
                continue
            before, self.values[name] = self.values[name], value
            if name in CONFLICTS:
                CONFLICTS[name](self.values, before)

    def take_up(self) -> bool:
        """What was said since. Returns whether the page, as it was run, is outdated."""
        for letter in hearing.letters([*self._controls, *self._wishes]):
            if letter.address is not None:
                self._read(letter.address)
            for key, told in letter.told.items():
                if (control := self._controls.get(key)) and not _alike(told, control.said):
                    before, control.said = control.said, told
                    self.choose(**control.take(told, before))
            for key in letter.clicked:
                if wish := self._wishes.get(key):
                    self.choose(**(wish() if callable(wish) else wish))
        return self.going is not None or any(
            value != self._ran.get(name) for name, value in self.values.items() if name != self.moving
        )

    # -- a run of the whole page -----------------------------------------------------------------------

    def begin(self, page: str) -> None:
        """At the start of every run of the whole page: take up what is new, and tell the address."""
        self.turn += page != self.page
        self.page = page
        if not self._ran:
            self._read({name: st.query_params.get_all(name) for name in st.query_params})
        self.take_up()
        self.moving, self._ran = None, dict(self.values)
        self.told = self.address()
        st.query_params.from_dict(self.told)  # the browser does nothing where it stands there already

    def went(self) -> str | None:
        """The page that a click leads to; it is told once."""
        going, self.going = self.going, None
        return going

    def _read(self, address: Mapping[str, list[str]]) -> None:
        """Choose what an address says; the rest as it is by default, but for what no address holds."""
        for name, setting in SETTINGS.items():
            if setting.write(self.values[name]) is not None:
                self.values[name] = setting.default
        for name, texts in address.items():
            if name in SETTINGS and (value := SETTINGS[name].read(texts)) is not None:
                self.choose(**{name: value})

    def address(self) -> dict[str, list[str]]:
        """The choices that are not the default, as they stand in the address."""
        changed = ((name, value) for name, value in self.values.items() if value != SETTINGS[name].default)
        written = ((name, SETTINGS[name].write(value)) for name, value in changed)
        return {name: texts for name, texts in written if texts is not None}


def _alike(said: Any, value: Any) -> bool:
    """Of several it does not matter which came first."""
    several = isinstance(said, list) or isinstance(value, list)
    return {*said} == {*value} if several else said == value


def choices() -> Choices:
    """Those of this session."""
    if "choices" not in st.session_state:
        st.session_state["choices"] = Choices()
    return st.session_state["choices"]


def again() -> None:
    """Run the whole page: the one that was asked for last, which may be another by now."""
    context = get_script_run_ctx()
    context.pages_manager.set_current_page_script_hash(hearing.page() or context.page_script_hash)
    st.rerun()


def part(function: Callable | None = None, **options: Any) -> Callable:
    """A fragment of Streamlit's, which runs alone only as long as nothing else was chosen meanwhile."""
    if function is None:
        return lambda function: part(function, **options)

    @st.fragment(**options)
    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        if get_script_run_ctx().fragment_ids_this_run and choices().take_up():
            again()
        function(*args, **kwargs)

    return run
