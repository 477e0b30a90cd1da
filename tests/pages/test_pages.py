"""Every page, run through the entry point without a browser."""

import pytest
import torch

from mnist_dash import compute, load_mnist
from tests.app import button, component, drawn, run

# -- Draw -----------------------------------------------------------------------------------------


def test_an_empty_pad_is_not_predicted_even_against_all_ten():
    at = run(digits=[str(digit) for digit in range(10)])
    sent = component(at, "readout")
    assert sent["classes"] == list(range(10))
    assert (sent["seen"], sent["verdicts"]) == (None, None)
    assert sent["headline"] == "Draw something"
    assert component(at, "maps") is None


def test_the_book_s_three_is_called_a_three_with_the_book_s_distances(mnist):
    at = drawn(run(), mnist.train.images[10_000])
    sent = component(at, "readout")
    assert sent["headline"] == "Both norms say 3"
    assert sent["classes"] == [3, 7]
    distances = {norm: verdict["distances"] for norm, verdict in sent["verdicts"].items()}
    assert distances == {"L1": [0.1114, 0.1586], "L2": [0.2021, 0.3021]}
    assert sent["verdicts"]["L1"]["margin"] == pytest.approx(0.0472, abs=1e-4)


def test_the_norm_decides_which_map_is_shown(mnist):
    at = drawn(run(), mnist.valid.images[0])
    assert component(at, "maps")["groups"][0]["norm"] == "L1"
    at.segmented_control(key="norm").set_value("L2").run()
    assert component(at, "maps")["groups"][0]["norm"] == "L2"
    assert component(at, "maps")["groups"][0]["maps"][2]["name"] == "difference²"


def test_the_code_shown_is_the_code_that_ran(mnist):
    at = drawn(run(), mnist.valid.images[0])
    assert at.code[0].value.startswith("def l1(images: Tensor, ideal: Tensor)")


def test_a_random_digit_is_put_on_the_pad_and_its_label_is_known():
    at = run()
    button(at, "A random digit from MNIST").click().run()
    at.run()
    assert not at.exception
    assert component(at, "readout")["note"].startswith("MNIST validation image ")
    assert component(at, "digit_pad")["load"]["grid"]


def test_a_blank_picture_on_the_pad_is_not_predicted():
    sent = component(drawn(run(), torch.zeros(28, 28, dtype=torch.uint8)), "readout")
    assert (sent["headline"], sent["verdicts"]) == ("Draw something", None)


def test_an_update_while_drawing_carries_less_than_3_kb(mnist):
    at = drawn(run(digits=[str(digit) for digit in range(10)]), mnist.valid.images[0])
    live = {"mnist-dash.digit_pad", "mnist-dash.readout"}
    protos = [element.proto for element in at.get("bidi_component")]
    assert sum(proto.ByteSize() for proto in protos if proto.component_name in live) < 3_000


@pytest.mark.parametrize("page", [None, "accuracy"])
def test_a_missing_data_file_gets_one_sentence_and_no_traceback(monkeypatch, tmp_path, page):
    def missing():
        return load_mnist(tmp_path)

    monkeypatch.setattr(compute, "mnist", missing)
    at = run(page)
    assert "train-images-idx3-ubyte.gz is missing" in at.error[0].value


# -- digits in play -------------------------------------------------------------------------------


def test_three_and_seven_are_in_play_at_first_and_all_ten_in_one_click():
    at = run()
    assert component(at, "readout")["classes"] == [3, 7]
    button(at, "All ten").click().run()
    assert component(at, "readout")["classes"] == list(range(10))
    button(at, "3 and 7").click().run()
    assert component(at, "readout")["classes"] == [3, 7]


@pytest.mark.parametrize("left", [[], [3]])
def test_fewer_than_two_digits_leaves_those_before_in_play_and_says_why(left):
    at = run(digits=["3", "8"])
    at.segmented_control(key="digits").set_value(left).run()
    assert component(at, "readout")["classes"] == [3, 8]
    assert "Two digits at least" in at.toast[0].value


@pytest.mark.parametrize(
    ("query", "classes"),
    [
        (["1", "0", "9"], [0, 1, 9]),
        (["5"], [3, 7]),
        (["5", "5"], [3, 7]),
        (["-3", "7.0", "٣"], [3, 7]),
        (["9" * 5000, "1"], [3, 7]),
        ([""], [3, 7]),
        (["11", "x"], [3, 7]),
        (["4", "x", "6"], [4, 6]),
        (["2", "2", "5"], [2, 5]),
    ],
)
def test_the_url_chooses_the_digits_and_nonsense_is_ignored(query, classes):
    assert component(run(digits=query), "readout")["classes"] == classes


def test_digits_in_play_stay_when_the_page_changes():
    at = run(digits=["0", "1"])
    at.switch_page("pages/accuracy/page.py").run()
    assert at.segmented_control(key="digits").value == [0, 1]


@pytest.mark.parametrize(("query", "norm"), [("L2", "L2"), ("L3", "L1"), ("", "L1"), ("l2", "L1")])
def test_the_url_chooses_the_norm_and_nonsense_is_ignored(mnist, query, norm):
    assert component(drawn(run(norm=query), mnist.valid.images[0]), "maps")["groups"][0]["norm"] == norm
