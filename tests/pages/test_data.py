"""The Data page: what is in the box, MNIST or a set of the reader's own, without a browser."""

import base64
import gc
import io
import re
import subprocess
import sys
from ast import literal_eval
from threading import Event
from weakref import ref

import numpy as np
import pytest
import streamlit as st
import torch
from PIL import Image
from sklearn.neighbors import NearestCentroid

from mnist_dash import load_dataset
from mnist_dash.chapter import listing
from mnist_dash.compute import arrival
from mnist_dash.pages.data.box import _saved
from mnist_dash.pages.shared import set_in_use
from mnist_dash.pages.shared.settings import BOX
from mnist_dash.pages.shared.words import plain
from tests.app import button, choose, component, control, run, sound
from tests.core.datasets.files import idx, png, zipped
from tests.own import (
    NAMES,
    SETS,
    all_read,
    arrived,
    bring,
    digits,
    give,
    in_folders,
    in_use,
    letters,
    noisy,
    unlabelled,
)
from tests.pages.shown import exact, text


def numbers(at):
    """Which training images are shown, in order."""
    return [number for number, *_ in component(at, "wall")["tiles"]]


def labels(at):
    return [label for _, label, *_ in component(at, "wall")["tiles"]]


def read(at):
    """All words of the page, without what Markdown hides."""
    return re.sub(r"\\(.)", r"\1", text(at))


def told(at):
    """Why nothing came of a file."""
    (error,) = at.error
    return re.sub(r"\\(.)", r"\1", error.value)


# -- MNIST -----------------------------------------------------------------------------------------------


def test_ten_of_each_digit_are_shown_as_they_are(mnist):
    sent = component(run("data"), "wall")
    assert [label for _, label in sent["tiles"]] == [str(digit) for digit in range(10) for _ in range(10)]
    shown = [number for number, _ in sent["tiles"]]
    assert mnist.train.labels[shown].tolist() == [int(label) for _, label in sent["tiles"]]
    assert len(set(shown)) == 100
    sprite = Image.open(io.BytesIO(base64.b64decode(sent["sprite"].partition(",")[2]))).convert("L")
    ink = 255 - np.asarray(sprite).reshape(100, 28, 28).astype(int)
    assert abs(ink - mnist.train.images[shown].numpy()).max() <= 8  # sixteen greys


def test_others_are_shown_on_a_click_and_the_same_by_the_same_address():
    at = run("data")
    first = numbers(at)
    button(at, "Show others").click().run()
    second = numbers(at)
    assert first != second
    assert dict(at.query_params) == {"seed": "1"}
    assert numbers(run("data", seed="1")) == second
    assert numbers(run("data", seed="999")) != second


def test_what_is_in_the_box_is_told_with_its_source_and_licence():
    at = run("data", box="origin")
    assert "MNIST" in [header.value for header in at.header]
    for fact in (
        *("70,000 images of 28 × 28", "10 classes", "60,000 to learn from, 10,000 to be judged on"),
        *("5,421 (5) to 6,742 (1)", "55.4 MB", "LeCun", "CC BY-SA 3.0", "6bbc9ace898e44ae"),
    ):
        assert fact in read(at)
    assert at.code[0].value.splitlines() == [
        *("path.ls()", "(#2) [Path('train'),Path('valid')]"),
        *("(path/'train').ls()", "(#10) [Path('train/0'),Path('train/1'),Path('train/2')...]"),
        *("(path/'valid').ls()", "(#10) [Path('valid/0'),Path('valid/1'),Path('valid/2')...]"),
    ]


@pytest.mark.parametrize("norm", ["L1", "L2"])
def test_the_farthest_from_their_own_ideal_are_those_by_definition(mnist, norm):
    at = run("data", box="farthest", norm=norm)
    found = []
    for digit in range(10):
        places = (mnist.train.labels == digit).nonzero()[:, 0]
        images = mnist.train.images[places].double() / 255
        off = images - images.mean(0)
        far = off.abs().mean((1, 2)) if norm == "L1" else off.square().mean((1, 2)).sqrt()
        found += places[far.argsort(descending=True)[:10]].tolist()
    assert numbers(at) == found


