"""Files become a set in a thread of their own, and nothing keeps them once nobody wants them."""

import gc
import io
import time
from threading import Event
from weakref import ref

import pytest

from mnist_dash import chapter, compute
from mnist_dash.compute import Arrival, Files, Own, Unlabelled, arrival
from mnist_dash.core.datasets import load_dataset
from tests.own import digits, letters, unlabelled


def waited(one, seconds=30):
    end = time.monotonic() + seconds
    while not one.done:
        assert time.monotonic() < end
        time.sleep(0.01)
    return one


def gone(weak, seconds=10):
    end = time.monotonic() + seconds
    while weak() is not None and time.monotonic() < end:
        gc.collect()
        time.sleep(0.05)
    return weak() is None


def files(content, name="letters.zip"):
    return Files(((name, content),))


@pytest.fixture
def held_up(monkeypatch):
    """A reading that tells its progress again and again until it is let go."""
    told, go = Event(), Event()

    def slow(source, *, progress, **options):
        while not go.is_set():
            progress(3, 10)
            told.set()
            time.sleep(0.01)
        return load_dataset(source, **options)

    monkeypatch.setattr(arrival, "load_dataset", slow)
    yield told, go
    go.set()


def test_files_become_a_set_with_the_words_that_load_it(mnist):
    one = waited(Arrival(files(letters()), {"share": 0.5, "seed": 3}, mnist))
    assert (one.error, type(one.value)) == ("", Own)
    assert one.value.words == "'letters.zip', share=0.5, seed=3"
    assert len(one.value.data.classes) == 26
    again = load_dataset(io.BytesIO(letters()), share=0.5, seed=3)
    assert one.value.data.train.images.equal(again.train.images)


def test_what_goes_wrong_is_one_sentence(mnist):
    one = waited(Arrival(files(b"<html>no</html>", "letters.gz"), {}, mnist))
    assert one.value is None
    assert one.error.startswith("letters.gz is a web page")


def test_a_trouble_that_nobody_has_thought_of_is_one_sentence_too(mnist, monkeypatch, caplog):
    def out_of_memory(*args, **options):
        raise MemoryError

    monkeypatch.setattr(arrival, "load_dataset", out_of_memory)
    one = waited(Arrival(files(letters()), {}, mnist))
    assert one.error == "letters.zip can't be read: it may be too large for this computer, or damaged"
    assert "MemoryError" in caplog.text


def test_what_has_no_labels_is_called_by_the_set_in_use(mnist):
    images = mnist.valid.images[:50]
    one = waited(Arrival(files(unlabelled(images.numpy()), "unknown.csv"), {}, mnist))
    assert isinstance(one.value, Unlabelled)
    assert one.value.images.equal(images)
    given = {"data": chapter.data}
    given |= {"digits": tuple(range(10)), "how": "mean", "first": None}
    calls = compute.outcome(chapter.answers, given).value
    assert one.value.calls == {norm: [str(cls) for cls in each[:50].tolist()] for norm, each in calls.items()}


def test_progress_is_told_and_cancel_ends_the_reading(mnist, held_up):
    told, _ = held_up
    one = Arrival(files(letters()), {}, mnist)
    assert told.wait(10)
    assert one.said == (3, 10)
    threads = [thread for thread in arrival._threads if thread.is_alive()]
    one.cancel()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    assert not one.done


def test_a_reading_ends_when_nobody_holds_it(mnist, held_up):
    told, _ = held_up
    one = Arrival(files(letters()), {}, mnist)
    assert told.wait(10)
    threads, weak = [thread for thread in arrival._threads if thread.is_alive()], ref(one)
    del one
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    assert weak() is None


def test_two_are_read_at_once_and_the_others_wait(mnist, held_up):
    told, go = held_up
    two = [Arrival(files(letters()), {}, mnist) for _ in range(2)]
    assert told.wait(10)
    third = Arrival(files(letters()), {}, mnist)
    time.sleep(0.5)
    assert third.said == (0, 0)
    go.set()
    assert all(waited(one).value for one in (*two, third))


def test_no_memory_of_the_process_holds_a_set_or_what_was_computed_on_it(mnist):
    one = waited(Arrival(files(digits(), "digits.npz"), {}, mnist))
    own = one.value
    given = {**own.given, "digits": own.data.labels, "how": "mean", "first": None}
    for line in (chapter.scores, chapter.confusions, chapter.listings):
        assert compute.outcome(line, given).error is None
    scores = compute.outcome(chapter.scores, given)
    assert compute.outcome(chapter.scores, given) is scores  # but the set itself does
    weak = [ref(own), ref(own.data), ref(own.data.train.images), ref(own.data.valid)]
    del one, own, given, scores
    assert all(map(gone, weak))


def test_sets_of_two_readers_do_not_meet(mnist):
    one, other = (waited(Arrival(files(content), {}, mnist)).value for content in (digits(), letters()))
    found = [compute.outcome(chapter.counts_of_classes, own.given).value for own in (one, other, one)]
    assert [len(each) for each in found] == [10, 26, 10]
    assert compute.outcome(chapter.counts_of_classes, {"data": chapter.data}).value["5"] == [5421, 892]


def test_a_path_is_read_once_for_all_and_again_if_it_failed(mnist, tmp_path):
    path = tmp_path / "letters.zip"
    failed = waited(compute.shared_arrival(path, mnist))
    assert failed.error.startswith("letters.zip is not there")
    path.write_bytes(letters())
    one = waited(compute.shared_arrival(path, mnist))
    assert one.value.words == ascii(str(path))
    one.cancel()
    assert compute.shared_arrival(path, mnist) is one
