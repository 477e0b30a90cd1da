"""Resident memory of the server: after every page, and after many people have come and gone.

    python -m benchmarks.memory [PAGES [PEOPLE [TIDIED]]]

The visitors have no browser and speak over real WebSockets. The first sees every page to its end: all work is
waited for, and the whole ladder is run. Then PEOPLE come, ten at a time: each draws a digit, uploads a photo,
moves controls on three pages, runs a ladder, and leaves. The figures are the resident memory as Linux counts
it, and the part of it that is mapped from files: the code of the libraries. The peers are a script that shows
one title, and one that also imports PyTorch, SciPy and pandas. Before each reading it waits TIDIED seconds,
in which the server returns what is free.

Streamlit keeps a session, with all that it holds, for half a minute after its browser has gone: "forgotten"
is measured after that. Prints a table, then one JSON line; fails if a limit is exceeded.

Where the memory goes: 345 MB to the libraries, and 40 MB more to their code as it is used; 55 MB to MNIST, as
uint8, held once; 20 MB to copies of the two possible answers, 10 MB to lists of their pixels with ink. No set
is kept as floats. The rest, which is not broken down, is Python's objects and what the allocator can't
return.
"""

import asyncio
import io
import json
import random
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from benchmarks.people import Person
from benchmarks.visitor import Visitor, visitor
from mnist_dash import load_mnist
from mnist_dash.core import sheets
from tests.serving import Server, serving

PEOPLE, AT_ONCE = 60, 10
TIDIED = 6.0  # seconds in which the server returns what is free
FORGOTTEN = 40.0  # seconds after which Streamlit has dropped a session whose browser has gone
LIMIT, LIMIT_AFTER_ALL = 600, 700  # MB
PATIENCE = 60.0  # seconds for slow work on a page
TITLE = "import streamlit as st\nst.title('Hello')\n"
PEERS = {
    "one title": TITLE,
    "one title, libraries imported": f"import pandas, scipy.ndimage, torch\n{TITLE}",
}


def megabytes(server: Server) -> tuple[int, int]:
    """The resident memory, and the part of it that is mapped from files."""
    lines = Path(f"/proc/{server.pid}/status").read_text().splitlines()
    status = dict(line.split(":", 1) for line in lines)
    return tuple(round(int(status[key].split()[0]) / 1_024) for key in ("VmRSS", "RssFile"))


async def tidied(server: Server, seconds: float) -> tuple[int, int]:
    await asyncio.sleep(seconds)
    return megabytes(server)


async def see(one: Visitor, page: str) -> None:
    """See all of a page, and wait for all of its work."""
    await one.open(page)
    await one.rest()
    await climb(one)


async def climb(one: Visitor, seconds: float = PATIENCE) -> None:
    """Run all rungs, if there is a ladder."""
    for each in one.controls("button"):
        if each.label.startswith("Run the rest"):
            await one.click(each.label)
            await one.rest(seconds)


def photo(number: int) -> bytes:
    """A photo of some digits on a sheet; the same number always makes the same one."""
    generator = np.random.default_rng(number)
    digits = load_mnist().valid.images[generator.integers(10_000, size=6)]
    rows = torch.cat([torch.cat(tuple(row), 1) for row in digits.view(2, 3, 28, 28)])
    ink = Image.new("L", (1_200, 900))
    ink.paste(Image.fromarray(rows.numpy()).resize((900, 600), Image.Resampling.BICUBIC), (150, 150))
    file = io.BytesIO()
    sheets.photograph(ink, generator).save(file, "jpeg")
    return file.getvalue()


async def guest(url: str, number: int, photos: str) -> None:
    """Somebody comes, uses everything and leaves. photos: the page that takes pictures."""
    chance = random.Random(number)
    async with visitor(url) as one:
        await one.join()
        person = Person(one, number)
        for _ in range(chance.randint(3, 12)):
            await person.draw()
        await person.rest()
        await person.digits()
        if photos != one.title:
            await one.open(photos)
        await one.upload(one.control("file_uploader"), f"{number}.jpg", photo(number))
        for page in [*chance.sample(one.others, min(3, len(one.others))), *ladder(one)]:
            await one.open(page)
            for _ in range(3):
                if movable := person.movable():
                    await person.move(chance.choice(movable))
        await climb(one, 3)


def ladder(one: Visitor) -> list[str]:
    """The page that has the ladder."""
    return [page for page in ("Ladder", "Accuracy") if page in one.pages][:1]


async def all_pages(server: Server, pages: int, found: dict[str, tuple[int, int]], seconds: float) -> str:
    """One visitor sees every page. Returns the one that takes pictures. seconds: before each reading."""
    async with visitor(server.url) as one:
        await one.join()
        found["app, a few seconds after its start"] = await tidied(server, seconds)
        await one.draw(moving=False)
        photos = one.first if one.controls("file_uploader") else "Photos"
        for page in [one.first, *one.others][:pages]:
            await see(one, page)
            found[f"app, after {page}"] = await tidied(server, seconds)
    return photos


async def come_and_go(server: Server, people: int, photos: str) -> None:
    for first in range(0, people, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, people))
        await asyncio.gather(*(guest(server.url, number, photos) for number in numbers))


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    people = int(sys.argv[2]) if len(sys.argv) > 2 else PEOPLE
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else TIDIED
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        log, script = Path(folder) / "log", Path(folder) / "peer.py"
        for name, code in PEERS.items():
            script.write_text(code)
            with serving(log, script) as server:
                found[name] = asyncio.run(only_joined(server))
        with serving(log) as server:
            photos = asyncio.run(all_pages(server, pages, found, seconds))
            after_pages = found[list(found)[-1]][0]
            asyncio.run(come_and_go(server, people, photos))
            found[f"app, {people} have come and gone"] = asyncio.run(tidied(server, seconds))
            if people == PEOPLE:
                asyncio.run(asyncio.sleep(FORGOTTEN))
                found["app, they are forgotten"] = megabytes(server)
        assert "Traceback" not in log.read_text(), log.read_text()
    print(f"{'MB':36}{'resident':>10}{'from files':>12}")
    for name, (resident, files) in found.items():
        print(f"{name:36}{resident:10}{files:12}")
    libraries, after_all = (
        found["one title, libraries imported"][0],
        found[f"app, {people} have come and gone"][0],
    )
    summary = {
        "resident_mb": after_pages,
        "limit_mb": LIMIT,
        "after_people_mb": after_all,
        "limit_after_people_mb": LIMIT_AFTER_ALL,
        "libraries_mb": libraries,
        "one_title_mb": found["one title"][0],
        "ratio_to_libraries": round(after_pages / libraries, 2),
    }
    print(json.dumps(summary))
    assert after_pages < LIMIT, f"{after_pages} MB after all pages"
    assert after_all < LIMIT_AFTER_ALL, f"{after_all} MB after {people} people"


async def only_joined(server: Server) -> tuple[int, int]:
    async with visitor(server.url) as one:
        await one.join()
        return megabytes(server)


if __name__ == "__main__":
    main()
