"""The shape of the house: who knows Streamlit, what is public, and that the documents keep up."""

import subprocess
import sys
from pathlib import Path

import pytest

import mnist_dash
from mnist_dash.core.baseline import NORMS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def modules(folder):
    """The modules below a folder of the package, as one imports them."""
    files = (ROOT / "mnist_dash" / folder).rglob("*.py")
    return [
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files
    ]


def test_the_core_works_where_streamlit_cannot_be_imported():
    floors = [module for floor in ("core", "chapter", "compute") for module in modules(floor)]
    code = "import sys; sys.modules['streamlit'] = None; " + "; ".join(f"import {m}" for m in floors)
    subprocess.run([sys.executable, "-c", code], check=True, cwd="/")


def test_the_public_names_are_those_of_the_design():
    assert {"load_mnist", "NORMS", "ideals", "predict", "accuracy", "confusion", "to_mnist"} <= {
        *mnist_dash.__all__
    }
    assert list(NORMS) == ["L1", "L2"]
    assert all(hasattr(mnist_dash, name) for name in mnist_dash.__all__)


def test_the_map_of_the_house_names_every_room():
    rooms = {path.stem for path in (ROOT / "mnist_dash").iterdir() if path.suffix in {"", ".py"}}
    for room in rooms - {"__init__", "__pycache__", "mnist"}:
        assert f"\n    {room} " in mnist_dash.__doc__, room


def test_the_readme_names_every_page_every_norm_and_every_dependency():
    for page in (ROOT / "mnist_dash/pages").glob("*/page.py"):
        assert f"**{page.parent.name.capitalize()}" in README, page
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
