"""Every message of a browser, heard before Streamlit makes one of several.

Streamlit keeps one request: of two that wait, the later one's controls, page and address count, two clicks
of a button are one, and what only the earlier one said is gone. So each is noted as it arrives, in order, by
this project's one hook into Streamlit (``AppSession.request_rerun``, of version 1.67), and the next run takes
all of them up. What is malformed never reaches a control. What comes late from a page that was left neither
brings that page back nor asks for a part of it.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from logging import getLogger
from time import monotonic
from typing import Any
from urllib.parse import parse_qs
from weakref import WeakValueDictionary

import streamlit as st
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.common import WidgetMetadata, unpack_widget_state_value

FRAME = "frame "  # so begin the keys of controls that are on every page
LATE = 30  # seconds for which a page that was left may still speak
UNHEARD = 0.5  # seconds after which what no run has taken up gets a run of its own
TRIGGERS = {"trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value"}
READ_ONCE = {"chat_input_value", "file_uploader_state_value"}  # to read them is to use them up
ALIKE = {"int_value", "double_value"}, {"json_value", "json_trigger_value"}  # a number input says either

logger = getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What a message newly says. told: by key. clicked: keys of buttons. address: of Back and Forward."""

    told: dict[str, Any]
    clicked: list[str]
    address: dict[str, list[str]] | None = None


@dataclass(eq=False)
class Post:
    """Of one session. letters: not taken up yet. page: hash of the page asked for last; asked: when.

    known: by the id of a control, how it last stood.
    """

    letters: deque[Letter] = field(default_factory=deque)
    page: str = ""
    asked: float = 0.0
    known: dict[str, bytes] = field(default_factory=dict)

    def go_to(self, page: str) -> None:
        if page != self.page:
            self.page, self.asked = page, monotonic()


_posts: WeakValueDictionary[str, Post] = WeakValueDictionary()  # by session; the session holds it


def letters(keys: Iterable[str]) -> Iterator[Letter]:
    """What the browser of this session has said since, in order. keys: of the controls that may speak.

    Where no browser's messages can be heard, as in Streamlit's own tests, the controls are asked.
    """
    if post := _posts.get(get_script_run_ctx().session_id):
        while post.letters:
            yield post.letters.popleft()
    else:
        told = {key: st.session_state[key] for key in keys if key in st.session_state}
        yield Letter(told, [key for key, value in told.items() if value is True])


def page() -> str:
    """Hash of the page that this session's reader asked for last; nothing as long as none was."""
    post = _posts.get(get_script_run_ctx().session_id)
    return post.page if post else ""


def go_to(page: str) -> None:
    """This session's script leads to the page of this hash."""
    if post := _posts.get(get_script_run_ctx().session_id):
        post.go_to(page)


def listen() -> None:
    """Hear the messages of all browsers from now on. Once a process; again it changes nothing."""
    AppSession.request_rerun = _request_rerun


_streamlits_own = AppSession.request_rerun


def _request_rerun(self: AppSession, message: ClientState | None) -> None:
    if message is None or self._state is AppSessionState.SHUTDOWN_REQUESTED:
        return _streamlits_own(self, message)
    if self.id not in _posts:
        self.post = _posts[self.id] = Post()
    try:
        wanted = _hear(self, self.post, message)
    except Exception:  # never at the cost of a run
        logger.exception("a message was not heard")
        wanted = True
    if wanted:
        _streamlits_own(self, message)
        if self.post.letters:
            self._event_loop.call_later(UNHEARD, _again, self, self.post.letters[-1])
    return None


def _again(session: AppSession, letter: Letter) -> None:
    """A run for a letter that none has taken up: the part that it asked for was gone when its turn came."""
    if not any(each is letter for each in tuple(session.post.letters)):
        return
    if session._state is AppSessionState.APP_IS_RUNNING:
        session._event_loop.call_later(UNHEARD, _again, session, letter)
    elif session._state is not AppSessionState.SHUTDOWN_REQUESTED:
        message = ClientState()
        message.CopyFrom(session._client_state)
        message.page_script_hash = session.post.page or message.page_script_hash
        message.ClearField("fragment_id")
        _streamlits_own(session, message)


def _hear(session: AppSession, post: Post, message: ClientState) -> bool:
    """Note what a message says, and mend what it asks for. Returns whether it asks for anything."""
    letter = _read(session, post, message)
    if letter.told or letter.clicked or letter.address is not None:
        post.letters.append(letter)
    late = message.page_script_hash != post.page
    gone = message.fragment_id and not session.has_fragment(message.fragment_id)
    if late or gone:  # Streamlit would go back to that page, or drop the message with all that it says
        if message.is_auto_rerun and not letter.told:
            return False
        message.page_script_hash = post.page
        message.ClearField("fragment_id")
        message.is_auto_rerun = False
    return True


def _read(session: AppSession, post: Post, message: ClientState) -> Letter:
    metadata = session._session_state._new_widget_state.widget_metadata
    states = list(message.widget_states.widgets)
    sound = [state for state in states if _sound(state, metadata.get(state.id))]
    if len(sound) < len(states):
        del message.widget_states.widgets[:]
        message.widget_states.widgets.extend(sound)
    told, clicked, now = {}, [], {}
    for state in sound:
        kind = state.WhichOneof("value")
        if kind == "trigger_value" and state.trigger_value:
            clicked.append(_key(state))
        elif kind not in TRIGGERS:
            now[state.id] = state.SerializeToString(deterministic=True)
            known = state.id in metadata and kind not in READ_ONCE
            if known and post.known.get(state.id) != now[state.id]:
                told[_key(state)] = metadata[state.id].deserializer(unpack_widget_state_value(state))
    back = message.is_history_navigation
    # A link says nothing of the controls of a page; whatever else a page asks comes with their states.
    of_page = message.fragment_id or any(not _key(state).startswith(FRAME) for state in states)
    if back or not of_page:
        now = post.known | now
    if back or not of_page or not post.page or monotonic() - post.asked > LATE:
        post.go_to(message.page_script_hash)
    post.known = now
    return Letter(told, clicked, parse_qs(message.query_string) if back else None)


def _key(state: WidgetState) -> str:
    """The key that a control was given; Streamlit puts two words of its own before it."""
    return state.id.split("-", 2)[-1]


def _sound(state: WidgetState, metadata: WidgetMetadata | None) -> bool:
    """Whether Streamlit can read it: what a browser says may be anything."""
    kind = state.WhichOneof("value")
    if metadata is None or kind is None:
        return True  # nobody will read it; None is what was cleared
    if kind != metadata.value_type and not any({kind, metadata.value_type} <= alike for alike in ALIKE):
        return False
    if kind in READ_ONCE:
        return True
    try:
        value = unpack_widget_state_value(state)
        if kind == "json_value" and not isinstance(value, dict):
            return False
        metadata.deserializer(value)
    except Exception:  # whatever Streamlit's own reading may raise
        return False
    match kind, metadata.formatted_options:
        case "string_value", list(options) | tuple(options):
            return state.string_value in options
        case "string_array_value", list(options) | tuple(options):
            return {*state.string_array_value.data} <= {*options}
    return True
