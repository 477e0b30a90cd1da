"""A room full of people: a hundred sessions over real WebSockets, and ten people drawing at once.

    python -m benchmarks.load [SESSIONS] [SECONDS]

All open the Draw page in the same instant. Then each acts every three seconds: a stroke grows or ends, a
random digit, other digits in play, the other norm, another page and back. For every action: the time until
the first message that changes the page, and until its last. Then ten of them draw, one state under way at a
time and at least 90 ms apart, as the pad does: the time until the answer to a state.

Peers, in the same run: the app with Streamlit's own defaults for the two settings that matter, with fewer
people for it falls behind; and, for joining, a script of one title. "client" is the share of one core
that the visitors themselves take. Memory is what the server's resident set grows by, for each session, when
all join and draw a stroke. An error on the page or a closed connection ends the benchmark.
Prints a table, then one JSON line.
"""

import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.live import DEFAULTS, percentile
from benchmarks.visitor import Visitor, visitor
from tests.serving import Server, serving

SESSIONS, SECONDS = 100, 15
EVERY = 3.0  # seconds between two actions of a person
DRAWING, GAP = 10, 0.09  # people; seconds between two states of a pad
PAGES = ["Pixels", "Ideals", "Distance", "Accuracy"]
PEER_SESSIONS = 20


class Person:
    """Acts at random, the same in every run."""

    def __init__(self, visitor: Visitor, seed: int):
        self.visitor, self.chance = visitor, random.Random(seed)

    async def act(self) -> list[tuple[str, float, float]]:
        """One action and what follows from it: its name, seconds to the first change and to the end."""
        visitor = self.visitor
        if visitor.page != visitor.pages["Draw"]:
            done = [("back to Draw", await visitor.open("Draw"))]
            if visitor.drawn:  # a pad that comes back says what is on it
                done.append(("the pad's return", await visitor.draw(moving=False)))
        else:
            done = await self.chance.choice(
                [self.draw, self.rest, self.digit, self.digits, self.norm, self.leave]
            )()
        return [(name, answer.changed, answer.finished) for name, answer in done]

    async def draw(self):
        return [("stroke grows", await self.visitor.draw(moving=True))]

    async def rest(self):
        return [("stroke ends", await self.visitor.draw(moving=False))]

    async def digit(self):
        return [
            ("random digit", await self.visitor.click("A random digit from MNIST")),
            ("the pad takes it", await self.visitor.take()),
        ]

    async def digits(self):
        chosen = sorted(self.chance.sample("0123456789", self.chance.randint(2, 10)))
        return [("digits in play", await self.visitor.choose("digits", chosen))]

    async def norm(self):
        return [("norm", await self.visitor.choose("norm", [self.chance.choice(["L1", "L2"])]))]

    async def leave(self):
        page = self.chance.choice(PAGES)
        return [(page, await self.visitor.open(page))]

    async def live(self, until: float, done: list) -> None:
        await asyncio.sleep(self.chance.uniform(0, EVERY))
        while (start := time.perf_counter()) < until:
            done += await self.act()
            await asyncio.sleep(start + EVERY - time.perf_counter())

    async def scribble(self, until: float, waits: list) -> None:
        await asyncio.sleep(self.chance.uniform(0, GAP))
        while (start := time.perf_counter()) < until:
            answer = await self.visitor.draw(moving=True)
            waits.append(answer.changed)
            await asyncio.sleep(start + GAP - time.perf_counter())


async def look_around(first: Visitor) -> None:
    """Somebody was there before: every page was opened, every digit was in play."""
    await first.click("All ten")
    for page in PAGES:
        await first.open(page)
        await first.open("Draw")


async def together(stack: AsyncExitStack, url: str, sessions: int) -> tuple[list[Visitor], list[float]]:
    """All join in one instant; seconds until each page stood."""
    start = time.perf_counter()

    async def join() -> tuple[Visitor, float]:
        one = await stack.enter_async_context(visitor(url))
        await one.join()
        return one, time.perf_counter() - start

    joined = await asyncio.gather(*(join() for _ in range(sessions)))
    return [one for one, _ in joined], [wait for _, wait in joined]


