"""The shape of the house: who knows Streamlit, what is public, and that the documents keep up."""

import subprocess
import sys
from pathlib import Path

import pytest

import mnist_dash
from mnist_dash.baseline import NORMS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


CORE = [
    "datasets",
    "ink",
    "folders",
    "baseline",
    "stress",
    "paired",
    "chapter",
    "flips",
    "ladder",
    "work",
    "listing",
    "notebook",
    "receipts",
    "handwriting",
    "sheets",
    "compute",
    "worth",
    "figures",
    "tables",
]


def test_the_core_works_where_streamlit_cannot_be_imported():
    code = "import sys; sys.modules['streamlit'] = None; " + "; ".join(f"import mnist_dash.{m}" for m in CORE)
    subprocess.run([sys.executable, "-c", code], check=True, cwd="/")


def test_the_public_names_are_those_of_the_design():
    assert mnist_dash.__all__ == ["Dataset", "DatasetError", "Digits", "load_mnist"]
    from mnist_dash.baseline import NORMS, accuracy, confusion, ideals, predict
    from mnist_dash.handwriting import to_mnist

    assert list(NORMS) == ["L1", "L2"]
    assert all(map(callable, [accuracy, confusion, ideals, predict, to_mnist]))


def test_the_map_of_the_house_names_every_room():
    rooms = {path.stem for path in (ROOT / "mnist_dash").iterdir() if path.suffix in {"", ".py"}}
    for room in rooms - {"__init__", "__pycache__", "mnist"}:
        assert f"\n    {room} " in mnist_dash.__doc__, room


def test_the_readme_names_every_page_every_norm_and_every_dependency():
    for page in (ROOT / "mnist_dash/pages").glob("[!_]*.py"):
        assert f"**{page.stem.capitalize()}**" in README, page.stem
    for norm in NORMS.values():
        assert f"{norm.name} ({norm.meaning})" in README
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        name = line.partition("==")[0]
        assert name == "-e ." or f"| `{name}` |" in README, name


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned(file):
    lines = (ROOT / file).read_text().splitlines()
    assert len(lines) > 1
    for line in lines:
        assert "==" in line or line in {"-e .", "-r requirements.txt"}, line
