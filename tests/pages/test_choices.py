"""The reader's choices, without a browser: what is said, in any order and however late, and what is shown."""

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some

from mnist_dash.components.digit_pad import Drawing
from mnist_dash.pages.shared import choices, hearing
from mnist_dash.pages.shared.hearing import Letter
from mnist_dash.pages.shared.settings import SETTINGS, NotAllowedError


@pytest.fixture
def chosen(monkeypatch):
    """Choices whose page has run once, and the letters that they are told of next: ``chosen.post``."""
    made = choices.Choices()
    made.post = []

    def letters(keys):
        while made.post:
            yield made.post.pop(0)

    monkeypatch.setattr(hearing, "letters", letters)
    monkeypatch.setattr(st, "query_params", Address())
    made.begin("draw", no_set)
    return made


def no_set():
    """Nothing has arrived that could come into use."""


class Address(dict):
    """As st.query_params."""

    def get_all(self, name):
        return self[name]

    def from_dict(self, values):
        self.clear()
        self.update(values)


def says(chosen, key, value):
    chosen.post.append(Letter({key: value}, []))


def test_a_control_says_what_is_chosen(chosen):
    shown = chosen.control("norm")
    assert shown["default"] == "L1"
    says(chosen, shown["key"], "L2")
    assert chosen.take_up()
    assert chosen["norm"] == "L2"
    assert chosen.control("norm") == {"key": shown["key"], "default": "L2"}


def test_a_control_that_has_to_show_something_else_is_replaced(chosen):
    shown = chosen.control("norm")
    chosen.choose(norm="L2")
    assert chosen.control("norm")["key"] != shown["key"]


def test_a_page_that_was_left_has_new_controls(chosen):
    shown = chosen.control("norm")
    chosen.begin("pixels", no_set)
    chosen.begin("draw", no_set)
    assert chosen.control("norm")["key"] != shown["key"]
    assert chosen.control("norm") == chosen.control("norm")


def test_what_is_repeated_late_of_an_old_control_is_about_nothing(chosen):
    old = chosen.control("norm")["key"]
    chosen.choose(norm="L2")
    chosen.control("norm")
    says(chosen, old, "L1")  # as the browser showed it
    chosen.take_up()
    assert chosen["norm"] == "L2"


def test_what_a_control_can_not_show_stays_chosen_until_it_says_something_else(chosen):
    chosen.choose(place=5000)
    shown = chosen.control("place", "value", lambda place: min(place, 900))
    assert shown["value"] == 900
    says(chosen, shown["key"], 900)  # as it is shown
    chosen.take_up()
    assert chosen["place"] == 5000
    says(chosen, shown["key"], 899)
    chosen.take_up()
    assert chosen["place"] == 899


def test_a_click_on_an_old_control_counts(chosen):
    old = chosen.control("digits")["key"]
    chosen.choose(digits=(0, 1, 2))
    chosen.control("digits")
    says(chosen, old, [3, 5, 7])  # it showed 3 and 7: 5 was switched on
    chosen.take_up()
    assert chosen["digits"] == (0, 1, 2, 5)


def test_every_click_on_next_counts(chosen, monkeypatch):
    monkeypatch.setattr(st, "button", lambda label, **options: None)
    chosen.button("Next", lambda: {"place": chosen["place"] + 1})
    chosen.post += [Letter({}, ["Next button"]) for _ in range(5)]
    chosen.take_up()
    assert chosen["place"] == SETTINGS["place"].default + 5


def test_what_is_no_valid_word_is_not_heard_and_the_control_is_set_right(chosen):
    shown = chosen.control("digits")
    says(chosen, shown["key"], [3])
    chosen.take_up()
    assert chosen["digits"] == (3, 7)
    assert chosen.news == ["Two possible answers at least: the nearest ideal needs a rival."]
    assert chosen.control("digits")["key"] != shown["key"]


def test_one_digit_chosen_twice_makes_the_pair_change_places(chosen):
    chosen.choose(ideal=7)
    assert (chosen["ideal"], chosen["rival"]) == (7, 3)


def test_a_component_is_heard_only_of_what_is_new(chosen):
    told = []

    def face(key):
        return lambda news: told.append(news) or {"image": news[max(news)]["at"]}

    chosen.mount(face, "wall")
    says(chosen, "wall", {"open": {"at": 5, "number": 1}})
    chosen.take_up()
    chosen.mount(face, "wall")
    says(chosen, "wall", {"open": {"at": 5, "number": 1}, "turn": {"at": 24, "number": 2}})
    chosen.take_up()
    assert told == [{"open": {"at": 5, "number": 1}}, {"turn": {"at": 24, "number": 2}}]
    assert chosen.answered("wall", "turn") == 2


def test_a_component_may_still_speak_of_what_it_showed_before(chosen):
    def face(key, images):
        return lambda news: {"image": news["open"]["at"]} if news["open"]["at"] in images else {}

    chosen.mount(face, "wall", range(0, 24))
    for _ in range(5):  # as after five clicks on Next
        chosen.mount(face, "wall", range(24, 48))  # which the reader does not see yet
    says(chosen, "wall", {"open": {"at": 5, "number": 1}})
    chosen.take_up()
    assert chosen["image"] == 5


def test_a_setting_that_is_dragged_leaves_the_page_as_it_is_until_it_rests(chosen):
    chosen.moving = "noise"
    chosen.choose(noise=0.5)
    assert not chosen.take_up()
    chosen.moving = None
    assert chosen.take_up()


