"""People who use the app: what they do, one thing after the other, without a browser.

On the page with the pad they draw on, end a stroke, ask for a random digit, add or remove a possible answer,
change the norm or open another page. From there they come back, and the pad reports what is on it.
"""

import asyncio
import random
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field

from benchmarks.visitor import CHOSEN, Answer, Control, Visitor

EVERY = 3.0  # seconds between two actions of a person
SETTLED = 0.03  # seconds after an answer in which the server is still at work
IDLE = 2.0  # seconds of watching what a server does when nobody asks
MIX = (
    "stroke grows",
    "stroke ends",
    "random digit",
    "the pad takes it",
    "a digit in or out",
    "norm",
    "another page",
    "back to the pad",
    "the pad's return",
)  # all equally often


@dataclass
class Meter:
    """The CPU time of a process, in seconds. idle: what it uses per second when nobody asks."""

    pid: int
    idle: float = 0.0

    def now(self) -> float:
        """The time used by all of its threads, including those that have ended, to the nanosecond (Linux)."""
        return time.clock_gettime((~self.pid << 3) | 2)

    async def watch_idle(self) -> None:
        before = self.now()
        await asyncio.sleep(IDLE)
        self.idle = (self.now() - before) / IDLE


@dataclass(frozen=True)
class Done:
    """An action and its answer. cpu: seconds of the server's CPU time, if measured."""

    kind: str
    page: str
    answer: Answer
    cpu: float | None


@dataclass
class Person:
    """Acts at random, but alike in every run with the same seed. done: every action so far, in order."""

    visitor: Visitor
    seed: int
    meter: Meter | None = None
    done: list[Done] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    async def does(self, kind: str, action: Awaitable[Answer]) -> None:
        page, meter = self.visitor.title, self.meter
        if not meter:
            self.done.append(Done(kind, page, await action, None))
            return
        before, started = meter.now(), time.perf_counter()
        answer = await action
        await asyncio.sleep(SETTLED)
        spent = meter.now() - before - meter.idle * (time.perf_counter() - started)
        self.done.append(Done(kind, page, answer, spent))

    async def act(self) -> None:
        """Take an action at random, and what follows from it."""
        if self.visitor.title == self.visitor.first:
            acts = [self.draw, self.rest, self.digit, self.digits, self.norm, self.leave]
            await self.chance.choice(acts)()
        else:
            await self.back()

    async def draw(self) -> None:
        await self.does("stroke grows", self.visitor.draw(moving=True))

    async def rest(self) -> None:
        await self.does("stroke ends", self.visitor.draw(moving=False))

    async def digit(self) -> None:
        await self.does("random digit", self.visitor.click("random MNIST digit"))
        await self.does("the pad takes it", self.visitor.take())

    async def digits(self) -> None:
        await self.does("a digit in or out", self.move(self.visitor.control("button_group", "digits")))

    async def norm(self) -> None:
        """Change the norm; on a page without that choice, add or remove a possible answer."""
        if any(each.name == "norm" for each in self.visitor.controls("button_group")):
            await self.does("norm", self.move(self.visitor.control("button_group", "norm")))
        else:
            await self.digits()

    async def leave(self, page: str | None = None) -> None:
        page = page or self.chance.choice(self.visitor.others)
        await self.does("another page", self.visitor.open(page))

    async def back(self) -> None:
        await self.does("back to the pad", self.visitor.open(self.visitor.first))
        if self.visitor.drawn:
            await self.does("the pad's return", self.visitor.draw(moving=False))

    async def round(self, number: int) -> None:
        """Do everything once, and move some controls on another page."""
        for _ in range(3):
            await self.draw()
        for act in (self.rest, self.digit, self.digits, self.norm):
            await act()
        await self.leave(self.visitor.others[number % len(self.visitor.others)])
        await self.visitor.rest()  # what is computed once for everybody is nobody's cost
        for _ in range(2):
            if movable := self.movable():
                await self.does("a control there", self.move(self.chance.choice(movable)))
        await self.back()

    def movable(self) -> list[Control]:
        """The controls that can be moved."""
        found = (each for kind in CHOSEN for each in self.visitor.controls(kind))
        return [each for each in found if self.visitor.elsewhere(each)]

    async def move(self, control: Control) -> Answer:
        return await self.visitor.move(control, self.chance)

    async def slide(self) -> None:
        """Move the first control of the page."""
        await self.does("the slider", self.move(self.movable()[0]))

    async def live(self, until: float) -> None:
        await asyncio.sleep(self.chance.uniform(0, EVERY))
        while (start := time.perf_counter()) < until:
            await self.act()
            await asyncio.sleep(start + EVERY - time.perf_counter())

    async def scribble(self, until: float, gap: float) -> None:
        """Draw without a rest, waiting for each answer."""
        await asyncio.sleep(self.chance.uniform(0, gap))
        while (start := time.perf_counter()) < until:
            await self.draw()
            await asyncio.sleep(start + gap - time.perf_counter())


async def look_around(visitor: Visitor, most: int) -> None:
    """See some pages to their end, and all ten digits as possible answers."""
    await visitor.click("All ten")
    for page in visitor.others[:most]:
        await visitor.open(page)
        await visitor.rest()
    await visitor.open(visitor.first)
    await visitor.click("3 and 7")
