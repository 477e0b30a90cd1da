"""All that a run shows reaches the browser: on a busy server, Streamlit 1.67 loses some of it, in two ways.

- A request that comes just after a run has ended gets a runner of its own, and whatever the first one has
  shown that is not handled yet is thrown away. After a request for a part of the page it is not shown again.
- When a part runs again before the page has been sent, its elements are taken out of what is to be sent. The
  browser sees the page end without them and removes those it had.

Then all that stands below moves up, and what comes next lands in a wrong place, or the whole page goes ("Bad
delta path index").
"""

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

SOON = 0.01  # seconds

_request_rerun, _clear_queue = AppSession.request_rerun, AppSession._clear_queue


def request_rerun(session: AppSession, message: ClientState | None) -> None:
    """As Streamlit does, but a part of the page runs only once all is handled of a run that has ended."""
    runner = session._scriptrunner
    ended = runner is not None and runner._requests._state is ScriptRequestType.STOP
    here = session._state is not AppSessionState.SHUTDOWN_REQUESTED
    if ended and here and message is not None and message.fragment_id:
        session._event_loop.call_later(SOON, request_rerun, session, message)
    else:
        _request_rerun(session, message)


def send_all() -> None:
    """From now on, a page whose end has not been sent is sent whole. Calling it again changes nothing."""
    AppSession._clear_queue = _clear_but_for_a_page


def _clear_but_for_a_page(self: AppSession, fragments: list[str] | None = None) -> None:
    queue = self._browser_queue
    if fragments and any(map(_ends_a_page, queue._queue)):
        queue._delta_index_map = {}  # what comes now follows it, and replaces nothing in it
    else:
        _clear_queue(self, fragments)


def _ends_a_page(message: ForwardMsg) -> bool:
    of_a_run = message.WhichOneof("type") == "script_finished"
    return of_a_run and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
