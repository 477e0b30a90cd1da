"""The code shown is the code that ran: every listing of every page gives, copied, what the page shows."""

import ast
import inspect
import re
from dataclasses import dataclass
from types import FunctionType

import nbformat
import pytest
import torch
from nbclient import NotebookClient

from mnist_dash import chapter, compute
from mnist_dash.chapter import listing
from mnist_dash.chapter.listing import Named
from mnist_dash.chapter.notebook import Cell, notebook
from mnist_dash.components.my_digits import Mine
from mnist_dash.pages.better.make_a_better_ideal import STEPS
from mnist_dash.pages.better.pads import all_painted, given
from mnist_dash.pages.shared.settings import BOX, LEFT_OUT, RULES, VIEWS, Descended
from tests.app import choose, control, drawn, run
from tests.listings import run_notebooks_afresh, same
from tests.serving import ROOT

PAGES = [
    *("pixels", "stack", "ideal", "distance", "broadcasting", "accuracy"),
    *("mistakes", "magnet", "stress", "line", "better", "ladder", "data", "receipts"),
]  # those that show lines
DRAWN = ["pixels", "distance"]  # pages that look at what is on the pad
OF_DRAWING = {chapter.image, chapter.three_means}
SPOILED = {"digits": ["0", "8"], "norm": "L2", "dx": "2", "noise": "0.2", "also": "undivided"}
OTHERS = [
    ("pixels", {"from": "valid", "digit": "8", "place": "77", "rows": "3:21", "shades": "column"}),
    ("ideal", {"ideal": "5", "rival": "8", "first": "30"}),
    *(("ideal", {"view": view}) for view in VIEWS),
    *(("stack", {"without": skipped}) for skipped in LEFT_OUT),
    *(("stack", {"rule": rule}) for rule in RULES),
    ("distance", {"from": "valid", "digit": "9", "place": "3", "ideal": "4", "rival": "9"}),
    ("distance", {"ideal": "0", "spot": "9,14", "value": "0.25"}),
    ("distance", {"closer": "confidence", "ideal": "0", "sharpness": "77"}),
    ("distance", {"closer": "torch", "ideal": "4"}),
    ("pixels", {"axes": "colour"}),
    ("broadcasting", {"ideal": "4", "a": "5, 1", "b": "2"}),
    ("broadcasting", {"fitting": "libraries"}),
    (
        "better",
        {
            "from": "valid",
            "digit": "9",
            "place": "3",
            "ideal": "4",
            "rival": "9",
            "step": "120",
            "improved": "gradient",
        },
    ),
    *((page, SPOILED) for page in ("accuracy", "mistakes", "stress", "ladder")),
    *((page, {"digits": ["1", "4", "9"], "how": "median", "first": "30"}) for page in ("accuracy", "magnet")),
    *(("accuracy", {"judged": way}) for way in ("overfitting", "images")),
    *(("data", {"box": shown}) for shown in BOX),
    ("accuracy", {"race": "5:37-37373737373737373"}),
    ("mistakes", {"mistakes": "norms", "digits": ["1", "4", "9"], "turn": "12"}),
    ("mistakes", {"order": "accuracy", "digits": ["1", "4", "9"]}),
    ("line", {"ideal": "4", "rival": "9", "norm": "L2", "t": "0.02", "at": "1000"}),
]
LINES = {
    name: value
    for name, value in vars(chapter).items()
    if isinstance(value, FunctionType) and value.__module__.startswith(chapter.__name__)
}


def cells_of(at) -> dict[str, Cell]:
    """What the page in view has run, by name."""
    return at.session_state["cells"][at.session_state["choices"].page]


def cells_of_drawing(page, pixels) -> dict[str, Cell]:
    """What a page runs that takes these 28 x 28 from the pad."""
    at = drawn(run(), pixels)
    at.switch_page(f"pages/{page}/page.py").run()
    control(at, "from").set_value("drawn").run()
    return {name: cell for name, cell in cells_of(at).items() if cell.function in OF_DRAWING}


def cells_of_painted() -> dict[str, Cell]:
    """What Better runs once a pad was painted on, and the gradient has painted from there."""
    begun, steps = ((7, bytes(range(196)) * 4),), STEPS | {"rounds": 2}
    losses, shares, pads = compute.outcome(chapter.descended, given(begun, (3, 7)) | steps).value
    painted = all_painted(begun, (3, 7), pads)
    done = Descended((3, 7), begun, tuple(losses), tuple(shares), painted)
    return cells_of(choose(run("better"), painted=painted, descended=done))


def mine(mnist) -> Mine:
    """Some digits of every kind, as if the reader had written them."""
    images = map(bytes, mnist.valid.images[:120].flatten(1).tolist())
    return Mine().with_more(zip(mnist.valid.labels[:120].tolist(), images, strict=True))