def test_mnist_gives_the_known_accuracies():
    at = run("data", box="baseline")
    found = [metric.value.replace("\N{NO-BREAK SPACE}", " ") for metric in at.metric]
    assert found == ["66.8 %", "66.1 %", "82.0 %", "81.7 %"]
    assert "The line of chance is 11.3 %: always answering 1 would" in read(at)
    assert len(component(at, "confusion")["norms"]) == 2


# -- a set of the reader's own ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", SETS)
def test_every_exhibit_takes_every_set(name):
    at = bring(run("data"), (name, SETS[name]()))
    stem = name.partition(".")[0]
    assert f"In use on every page: {stem}." in read(at).replace("**", "")
    data = load_dataset(named(name))
    height, width = data.train.images.shape[1:]
    assert f"images of {height} × {width} pixels in {len(data.classes)} classes" in read(at)
    assert all(note in read(at) for note in data.notes)
    for shown in BOX:
        at = choose(at, box=shown)
        if shown in ("samples", "farthest"):
            assert set(labels(at)) <= set(data.classes)
            assert len(numbers(at)) == min(100, 10 * len(data.classes))


def named(name):
    file = io.BytesIO(SETS[name]())
    file.name = name
    return file


@pytest.mark.filterwarnings("ignore:self.within_class_std_dev_")  # a corner that nobody writes in
@pytest.mark.parametrize("name", SETS)
def test_its_baseline_is_that_of_scikit_learn(name):
    at = bring(run("data", box="baseline"), (name, SETS[name]()))
    data = in_use(at)
    train, valid = (part.images.flatten(1).numpy() / 255.0 for part in (data.train, data.valid))
    centroids = NearestCentroid().fit(train, data.train.labels.numpy())
    l1 = abs(valid[:, None] - centroids.centroids_).mean(2).argmin(1)
    truth = data.valid.labels.numpy()
    for place, called in enumerate((l1, centroids.predict(valid))):
        pooled, mean = at.metric[2 * place], at.metric[2 * place + 1]
        assert exact(pooled) == f"{(called == truth).mean():.4f}"
        by_class = [(called[truth == cls] == cls).mean() for cls in np.unique(truth)]
        assert exact(mean) == f"{np.mean(by_class):.4f}"
    assert len(component(at, "maps")["groups"][0]["maps"]) == len(data.classes)


def test_a_wrong_label_is_the_farthest_of_its_class():
    stacks = noisy("ab", 20, (12, 12))
    stacks["a"][7] = stacks["b"][0]
    at = bring(run("data", box="farthest"), ("mixed.zip", in_folders(stacks)))
    data = in_use(at)
    first = component(at, "wall")["tiles"][0]
    assert first[1:] == ["a", "b", "b"]
    assert data.train.images[first[0]].equal(torch.from_numpy(stacks["a"][7]))


def test_names_are_shown_as_they_are_and_never_read_as_markup():
    at = bring(run("data", box="baseline"), ("two.zip", SETS["two.zip"]()))
    assert set(in_use(at).classes) == set(NAMES)
    in_markdown = " ".join(block.value for block in [*at.markdown, *at.caption])
    at = choose(at, box="samples")
    in_html = " ".join(element.proto.body for element in at.get("html"))
    assert "&lt;b&gt;Falter" in in_html
    assert "<b>Falter" not in in_html
    assert any(name in in_markdown for name in map(plain, NAMES))
    for read in ("<b>Falter", "*Motten*", "[x]", ":red["):
        assert read not in in_markdown.replace("\\" + read[0], "")


def test_what_the_files_leave_open_can_be_chosen():
    at = bring(run("data"), ("letters.zip", letters()))
    before = in_use(at)
    control(at, "own_share").set_value(50).run()
    at = arrived(at)
    assert len(in_use(at).valid) == 26 * 6 != len(before.valid)
    control(at, "own_seed").set_value(5).run()
    at = arrived(at)
    by_hand = load_dataset(named("letters.zip"), share=0.5, seed=5)
    assert in_use(at).valid.images.equal(by_hand.valid.images)


