"""Expensive results, computed once per process and shared by all sessions, in bounded memory.

Pages ask here, and compute nothing over a data set themselves. Knows nothing about Streamlit.

    data.py        the data set, its ideals, single images of it
    lines.py       what the chapter's lines return
    pieces.py      the lines that take seconds, piece by piece
    worth.py       what each step of the preparation is worth
    verdict.py     what the norms say of one image
    pictures.py    what is read from pictures
    own.py         a reader's own set, and what was computed on it
    arrival.py     files on their way to becoming one
    background.py  the one thread for work that takes seconds, while somebody is looking
    cache.py       what is remembered, and how much of it
"""

import torch

from mnist_dash.compute.arrival import Arrival, Files, shared_arrival
from mnist_dash.compute.data import example, ideals, label_of, mnist, preparation, random_place
from mnist_dash.compute.lines import Outcome, begun, known, made, outcome
from mnist_dash.compute.own import Own, Unlabelled
from mnist_dash.compute.pictures import STEPS, FoundDigit, as_fed, reading, steps
from mnist_dash.compute.verdict import Verdict, called, left_out, verdicts
from mnist_dash.compute.worth import worth

__all__ = [
    "STEPS",
    "Arrival",
    "Files",
    "FoundDigit",
    "Outcome",
    "Own",
    "Unlabelled",
    "Verdict",
    "as_fed",
    "begun",
    "called",
    "example",
    "ideals",
    "known",
    "label_of",
    "left_out",
    "made",
    "mnist",
    "outcome",
    "preparation",
    "random_place",
    "reading",
    "shared_arrival",
    "steps",
    "verdicts",
    "worth",
]

# Two threads would wait for each other whenever a browser or another session wants a core.
torch.set_num_threads(1)
