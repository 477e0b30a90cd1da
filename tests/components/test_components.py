"""What our components send is checked before it is used: the browser is a border."""

import base64
import tomllib
from pathlib import Path

import pytest
import torch

from mnist_dash import chapter
from mnist_dash.components import maps as maps_module
from mnist_dash.components import pixel_table as table_module
from mnist_dash.components.maps import Group, Map, maps
from mnist_dash.components.pixel_table import pixel_table
from mnist_dash.components.shared import mount as components

ROOT = Path(__file__).parents[2]
NONSENSE = [None, {}, 3, "x", {"slice": None}, {"pixel": None}, {"pixel": {"at": None}}, {"slice": {"at": 3}}]


@pytest.fixture(autouse=True)
def unseen(monkeypatch):
    """Nothing is mounted: a face is only asked what messages mean."""
    for module in (maps_module, table_module):
        monkeypatch.setattr(module, "component", lambda name: lambda **kwargs: None)


@pytest.mark.parametrize(
    ("message", "slice_"),
    [
        ({"slice": {"at": [4, 10, 0, 28], "number": 1}}, ((4, 10), (0, 28))),
        ({"slice": {"at": [0, 1, 27, 28], "number": 1}}, ((0, 1), (27, 28))),
        ({"slice": {"at": [4, 4, 0, 28], "number": 1}}, None),
        ({"slice": {"at": [9, 4, 0, 28], "number": 1}}, None),
        ({"slice": {"at": [-1, 4, 0, 28], "number": 1}}, None),
        ({"slice": {"at": [0, 29, 0, 28], "number": 1}}, None),
        ({"slice": {"at": [0.5, 2, 0, 28], "number": 1}}, None),
        ({"slice": {"at": ["0", 2, 0, 28], "number": 1}}, None),
        ({"slice": {"at": [0, 2, 0], "number": 1}}, None),
        *((nonsense, None) for nonsense in NONSENSE),
    ],
)
def test_a_slice_that_is_drawn_lies_within_the_picture(message, slice_):
    image = torch.zeros(28, 28, dtype=torch.uint8)
    heard = pixel_table(
        "t",
        image=image,
        table=chapter.table(image, 0, 1, 0, 1),
        rows=(0, 1),
        columns=(0, 1),
        label="",
        on_slice=lambda rows, columns: {"slice": (rows, columns)},
    )
    assert heard(message) == ({} if slice_ is None else {"slice": slice_})


@pytest.mark.parametrize(
    ("message", "pixel"),
    [
        ({"pixel": {"at": [0, 0], "number": 1}}, (0, 0)),
        ({"pixel": {"at": [3, 4], "number": 1}}, (3, 4)),
        ({"pixel": {"at": [4, 4], "number": 1}}, None),
        ({"pixel": {"at": [3, 5], "number": 1}}, None),
        ({"pixel": {"at": [-1, 0], "number": 1}}, None),
        ({"pixel": {"at": [1.0, 0], "number": 1}}, None),
        ({"pixel": {"at": [1], "number": 1}}, None),
        *((nonsense, None) for nonsense in NONSENSE),
    ],
)
def test_a_pixel_that_is_picked_lies_within_the_picture(message, pixel):
    groups = [Group([Map("a", torch.zeros(4, 5), "")])]
    heard = maps("m", groups, on_pick=lambda row, column: {"pixel": (row, column)})
    assert heard(message) == ({} if pixel is None else {"pixel": pixel})


def test_paper_is_sent_as_how_much_of_it_there_is():
    pixels = torch.zeros(28, 28, dtype=torch.uint8)
    pixels[10, 10:13] = torch.tensor([7, 0, 255])  # after 290 pixels of paper, and before 491
    sent = base64.b64decode(components.packed(pixels))
    assert list(sent) == [0, 255, 0, 35, 7, 0, 1, 255, 0, 255, 0, 236]


def test_every_component_is_registered_and_has_its_files():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["streamlit"]["component"][
        "components"
    ]
    names = {each["name"] for each in told}
    folder = ROOT / "mnist_dash" / "components"
    faces = [file for file in folder.glob("*/*.js") if "export default function" in file.read_text()]
    assert names == {file.stem for file in faces}
    for file in faces:
        assert (file.parent / f"{file.parent.name}.css").exists(), file
