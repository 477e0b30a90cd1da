"""What the chapter's lines return on the set in use, where they are not shown as they ran."""

from collections.abc import Hashable, Mapping
from typing import Any

from mnist_dash import compute
from mnist_dash.chapter.listing import Line
from mnist_dash.compute import Outcome
from mnist_dash.compute.background import Job
from mnist_dash.pages.shared.set_in_use import given as of_set

Given = Mapping[str, Hashable]


def on_set(given: Given) -> Given:
    """The same values, and what the lines need to begin with the set in use; unless they name another."""
    return {**of_set(), **given}


def made(line: Line, given: Given) -> Any:
    """As ``compute.made``."""
    return compute.made(line, on_set(given))


def outcome(line: Line, given: Given, *, time: int = 0) -> Outcome:
    """As ``compute.outcome``."""
    return compute.outcome(line, on_set(given), time=time)


def begun(line: Line, given: Given) -> Job:
    """As ``compute.begun``."""
    return compute.begun(line, on_set(given))


def known(line: Line, given: Given) -> Job | None:
    """As ``compute.known``."""
    return compute.known(line, on_set(given))
