"""Runs what a reader would copy, listings and notebooks, in one fresh interpreter fit for the chapter."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from PIL import Image

# Whatever else is installed here can't be imported there. Every notebook has names of its own; a listing is a
# notebook of one cell. A line that takes long (six thousand files opened) runs once: where it stands again,
# after the same lines as far as it needs them, its name gets what it gave. So no line may change that.
HARNESS = """
import ast, json, pickle, sys, time

LONG = 0.02  # seconds of the processor
given, numbers = {}, {}  # what long lines gave; what a line and all it builds on is called here

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"streamlit", "plotly", "sklearn", "skimage", "matplotlib",
                                      "nbformat", "nbclient", "hypothesis", "pytest"}:
            raise ModuleNotFoundError(name)

def run(line, names, made):
    used = {node.id for node in ast.walk(line) if isinstance(node, ast.Name)}
    key = ast.unparse(line), *sorted((name, made[name]) for name in used if name in made)
    number = numbers.setdefault(key, len(numbers))
    match line:
        case ast.Assign(targets=[ast.Name(id=name)]):
            if number in given:
                names[name] = given[number]
            else:
                started = time.process_time()  # on a busy machine any line may take long by the clock
                exec(compile(ast.Module([line], []), "<listing>", "exec"), names)
                if time.process_time() - started > LONG:
                    given[number] = names[name]
            made[name] = number
        case _:
            exec(compile(ast.Module([line], []), "<listing>", "exec"), names)
            made |= dict.fromkeys([line.name] if isinstance(line, ast.FunctionDef) else used, number)

def outcome(text, names, made):
    *lines, last = ast.parse(text).body
    try:
        for line in lines:
            run(line, names, made)
        if not isinstance(last, ast.Expr):
            return run(last, names, made)
        value = eval(compile(ast.Expression(last.value), "<listing>", "eval"), names)
    except Exception as error:
        value = (type(error).__name__, str(error))
    return value.set_uuid("listing").to_html() if hasattr(value, "set_uuid") else value

def outcomes(cells):
    names, made = {}, {}
    return [outcome(text, names, made) for text in cells]

sys.meta_path.insert(0, Missing())
import torch, mnist_dash.chapter
torch.set_num_threads(1)  # as the app
mnist = mnist_dash.load_mnist()  # read once
mnist_dash.load_mnist = lambda: mnist
with open("outcomes", "wb") as file:
    pickle.dump([outcomes(cells) for cells in json.load(sys.stdin)], file)
"""


def run_notebooks_afresh(notebooks: list[list[str]], folder: Path) -> list[list[object]]:
    """Per code cell of each what its last line gives, or the type and the message of the error it raises."""
    command = [sys.executable, "-c", HARNESS]
    done = subprocess.run(command, input=json.dumps(notebooks), capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr
    return pickle.loads((folder / "outcomes").read_bytes())


def run_afresh(texts: list[str], folder: Path) -> list[object]:
    """What the last line of each listing gives, or the type and the message of the error it raises."""
    return [value for (value,) in run_notebooks_afresh([[text] for text in texts], folder)]


def same(a: object, b: object) -> bool:
    """Whether two values show the same: type, shape, and numbers to a millionth."""
    if hasattr(a, "set_uuid"):
        return a.set_uuid("listing").to_html() == b
    if type(a) is not type(b):
        return False
    if isinstance(a, torch.Tensor):
        alike = a.shape == b.shape and a.dtype == b.dtype and a.stride() == b.stride()
        return alike and (torch.allclose(a, b, rtol=0, atol=1e-6) if a.is_floating_point() else a.equal(b))
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and np.allclose(a, b, rtol=0, atol=1e-6)
    if isinstance(a, pd.DataFrame):
        return a.equals(b)
    if isinstance(a, Image.Image):
        return a.mode == b.mode and a.tobytes() == b.tobytes()
    if isinstance(a, tuple | list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, float):
        return abs(a - b) < 1e-6
    return repr(a) == repr(b)