def test_back_chooses_what_the_address_says_and_what_it_does_not_say_by_default(chosen):
    chosen.choose(norm="L2", place=5, drawing=Drawing(b"\1" * 784))
    chosen.post.append(Letter({}, [], {"place": ["3"]}))
    chosen.take_up()
    assert (chosen["norm"], chosen["place"]) == ("L1", 3)


def test_letters_are_taken_up_in_their_order(chosen, monkeypatch):
    monkeypatch.setattr(st, "button", lambda label, **options: None)
    chosen.button("All ten", {"digits": tuple(range(10))})
    key = chosen.control("digits")["key"]
    chosen.post += [Letter({key: [3, 5, 7]}, []), Letter({}, ["All ten button"]), Letter({key: [3, 7]}, [])]
    chosen.take_up()
    assert chosen["digits"] == (0, 1, 2, 3, 4, 6, 7, 8, 9)  # 5 was switched on, then all, then 5 off


def test_runs_that_overlap_take_letters_up_in_their_order(chosen, monkeypatch):
    """Streamlit replaces a run by another while the first may still be at what was said to it."""
    monkeypatch.setattr(st, "button", lambda label, **options: None)
    asked, go_on = Event(), Event()

    def slow():
        asked.set()
        go_on.wait()
        return {"value": 0.54}

    chosen.button("Slow", slow)
    chosen.button("Quick", {"value": 0.64})
    chosen.post.append(Letter({}, ["Slow button"]))
    with ThreadPoolExecutor() as pool:
        replaced = pool.submit(chosen.take_up)
        asked.wait()
        chosen.post.append(Letter({}, ["Quick button"]))
        latest = pool.submit(chosen.take_up)
        wait([latest], timeout=0.1)  # it would be done by now
        go_on.set()
        assert replaced.result()
        assert latest.result()
    assert chosen["value"] == 0.64


TEXTS = some.lists(some.text(max_size=12) | some.integers(-20, 70_000).map(str), max_size=4)


@given(some.dictionaries(some.sampled_from(sorted(SETTINGS)) | some.text(max_size=5), TEXTS))
def test_any_address_is_read_and_what_was_read_is_written_as_it_is_read(address):
    made = choices.Choices()
    made._read(address)
    again = choices.Choices()
    again._read(made.address())
    assert again.values == made.values
    assert made["ideal"] != made["rival"]
    assert len(made["digits"]) >= 2


@given(
    some.sampled_from(sorted(SETTINGS)),
    some.recursive(some.none() | some.booleans() | some.integers() | some.floats() | some.text(), some.lists),
)
def test_a_setting_takes_a_value_that_it_can_say_again_or_refuses_it(name, value):
    setting = SETTINGS[name]
    try:
        checked = setting.checked(value)
    except NotAllowedError:
        return
    assert setting.checked(checked) == checked
    if (texts := setting.write(checked)) is not None and checked != setting.default:
        assert setting.read(texts) == checked


# -- what a component of ours shows of a setting and says of it --------------------------------------


def ink(*strokes):
    """A drawing of so many strokes."""
    return Drawing.from_message([{"tool": "pen", "size": 40, "points": [x, 0]} for x in strokes])


def test_what_a_component_says_is_not_sent_back_to_it(chosen):
    before = chosen.copy("drawing")
    chosen.choose(**chosen.changed("drawing", ink(1), 0, 1))
    assert chosen["drawing"] == ink(1)
    after = chosen.copy("drawing")
    assert before.taken
    assert (after.taken, after.number, after.after) == (True, before.number, 1)


def test_what_was_chosen_elsewhere_is_sent_under_another_number_until_it_is_taken(chosen):
    chosen.copy("drawing")
    chosen.choose(**chosen.changed("drawing", ink(1), 0, 1))
    chosen.choose(drawing=ink(2))
    sent = chosen.copy("drawing")
    assert (sent.value, sent.taken, sent.after) == (ink(2), False, 1)
    assert chosen.copy("drawing") is sent
    assert chosen.changed("drawing", ink(1, 3), 0, 2) == {}  # it does not know of this yet
    chosen.choose(**chosen.changed("drawing", ink(2, 3), sent.number, 3))
    assert chosen["drawing"] == ink(2, 3)
    assert chosen.copy("drawing").taken


def test_what_is_said_after_something_else_was_chosen_is_about_nothing(chosen):
    """Both were told in one breath, the click first: no run has shown it yet."""
    chosen.copy("drawing")
    chosen.choose(drawing=ink(2))
    assert chosen.changed("drawing", ink(1), 0, 1) == {}
    assert chosen["drawing"] == ink(2)


def test_a_drawing_goes_back_to_blank_with_the_address(chosen):
    chosen.copy("drawing")
    chosen.choose(**chosen.changed("drawing", ink(1), 0, 1))
    chosen.post.append(Letter({}, [], {}))
    chosen.take_up()
    assert chosen["drawing"] == Drawing()
    assert not chosen.copy("drawing").taken


def test_what_no_address_holds_stays_when_the_reader_goes_back(chosen):
    long = ink(*(number * number % 1_009 for number in range(1_500)))
    chosen.choose(norm="L2", drawing=long, computed=3)
    chosen.post.append(Letter({}, [], {}))
    chosen.take_up()
    assert (chosen["norm"], chosen["drawing"], chosen["computed"]) == ("L1", long, 3)
