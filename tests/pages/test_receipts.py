"""The Receipts page: every number that the book prints, through the entry point without a browser."""

from tests import oracle
from tests.app import button, control, run, unfolded
from tests.pages.shown import text


def test_every_receipt_agrees_with_the_book():
    at = run("receipts")
    assert "**27 of 27**" in text(at)
    html = next(element.proto.body for element in at.get("html") if "receipts" in element.proto.body)
    assert html.count("✓") == 27
    assert "✗" not in html.split("</style>")[1]


def test_where_notes_go_wrong_is_shown_with_numbers():
    words = text(run("receipts"))
    assert "**0.0408**" in words
    assert "**0.2021**" in words
    assert "**87.37**" in words
    assert "255 is indeed white: opened as it is, a digit of MNIST is white on black" in words
    assert "Could not infer dtype of PngImageFile" in words
    assert "a number 0, a row 1, an image 2, a stack 3" in words


def test_overfitting_and_normalizing_are_told_with_their_numbers(mnist):
    words = text(run("receipts"))
    shares = []
    for part in (mnist.train, mnist.valid):
        two = part.of((3, 7))
        called, _ = oracle.answers(two.images.numpy(), oracle.ideals(mnist.train, (3, 7)), (3, 7), "L1")
        shares.append(100 * (called == two.labels.numpy()).mean())
    assert f"gets {shares[0]:.1f} % of its own images right, and {shares[1]:.1f} % of the new" in words
    threes = mnist.train.images[mnist.train.labels == 3].double().numpy() / 255
    assert f"**{threes.mean():.3f}** and **{threes.std():.3f}** over all training 3s" in words


def test_computed_again_they_still_agree():
    at = run("receipts")
    before = at.session_state["choices"]["computed"]
    button(at, "Compute them again").click().run()
    assert at.session_state["choices"]["computed"] > before
    assert "**27 of 27**" in text(at)


def test_the_code_of_every_line_is_one_choice_away():
    at = run("receipts", receipt="6")
    assert control(at, "receipt").value == 6
    assert any(code.value.endswith("\nstacked.shape") for code in unfolded(at).code)
    control(at, "receipt").set_value(8).run()
    assert any(code.value.endswith("\nstacked.ndim") for code in at.code)
    assert dict(at.query_params) == {"receipt": ["8"]} or dict(at.query_params) == {"receipt": "8"}
