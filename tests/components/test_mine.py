"""The reader's own digits: what a browser may tell of them, and how they change."""

import base64
import io
import zlib

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from mnist_dash import load_dataset
from mnist_dash.components import my_digits as face
from mnist_dash.components.my_digits import MOST, Digit, Mine, read_rows
from mnist_dash.components.my_digits.mine import LONGEST
from tests.properties import examples

INK = bytes(783) + b"\xff"


def pixels(number):
    """A picture of its own for every number."""
    return number.to_bytes(784, "big")


def packed(content):
    return base64.b64encode(zlib.compress(content)).decode()


def mine(*labels):
    return Mine().with_more((label, pixels(number)) for number, label in enumerate(labels, 1))


# -- the border ------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 9), st.binary(min_size=784, max_size=784)), max_size=4))
@examples(0.5)
def test_what_is_kept_is_read_back(found):
    kept = Mine().with_more((label, image) for label, image in found if any(image))
    digits, bad = read_rows([digit.row for digit in kept.digits])
    assert digits == kept.digits
    assert bad == []
    assert all(len(digit.row[2]) <= LONGEST for digit in digits)


@pytest.mark.parametrize(
    "row",
    [
        None,
        5,
        [],
        {},
        [1, 3],
        [1, 3, packed(INK), 4],
        [True, 3, packed(INK)],
        [1, True, packed(INK)],
        [1.0, 3, packed(INK)],
        [0, 3, packed(INK)],
        [-1, 3, packed(INK)],
        [2**53, 3, packed(INK)],
        [1, 10, packed(INK)],
        [1, -1, packed(INK)],
        [1, "3", packed(INK)],
        [1, 3, None],
        [1, 3, ""],
        [1, 3, "ä"],
        [1, 3, base64.b64encode(INK).decode()],
        [1, 3, packed(INK)[:-8]],
        [1, 3, packed(INK + b"\0")],
        [1, 3, packed(INK[1:])],
        [1, 3, packed(bytes(784))],  # no ink
        [1, 3, packed(bytes(10**7) + b"\xff")],  # a bomb
    ],
    ids=range(24),
)
def test_what_is_no_digit_is_left_out_and_the_rest_stays(row):
    good = [7, 3, packed(INK)]
    digits, bad = read_rows([row, good, row])
    assert digits == (Digit(7, 3, INK),)
    assert bad == [row, row]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
@examples(0.3)
def test_whatever_a_browser_tells_is_read(rows):
    digits, bad = read_rows(rows)
    assert len(digits) + len(bad) <= (len(rows) if isinstance(rows, list) else 1)


def test_digits_come_in_the_order_of_their_ids_and_each_once():
    rows = [[9, 3, packed(INK)], [2, 7, packed(INK)], [9, 4, packed(INK)]]
    assert [(digit.id, digit.label) for digit in read_rows(rows)[0]] == [(2, 7), (9, 4)]


# -- changes ---------------------------------------------------------------------------------------------


def test_what_is_there_is_not_there_twice_but_with_another_label_it_is():
    once = mine(3)
    assert len(once.with_more([(3, pixels(1)), (3, pixels(1))])) == 1
    assert [digit.label for digit in once.with_more([(5, pixels(1))]).digits] == [3, 5]


def test_there_is_room_for_so_many():
    full = mine(*[3] * (MOST + 5))
    assert len(full) == MOST
    assert len(full.with_more([(4, INK)])) == MOST
    assert len({digit.id for digit in full.digits}) == MOST
    assert [*full.labels] == sorted(full.labels)


def test_one_is_relabelled_or_deleted_and_the_others_stay():
    three = mine(3, 7, 3)
    ids = [*three.labels]
    assert [*three.relabelled(ids[1], 1).labels.values()] == [3, 1, 3]
    assert [*three.relabelled(ids[1], 1).labels] == ids
    assert [*three.without(ids[0]).labels] == ids[1:]
    assert three.counts == {3: 2, 7: 1}


@pytest.mark.parametrize("form", ["zip", "parquet"])
def test_what_is_saved_is_read_back_in_equal_tensors(mnist, form):
    images, labels = mnist.valid.images[:60], mnist.valid.labels[:60]
    kept = Mine().with_more(zip(labels.tolist(), map(bytes, images.flatten(1).tolist()), strict=True))
    read = load_dataset(io.BytesIO(kept.saved(form)), share=0)
    assert len(read.valid) == 0
    names = torch.tensor([int(name) for name in read.classes])
    assert read.train.images.equal(images)
    assert names[read.train.labels].equal(labels)


# -- what the browser is told and tells ------------------------------------------------------------------


@pytest.fixture
def told(monkeypatch):
    """What is sent to the browser, and what is understood of what it says."""
    sent = {}
    monkeypatch.setattr(face, "component", lambda name: lambda data, **mounted: sent.update(data))

    def mount(mine, kept):
        hear = face.my_digits(
            "m",
            mine,
            kept,
            visit=1,
            recalled=True,
            asks=False,
            on_recall=lambda rows: {"rows": rows},
            on_kept=lambda labels, trouble: {"labels": labels, "trouble": trouble},
        )
        return dict(sent), hear

    return mount


def test_the_browser_is_told_what_changes(told):
    two = mine(3, 7)
    (first, second) = two.labels
    data, _ = told(two, {})
    assert (data["added"], data["dropped"]) == ([digit.row for digit in two.digits], [])
    data, _ = told(two, two.labels)
    assert (data["added"], data["dropped"], data["number"]) == ([], [], 0)
    data, _ = told(two.relabelled(second, 1).without(first), two.labels)
    assert (data["added"], data["dropped"]) == ([[second, 1, two.digits[1].row[2]]], [first])
    data, _ = told(Mine(), {5: None})  # what could not be read
    assert data["dropped"] == [5]


def test_what_is_kept_is_that_of_the_change_that_was_made(told):
    one = mine(3)
    data, hear = told(one, {})
    kept = {"number": data["number"], "trouble": ""}
    assert hear({"kept": {"at": kept}}) == {"labels": one.labels, "trouble": ""}
    assert hear({"kept": {"at": kept | {"trouble": "full"}}})["trouble"] == "full"
    for other in ({"number": data["number"] + 1}, {"trouble": "<b>"}, {"trouble": None}, {"number": "x"}):
        assert hear({"kept": {"at": kept | other}}) == {}
    assert hear({"recall": {"at": [[1]]}}) == {"rows": [[1]]}
    for news in (None, 5, {}, {"recall": None}, {"recall": 5}, {"kept": {"at": 5}}, {"kept": None}):
        assert hear(news) == {}
