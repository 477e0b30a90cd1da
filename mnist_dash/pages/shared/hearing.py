"""Hears every message from a browser, before Streamlit merges several into one.

Streamlit keeps one pending request. When a second arrives, its controls, page and address replace those of
the first: two clicks on a button become one, and what only the first message said is lost. So each message
is noted in order as it arrives, by a hook into Streamlit 1.67 (``AppSession.request_rerun``; the only other
hook is in ``delivery``), and the next run takes them all up. Malformed values never reach a control. A late
message from a page that the reader has left neither brings that page back nor reruns a part of it.
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

from mnist_dash.pages.shared import delivery

FRAME = "frame "  # keys of controls that are on every page begin with it
LATE = 30  # seconds during which messages from the page just left may still arrive
UNHEARD = 0.5  # seconds after which a message that no run has taken up gets a run of its own
TRIGGERS = {"trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value"}
READ_ONCE = {"chat_input_value", "file_uploader_state_value"}  # reading them uses them up
ALIKE = {"int_value", "double_value"}, {"json_value", "json_trigger_value"}  # a number input may send either

logger = getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What a message newly says. told: values by key. clicked: button keys. address: of Back or Forward."""

    told: dict[str, Any]
    clicked: list[str]
    address: dict[str, list[str]] | None = None


@dataclass(eq=False)
class Post:
    """The mail of one session. letters: not taken up yet. page: hash of the page last asked for; asked: when.

    known: each control's last known state, by its id. controls: how each is read that the browser
    still shows, also if it is gone here.
    """

    letters: deque[Letter] = field(default_factory=deque)
    page: str = ""
    asked: float = 0.0
    known: dict[str, bytes] = field(default_factory=dict)
    controls: dict[str, WidgetMetadata] = field(default_factory=dict)

    def go_to(self, page: str) -> None:
        if page != self.page:
            self.page, self.asked = page, monotonic()


_posts: WeakValueDictionary[str, Post] = WeakValueDictionary()  # by session; the session keeps its own alive


def letters(keys: Iterable[str]) -> Iterator[Letter]:
    """What this session's browser has said since the last call, in order. keys: of the controls to listen to.

    Where there is no browser to hear, as in Streamlit's own tests, the controls' values are read instead.
    """
    if post := _posts.get(get_script_run_ctx().session_id):
        while post.letters:
            yield post.letters.popleft()
    else:
        told = {key: st.session_state[key] for key in keys if key in st.session_state}
        yield Letter(told, [key for key, value in told.items() if value is True])


def page() -> str:
    """Hash of the page that this session's reader last asked for; empty before the first."""
    post = _posts.get(get_script_run_ctx().session_id)
    return post.page if post else ""


def go_to(page: str) -> bool:
    """Note that this session's script is switching to the page with this hash.

    Returns False, and it must not switch, if its reader has gone elsewhere since the run began.
    """
    context = get_script_run_ctx()
    if post := _posts.get(context.session_id):
        moved = any(letter.address is not None for letter in post.letters)
        if moved or post.page not in ("", context.page_script_hash):
            return False
        post.go_to(page)
    return True


def listen() -> None:
    """Hear the messages of all browsers from now on. Calling it again changes nothing."""
    AppSession.request_rerun = _request_rerun
    delivery.send_all()


_streamlits_own = delivery.request_rerun


def _request_rerun(self: AppSession, message: ClientState | None) -> None:
    if message is None or self._state is AppSessionState.SHUTDOWN_REQUESTED:
        return _streamlits_own(self, message)
    if self.id not in _posts:
        self.post = _posts[self.id] = Post()
    try:
        wanted = _hear(self, self.post, message)
    except Exception:  # the run itself must still happen
        logger.exception("a message was not heard")
        wanted = True
    if wanted:
        _streamlits_own(self, message)
        if self.post.letters:
            self._event_loop.call_later(UNHEARD, _again, self, self.post.letters[-1])
    return None


def _again(session: AppSession, letter: Letter) -> None:
    """Run the page for a letter that no run has taken up, as the fragment it asked for no longer existed."""
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
    """Note what a message says, and correct what it asks for. Returns whether a run is needed."""
    letter = _read(session, post, message)
    if letter.told or letter.clicked or letter.address is not None:
        post.letters.append(letter)
    late = message.page_script_hash != post.page
    gone = message.fragment_id and not session.has_fragment(message.fragment_id)
    if late or gone:  # Streamlit would return to the old page, or drop the whole message
        if message.is_auto_rerun and not letter.told:
            return False
        message.page_script_hash = post.page
        message.ClearField("fragment_id")
        message.is_auto_rerun = False
    return True


def _read(session: AppSession, post: Post, message: ClientState) -> Letter:
    there = session._session_state._new_widget_state.widget_metadata
    states = list(message.widget_states.widgets)
    metadata = {
        state.id: about for state in states if (about := there.get(state.id) or post.controls.get(state.id))
    }
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
    # Following a link says nothing new, and nothing of the page's controls; every other request does.
    of_page = (
        message.fragment_id
        or any(not _key(state).startswith(FRAME) for state in states)
        or any(post.known.get(id) != said for id, said in now.items())
    )
    if back or not of_page:
        now, metadata = post.known | now, post.controls | metadata
    if back or not of_page or not post.page or monotonic() - post.asked > LATE:
        post.go_to(message.page_script_hash)
    post.known, post.controls = now, metadata
    return Letter(told, clicked, parse_qs(message.query_string) if back else None)


def _key(state: WidgetState) -> str:
    """The key that a control was given; Streamlit puts two words of its own in front of it."""
    return state.id.split("-", 2)[-1]


def _sound(state: WidgetState, metadata: WidgetMetadata | None) -> bool:
    """Whether Streamlit can read it: a browser may send anything."""
    kind = state.WhichOneof("value")
    if metadata is None or kind is None:
        return True  # nobody will read it; None means cleared
    if kind != metadata.value_type and not any({kind, metadata.value_type} <= alike for alike in ALIKE):
        return False
    if kind in READ_ONCE:
        return True
    try:
        value = unpack_widget_state_value(state)
        if kind == "json_value" and not isinstance(value, dict):
            return False
        metadata.deserializer(value)
    except Exception:  # Streamlit's own decoding may raise anything
        return False
    match kind, metadata.formatted_options:
        case "string_value", list(options) | tuple(options):
            return state.string_value in options
        case "string_array_value", list(options) | tuple(options):
            return {*state.string_array_value.data} <= {*options}
    return True
