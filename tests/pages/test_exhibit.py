"""What breaks says so in its place. The page around it stands, and no reader is told what the fault was."""

import importlib
import pkgutil
import re
from contextlib import contextmanager

import pytest

from mnist_dash import components as floor
from mnist_dash import compute
from mnist_dash.chapter import listing
from mnist_dash.core.datasets import DatasetError
from mnist_dash.pages.shared.choices import Choices
from mnist_dash.pages.shared.contents import CONTENTS, PAGES
from tests.app import run, unfolded

SECRET = "/home/somebody/secret.py"
TEXTS = ("markdown", "caption", "error", "header", "title", "html", "exception")


def breaks(*args, **kwargs):
    raise RuntimeError(SECRET)


def component_that_breaks(name, folder=None):
    return breaks


FACES = [
    module
    for found in pkgutil.walk_packages(floor.__path__, f"{floor.__name__}.")
    for module in [importlib.import_module(found.name)]
    if hasattr(module, "component")
]
LAYERS = {
    "data": [(compute, "mnist", breaks)],
    "lines": [(compute, "outcome", breaks)],
    "components": [(face, "component", component_that_breaks) for face in FACES],
    "controls": [(Choices, "control", breaks)],
}


@contextmanager
def broken(layer):
    with pytest.MonkeyPatch.context() as patch:
        for owner, name, what in LAYERS[layer]:
            patch.setattr(owner, name, what)
        yield


def visited(page):
    """A page that stands, for what comes next."""
    return run() if page == "draw" else run().switch_page(f"pages/{page}/page.py").run()


def everything_said(at):
    said = [
        element.proto.body for kind in TEXTS for element in at.get(kind) if hasattr(element.proto, "body")
    ]
    return " ".join([*said, *(error.value for error in at.error)])


@pytest.mark.parametrize("page", PAGES)
def test_what_breaks_is_told_by_a_reference_and_the_next_choice_finds_a_whole_page(page, caplog):
    at = visited(page)
    for layer in LAYERS:
        with broken(layer):
            at.run()
        assert at.title[0].value == PAGES[page].heading, layer
        assert not at.exception, layer
        assert SECRET not in everything_said(at), layer
        assert "Traceback" not in everything_said(at), layer
        for error in at.error:
            if error.value.startswith("`"):  # an exhibit shows what PyTorch says of a jagged list
                continue
            reference = re.search("reference ([0-9a-f]{6})", error.value)
            assert reference, f"{layer}: {error.value}"
            assert any(reference[1] in record.getMessage() and record.exc_info for record in caplog.records)
        at.run()
        assert not [error for error in at.error if "reference" in error.value], layer


@pytest.mark.parametrize(("page", "layer"), [("accuracy", "lines"), ("draw", "components"), ("line", "data")])
def test_the_layers_do_break(page, layer):
    at = visited(page)
    with broken(layer):
        at.run()
    assert at.error


LEARN = [page.name for page in CONTENTS["Learn"] if page.name not in ("draw", "recap")]


@pytest.mark.parametrize("page", LEARN)
def test_the_line_beside_a_fold_is_one_of_those_that_ran(page):
    at = run(page)
    ran = [
        text.partition("  #")[0].strip()
        for cell in at.session_state["cells"][page].values()
        for text in listing.text(cell.function, cell.given).splitlines()
    ]
    beside = [line for fold in at.expander for line in re.findall("`(.+)`", fold.label)]
    assert beside
    assert set(beside) <= set(ran)


def test_a_listing_is_whole_and_says_how_many_of_its_lines_are_imports():
    at = unfolded(run("distance"))
    heads = [block.value.partition("\n\n")[0].splitlines() for block in at.code]
    said = [re.search(r"<summary>(\d+) import", html.proto.body) for html in at.get("html")]
    assert [int(found[1]) for found in said if found] == [len(head) for head in heads if "import" in head[0]]
    assert all("import" in line for head in heads if "import" in head[0] for line in head)


@pytest.mark.parametrize("page", PAGES)
def test_a_data_set_that_cannot_be_read_is_told_in_its_own_sentence(page, monkeypatch):
    at = visited(page)

    def unread():
        raise DatasetError("train-labels-idx1-ubyte.gz is cut off: take it from the repository again")

    monkeypatch.setattr(compute, "mnist", unread)
    at.run()
    assert at.title[0].value == PAGES[page].heading
    assert not at.exception
    for error in at.error:
        if error.value.startswith("`"):
            continue
        assert error.value.startswith("The data cannot be read: train-labels-idx1-ubyte.gz is cut off")