def test_dark_ink_is_turned_round_and_can_be_left():
    dark = {name: 255 - stack // 4 for name, stack in noisy("ab", 10, (8, 8)).items()}
    at = bring(run("data"), ("dark.zip", in_folders(dark)))
    assert "Ink is dark here" in read(at)
    turned = in_use(at).train.images
    assert control(at, "own_invert").value
    control(at, "own_invert").set_value(False).run()
    at = arrived(at)
    assert in_use(at).train.images.equal(255 - turned)
    assert not control(at, "own_invert").value  # it can be taken back


def test_what_lies_on_its_side_is_turned_by_one_click(mnist):
    images, labels = mnist.valid.images[:1_000], mnist.valid.labels[:1_000]
    lying = images.transpose(1, 2).contiguous().numpy()
    at = bring(run("data"), ("emnist.gz", idx(lying, packed=True)), ("labels", idx(labels.numpy())))
    assert "turn=True sets them upright" in read(at)
    control(at, "own_turn").set_value(True).run()
    at = arrived(at)
    assert "lie on their side" not in read(at)
    upright = load_dataset([io.BytesIO(idx(images.numpy())), io.BytesIO(idx(labels.numpy()))])
    assert in_use(at).train.images.equal(upright.train.images)


def test_mixed_sizes_are_refused_and_resized_when_that_is_chosen():
    mixed = zipped(
        {f"{cls}/{n}.png": png(np.full((8 + n, 8), 40 * n, np.uint8)) for cls in "ab" for n in range(4)}
    )
    at = bring(run("data"), ("mixed.zip", mixed))
    assert "give size=28 to have all resized" in told(at)
    assert in_use(at) is None
    control(at, "own_size").set_value(16).run()
    at = arrived(at)
    assert not at.error
    assert in_use(at).train.images.shape[1:] == (16, 16)


def test_the_outermost_folder_is_the_class_when_that_is_chosen():
    nested = zipped(
        {
            f"{writer}/{cls}/{n}.png": png(image)
            for writer in ("ann", "bob", "cy")
            for cls, stack in noisy("ab", 4, (8, 8)).items()
            for n, image in enumerate(stack)
        }
    )
    at = bring(run("data"), ("nested.zip", nested))
    assert in_use(at).classes == ("a", "b")
    control(at, "own_level").set_value(True).run()
    assert in_use(arrived(at)).classes == ("ann", "bob", "cy")


def test_files_that_belong_together_are_given_at_once(mnist):
    images, labels = mnist.valid.images[:200].numpy(), mnist.valid.labels[:200].numpy()
    at = bring(run("data"), ("one.bin", idx(labels, packed=True)), ("other.bin", idx(images)))
    assert len(in_use(at).train) + len(in_use(at).valid) == 200


def test_back_to_mnist_by_one_click_and_nothing_of_the_set_is_left():
    at = bring(run("data", box="baseline"), ("digits.npz", digits()))
    choose(at, box="farthest")
    weak = ref(in_use(at)), ref(in_use(at).train.images)
    button(at, "Back to MNIST").click().run()
    sound(at)
    assert in_use(at) is None
    assert "60,000 to learn from" in read(at)
    sound(at.run())
    gc.collect()
    assert [each() for each in weak] == [None, None]


def test_a_set_belongs_to_its_visit_and_ends_with_it():
    one, other = (run("data", box="baseline") for _ in range(2))
    one = bring(one, ("digits.npz", digits()))
    sound(other.run())
    assert in_use(other) is None
    assert "60,000 to learn from" in read(other)
    other = bring(other, ("letters.zip", letters()))
    assert (len(in_use(one).classes), len(in_use(other).classes)) == (10, 26)
    weak = ref(in_use(one)), ref(in_use(one).train.images)
    del one
    gc.collect()
    assert [each() for each in weak] == [None, None]


def test_what_a_visit_has_brought_is_freed_soon_after_its_browser_has_left(monkeypatch):
    at = bring(run("data", box="baseline"), ("digits.npz", digits()))
    desk, active = at.session_state["desk"], set()
    weak = ref(in_use(at)), ref(in_use(at).train.images)

    class Runtime:
        is_active_session = active.__contains__

    monkeypatch.setattr(set_in_use.runtime, "get_instance", Runtime)
    ttl = st.get_option("server.disconnectedSessionTTL")
    set_in_use.forget_ended(100.0)
    active.add(desk.session)  # it came back
    set_in_use.forget_ended(100.0 + ttl + 1)
    assert desk.own
    active.clear()
    set_in_use.forget_ended(1_000.0)
    set_in_use.forget_ended(1_000.0 + ttl)
    assert desk.own
    set_in_use.forget_ended(1_000.0 + ttl + 1)
    assert (desk.own, desk.files) == (None, None)
    assert [each() for each in weak] == [None, None]  # though the page, with all its cells, is still there
    assert at.session_state["cells"]["data"]


@pytest.fixture
def go_on(monkeypatch):
    """Until this is set, nothing that is brought is read."""
    event = Event()

    def load(*args, **options):
        event.wait()
        return load_dataset(*args, **options)

    monkeypatch.setattr(arrival, "load_dataset", load)
    yield event
    event.set()


@pytest.mark.parametrize("since", ["reading goes on", "all is read"])
def test_the_set_in_use_stays_while_another_is_read_and_if_that_is_cancelled(since, go_on):
    go_on.set()
    at = bring(run("data"), ("digits.npz", digits()))
    data = in_use(at)
    go_on.clear()
    at = give(at, ("letters.zip", letters()))
    assert in_use(at) is data
    if since == "all is read":
        go_on.set()
        all_read(at)
    button(at, "Cancel").click().run()
    go_on.set()
    at = arrived(sound(at))
    assert in_use(at) is data
    assert not at.error


# -- bad files -------------------------------------------------------------------------------------------

BAD = {
    "page.gz": (b"<html>Not found</html>", "page.gz is a web page"),
    "cut.gz": (idx(np.arange(5 * 64, dtype=np.uint8).reshape(5, 8, 8))[:-70], "ends after 3 of 5 images"),
    "one.zip": (in_folders(noisy("a", 4, (8, 8))), "one class only"),
    "empty.csv": (b"", "is empty"),
    "[a](b) <b>*c*.txt": (b"nothing of use", "[a](b) <b>*c*.txt is a text"),
    "trap.zip": (zipped({"../a/1.png": png(np.zeros((8, 8), np.uint8))}), "leads out of it"),
}


@pytest.mark.parametrize("name", BAD, ids=["page", "cut off", "one class", "empty", "markup", "trap"])
def test_a_bad_file_is_one_sentence_and_the_set_in_use_stays(name):
    content, words = BAD[name]
    at = bring(run("data"), ("digits.npz", digits()))
    data = in_use(at)
    at = bring(at, (name, content))
    assert words in told(at)
    assert "Traceback" not in told(at)
    assert in_use(at) is data
    control(at, "own_seed").set_value(1).run()  # is still of the set in use
    at = arrived(at)
    assert not at.error
    assert in_use(at).name == "digits"
    at = bring(at, ("letters.zip", letters()))
    assert len(in_use(at).classes) == 26


# -- what goes out ---------------------------------------------------------------------------------------


def test_images_without_labels_are_called_and_the_answers_downloaded(mnist):
    images = mnist.valid.images[:40]
    at = bring(run("data"), ("unknown.csv", unlabelled(images.numpy())))
    assert "each of its 40 images was called by the nearest ideal of MNIST" in read(at)
    assert in_use(at) is None
    table = at.session_state["desk"].unlabelled.calls
    rows = at.table[0].value
    assert rows["L2"].tolist() == table["L2"][:5]
    own = bring(run("data"), ("digits.npz", digits()))
    own = bring(own, ("unknown.csv", unlabelled(images.numpy())))
    assert own.session_state["desk"].unlabelled.images.shape == (40, 8, 8)


@pytest.mark.parametrize("form", ["zip", "parquet"])
def test_the_set_in_use_is_exported_and_read_back_as_it_is(form):
    at = bring(run("data"), ("digits.npz", digits()))
    labels = [button.proto.label for button in at.get("download_button")]
    assert {"Export as ZIP", "Export as Parquet"} <= set(labels)
    data = in_use(at)
    file = io.BytesIO(_saved(ref(data), form))
    file.name = f"digits.{form}"
    again = load_dataset(file)
    for one, other in ((data.train, again.train), (data.valid, again.valid)):
        assert one.images.equal(other.images)
        assert one.labels.equal(other.labels)
    assert again.classes == data.classes


def test_the_code_of_an_own_set_gives_what_the_page_shows(tmp_path):
    at = bring(run("data", box="baseline"), ("digits.npz", digits()))
    (tmp_path / "digits.npz").write_bytes(digits())
    cells = at.session_state["cells"]["data"]
    code = listing.text(cells["scores"].function, cells["scores"].given)
    assert "data = load_dataset('digits.npz')" in code
    *lines, last = code.splitlines()
    assert last.startswith("{")
    script = "\n".join([*lines, f"shown = {last}", "print([each.pooled for each in shown.values()])"])
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    at_page = [float(exact(at.metric[place])) for place in (0, 2)]
    assert literal_eval(ran.stdout) == pytest.approx(at_page, abs=5e-5)


def test_the_app_can_be_started_with_a_path(tmp_path, monkeypatch):
    path = tmp_path / "letters.zip"
    path.write_bytes(letters())
    monkeypatch.setenv("MNIST_DASH_DATA", str(path))
    at = arrived(run("data"))
    assert in_use(at).name == "letters"
    other = tmp_path / "digits.npz"
    other.write_bytes(digits())
    monkeypatch.setattr(sys, "argv", ["streamlit_app.py", "--data", str(other)])
    at = arrived(run("data"))
    assert in_use(at).name == "digits"
    button(at, "Back to MNIST").click().run()
    assert in_use(sound(at)) is None


# -- a set that there is no room for -----------------------------------------------------------------------


def test_of_a_set_read_in_a_stream_the_ideals_of_all_stand_beside_those_of_the_kept(monkeypatch, tmp_path):
    monkeypatch.setenv("MNIST_DASH_MEMORY", "0.04")  # MB: about 600 of 1,797 images
    at = bring(run("data", box="baseline"), ("digits.npz", digits()))
    data, every = in_use(at), load_dataset(named("digits.npz"))
    kept = len(data.train) + len(data.valid)
    assert f"{kept:,} images of 8 × 8 pixels in 10 classes, drawn by chance from the 1,797 that" in read(at)
    counted = at.session_state["cells"]["data"]["counts of classes"]
    parts = (every.train, every.valid)
    of_every = {
        name: [int((part.labels == cls).sum()) for part in parts] for cls, name in enumerate("0123456789")
    }
    assert counted.function(data) == of_every
    assert all(f"<span>{count}</span>" in at.get("html")[0].proto.body for count in of_every["3"])
    assert f"{kept:,} images, drawn by chance (seed=0), are kept to look at" in read(at)
    few, many = component(at, "maps")["groups"]
    assert few["title"] == f"The {len(data.train):,} training images kept"
    assert many["title"] == f"All {len(every.train):,} training images"
    of_all = [every.train.images[every.train.labels == cls].double().mean(0) / 255 for cls in range(10)]
    for shown, ideal in zip(many["maps"], of_all, strict=True):
        sent = np.frombuffer(base64.b64decode(shown["pixels"]), np.float32).reshape(8, 8)
        assert abs(sent - ideal.numpy()).max() < 1e-6
    of_kept = [data.train.images[data.train.labels == cls].double().mean(0) / 255 for cls in range(10)]
    apart = max(float((one - other).abs().max()) for one, other in zip(of_all, of_kept, strict=True))
    assert f"differs by more than {apart:.3f}" in read(at).replace("**", "")
    flat = (data.valid.images.double() / 255).flatten(1)
    centroids = torch.stack(of_all).flatten(1)
    right = (torch.cdist(flat, centroids).argmin(1) == data.valid.labels).double().mean()
    assert f"L2] is right on {100 * right:.1f}" in read(at).replace("**", "")
    cell = at.session_state["cells"]["data"]["by every image"]
    (tmp_path / "digits.npz").write_bytes(digits())
    *lines, last = listing.text(cell.function, cell.given).splitlines()
    assert "load_dataset('digits.npz', memory=40000)" in "\n".join(lines)
    script = "\n".join([*lines, f"shown = {last}", "print(shown['L2'].pooled)"])
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert float(ran.stdout) == pytest.approx(float(right))
    at.switch_page("pages/magnet/page.py").run()
    assert f"digits, {kept:,} of its 1,797, drawn by chance" in read(at).replace("**", "")
