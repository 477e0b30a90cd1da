"""A room full of people: what an action costs, how many people are too many, and ten drawing at once.

    python -m benchmarks.load [PEOPLE [SECONDS]] [--peer FOLDER]

What people do is in ``people``; they speak over real WebSockets, message for message like a browser.

**The cost of an action** is the CPU time of the server's process, in all its threads, from the request until
shortly after the answer, minus what the server uses when idle. One person performs every kind of action again
and again. The floor is a script with one title and one slider, which is moved.

**The capacity** is the largest number of people, each acting every three seconds, for whom 95 of 100 answers
begin within 150 ms; an answer begins with the first message that changes the page. The number is doubled
until it is too large, then found by bisection; it is at most eight times PEOPLE. Each trial lasts SECONDS.

**The room**: PEOPLE open the first page at the same instant, then each acts every three seconds. Then ten of
them draw, as the pad does: one message at a time, at least 90 ms apart. The peers are the app with
Streamlit's own defaults for the two settings that matter, with fewer people, because it falls behind; and,
for joining, the floor. "client" is the share of one core that the visitors themselves use. Memory is how much
the server's resident set grows per session when everybody joins and draws a stroke.

--peer: another checkout of the app, measured alongside this one, in turns. An error on a page or a closed
connection ends the benchmark. Prints tables, then one JSON line.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Generator
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

from benchmarks.live import DEFAULTS, percentile
from benchmarks.people import EVERY, MIX, Done, Meter, Person, look_around
from benchmarks.visitor import Visitor, visitor
from tests.serving import Server, serving

PEOPLE, SECONDS = 100, 15.0
LATE = 0.150  # seconds
FIRST = 10  # people in the first trial
EXACT = 0.1  # how precisely the capacity is found, as a share of it
DRAWING, GAP = 10, 0.09  # people; seconds between two messages of a pad
PEER_PEOPLE = 20
FLOOR = """
import streamlit as st
st.title("Hello")
st.slider("Number", 0, 100, 50)
"""


# -- what an action costs ----------------------------------------------------------------------------------


async def costs(servers: dict[str, Server], rounds: int) -> dict[str, list[Done]]:
    """Measured in turns, so that whatever else the computer does affects all alike."""
    async with AsyncExitStack() as stack:
        people = {}
        for name, server in servers.items():
            one = await stack.enter_async_context(visitor(server.url))
            await one.join()
            people[name] = Person(one, 0, Meter(server.pid))
        await asyncio.sleep(1)
        for person in people.values():
            await person.meter.watch_idle()
        for number in range(rounds):
            for name, person in people.items():
                if name == "floor":
                    for _ in range(3):
                        await person.slide()
                else:
                    await person.round(number)
    return {name: person.done for name, person in people.items()}


def mean_cost(done: list[Done]) -> float:
    """Milliseconds per action, over the kinds in ``MIX``, all equally frequent."""
    kinds = defaultdict(list)
    for each in done:
        kinds[each.kind].append(1_000 * each.cpu)
    return statistics.mean(statistics.mean(kinds[kind]) for kind in kinds if kind in MIX or len(kinds) == 1)


def show_costs(found: dict[str, list[Done]]) -> dict[str, dict[str, float]]:
    """A row for each kind of action, then for each page; milliseconds and kilobytes."""
    rows = {name: defaultdict(list) for name in found}
    for name, done in found.items():
        for each in done:
            rows[name][each.kind].append(each)
            if each.kind == "a control there":
                rows[name][f"- on {each.page}"].append(each)
    kinds = list(dict.fromkeys(kind for each in rows.values() for kind in each))
    kinds.sort(key=lambda kind: (kind.startswith("- "), kind not in MIX))
    print("CPU of the server for an action, ms: mean, median; kilobytes that it sends")
    print(f"{'':24}" + "".join(f"{name:>24}" for name in found))
    for kind in kinds:
        cells = []
        for name in found:
            if some := rows[name][kind]:
                spent = [1_000 * each.cpu for each in some]
                sent = statistics.mean(each.answer.received for each in some) / 1_000
                cells.append(f"{statistics.mean(spent):8.1f}{statistics.median(spent):8.1f}{sent:8.1f}")
            else:
                cells.append("")
        print(f"{kind:24}" + "".join(f"{cell:>24}" for cell in cells))
    means = {name: mean_cost(done) for name, done in found.items()}
    print(f"{'the mean of the mix':24}" + "".join(f"{mean:8.1f}{'':16}" for mean in means.values()))
    times = {name: mean / means["floor"] for name, mean in means.items()}
    print(f"{'times the floor':24}" + "".join(f"{time:8.1f}{'':16}" for time in times.values()))
    print()
    return {name: {"ms": means[name], "times_floor": times[name]} for name in found}


async def looked_around(server: Server, pages: int) -> None:
    """Warm the server up: somebody has seen its pages."""
    async with visitor(server.url) as first:
        await first.join()
        await look_around(first, pages)


# -- how many people are too many ----------------------------------------------------------------------------


def search(most: int) -> Generator[int, bool, int]:
    """Find the largest number that holds: yields one to try, is sent whether it held, returns the largest."""
    low, high = 0, min(FIRST, most)
    while (yield high):
        low, high = high, min(2 * high, most)
        if low == most:
            return low
    while high - low > max(1, EXACT * low):
        middle = (low + high) // 2
        if (yield middle):
            low = middle
        else:
            high = middle
    return low


async def capacities(servers: dict[str, Server], most: int, seconds: float) -> dict[str, dict[str, float]]:
    """The capacity of each server; they take turns, so that only one is busy at a time."""
    found, rooms = {}, {name: [] for name in servers}
    searches = {name: search(most) for name in servers}
    sizes = {name: next(each) for name, each in searches.items()}
    print(
        f"{'people':>8}{'':24}{'answers':>8}{'median, ms':>12}{'95 of 100':>12}{'all there':>12}{'client':>8}"
    )
    async with AsyncExitStack() as stack:
        while sizes:
            for name in list(sizes):
                room, size = rooms[name], sizes[name]
                while len(room) < size:
                    one = await stack.enter_async_context(visitor(servers[name].url))
                    await one.join()
                    await one.draw(moving=False)
                    room.append(Person(one, len(room)))
                tried = await trial(room[:size], seconds)
                print(
                    f"{size:8} {name:23}{tried['answers']:8}{tried['median_ms']:12.0f}{tried['p95_ms']:12.0f}"
                    f"{tried['finished_p95_ms']:12.0f}{tried['client']:8.2f}",
                    flush=True,
                )
                held = tried["p95_ms"] < 1_000 * LATE
                if held:
                    found[name] = tried
                try:
                    sizes[name] = searches[name].send(held)
                except StopIteration as end:
                    del sizes[name]
                    found[name] = {"people": end.value, **found.get(name, {})}
    print()
    return found


async def trial(people: list[Person], seconds: float) -> dict[str, float]:
    """Everybody acts for so many seconds."""
    for person in people:
        person.done.clear()
    client, start = time.process_time(), time.perf_counter()
    await asyncio.gather(*(person.live(start + seconds) for person in people))
    client = (time.process_time() - client) / (time.perf_counter() - start)
    done = [each for person in people for each in person.done]
    return summed(done) | {"client": client}


def summed(done: list[Done]) -> dict[str, float]:
    changed = [1_000 * each.answer.changed for each in done]
    finished = [1_000 * each.answer.finished for each in done]
    return {
        "answers": len(done),
        "median_ms": statistics.median(changed),
        "p95_ms": percentile(changed, 0.95),
        "finished_median_ms": statistics.median(finished),
        "finished_p95_ms": percentile(finished, 0.95),
    }


# -- the room ------------------------------------------------------------------------------------------------


async def together(stack: AsyncExitStack, url: str, people: int) -> tuple[list[Visitor], list[float]]:
    """Everybody joins at the same instant. Returns them, and the seconds until each saw the page."""
    start = time.perf_counter()

    async def join() -> tuple[Visitor, float]:
        one = await stack.enter_async_context(visitor(url))
        await one.join()
        return one, time.perf_counter() - start

    joined = await asyncio.gather(*(join() for _ in range(people)))
    return [one for one, _ in joined], [wait for _, wait in joined]


async def room(server: Server, people: int, seconds: float) -> dict[str, float]:
    async with AsyncExitStack() as stack:
        [first], _ = await together(stack, server.url, 1)
        await first.draw(moving=False)
        before = await settled(server.pid)
        visitors, joins = await together(stack, server.url, people)
        for one in visitors:
            await one.draw(moving=False)
        grown = resident(server.pid) - before
        crowd = [Person(one, seed) for seed, one in enumerate(visitors)]
        acting = await trial(crowd, seconds)
        show([each for person in crowd for each in person.done])
        drawing = crowd[:DRAWING]
        for person in drawing:
            if person.visitor.title != person.visitor.first:
                await person.visitor.open(person.visitor.first)
            person.done.clear()
        start = time.perf_counter()
        await asyncio.gather(*(person.scribble(start + seconds / 3, GAP) for person in drawing))
    drawn = summed([each for person in drawing for each in person.done])
    return {
        "people": people,
        "joined_s": max(joins),
        **acting,
        "memory_mb_each": grown / people,
        "drawing_median_ms": drawn["median_ms"],
        "drawing_p95_ms": drawn["p95_ms"],
        "updates_per_s": drawn["answers"] / len(drawing) / (seconds / 3),
    }


async def only_joining(server: Server, people: int) -> dict[str, float]:
    async with AsyncExitStack() as stack:
        await together(stack, server.url, 1)
        _, joins = await together(stack, server.url, people)
    return {"people": people, "joined_s": max(joins)}


def show(done: list[Done]) -> None:
    """Print how long each kind of action took, in ms."""
    kinds = defaultdict(list)
    for each in done:
        kinds[each.kind].append(each)
    print(f"{'':20}{'times':>7}{'changed: median':>17}{'p95':>8}{'finished: median':>18}{'p95':>8}")
    for kind, some in sorted(kinds.items()):
        took = summed(some)
        print(
            f"{kind:20}{took['answers']:7}{took['median_ms']:17.0f}{took['p95_ms']:8.0f}"
            f"{took['finished_median_ms']:18.0f}{took['finished_p95_ms']:8.0f}"
        )
    print()


async def settled(pid: int) -> float:
    """The resident set in MB, once it has stopped growing."""
    before = 0.0
    while abs((now := resident(pid)) - before) > 1:
        before = now
        await asyncio.sleep(0.5)
    return now


def resident(pid: int) -> float:
    """The resident set of a process, in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def rounded(found: dict) -> dict:
    return {
        key: rounded(value) if isinstance(value, dict) else round(value, 2) for key, value in found.items()
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("people", type=int, nargs="?", default=PEOPLE)
    arguments.add_argument("seconds", type=float, nargs="?", default=SECONDS)
    arguments.add_argument("--peer", type=Path, metavar="FOLDER", help="another checkout of the app")
    arguments.add_argument("--only", choices=["costs", "capacity", "room"], help="one part of it")
    given = arguments.parse_args()
    people, seconds = given.people, given.seconds
    parts = [given.only] if given.only else ["costs", "capacity", "room"]
    found = {"load_before": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as folder:
        floor, logs = Path(folder) / "floor.py", []
        floor.write_text(FLOOR)

        def served(script: Path | None = None, **settings: str):
            logs.append(Path(folder) / f"log {len(logs)}")
            return serving(logs[-1], *([script] if script else []), **settings)

        with ExitStack() as stack:
            servers = {"floor": stack.enter_context(served(floor)), "app": stack.enter_context(served())}
            if given.peer:
                peer = given.peer.resolve()
                own = {"PYTHONPATH": str(peer), "PYTHONSAFEPATH": "1"}  # its package, not ours
                servers["peer"] = stack.enter_context(served(peer / "streamlit_app.py", **own))
            apps = {name: server for name, server in servers.items() if name != "floor"}
            for server in apps.values():
                asyncio.run(looked_around(server, people))
            if "costs" in parts:
                found["cost"] = show_costs(asyncio.run(costs(servers, max(2, people // 3))))
            if "capacity" in parts:
                found["capacity"] = asyncio.run(capacities(apps, 8 * people, seconds))
            if "room" in parts:
                rooms = {"app": asyncio.run(room(servers["app"], people, seconds))}
                rooms["one title, one slider"] = asyncio.run(only_joining(servers["floor"], people))
        if "room" in parts:
            with served(**DEFAULTS) as server:
                rooms["streamlit defaults"] = asyncio.run(room(server, min(people, PEER_PEOPLE), seconds))
            print(
                f"each acts every {EVERY:.0f} s for {seconds:g} s, then {DRAWING} draw for {seconds / 3:g} s"
            )
            print(f"{'':20}" + "".join(f"{name:>24}" for name in rooms))
            for key in rooms["app"]:
                cells = (f"{each[key]:,.2f}" if key in each else "" for each in rooms.values())
                print(f"{key:20}" + "".join(f"{cell:>24}" for cell in cells))
            found["room"] = rooms
        for log in logs:
            assert "Traceback" not in log.read_text(), log.read_text()
    print(json.dumps(rounded(found)))


if __name__ == "__main__":
    main()