def shown(cell: Cell):
    """What the page shows of a cell: the value, or the error's type and message."""
    outcome = compute.outcome(cell.function, cell.given)
    return outcome.value if outcome.error is None else (type(outcome.error).__name__, str(outcome.error))


def check(cell: Cell, code: str, value) -> None:
    """Whether these lines, run afresh, gave what the page shows."""
    if cell.function is chapter.climbed:
        assert value.score == shown(cell).score
    elif cell.function is not chapter.timed:  # seconds, which are never twice the same
        assert same(shown(cell), value), f"{code}\n\n{value}\n\n{shown(cell)}"


@dataclass
class Seen:
    """What a page has run. listings: as it first shows, with other values and with a drawing: text -> cell.

    cells, book: as it first shows, and as a notebook.
    """

    listings: dict[str, Cell]
    cells: list[Cell]
    book: nbformat.NotebookNode

    @property
    def codes(self) -> list[str]:
        """The notebook's cells of code: the imports, then one for each cell of the page."""
        return [cell.source for cell in self.book.cells if cell.cell_type == "code"]


def texts(cells) -> dict[str, Cell]:
    return {listing.text(cell.function, cell.given): cell for cell in cells.values()}


@pytest.fixture(scope="module")
def seen(mnist) -> dict[str, Seen]:
    found = {}
    for page in PAGES:
        cells = cells_of(run(page))
        book = nbformat.reads(notebook("A page", cells.values()), as_version=4)
        found[page] = Seen(texts(cells), list(cells.values()), book)
    for page, query in OTHERS:
        found[page].listings |= texts(cells_of(run(page, **query)))
    for page in DRAWN:
        found[page].listings |= texts(cells_of_drawing(page, mnist.valid.images[17]))
    found["better"].listings |= texts(cells_of_painted())
    found["data"].listings |= texts(cells_of(choose(run("data", whose="mine"), mine=mine(mnist))))
    return found


def test_no_listing_has_more_imports_than_the_style_folds(seen):
    known = max(map(int, re.findall(r"st-key-imports-(\d)", (ROOT / "mnist_dash/frame.css").read_text())))
    heads = [text.partition("\n\n")[0].splitlines() for page in seen.values() for text in page.listings]
    assert max(len(head) for head in heads if head[0].startswith(("import ", "from "))) <= known


@pytest.fixture(scope="module")
def afresh(seen, mnist, tmp_path_factory):
    """What every listing and every notebook gives in one fresh interpreter: page -> text -> value, values."""
    all_texts = [(page, text) for page in seen for text in seen[page].listings]
    todo = [[text] for _, text in all_texts] + [seen[page].codes for page in seen]
    folder = tmp_path_factory.mktemp("afresh")
    (folder / "my-digits.parquet").write_bytes(mine(mnist).saved("parquet"))  # as Data exports it
    values = run_notebooks_afresh(todo, folder)
    listings, books = values[: len(all_texts)], values[len(all_texts) :]
    found = {page: ({}, book) for page, book in zip(seen, books, strict=True)}
    for (page, text), (value,) in zip(all_texts, listings, strict=True):
        found[page][0][text] = value
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_listing_gives_in_a_fresh_interpreter_what_the_page_shows(seen, afresh, page):
    assert seen[page].listings
    for text, cell in seen[page].listings.items():
        check(cell, text, afresh[page][0][text])


@pytest.mark.parametrize("page", DRAWN)
def test_a_drawing_is_in_the_listing_pixel_for_pixel(seen, page):
    """The test above runs it."""
    assert any("b85decode" in text for text in seen[page].listings)


@pytest.mark.parametrize("page", PAGES)
def test_the_notebook_of_a_page_gives_from_top_to_bottom_what_the_page_shows(seen, afresh, page):
    nbformat.validate(seen[page].book)
    words = [cell.source for cell in seen[page].book.cells if cell.cell_type == "markdown"]
    assert words[1:] == [cell.idea for cell in seen[page].cells]
    for cell, code, value in zip(seen[page].cells, seen[page].codes[1:], afresh[page][1][1:], strict=True):
        check(cell, code, value)
        assert cell.fails == (compute.outcome(cell.function, cell.given).error is not None)


def test_jupyter_runs_a_notebook_to_its_end_though_a_cell_raises_as_it_should(tmp_path):
    """One kernel is enough: what the cells of the pages give, the test above says."""
    given = {"folder": "valid/3", "place": 1}
    made = [
        Cell("fails", chapter.without_stack, given, fails=True),
        Cell("gives", chapter.image, given),
    ]
    book = nbformat.reads(notebook("Two cells", made), as_version=4)
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    _, *codes = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [code.outputs[-1].output_type for code in codes] == ["error", "execute_result"]


# -- how a listing is made --------------------------------------------------------------------------

