"""Flip it, on the page."""

import base64

import numpy as np
import pytest

from mnist_dash import chapter, compute
from mnist_dash.components.digit_pad import Drawing
from mnist_dash.core.baseline import NORMS
from tests.app import button, chosen, component, components, run

ALL = [str(digit) for digit in range(10)]


def pictures(at):
    """Norm -> its changed picture and the image, as sent."""
    found = {}
    for sent in components(at, "maps"):
        group = sent["groups"][0]
        if [picture["name"] for picture in group["maps"]][:1] == ["changed"]:
            found[group["norm"]] = [
                np.frombuffer(base64.b64decode(picture["pixels"]), np.uint8).reshape(28, 28)
                for picture in group["maps"][:2]
            ]
    assert set(found) == set(NORMS)
    return found


def by_hand(image, mnist, digits, norm):
    """The nearest ideal's digit, by NumPy. image: (28, 28), 0 to 255."""
    apart = []
    for digit in digits:
        ideal = mnist.train.images[mnist.train.labels == digit].numpy().astype(np.float64).mean(0) / 255
        difference = np.abs(image / 255 - ideal)
        apart.append(difference.mean() if norm == "L1" else (difference**2).mean())
    return digits[int(np.argmin(apart))]


def test_each_norm_s_answer_is_changed_and_not_a_pixel_earlier(mnist):
    at = run("stress", image="17")
    image = mnist.valid.images[17].numpy()
    for norm, (changed, original) in pictures(at).items():
        assert (original == image).all()
        before, after = (by_hand(picture, mnist, (3, 7), norm) for picture in (image, changed))
        assert before != after
        count = int((changed != image).sum())
        words = " ".join(block.value for block in at.markdown)
        assert f"{norm}]: from {before} to {after} with {count} pixels" in words
        assert f"{norm}] **{count} of 784**" in words
    count = min(int((c != o).sum()) for c, o in pictures(at).values())
    at = run("stress", image="17", flipped=str(count - 1))
    for norm, (changed, _) in pictures(at).items():
        assert by_hand(changed, mnist, (3, 7), norm) == by_hand(image, mnist, (3, 7), norm)
        assert (changed != image).sum() == count - 1


def test_what_the_other_norm_says_of_the_changed_picture_is_what_numpy_says(mnist):
    at = run("stress", image="42", digits=ALL)
    words = " ".join(block.value for block in at.markdown)
    for changed, _ in pictures(at).values():
        says = [by_hand(changed, mnist, tuple(range(10)), norm) for norm in NORMS]
        assert f":blue[L1] calls it **{says[0]}**; :orange[L2] calls it **{says[1]}**." in words


@pytest.mark.parametrize(
    ("label", "norm"),
    [
        ("Put the image on the pad", None),
        ("Put L1's flip on the pad", "L1"),
        ("Put L2's flip on the pad", "L2"),
    ],
)
def test_a_picture_is_put_on_the_pad_pixel_for_pixel(label, norm):
    at = run("stress", image="17")
    sent = pictures(at)
    expected = sent["L1"][1] if norm is None else sent[norm][0]
    button(at, label).click().run()
    assert not at.exception
    assert component(at, "digit_pad")
    assert chosen(at, "drawing") == Drawing(grid=expected.tobytes())


@pytest.mark.parametrize(
    "query", [{"also": ["undivided"]}, {"noise": "0.4"}, {"also": ["inverted"], "how": "median"}]
)
def test_what_is_shown_is_what_was_classified_under_stress_too(query):
    at = run("stress", image="17", digits=["1", "3", "8"], **query)
    cell = at.session_state["cells"]["stress"]["fewest"]
    seen = compute.outcome(chapter.one_seen, cell.given).value.byte().numpy()
    for changed, original in pictures(at).values():
        assert (original == seen).all()
        assert (changed != seen).any()


def test_the_pad_is_said_to_know_neither_medians_nor_undivided_numbers():
    captions = [c.value for c in run("stress", image="17", how="median", also=["undivided"]).caption]
    words = next(caption for caption in captions if caption.startswith("There, paint"))
    assert "mean of all its training images" in words
    assert "not divided by 255" in words


@pytest.mark.parametrize("flipped", ["x", "-4", "99999"])
def test_nonsense_in_the_url_is_survived(flipped):
    pictures(run("stress", image="17", flipped=flipped))


def test_the_distances_cross_at_the_last_pixel():
    at = run("stress", image="17")
    charts = [sent for sent in components(at, "live_curves") if sent["title"] == "pixels changed"]
    assert len(charts) == 2
    for chart in charts:
        old, new = (np.array(curve["y"]) for curve in chart["curves"])
        assert (old[:-1] <= new[:-1] + 1e-7).all()
        assert new[-1] <= old[-1] + 1e-7
        assert len(chart["x"]) - 1 == chart["at"]