async def room(server: Server, sessions: int, seconds: float) -> dict[str, float]:
    async with AsyncExitStack() as stack:
        [first], _ = await together(stack, server.url, 1)
        await first.draw(moving=False)
        before = await settled(server.pid)
        visitors, joins = await together(stack, server.url, sessions)
        for one in visitors:
            await one.draw(moving=False)
        grown = resident(server.pid) - before
        await look_around(first)
        people = [Person(one, seed) for seed, one in enumerate(visitors)]
        actions, client, start = [], time.process_time(), time.perf_counter()
        await asyncio.gather(*(person.live(start + seconds, actions) for person in people))
        client = (time.process_time() - client) / (time.perf_counter() - start)
        for person in people[:DRAWING]:
            if person.visitor.page != person.visitor.pages["Draw"]:
                await person.visitor.open("Draw")
        waits, start = [], time.perf_counter()
        await asyncio.gather(*(person.scribble(start + seconds / 3, waits) for person in people[:DRAWING]))
    show(actions)
    return {
        "sessions": sessions,
        "joined_s": max(joins),
        "actions": len(actions),
        "changed_median_ms": 1_000 * statistics.median(changed for _, changed, _ in actions),
        "changed_p95_ms": 1_000 * percentile([changed for _, changed, _ in actions], 0.95),
        "finished_median_ms": 1_000 * statistics.median(finished for _, _, finished in actions),
        "finished_p95_ms": 1_000 * percentile([finished for _, _, finished in actions], 0.95),
        "memory_mb_each": grown / sessions,
        "client": client,
        "drawing_median_ms": 1_000 * statistics.median(waits),
        "drawing_p95_ms": 1_000 * percentile(waits, 0.95),
        "updates_per_s": len(waits) / min(len(people), DRAWING) / (seconds / 3),
    }


async def only_joining(server: Server, sessions: int) -> dict[str, float]:
    async with AsyncExitStack() as stack:
        await together(stack, server.url, 1)
        _, joins = await together(stack, server.url, sessions)
    return {"sessions": sessions, "joined_s": max(joins)}


def show(actions: list[tuple[str, float, float]]) -> None:
    """What each kind of action took, in ms."""
    kinds = defaultdict(list)
    for name, changed, finished in actions:
        kinds[name].append((1_000 * changed, 1_000 * finished))
    print(f"{'':20}{'times':>7}{'changed: median':>17}{'p95':>8}{'finished: median':>18}{'p95':>8}")
    for name, times in sorted(kinds.items()):
        cells = [f(column) for column in zip(*times, strict=True) for f in (statistics.median, p95)]
        print(f"{name:20}{len(times):7}{cells[0]:17.0f}{cells[1]:8.0f}{cells[2]:18.0f}{cells[3]:8.0f}")
    print()


def p95(values: list[float]) -> float:
    return percentile(values, 0.95)


async def settled(pid: int) -> float:
    """The resident set in MB, once the server has warmed up."""
    before = 0.0
    while abs((now := resident(pid)) - before) > 1:
        before = now
        await asyncio.sleep(0.5)
    return now


def resident(pid: int) -> float:
    """MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main():
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else SESSIONS
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    load = os.getloadavg()[0]
    summary = {}
    with tempfile.TemporaryDirectory() as folder:
        log, title = Path(folder) / "log", Path(folder) / "title.py"
        title.write_text("import streamlit as st\nst.title('Hello')\n")
        with serving(log) as server:
            summary["app"] = asyncio.run(room(server, sessions, seconds))
        assert "Traceback" not in log.read_text(), log.read_text()
        with serving(log, **DEFAULTS) as server:
            summary["streamlit defaults"] = asyncio.run(room(server, min(sessions, PEER_SESSIONS), seconds))
        with serving(log, title) as server:
            summary["one title"] = asyncio.run(only_joining(server, sessions))
    print(f"each acts every {EVERY:.0f} s for {seconds:g} s, then {DRAWING} draw for {seconds / 3:g} s")
    print(f"{'':20}" + "".join(f"{name:>20}" for name in summary))
    for key in summary["app"]:
        cells = (f"{found[key]:,.2f}" if key in found else "" for found in summary.values())
        print(f"{key:20}" + "".join(f"{cell:>20}" for cell in cells))
    summary = {
        name: {key: round(value, 2) for key, value in found.items()} for name, found in summary.items()
    }
    print(json.dumps(summary | {"load_before": round(load, 2)}))


if __name__ == "__main__":
    main()
