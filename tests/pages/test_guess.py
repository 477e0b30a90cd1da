"""Guess first: what is asked, what is right, and what is remembered, without a browser."""

import re

import numpy as np
import pytest

from mnist_dash import chapter, compute
from mnist_dash.components.digit_pad import Drawing
from mnist_dash.pages.shared.guess import answered
from mnist_dash.pages.shared.questions import QUESTIONS
from mnist_dash.pages.shared.settings import SETTINGS, Guess
from tests import oracle
from tests.app import button, choose, chosen, component, control, drawn, run, sound
from tests.pages.shown import ideal_of, text

PAGES = list(dict.fromkeys(question.page for question in QUESTIONS.values()))


def answer(at, name, said):
    """The same page with this answer given: a button, or a number that is typed."""
    if isinstance(said, int):
        return sound(control(at, "guessed").set_value(said).run())
    key = f"guessed {name} {'skip' if said is None else said}"
    return sound(at.button(key=key).click().run())


def guess_of(at, name):
    return next((each for each in chosen(at, "guessed") if each.question == name), None)


def told(at, name):
    """What the page says of the answer."""
    return answered(guess_of(at, name))


def typed(at):
    return [field for field in at.number_input if (field.key or "").startswith("guessed ")]


# -- the exhibit -----------------------------------------------------------------------------------------


def test_every_page_of_the_lesson_up_to_recap_asks_something():
    assert PAGES == ["draw", "pixels", "stack", "ideal", "distance", "broadcasting", "accuracy"]


@pytest.mark.parametrize("page", PAGES)
def test_no_truth_is_told_before_the_guess(page):
    at = run(page)
    assert not re.search("You said|It is [*][*]", text(at))
    names = [name for name, question in QUESTIONS.items() if question.page == page]
    assert [name for name in names if at.button(key=f"guessed {name} skip")] == names


def test_the_truth_is_worked_out_only_once_it_is_asked_for(monkeypatch):
    asked = []
    outcome = compute.outcome

    def noted(function, given, **options):
        asked.append(function)
        return outcome(function, given, **options)

    monkeypatch.setattr(compute, "outcome", noted)
    at = run("pixels")
    assert QUESTIONS["paper"].line not in asked
    answer(at, "paper", "255")
    assert QUESTIONS["paper"].line in asked


@pytest.mark.parametrize(
    ("said", "mark", "words"),
    [
        (784, "right", "**✓** You said **784**, and that is right. 28 rows"),
        (700, "near", "**≈** You said **700**. Close: it is **784**. 28 rows"),
        (28, "wrong", "**✗** You said **28**. It is **784**. 28 rows"),
        (None, "skipped", "**→** It is **784**. 28 rows"),
    ],
)
def test_a_guess_stands_beside_the_truth(said, mark, words):
    at = answer(run("pixels"), "count", said)
    assert told(at, "count").mark == mark
    assert words in text(at)
    assert not typed(at)


def test_the_first_answer_counts():
    at = run("pixels")
    at.button(key="guessed paper 1").click()
    at = answer(at, "paper", "255")  # told in one breath, in the order of the page
    assert [each.said for each in chosen(at, "guessed")] == ["1"]


def test_a_guess_stays_that_of_what_was_asked_until_the_reader_wants_another():
    at = answer(run("stack", ideal="7"), "shape", "(6265, 28, 28)")
    at = choose(at, ideal=3)
    assert told(at, "shape").mark == "right"
    assert "Stack 6,265 images" in text(at)
    at = sound(at.button(key="shape again").click().run())
    assert "Stack 6,131 images" in text(at)
    assert guess_of(at, "shape") is None


