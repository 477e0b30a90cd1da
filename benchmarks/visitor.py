"""A visitor of the app without a browser: Streamlit's protocol over a real WebSocket.

Sends what the browser sends, message for message: the states of the page's controls, the fragment that is to
run, the pad's drawings. Draws nothing.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from tests.strokes import THREE

UNITS = 560  # along one side of the pad
PATIENCE = 60  # seconds
POINTS = 60  # of a stroke


class VisitError(Exception):
    """What no visitor should meet: an error on the page, or no answer."""


@dataclass
class Answer:
    """What an action brought. Seconds from sending it to the first message that changed the page, and to the
    last; bytes of the messages."""

    changed: float
    finished: float
    received: int


@dataclass
class Visitor:
    """states: what the browser would say of each control, by its id. controls: the id of each control by its
    key, or else its label, and the fragment that it is in. shown: the hash of what is at each place."""

    socket: ClientConnection
    page: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    states: dict[str, WidgetState] = field(default_factory=dict)
    controls: dict[str, tuple[str, str]] = field(default_factory=dict)
    shown: dict[tuple[int, ...], str] = field(default_factory=dict)
    drawn: int = 0  # points of the stroke
    number: int = 0  # of the pad's state
    load: dict | None = None  # a picture that the pad is asked to show
    loaded: int | None = None
    answers: int | None = None  # number of the pad's state that is answered

    async def join(self) -> Answer:
        """The page is opened."""
        return await self._run()

    async def open(self, page: str) -> Answer:
        """Another page, chosen in the navigation. Controls of the one before are forgotten."""
        self.page = self.pages[page]
        for place in (self.states, self.controls, self.shown):
            place.clear()
        return await self._run()

    async def click(self, label: str) -> Answer:
        control, fragment = self.controls[label]
        return await self._run(WidgetState(id=control, trigger_value=True), fragment)

    async def choose(self, key: str, options: list[str]) -> Answer:
        """Options of a segmented control."""
        control, fragment = self.controls[key]
        self.states[control].string_array_value.data[:] = options
        return await self._run(fragment=fragment)

    async def draw(self, *, moving: bool) -> Answer:
        """The pad reports a stroke that has become longer; it begins anew when it was all drawn."""
        self.drawn = self.drawn % POINTS + 2
        return await self._report([self.stroke], moving)

    async def take(self) -> Answer:
        """The pad reports the picture that it was asked to show."""
        self.loaded = self.load["serial"]
        return await self._report([{"tool": "grid", "grid": self.load["grid"]}], moving=False)

    @property
    def stroke(self) -> dict:
        """A 3, as far as it is drawn."""
        points = []
        for i in range(self.drawn):
            at = i / POINTS * (len(THREE) - 1)
            (ax, ay), (bx, by) = THREE[int(at)], THREE[int(at) + 1]
            points += [round(UNITS * (a + (b - a) * (at % 1))) for a, b in ((ax, bx), (ay, by))]
        return {"tool": "pen", "size": 48, "points": points}

    async def _report(self, marks: list[dict], moving: bool) -> Answer:
        control, fragment = self.controls["pad"]
        self.number += 1
        ink = {"number": self.number, "moving": moving, "marks": marks, "loaded": self.loaded}
        self.states[control] = WidgetState(id=control, json_value=json.dumps({"ink": ink}))
        number = self.number
        return await self._run(fragment=fragment, seen=lambda: self.answers == number)

    async def _run(
        self, trigger: WidgetState | None = None, fragment: str = "", seen: Callable[[], bool] | None = None
    ) -> Answer:
        """One run of the script or of a fragment. seen: whether what was waited for is on the page."""
        message = BackMsg()
        state = message.rerun_script
        state.page_script_hash, state.fragment_id = self.page, fragment
        state.widget_states.widgets.extend(self.states.values())
        if trigger:
            state.widget_states.widgets.append(trigger)
        state.context_info.timezone, state.context_info.locale = "UTC", "en-US"
        state.context_info.url, state.context_info.color_scheme = "http://localhost/", "light"
        started, changed, received = time.perf_counter(), None, 0
        await self.socket.send(message.SerializeToString())
        while True:
            async with asyncio.timeout(PATIENCE):
                data = await self.socket.recv()
            received += len(data)
            answer = ForwardMsg.FromString(data)
            kind = answer.WhichOneof("type")
            if kind == "delta":
                different = self._take(answer)
                if changed is None and (seen() if seen else different):
                    changed = time.perf_counter() - started
            elif kind == "navigation":
                self.pages = {page.page_name: page.page_script_hash for page in answer.navigation.app_pages}
                self.page = answer.navigation.page_script_hash
            elif kind == "script_finished" and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                finished = time.perf_counter() - started
                return Answer(finished if changed is None else changed, finished, received)

    def _take(self, message: ForwardMsg) -> bool:
        """What stands on the page now; whether it is different from what stood there."""
        place, delta = tuple(message.metadata.delta_path), message.delta
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise VisitError(element.exception.message)
        if kind == "button":
            self.controls[element.button.label] = element.button.id, delta.fragment_id
        elif kind == "button_group":
            group = element.button_group
            self.controls[_key(group.id)] = group.id, delta.fragment_id
            chosen = (
                group.raw_values if group.set_value else [group.options[i].content for i in group.default]
            )
            if group.set_value or group.id not in self.states:
                self.states[group.id] = WidgetState(id=group.id)
                self.states[group.id].string_array_value.data.extend(chosen)
        elif kind == "bidi_component":
            component = element.bidi_component
            self.controls[_key(component.id)] = component.id, delta.fragment_id
            if component.component_name == "mnist-dash.digit_pad":
                self.load = json.loads(component.json)["load"]
            elif component.component_name == "mnist-dash.readout":
                self.answers = json.loads(component.json)["answers"]
        before, self.shown[place] = self.shown.get(place), message.hash
        return message.hash != before


def _key(control: str) -> str:
    return control.split("-", 2)[2]


@asynccontextmanager
async def visitor(url: str) -> AsyncIterator[Visitor]:
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None, open_timeout=PATIENCE) as socket:
        yield Visitor(socket)
