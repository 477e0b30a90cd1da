"""The quiz on Recap."""

import re

from mnist_dash.pages.shared.guess import answered
from mnist_dash.pages.shared.questions import QUESTIONS
from mnist_dash.pages.shared.settings import Guess
from tests.app import button, choose, chosen, control, run, sound
from tests.pages.shown import text

TYPED = ("count", "few", "right")


def say(at, answer):
    """Answer the question that is asked now."""
    asked = next(name for name in QUESTIONS if name not in {each.question for each in chosen(at, "quiz")})
    if isinstance(answer, int):
        return sound(control(at, "quiz").set_value(answer).run())
    return sound(at.button(key=f"quiz {asked} {'skip' if answer is None else answer}").click().run())


def right(name):
    """The right answer, as the question itself finds it."""
    found = re.search(r"It is [*][*](.+?)[*][*]", answered(Guess(name, None)).words)[1]
    return found if name not in TYPED else int(found.replace(",", ""))


def test_there_are_twelve_questions_and_who_knows_all_is_told_so():
    at = run("recap")
    for number, name in enumerate(QUESTIONS, start=1):
        assert f"**{number} of 12. " in text(at)
        at = say(at, right(name))
        assert "and that is right" in text(at)
    assert "**12 of 12** right or close." in text(at)
    assert "Worth another look" not in text(at)
    at = sound(button(at, "Once more").click().run())
    assert "**1 of 12. " in text(at)


def test_what_was_guessed_on_the_page_stands_beside_the_truth_and_is_asked_about_again():
    at = run("stack", ideal="7")
    at = sound(at.button(key="guessed shape (6265, 784)").click().run())
    at.switch_page("pages/recap/page.py").run()
    choose(at, ideal=3, quiz=tuple(Guess(name, None) for name in ("blank", "count", "paper")))
    assert "**4 of 12. Stack 6,265 images" in text(at)
    at = say(at, "(6265, 28, 28)")
    assert "You said **(6265, 28, 28)**, and that is right." in text(at)
    assert "*On its page you guessed (6265, 784).*" in text(at)


def test_what_was_wrong_or_skipped_is_worth_another_look_with_a_link_there():
    at = choose(run("recap"), guessed=(Guess("paper", "1"), Guess("blank", None)))
    for _ in QUESTIONS:
        at = say(at, None)
    assert "**0 of 12** right or close. Before you had seen the exhibits, you guessed 0 of 1." in text(at)
    labels = [link.proto.label for link in at.get("page_link")]
    for name, question in QUESTIONS.items():
        asked = answered(Guess(name, None)).asked
        assert any(asked in label for label in labels), question.page


def test_a_question_about_a_drawing_that_is_gone_is_about_the_book_s_image():
    at = choose(run("recap"), **{"from": "drawn"})
    before = tuple(QUESTIONS)[: list(QUESTIONS).index("nearer")]
    at = choose(at, quiz=tuple(Guess(name, None) for name in before))
    assert "Which ideal is nearer to training image 10,000?" in text(at)