def test_no_questions_please_hides_all_and_recap_brings_them_back():
    at = run("distance")
    at = sound(at.button(key="nearer no questions").click().run())
    assert at.query_params["guess"] == "off"
    for page in PAGES:
        at.switch_page(f"pages/{page}/page.py").run()
        assert not [each for each in at.button if each.key.endswith(" skip")]
        assert not [idea for idea in ideas(at) if "Guess first" in idea]
    at.switch_page("pages/recap/page.py").run()
    at = sound(button(at, "Ask me questions again").click().run())
    assert "guess" not in at.query_params
    assert at.switch_page("pages/distance/page.py").run().button(key="guessed nearer skip")


def ideas(at):
    return [cell.idea for cell in at.session_state["cells"][at.session_state["choices"].page].values()]


@pytest.mark.parametrize("page", PAGES)
def test_the_notebook_asks_too_before_the_lines_that_answer(page):
    at = run(page)
    asked = [idea for idea in ideas(at) if idea.startswith("**Guess first.** ")]
    view = at.session_state["choices"].values
    assert asked == [f"**Guess first.** {each.ask(view)}" for each in QUESTIONS.values() if each.page == page]


# -- the truths, each against another way to it ------------------------------------------------------------


def truth(at, name):
    """The right answer of what is asked on this page."""
    return answered_truth(answer(at, name, None), name)


def answered_truth(at, name):
    return re.search(r"It is \*\*(.+?)\*\*", told(at, name).words)[1]


def test_paper_is_the_number_of_most_pixels(mnist):
    at = run("pixels", **{"from": "valid", "digit": "8", "place": "7"})
    image = mnist.valid.images[mnist.valid.labels == 8]
    assert truth(at, "paper") == "0"
    found = re.search("the value of ([0-9]+) of the 784", text(at))
    assert int(found[1]) in {int((each == 0).sum()) for each in image}


def test_a_block_of_images_has_their_number_in_front(mnist):
    count = int((mnist.train.labels == 8).sum())
    assert truth(run("stack", ideal="8"), "shape") == f"({count}, 28, 28)"


@pytest.mark.parametrize(("digit", "row", "column"), [(3, 9, 14), (3, 6, 14), (1, 14, 14), (5, 0, 0)])
def test_whether_the_mean_is_darker_than_most(mnist, digit, row, column):
    values = mnist.train.images[mnist.train.labels == digit][:, row, column].double().numpy()
    half, mean = len(values) / 2, values.mean()
    expected = (
        "darker" if (values < mean).sum() > half else "lighter" if (values > mean).sum() > half else None
    )
    at = run("ideal", ideal=str(digit), rival="7", pixel=f"{row},{column}")
    assert truth(at, "darker") == (expected or "neither")


@pytest.mark.parametrize(("digit", "place"), [(3, 1), (7, 2), (3, 77)])
def test_which_ideal_is_nearer_and_what_the_signed_differences_add_up_to(mnist, digit, place):
    at = run("distance", **{"from": "valid", "digit": str(digit), "place": str(place)})
    at = answer(answer(at, "nearer", None), "signed", None)
    files = compute.made(chapter.files, {"folder": f"valid/{digit}"})
    image = mnist.valid.images[files[place].number].double().numpy() / 255
    three, seven = (ideal_of(mnist, each).double().numpy() for each in (3, 7))
    nearer = 3 if np.abs(image - three).mean() < np.abs(image - seven).mean() else 7
    assert answered_truth(at, "nearer") == f"ideal {nearer}"
    total = (image - three).sum()
    said = {"−100": -100, "0": 0, "100": 100}
    assert said[answered_truth(at, "signed")] == min(said.values(), key=lambda each: abs(each - total))
    shown = re.search("The sum is ([+−]?)([0-9.]+):", text(at))
    assert abs(float(shown[2]) * (-1 if shown[1] == "−" else 1) - total) < 0.06


def test_one_pixel_weighs_twenty_eight_times_as_much_in_l2():
    at = run("distance")
    assert truth(at, "one pixel") == f"{(1 / 784) ** 0.5 / (1 / 784):.0f}"


