"""What a browser says is heard message by message: in order, nothing lost, nothing malformed let in."""

from itertools import count
from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSessionState

from mnist_dash.pages.shared import hearing

ONE, TWO = "hash of page one", "hash of page two"


def read_several(texts):
    return [{"3": 3, "5": 5, "7": 7}[text] for text in texts]


KNOWN = {
    "digits": SimpleNamespace(
        value_type="string_array_value", deserializer=read_several, formatted_options=["3", "5", "7"]
    ),
    "norm": SimpleNamespace(
        value_type="string_value", deserializer=lambda text: text, formatted_options=["L1", "L2"]
    ),
    "place": SimpleNamespace(value_type="double_value", deserializer=int, formatted_options=None),
    "wall": SimpleNamespace(value_type="json_value", deserializer=lambda told: told, formatted_options=None),
    "Next button": SimpleNamespace(value_type="trigger_value", deserializer=bool, formatted_options=None),
}


class Session:
    """As much of a session of Streamlit's as is heard. later: what is to be called after a while."""

    numbers = count()

    def __init__(self):
        self.id = f"session {next(self.numbers)}"
        self.fragments = {"part"}
        self.later = []
        self._state = AppSessionState.APP_NOT_RUNNING
        self._event_loop = SimpleNamespace(call_later=lambda _, *call: self.later.append(call))
        metadata = {f"$$ID-1-{key}": about for key, about in KNOWN.items()}
        self._session_state = SimpleNamespace(_new_widget_state=SimpleNamespace(widget_metadata=metadata))
        self._client_state = ClientState(page_script_hash=ONE)

    def has_fragment(self, fragment):
        return fragment in self.fragments

    def wait(self):
        """What was to be called later is called."""
        calls, self.later = self.later, []
        for call, *args in calls:
            call(*args)


@pytest.fixture
def session(monkeypatch):
    """asked: the messages that reach Streamlit."""
    made = Session()
    made.asked = []
    monkeypatch.setattr(hearing, "_streamlits_own", lambda _, message: made.asked.append(message))
    context = SimpleNamespace(session_id=made.id, page_script_hash=ONE)
    monkeypatch.setattr(hearing, "get_script_run_ctx", lambda: context)
    return made


def message(page=ONE, *, link=False, back=None, fragment="", timer=False, **states):
    """What a browser sends. A page has one control at least, of which a link says nothing."""
    made = ClientState(page_script_hash=page, fragment_id=fragment, is_auto_rerun=timer)
    if back is not None:
        made.is_history_navigation, made.query_string = True, back
    if not link and back is None:
        states = {"norm": "L1", **states}
    for key, value in {"frame memory": {}, **states}.items():
        state = made.widget_states.widgets.add(id=f"$$ID-1-{key.replace('_', ' ')}")
        match value:
            case True:
                state.trigger_value = True
            case list():
                state.string_array_value.data.extend(value)
            case str():
                state.string_value = value
            case int():
                state.int_value = value
            case dict():
                state.json_value = str(value).replace("'", '"')
    return made


def send(session, *messages):
    for each in messages:
        hearing._request_rerun(session, each)


def heard():
    return list(hearing.letters([]))


def told():
    return [letter.told for letter in heard() if letter.told]


def states(message):
    return [hearing._key(state) for state in message.widget_states.widgets]


def test_what_is_said_is_told_in_order_and_once(session):
    send(session, message(norm="L2"), message(norm="L2", digits=["3", "5", "7"]), message(norm="L1"))
    assert told() == [{"norm": "L2"}, {"digits": [3, 5, 7]}, {"norm": "L1"}]
    assert told() == []


def test_a_control_that_says_again_what_it_said_says_nothing_new(session):
    send(session, message(norm="L2"), message(norm="L2"))
    assert len(told()) == 1


def test_two_clicks_before_a_run_are_two(session):
    send(session, *[message(Next_button=True) for _ in range(5)])
    assert [letter.clicked for letter in heard()] == [["Next button"]] * 5


def test_what_only_an_earlier_message_says_is_not_lost_with_a_link_that_says_nothing_of_it(session):
    send(session, message(digits=["3", "5"]), message(TWO, link=True))
    assert told()[-1]["digits"] == [3, 5]
    assert hearing.page() == TWO


def test_a_link_does_not_make_the_controls_of_the_page_new_again(session):
    send(session, message(norm="L2"), message(TWO, link=True), message(TWO, norm="L2"))
    assert len(told()) == 1


@pytest.mark.parametrize("late", [{"digits": ["5", "7"]}, {"Next_button": True}, {"fragment": "part"}])
def test_what_comes_late_of_a_page_that_was_left_does_not_bring_it_back(session, late):
    send(session, message(), message(TWO, link=True), message(ONE, **late))
    assert hearing.page() == TWO
    asked = session.asked[-1]
    assert (asked.page_script_hash, asked.fragment_id) == (TWO, "")


def test_and_yet_it_is_heard(session):
    send(session, message(), message(TWO, link=True), message(ONE, digits=["5", "7"]))
    assert told()[-1] == {"digits": [5, 7]}


def test_what_the_frame_still_says_on_the_page_that_was_left_is_no_link_back(session):
    recalled = message(ONE, link=True, **{"frame memory": {"recall": 5}})
    send(session, message(), message(TWO, link=True), recalled)
    assert hearing.page() == session.asked[-1].page_script_hash == TWO