GIVEN = {"folder": "train/3", "place": 1, "top": 4, "bottom": 10, "left": 4, "right": 10}


def test_a_listing_is_imports_and_lines_with_the_values_filled_in():
    assert listing.text(chapter.tensor_slice, GIVEN).splitlines() == [
        "from numpy import array",
        "from PIL import Image",
        "from torch import tensor",
        "from mnist_dash import load_mnist",
        "from mnist_dash.core.folders import ls",
        "",
        "data = load_mnist()",
        'files = ls(data, "train/3")',
        "file = files[1]",
        "picture = Image.open(file)",
        "tensor(array(picture))[4:10, 4:10]",
    ]


def test_a_function_that_is_called_is_defined_first():
    text = listing.text(chapter.table, GIVEN)
    assert text.index(inspect.getsource(chapter.greys).strip()) < text.index("data = load_mnist()")
    assert "import numpy as np" in text


def test_another_maker_takes_the_place_of_the_one_with_the_name():
    text = listing.text(chapter.image, {"picture": chapter.drawn_picture, "size": (28, 28), "drawing": "abc"})
    assert 'picture = Image.frombytes("L", (28, 28), zlib.decompress(b85decode("abc")))' in text
    assert "load_mnist" not in text


def test_a_value_may_be_shown_by_other_words():
    given = {"colour_file": Named(object(), '"mine.png"')}
    assert 'Image.open("mine.png")' in listing.text(chapter.rgb, given)


def test_an_outcome_depends_on_what_its_lines_reach_and_on_nothing_else():
    reached = listing.reaches(chapter.image, GIVEN | {"norm": "L1"})
    assert reached == {("folder", "train/3"), ("place", 1)}


def test_evaluating_gives_what_the_functions_give():
    picture = chapter.picture(chapter.file(chapter.files(compute.mnist(), "train/3"), 1))
    assert listing.evaluate(chapter.image, GIVEN).equal(chapter.image(picture))


def test_a_notebook_makes_again_only_what_has_changed():
    first = Cell("one", chapter.image, {"folder": "train/3", "place": 1})
    second = Cell("two", chapter.picture_facts, {"folder": "train/3", "place": 2})
    again = Cell("three", chapter.image, {"folder": "train/3", "place": 1})
    made = nbformat.reads(notebook("Some", [first, second, again]), as_version=4)
    codes = [cell.source.splitlines() for cell in made.cells if cell.cell_type == "code"][1:]
    assert codes[1][:2] == ["file = files[2]", "picture = Image.open(file)"]
    assert codes[2] == ["file = files[1]", "picture = Image.open(file)", "tensor(array(picture))"]


# -- the manners of the chapter ---------------------------------------------------------------------


@pytest.mark.parametrize("function", LINES.values(), ids=LINES)
def test_lines_can_be_printed_as_a_notebook(function):
    source = inspect.getsource(function)
    tree = ast.parse(source).body[0]
    assert source.isascii()
    assert isinstance(tree.body[-1], ast.Return)
    assert sum(isinstance(node, ast.Return) for node in ast.walk(tree)) == 1
    loops = [node.target for node in ast.walk(tree) if isinstance(node, ast.comprehension)]
    inner = {name.id for target in loops for name in ast.walk(target) if isinstance(name, ast.Name)}
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)} - inner
    assert not made & set(LINES)


def test_every_line_of_the_chapter_is_shown_somewhere(seen):
    used = set()
    for cell in (cell for page in seen.values() for cell in page.listings.values()):
        blocks = listing.blocks(cell.function, cell.given, cell.function.__name__)
        makers = {value.__name__ for value in cell.given.values() if isinstance(value, FunctionType)}
        used |= {block.name for block in blocks} | {cell.function.__name__} | makers
    # Two stand there when the curve has been made, the third answers a button; the others need a set of the
    # reader's own, and tests/pages/test_data.py runs them as they are printed.
    of_own = {"brought", "some_valid"}
    of_own |= {"counts_of_every_image", "ideals_of_every_image"}  # of a set that was read in a stream
    of_own |= {"largest_difference", "scores_by_every_image"}
    assert set(LINES) - used <= {"enough", "line_of_chance", "most_confused", *of_own}


def test_errors_are_outcomes_and_not_raised():
    outcome = compute.outcome(chapter.without_stack, {"folder": "train/3"})
    assert str(outcome.error) == "'list' object has no attribute 'mean'"


def test_what_is_asked_for_twice_is_computed_once():
    given = {"folder": "valid/4", "place": 3}
    assert compute.outcome(chapter.image, given) is compute.outcome(chapter.image, given | {"norm": "L2"})
    assert compute.outcome(chapter.image, given, time=1) is not compute.outcome(chapter.image, given)
    assert isinstance(compute.outcome(chapter.image, given).value, torch.Tensor)
