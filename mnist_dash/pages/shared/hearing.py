"""Every message of a browser, heard before Streamlit makes one of several.

Streamlit keeps one request: of two that wait, the later one's controls, page and address count, two clicks of
a button are one, and what only the earlier one said is gone. So each is written down as it arrives, in order,
by the one hook into Streamlit of this project (`AppSession.request_rerun`); the next run takes all of them up.
Here also: what is malformed never reaches a control, and what comes late from a page that was left neither
brings that page back nor asks for a part of it.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import parse_qs, urlparse
from weakref import WeakValueDictionary

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.common import unpack_widget_state_value

TRIGGERS = {"trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value"}
CONSUMING = {"chat_input_value", "file_uploader_state_value"}  # to read them is to use them up
LATE = 30  # seconds for which a page that was left may still speak
FRAME = "frame"  # so begin the keys of controls outside the pages
UNHEARD = 0.5  # seconds after which a message that no run has taken up gets a run of its own


@dataclass
class Letter:
    """told: by key, what the browser newly said, in order. address: only if it went back or forth."""

    told: dict[str, object]
    clicked: list[str]
    address: dict[str, list[str]] | None = None


@dataclass
class Post:
    """letters: not taken up yet. page: hash of the page the reader asked for last."""

    letters: deque[Letter] = field(default_factory=deque)
    page: str = ""
    known: dict[str, bytes] = field(default_factory=dict)  # by the id of a control, as it last stood
    asked: float = 0.0  # when


_posts: WeakValueDictionary[str, Post] = WeakValueDictionary()


def letters(keys: Iterable[str]) -> Iterator[Letter]:
    """What the browser of this session has said since, in order. keys: of the controls that may speak.

    Where no browser's messages can be heard, as in Streamlit's own tests, the controls are asked.
    """
    post = _posts.get(get_script_run_ctx().session_id)
    if post is None:
        told = {key: st.session_state[key] for key in keys if key in st.session_state}
        yield Letter(told, [key for key, value in told.items() if value is True])
        return
    while post.letters:
        yield post.letters.popleft()


def page() -> str:
    """Hash of the page that this session's reader asked for last; nothing as long as none was."""
    post = _posts.get(get_script_run_ctx().session_id)
    return post.page if post else ""


def _key(widget_id: str) -> str:
    return widget_id.split("-", 2)[2] if widget_id.count("-") >= 2 else ""


def _sound(state: WidgetState, metadata) -> bool:
    """Whether Streamlit can read it without raising."""
    kind = state.WhichOneof("value")
    if metadata is None or kind is None:
        return True  # nobody will read it; None is: cleared
    if kind != metadata.value_type and not {kind, metadata.value_type} <= {
        "json_value",
        "json_trigger_value",
    }:
        return False
    if kind in CONSUMING:
        return True
    try:
        metadata.deserializer(unpack_widget_state_value(state))
    except Exception:
        return False
    options = metadata.formatted_options
    match kind:
        case "string_value" if options is not None:
            return state.string_value in options
        case "string_array_value" if options is not None:
            return all(text in options for text in state.string_array_value.data)
    return True


_original = AppSession.request_rerun


def _request_rerun(self: AppSession, client_state) -> None:
    if client_state is None or self._state.name == "SHUTDOWN_REQUESTED":
        return _original(self, client_state)
    mine = self.__dict__.get("_post")
    if mine is None:
        mine = self._post = _posts[self.id] = Post()
    try:
        alone = _hear(self, mine, client_state)
    except Exception:  # hearing must never cost a run
        from logging import getLogger

        getLogger(__name__).exception("not heard")
        alone = False
    if alone:
        return None
    _original(self, client_state)
    if mine.letters:
        self._event_loop.call_later(UNHEARD, _again, self, mine, mine.letters[-1])
    return None


def _again(session: AppSession, mine: Post, letter: Letter) -> None:
    """A run for a letter that no run has taken up: its part was gone when its turn came."""
    if any(each is letter for each in list(mine.letters)) and session._state.name != "SHUTDOWN_REQUESTED":
        if session._state.name == "APP_IS_RUNNING":
            session._event_loop.call_later(UNHEARD, _again, session, mine, letter)
        else:
            state = type(session._client_state)()
            state.CopyFrom(session._client_state)
            state.page_script_hash = mine.page or state.page_script_hash
            state.ClearField("fragment_id")
            _original(session, state)


def _hear(session: AppSession, mine: Post, message) -> bool:
    """Write it down and mend it; returns whether it may be dropped: it asks for nothing."""
    metadata = session._session_state._new_widget_state.widget_metadata
    states = list(message.widget_states.widgets)
    told, clicked, sound, now = {}, [], [], {}
    for state in states:
        about = metadata.get(state.id)
        if not _sound(state, about):
            continue
        sound.append(state)
        kind = state.WhichOneof("value")
        if kind in TRIGGERS:
            if kind == "trigger_value" and state.trigger_value:
                clicked.append(_key(state.id))
            continue
        raw = state.SerializeToString(deterministic=True)
        if about is not None and kind not in CONSUMING and mine.known.get(state.id) != raw:
            told[_key(state.id)] = about.deserializer(unpack_widget_state_value(state))
        now[state.id] = raw
    if len(sound) < len(states):
        del message.widget_states.widgets[:]
        message.widget_states.widgets.extend(sound)
    back = message.is_history_navigation
    ours = [state for state in states if not _key(state.id).startswith(FRAME)]
    page, late = message.page_script_hash, False
    if not mine.page or back or page == mine.page:
        mine.page = page or mine.page
        if back:
            mine.asked, now = monotonic(), mine.known | now
    else:  # to another page than the one asked for last: by a link, or late from a page that was left?
        pages = session.get_pages()
        here = urlparse(message.context_info.url).path.rstrip("/").rpartition("/")[2]
        to = pages.get(page, {}).get("url_pathname", "")
        main = next(iter(pages.values()), {}).get("url_pathname", "")
        from_there = here == to or (not here and to == main)
        if from_there and (message.fragment_id or ours) and monotonic() - mine.asked < LATE:
            late = True
        else:
            mine.page, mine.asked = page, monotonic()
            now = mine.known | now  # a link says nothing about the controls of a page
    mine.known = now
    if told or clicked or back:
        mine.letters.append(Letter(told, clicked, parse_qs(message.query_string) if back else None))
    if late:
        message.page_script_hash = mine.page
        if message.is_auto_rerun and not (told or clicked):
            return True
        message.ClearField("fragment_id")
        message.is_auto_rerun = False
    elif message.fragment_id and not session.has_fragment(message.fragment_id):
        if message.is_auto_rerun and not (told or clicked):
            return True
        message.ClearField("fragment_id")  # Streamlit would drop it with all that it says
    return False


def listen() -> None:
    """Once a process; again does nothing."""
    AppSession.request_rerun = _request_rerun