def test_what_is_chosen_on_a_control_that_is_gone_by_now_is_heard(session):
    """The reader still saw it: an earlier choice of theirs took it away."""
    send(session, message(place=5))
    heard()
    del session._session_state._new_widget_state.widget_metadata["$$ID-1-place"]
    send(session, message(place=7))
    assert told() == [{"place": 7}]
    send(session, message(), message(place=5))  # once it was not shown any more, nobody knows it
    assert told() == []


def test_a_click_may_lead_to_another_page(session):
    send(session, message(Next_button=True))
    assert hearing.go_to(TWO)
    assert hearing.page() == TWO


@pytest.mark.parametrize(
    "since",
    [message(TWO, link=True), message(TWO, back=""), message(ONE, back="norm=L2")],
    ids=["a link", "back to another page", "back on this page"],
)
def test_but_not_once_the_reader_has_gone_elsewhere(session, since):
    send(session, message(Next_button=True), since)
    assert not hearing.go_to("hash of page three")
    assert hearing.page() == since.page_script_hash


def test_a_link_back_to_the_page_that_was_left_is_followed(session):
    send(session, message(), message(TWO, link=True), message(ONE, link=True))
    assert hearing.page() == session.asked[-1].page_script_hash == ONE


def test_a_page_that_the_server_still_thinks_left_is_believed_after_a_while(session, monkeypatch):
    send(session, message(), message(TWO, link=True))
    later = hearing.monotonic() + hearing.LATE + 1
    monkeypatch.setattr(hearing, "monotonic", lambda: later)
    send(session, message(ONE, digits=["5", "7"]))
    assert session.asked[-1].page_script_hash == ONE


def test_a_part_that_is_gone_becomes_the_whole_page(session):
    send(session, message(fragment="gone", norm="L2"))
    assert session.asked[-1].fragment_id == ""
    assert told() == [{"norm": "L2"}]


def test_a_part_that_stands_is_asked_for_alone(session):
    send(session, message(fragment="part", norm="L2"))
    assert session.asked[-1].fragment_id == "part"


def test_the_timer_of_a_part_that_is_gone_asks_for_nothing(session):
    send(session, message(fragment="part"))
    send(session, message(fragment="gone", timer=True), message(TWO, link=True))
    send(session, message(ONE, fragment="part", timer=True))
    assert [asked.fragment_id for asked in session.asked] == ["part", ""]


def test_a_timer_that_brings_news_is_not_dropped(session):
    send(session, message(), message(fragment="gone", timer=True, norm="L2"))
    assert not session.asked[-1].is_auto_rerun
    assert told()[-1] == {"norm": "L2"}


def test_back_is_remembered_whatever_follows(session):
    send(session, message(), message(TWO, back="digits=3&digits=5"), message(TWO, norm="L2"))
    assert [letter.address for letter in heard()] == [None, {"digits": ["3", "5"]}, None]
    assert hearing.page() == TWO


@pytest.mark.parametrize(
    "forged",
    [
        {"norm": "L3"},
        {"norm": ["L1"]},
        {"norm": 5},
        {"norm": True},
        {"digits": ["0"]},
        {"digits": "3"},
        {"digits": ["3", "no digit"]},
        {"place": "first"},
        {"wall": "no JSON"},
    ],
)
def test_what_is_malformed_is_taken_out_and_the_rest_is_heard(session, forged):
    send(session, message())
    heard()
    send(session, message(**{"digits": ["5", "7"], "norm": "L2", "wall": {"at": 5}} | forged))
    (left,) = told()
    (key,) = forged
    assert key not in left
    assert left.keys() >= {"digits", "norm", "wall"} - {key}
    assert key not in states(session.asked[-1])


@pytest.mark.parametrize("text", ["{", "null", "[1]", '"x"', "5"])
def test_json_of_a_component_that_is_no_object_is_taken_out(session, text):
    made = message(norm="L2")
    made.widget_states.widgets.add(id="$$ID-1-wall").json_value = text
    send(session, made)
    assert told() == [{"norm": "L2"}]
    assert "wall" not in states(session.asked[-1])


def test_a_number_may_come_as_a_whole_one(session):
    send(session, message(), message(place=77))
    assert told()[-1] == {"place": 77}


def test_what_no_run_has_taken_up_gets_one_of_the_whole_page(session):
    send(session, message(fragment="part", norm="L2"))
    session.wait()
    asked = session.asked[-1]
    assert len(session.asked) == 2
    assert (asked.page_script_hash, asked.fragment_id) == (ONE, "")


def test_but_not_while_a_run_may_still_take_it_up(session):
    send(session, message(fragment="part", norm="L2"))
    session._state = AppSessionState.APP_IS_RUNNING
    session.wait()
    assert len(session.asked) == 1
    session._state = AppSessionState.APP_NOT_RUNNING
    session.wait()
    assert len(session.asked) == 2


def test_nor_once_it_was_taken_up_nor_after_the_session_ended(session):
    send(session, message(norm="L2"))
    heard()
    session.wait()
    send(session, message(norm="L1"))
    session._state = AppSessionState.SHUTDOWN_REQUESTED
    session.wait()
    assert len(session.asked) == 2


def test_a_message_that_cannot_be_heard_still_gets_its_run(session, monkeypatch, caplog):
    monkeypatch.setattr(hearing, "_hear", lambda *_: 1 / 0)
    send(session, message(norm="L2"))
    assert len(session.asked) == 1
    assert "a message was not heard" in caplog.text


def test_the_session_holds_its_post_and_nobody_else(session):
    send(session, message())
    assert session.id in hearing._posts
    del session.post
    assert session.id not in hearing._posts
