"""What a run shows is sent whole, however busy the server is."""

from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSessionState
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests

from mnist_dash.pages.shared import delivery


def element(*path, part=""):
    made = ForwardMsg()
    made.metadata.delta_path.extend(path)
    made.delta.new_element.text.body = "text"
    made.delta.fragment_id = part
    return made


def end(status):
    return ForwardMsg(script_finished=status)


@pytest.fixture
def session(monkeypatch):
    """A session with what is to be sent; asked: the messages that reach Streamlit; later: what waits."""
    made = SimpleNamespace(_browser_queue=ForwardMsgQueue(), asked=[], later=[], _scriptrunner=None)
    made._state = AppSessionState.APP_NOT_RUNNING
    made._event_loop = SimpleNamespace(call_later=lambda _, *call: made.later.append(call))
    monkeypatch.setattr(delivery, "_request_rerun", lambda _, message: made.asked.append(message))
    return made


def shown(session, *messages):
    for message in messages:
        session._browser_queue.enqueue(message)


def sent(session):
    return [
        tuple(each.metadata.delta_path) for each in session._browser_queue.flush() if each.HasField("delta")
    ]


def test_a_part_that_runs_again_takes_nothing_out_of_the_page(session):
    page = element(0, 0), element(0, 1, part="bar"), element(0, 2)
    shown(session, *page, end(ForwardMsg.FINISHED_SUCCESSFULLY))
    delivery._clear_but_for_a_page(session, ["bar"])
    shown(session, element(0, 1, part="bar"))
    assert sent(session) == [(0, 0), (0, 1), (0, 2), (0, 1)]


def test_of_a_part_alone_only_the_latest_is_sent(session):
    shown(session, element(0, 1, part="bar"), end(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY))
    delivery._clear_but_for_a_page(session, ["bar"])
    shown(session, element(0, 1, part="bar"))
    assert sent(session) == [(0, 1)]


def test_of_a_page_that_runs_again_only_the_latest_is_sent(session):
    shown(session, element(0, 0), element(0, 1), end(ForwardMsg.FINISHED_SUCCESSFULLY))
    delivery._clear_but_for_a_page(session, None)
    shown(session, element(0, 0))
    assert sent(session) == [(0, 0)]


def test_a_part_waits_until_all_of_a_run_that_has_ended_is_handled(session):
    session._scriptrunner = SimpleNamespace(_requests=ScriptRequests())
    session._scriptrunner._requests.on_scriptrunner_ready()  # nothing is left to run: it ends
    message = ClientState(fragment_id="bar")
    delivery.request_rerun(session, message)
    assert session.asked == []
    session._scriptrunner = None  # as Streamlit does when it hears of the end
    (again,) = session.later
    again[0](*again[1:])
    assert session.asked == [message]


@pytest.mark.parametrize("part", ["bar", ""], ids=["part", "page"])
def test_nothing_waits_while_a_run_goes_on(session, part):
    session._scriptrunner = SimpleNamespace(_requests=ScriptRequests())
    message = ClientState(fragment_id=part)
    delivery.request_rerun(session, message)
    assert session.asked == [message]


def test_the_page_waits_for_nothing(session):
    session._scriptrunner = SimpleNamespace(_requests=ScriptRequests())
    session._scriptrunner._requests.request_stop()
    delivery.request_rerun(session, ClientState())
    assert len(session.asked) == 1
