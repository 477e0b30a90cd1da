"""What the reader has chosen. One plain object per session is the truth: controls show it, clicks change it.

With every request, Streamlit's browser sends the state of *all* controls, even if a change made by the server
has not reached it yet. So a control's state is never read: ``hearing`` notes what is new in each message, in
order. A control that has to show something other than what it last sent is replaced by a new one under
another key, so a late message can do no harm.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from threading import RLock
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mnist_dash.components.shared.mount import Heard, Values
from mnist_dash.pages.shared import hearing
from mnist_dash.pages.shared.settings import CONFLICTS, GUESSES, OF_A_SET, SETTINGS, NotAllowedError, Setting
from mnist_dash.pages.shared.visit import of_visit

OLD = 8  # versions of a control or a component that late messages may still refer to


@dataclass(frozen=True)
class Copy:
    """What a component shows of a setting that it changes by itself, such as the ink on a pad.

    number: changes whenever the server gives the component a new value. taken: whether the component has
    confirmed it. after: the component's own count of changes when it was last heard.
    """

    value: Any
    number: int = 0
    taken: bool = True
    after: int = 0


@dataclass
class Control:
    """said: its last known state in the browser. take: (its next state, ``said``) -> choices.

    page: the page it is on; the same key on another page is another control. turn: of ``Choices``, then.
    """

    said: Any
    take: Callable[[Any, Any], Values]
    page: str
    turn: int


class Choices:
    """values: the truth, by name. settings: what can be chosen, which depends on the set in use.

    moving: the setting that is being dragged, or None.

    page: the name of the page in view. turn: counts page changes, so returning to a page gives a new number.
    going: the page that a click leads to, until the frame has switched to it. told: the address as of the
    latest full run. began: when this visit began, in ms.
    """

    def __init__(self) -> None:
        self.settings: Mapping[str, Setting] = SETTINGS
        self.values = {name: setting.default for name, setting in SETTINGS.items()}
        self.moving: str | None = None
        self.page = ""
        self.turn = 0
        self.going: str | None = None
        self.told: dict[str, list[str]] = {}
        self._came_with: Mapping[str, list[str]] = {}  # the address that this visit began with
        self._of_mnist: Values = {}  # guesses, while another set is in use
        self.news: list[str] = []  # said once, such as why a choice was turned down
        self._controls: dict[str, Control] = {}  # by key
        self._keys: dict[str, list[str]] = {}  # of each setting's controls, the latest last
        self._copies: dict[str, Copy] = {}
        self._faces: dict[tuple[str, str], deque[Heard]] = {}  # by page and key, the latest first
        self._wishes: dict[str, Callable[[], Values] | Values] = {}  # of buttons, by key
        self.began = time.time_ns() // 1_000_000
        self._made = self.began  # a browser may still show the controls of an earlier server
        self._ran: dict[str, Any] = {}  # the values at the last full run
        self._lock = RLock()

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
        """Arguments for a Streamlit control: its key, and what it is to show.

        shows: the name of the parameter for the latter. shown: choice -> that parameter's value, such as an
        option's index, or the nearest value that the control can show. take: the control's value -> choices,
        if it isn't simply the setting.
        """
        keys, value = self._keys.setdefault(name, []), shown(self.values[name])
        says = self.values[name] if shows == "index" else value  # the browser sends the option, not its index
        latest = self._controls[keys[-1]] if keys else None
        # On a page that was left and is there again, the browser may have forgotten what a control said.
        if not latest or latest.turn != self.turn or not _alike(latest.said, says):
            key, self._made = f"{name} {self._made}", self._made + 1

            def taken(told: Any, before: Any) -> Values:
                return take(told) if take else {name: self._switched(name, told, before)}

            self._controls[key] = Control(says, taken, self.page, self.turn)
            keys.append(key)
            for old in keys[:-OLD]:
                del self._controls[old]
            del keys[:-OLD]
        return {"key": keys[-1], shows: value}

    def _switched(self, name: str, told: Any, before: Any) -> Any:
        """With several options, apply only what was toggled: the message may come from a replaced control."""
        return {*told} ^ {*before} ^ {*self.values[name]} if isinstance(told, list) else told

    def mount(self, face: Callable[..., Heard], key: str, *args: Any, **options: Any) -> None:
        """Show a component of ours that sends messages. face: its Python face, called with key and the rest.

        A message may refer to what the component showed earlier; then an earlier face understands it.
        """
        faces = self._faces.setdefault((self.page, key), deque(maxlen=OLD))
        faces.appendleft(face(key, *args, **options))

        def take(told: Any, before: Any) -> Values:
            news = {name: news for name, news in told.items() if news != before.get(name)}
            return next(filter(None, (heard(news) for heard in tuple(faces))), {})

        self._controls[key] = Control(self._said(key), take, self.page, self.turn)

    def answered(self, key: str, message: str) -> int | None:
        """Number of the component's latest message of this name, which what is shown now answers."""
        match self._said(key).get(message):
            case {"number": int(number)}:
                return number
        return None

    def _said(self, key: str) -> Any:
        control = self._controls.get(key)
        return control.said if control and control.page == self.page else {}

    def copy(self, name: str) -> Copy:
        """What to show in a component that changes this setting by itself."""
        copy = self._copies.setdefault(name, Copy(self.settings[name].default))
        if copy.value != self.values[name]:
            copy = self._copies[name] = Copy(self.values[name], self._made, False, copy.after)
            self._made += 1
        return copy

    def changed(self, name: str, value: Any, number: int, at: int) -> Values:
        """The choice that such a component makes; none if it has not yet received the latest copy.

        number: of the copy that it has. at: its own count of changes.
        """
        copy = self._copies[name]
        if copy.value != self.values[name] or copy.number not in (0, number):
            return {}
        self._copies[name] = Copy(value, copy.number, True, at)
        return {name: value}

    def button(
        self, label: str, wish: Callable[[], Values] | Values, *, key: str = "", **options: Any
    ) -> None:
        """A button. wish: what a click chooses, or a function that says so when it is clicked."""
        key = key or f"{label} button"
        self._wishes[key] = wish
        st.button(label, key=key, **options)

    # -- messages ------------------------------------------------------------------------------------

    def choose(self, **values: Any) -> None:
        """Set these values, where allowed. ``page`` leads to that page."""
        for name, value in values.items():
            if name == "page":
                self.going = value
                continue
            try:
                value = self.settings[name].checked(value)
            except NotAllowedError:
                self.news.append(self.settings[name].why)
                continue
            before, self.values[name] = self.values[name], value
            if name in CONFLICTS:
                CONFLICTS[name](self.values, before)

    def take_up(self) -> bool:
        """Apply what was said since the last call. Returns whether the page shown is now outdated."""
        with self._one_at_a_time():
            self._take_letters()
        return self.going is not None or any(
            value != self._ran.get(name) for name, value in self.values.items() if name != self.moving
        )

    def _take_letters(self) -> None:
        for letter in hearing.letters([*self._controls, *self._wishes]):
            if letter.address is not None:
                self.going = None
                self._read(letter.address)
            for key, told in letter.told.items():
                if (control := self._controls.get(key)) and not _alike(told, control.said):
                    before, control.said = control.said, told
                    self.choose(**control.take(told, before))
            for key in letter.clicked:
                if wish := self._wishes.get(key):
                    self.choose(**(wish() if callable(wish) else wish))

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """A run may begin before the one that it replaces has ended: letters are still taken up in order."""
        with self._lock:
            st.session_state.get("choices")  # where Streamlit ends a run that has been replaced
            yield

    def turn_to(self, settings: Mapping[str, Setting], *, asked_for: bool = False) -> None:
        """Another set is in use, with these settings: what means nothing for it begins anew.

        asked_for: whether the visit began with it, so that the address it began with is about it.
        """
        if self.settings is SETTINGS:
            self._of_mnist = {name: self.values[name] for name in GUESSES}
        self.settings = settings
        self.values |= {name: settings[name].default for name in (*OF_A_SET, *GUESSES)}
        if settings is SETTINGS:
            self.values |= self._of_mnist
        if asked_for:
            self._choose_as_in({name: self._came_with[name] for name in OF_A_SET if name in self._came_with})

    # -- a run of the whole page -----------------------------------------------------------------------

    def begin(self, page: str, settle: Callable[[], None]) -> None:
        """Start a full run of the page: apply what is new, and write the address.

        settle: puts a set that has arrived into use, once what was said is done: it may be to cancel that.
        The address that a visit begins with may be about the set, so it is read after that.
        """
        with self._one_at_a_time():
            self.turn += page != self.page
            self.page = page
            self._take_letters()
            settle()
            if not self._ran:
                self._came_with = {name: st.query_params.get_all(name) for name in st.query_params}
                self._read(self._came_with)
            self.moving, self._ran = None, dict(self.values)
            self.told = self.address()
        st.query_params.from_dict(self.told)  # the browser ignores an address that it already shows

    def went(self) -> str | None:
        """The page that a click leads to; returned once."""
        going, self.going = self.going, None
        return going

    def _read(self, address: Mapping[str, list[str]]) -> None:
        """Choose what an address says. The rest goes back to its default, except what no address holds."""
        for name, setting in self.settings.items():
            if setting.write(self.values[name]) is not None:
                self.values[name] = setting.default
        self._choose_as_in(address)

    def _choose_as_in(self, address: Mapping[str, list[str]]) -> None:
        for name, texts in address.items():
            if name in self.settings and (value := self.settings[name].read(texts)) is not None:
                self.choose(**{name: value})

    def address(self) -> dict[str, list[str]]:
        """The choices that differ from the default, as they are written in the address."""
        settings = self.settings
        changed = ((name, value) for name, value in self.values.items() if value != settings[name].default)
        written = ((name, settings[name].write(value)) for name, value in changed)
        return {name: texts for name, texts in written if texts is not None}


def _alike(said: Any, value: Any) -> bool:
    """Whether both are the same choice; the order of several does not matter."""
    several = isinstance(said, list) or isinstance(value, list)
    return {*said} == {*value} if several else said == value


def choices() -> Choices:
    """The choices of this session."""
    return of_visit("choices", Choices)


def again() -> None:
    """Run the page that was last asked for, which may be another one by now, from the top."""
    context = get_script_run_ctx()
    context.pages_manager.set_current_page_script_hash(hearing.page() or context.page_script_hash)
    st.rerun()


def part(function: Callable | None = None, **options: Any) -> Callable:
    """A Streamlit fragment that runs alone only if nothing else was chosen in the meantime."""
    if function is None:
        return lambda function: part(function, **options)

    @st.fragment(**options)
    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        if get_script_run_ctx().fragment_ids_this_run and choices().take_up():
            again()
        function(*args, **kwargs)

    return run
