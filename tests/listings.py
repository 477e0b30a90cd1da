"""Runs what a reader would copy: a listing, in a fresh interpreter that has only what the chapter needs."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from PIL import Image

# Whatever else is installed here can't be imported there. Each listing has a process and names of its own.
HARNESS = """
import ast, json, os, pickle, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"streamlit", "plotly", "scipy", "sklearn", "skimage", "matplotlib",
                                      "nbformat", "nbclient", "hypothesis", "pytest"}:
            raise ModuleNotFoundError(name)

def outcome(text):
    tree, names = ast.parse(text), {}
    try:
        exec(compile(ast.Module(tree.body[:-1], []), "<listing>", "exec"), names)
        value = eval(compile(ast.Expression(tree.body[-1].value), "<listing>", "eval"), names)
    except Exception as error:
        value = (type(error).__name__, str(error))
    return value.set_uuid("listing").to_html() if hasattr(value, "set_uuid") else value

sys.meta_path.insert(0, Missing())
import torch, mnist_dash.chapter
threads = torch.get_num_threads()
torch.set_num_threads(1)  # a process can't part once it has others
mnist = mnist_dash.load_mnist()  # read once, before the processes part
mnist_dash.load_mnist = lambda: mnist
for number, text in enumerate(json.load(sys.stdin)):
    if os.fork() == 0:
        torch.set_num_threads(threads)
        with open(str(number), "wb") as file:
            pickle.dump(outcome(text), file)
        os._exit(0)
    os.wait()
"""


def run_afresh(texts: list[str], folder: Path) -> list[object]:
    """What the last line of each listing gives, or the type and the message of the error it raises."""
    done = subprocess.run(
        [sys.executable, "-c", HARNESS], input=json.dumps(texts).encode(), stderr=subprocess.PIPE, cwd=folder
    )
    files = [folder / str(number) for number in range(len(texts))]
    assert all(file.exists() for file in files), done.stderr.decode()
    return [pickle.loads(file.read_bytes()) for file in files]


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