def test_an_image_that_is_drawn_is_asked_about_too(mnist):
    at = drawn(run(), mnist.valid.images[17])
    at.switch_page("pages/distance/page.py").run()
    control(at, "from").set_value("drawn").run()
    assert "Which ideal is nearer to your drawing?" in text(at)
    assert truth(at, "nearer") == "ideal 7"  # validation image 17 is one


def test_the_set_less_an_ideal_keeps_the_shape_of_the_set(mnist):
    count = int((mnist.valid.labels == 4).sum())
    shape = np.broadcast_shapes((count, 28, 28), (28, 28))
    assert truth(run("broadcasting", ideal="4"), "difference") == str(shape)


@pytest.mark.parametrize("digits", [(3, 7), (1, 4, 9)])
def test_how_many_of_a_hundred_are_right(mnist, digits):
    at = run("accuracy", digits=list(map(str, digits)))
    ideals = np.stack([ideal_of(mnist, digit).numpy() for digit in digits])
    right = total = 0
    for place, digit in enumerate(digits):
        images = (mnist.valid.images[mnist.valid.labels == digit].float() / 255).numpy()
        far = np.stack([np.abs(images - ideal).mean((-1, -2)) for ideal in ideals])
        right, total = right + int((far.argmin(0) == place).sum()), total + len(images)
    assert truth(at, "right") == f"{100 * right / total:.0f}"
    assert f"{right:,} of {total:,} validation images" in text(at)


@pytest.mark.parametrize("pair", [(3, 7), (4, 9)])
def test_how_good_ideals_of_ten_images_are(mnist, pair):
    at = run("ideal", ideal=str(pair[0]), rival=str(pair[1]))
    ideals = [mnist.train.images[mnist.train.labels == digit][:10].double().numpy().mean(0) for digit in pair]
    right = []
    for place, digit in enumerate(pair):
        images = mnist.valid.images[mnist.valid.labels == digit].double().numpy()
        far = np.stack([np.abs(images - ideal).mean((-1, -2)) for ideal in ideals])
        right.append((far.argmin(0) == place).mean())
    assert truth(at, "few") == f"{100 * np.mean(right):.0f}"


@pytest.mark.parametrize(
    ("digits", "said"), [((3, 7), "about the same"), (tuple(range(10)), "new ones"), ((2, 6), None)]
)
def test_whether_its_own_images_are_easier(mnist, digits, said):
    at = run("accuracy", digits=list(map(str, digits)))
    shares = []
    for part in (mnist.train, mnist.valid):
        called, _ = oracle.answers(
            part.of(digits).images.numpy(), oracle.ideals(mnist.train, digits), digits, "L1"
        )
        shares.append((called == part.of(digits).labels.numpy()).mean())
    own, new = shares
    expected = "about the same" if abs(own - new) < 0.01 else "its own" if own > new else "new ones"
    assert said in (None, expected)
    assert truth(at, "own") == expected
    assert f"gets {100 * own:.1f} % of its own images right and {100 * new:.1f} % of the new" in text(at)


def test_a_blank_page_is_nearer_to_the_ideal_with_less_ink(mnist):
    ink = {digit: float(ideal_of(mnist, digit).mean()) for digit in range(10)}
    at = run("draw")
    assert truth(at, "blank") == ("a 1" if ink[1] < ink[8] else "an 8")
    assert f"{ink[1]:.4f} for 1, {ink[8]:.4f} for 8" in text(at)
    assert f"Of all ten digits, {min(ink, key=ink.get)} has the least." in text(at)


# -- what is remembered --------------------------------------------------------------------------------------


def recall(at, notes):
    """The same page once the browser has told what it kept."""
    at.session_state["frame memory"] = {"recall": {"at": notes, "number": 1}}
    return sound(at.run())


def test_what_is_kept_is_what_another_visit_understands(mnist):
    at = answer(run("pixels"), "count", 700)
    at.switch_page("pages/distance/page.py").run()
    at = answer(answer(at, "nearer", "ideal 7"), "one pixel", None)
    notes = component(at, "memory")["notes"]
    assert notes["count"] == {"said": 700, "view": {}}
    other = recall(run("recap"), notes)
    assert {*chosen(other, "guessed")} == {*chosen(at, "guessed")}
    assert component(other, "memory")["notes"] == notes


def test_earlier_guesses_are_told_once_and_do_not_come_back_when_forgotten():
    at = recall(run("recap"), {"count": {"said": 700, "view": {}}})
    at = sound(button(at, "Forget my guesses").click().run())
    assert chosen(at, "guessed") == ()
    at = recall(at, {"count": {"said": 701, "view": {}}})
    assert chosen(at, "guessed") == ()
    assert component(at, "memory")["notes"] == {}


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("unknown", {"said": 1, "view": {}}),
        ("count", {"said": 0, "view": {}}),
        ("count", {"said": True, "view": {}}),
        ("count", {"said": 7.5, "view": {}}),
        ("count", {"said": "784", "view": {}}),
        ("count", {"said": 784, "view": {"digit": ["3"]}}),
        ("count", {"said": 784}),
        ("count", 784),
        ("paper", {"said": "7", "view": {}}),
        ("paper", {"said": ["0"], "view": {}}),
        ("shape", {"said": "(6131, 28, 28)", "view": {}}),
        ("shape", {"said": "(6131, 28, 28)", "view": {"ideal": ["x"]}}),
        ("shape", {"said": "(6131, 28, 28)", "view": {"ideal": "3"}}),
        ("shape", {"said": "(6131, 28, 28)", "view": {"ideal": [3]}}),
        ("shape", {"said": "(6131, 28, 28)", "view": {"nothing": ["3"]}}),
        ("nearer", {"said": "ideal 3", "view": {"from": ["drawn"], "drawing": ["a"]}}),
    ],
)
def test_what_no_visit_has_written_is_not_heard(name, note):
    at = recall(run("recap"), {name: note, "blank": {"said": "a 1", "view": {}}})
    assert chosen(at, "guessed") == (Guess("blank", "a 1"),)


def test_a_guess_about_a_drawing_too_long_for_an_address_lasts_as_long_as_the_visit():
    points = np.random.default_rng(0).integers(0, 560, 2000).tolist()
    at = choose(run(), drawing=Drawing.from_message([{"tool": "pen", "size": 40, "points": points}]))
    assert SETTINGS["drawing"].write(chosen(at, "drawing")) is None
    at.switch_page("pages/distance/page.py").run()
    control(at, "from").set_value("drawn").run()
    at = answer(answer(at, "nearer", None), "one pixel", None)
    assert guess_of(at, "nearer")
    assert [*component(at, "memory")["notes"]] == ["one pixel"]


# -- Recap ---------------------------------------------------------------------------------------------------


def test_recap_shows_every_guess_beside_the_truth_with_a_link_to_its_page():
    at = answer(answer(run("pixels"), "count", 700), "paper", "255")
    at.switch_page("pages/accuracy/page.py").run()
    at = answer(at, "right", 95)
    at = sound(at.switch_page("pages/recap/page.py").run())
    links = [link.proto.label for link in at.get("page_link")]
    for name in ("count", "paper", "right"):
        assert told(at, name).words.replace("\N{NO-BREAK SPACE}", " ") in text(at)
        assert any(told(at, name).asked in label for label in links)
    assert f"3 of {len(QUESTIONS)} questions: **1 right**, **1 close**, **1 wrong**." in text(at)


def test_recap_says_where_the_first_questions_are():
    at = run("recap")
    assert "Nothing yet." in text(at)
    assert any("is an empty page more like" in link.proto.label for link in at.get("page_link"))
    assert not [each for each in at.button if each.label == "Forget my guesses"]
