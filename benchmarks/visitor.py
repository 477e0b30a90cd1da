"""Visits the app without a browser: Streamlit's protocol over a real WebSocket.

A visitor remembers what a browser would (what is on the page, the states of all controls, the fragment that
each is in, the address, the pad's drawings) and sends the same messages; fragments with an interval run again
and again. What can be chosen is read from what the server has sent. Nothing is rendered.
"""

import asyncio
import json
import re
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

from google.protobuf.message import Message
from streamlit.proto.AppPage_pb2 import AppPage
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.strokes import THREE

UNITS = 560  # along one side of the pad
PATIENCE = 60  # seconds
POINTS = 60  # in a stroke
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
CHOSEN = ("button_group", "slider", "number_input", "checkbox", "selectbox", "radio")  # can be set
BROKEN = re.compile("reference [0-9a-f]{6}")  # what a broken exhibit says
SPOKEN = (*CHOSEN, "text_input")  # have a state as soon as they are shown


class VisitError(Exception):
    """No visitor should meet this: an error on the page, or no answer."""


@dataclass(frozen=True)
class Answer:
    """The answer to an action. changed: seconds until the first message that changed the page itself, not
    only the frame around it. finished: seconds until the last. received: bytes of all messages."""

    changed: float
    finished: float
    received: int


@dataclass(frozen=True)
class Placed:
    """What is at a place of the page, and which run put it there. element: None for a container."""

    kind: str
    element: Message | None
    hash: str
    run: str
    fragment: str
    script: str


@dataclass(frozen=True)
class Control:
    """name: the control's key, without the number that changes when it is replaced."""

    kind: str
    name: str
    label: str
    element: Message
    fragment: str

    @property
    def data(self) -> dict:
        """The data that was sent to one of our components."""
        return json.loads(self.element.json or "{}")


@dataclass
class Asked:
    """A request that awaits its answer. runs: those that began since, and answer it. ended: whether the
    latest of them ended early, so that another follows."""

    fragment: str
    seen: Callable[[], bool] | None
    answered: asyncio.Future
    started: float = field(default_factory=time.perf_counter)
    changed: float | None = None
    received: int = 0
    runs: set[str] = field(default_factory=set)
    ended: bool = False

    def begins(self, run: str, fragments: list[str]) -> None:
        if self.ended or not fragments or self.fragment in fragments:
            self.runs.add(run)
            self.ended = False


@dataclass
class Visitor:
    """pages: by title. states: of each control, as a browser would send it, by its id. shown: what is at each
    place of the page. again: the fragments that run again and again, by their id."""

    url: str
    socket: ClientConnection
    page: str = ""
    pages: dict[str, AppPage] = field(default_factory=dict)
    query: str = ""
    states: dict[str, WidgetState] = field(default_factory=dict)
    shown: dict[tuple[int, ...], Placed] = field(default_factory=dict)
    again: dict[str, asyncio.Task] = field(default_factory=dict)
    session: str = ""
    run: str = ""  # the id of the run under way
    frame: str = ""  # the script around all pages
    asked: Asked | None = None
    files: dict[str, asyncio.Future] = field(default_factory=dict)  # where to send each file, once known
    drawn: int = 0  # points of the stroke so far
    number: int = 0  # of the pad's latest state
    loaded: int = 0

    # -- what a person does ----------------------------------------------------------------------------

    async def join(self, name: str = "", query: str = "", patience: float = PATIENCE) -> Answer:
        """Open the app at the page with this name in the address. patience: in seconds."""
        self.query = query
        return await self._run(name=name, patience=patience)

    async def open(self, title: str) -> Answer:
        """Go to another page by a link on this one, with the choices in it, or by the navigation. Only the
        frame around every page stays."""
        links = [each.element for each in self._all("page_link")]
        self.page = self.pages[title].page_script_hash
        there = [each for each in links if each.page_script_hash == self.page]
        self.query = next((each.query_string for each in there + links), "")
        self._stop_again(self.again)
        self.shown = {place: each for place, each in self.shown.items() if each.script == self.frame}
        self._forget()
        return await self._run()

    async def click(self, label: str) -> Answer:
        """Click a button, by its label."""
        control = self.control(kind="button", label=label)
        return await self._run(WidgetState(id=control.element.id, trigger_value=True), control.fragment)

    async def choose(self, control: Control, value: Any) -> Answer:
        """Set a control: texts of options, numbers, or whether it is on."""
        state = WidgetState(id=control.element.id)
        match value:
            case bool():
                state.bool_value = value
            case list():
                texts = all(isinstance(each, str) for each in value)
                (state.string_array_value if texts else state.double_array_value).data.extend(value)
            case str():
                state.string_value = value
            case dict():
                state.json_value = json.dumps(value)
            case _:
                state.double_value = value
        self.states[state.id] = state
        return await self._run(fragment=control.fragment)

    async def move(self, control: Control, chance: Random) -> Answer:
        """Set a control to any other value."""
        return await self.choose(control, chance.choice(self.elsewhere(control)))

    async def draw(self, *, moving: bool) -> Answer:
        """The pad reports a longer stroke; once it is complete, a new one begins."""
        self.drawn = self.drawn % POINTS + 2
        return await self._report([self.stroke], moving)

    async def take(self) -> Answer:
        """The pad confirms the picture that it was asked to show."""
        load = self.pad.data["load"]
        self.loaded = load.get("number", load.get("serial"))
        marks = load["marks"] if "marks" in load else [{"tool": "grid", "grid": load["grid"]}]
        return await self._report(marks, moving=False)

    async def rest(self, seconds: float = PATIENCE) -> None:
        """Wait until no fragment runs again and again any more, for so many seconds at most."""
        await asyncio.sleep(0.1)
        until = time.perf_counter() + seconds
        while self.again and time.perf_counter() < until:
            await asyncio.sleep(0.1)

    async def upload(self, control: Control, name: str, content: bytes) -> Answer:
        """Upload a file."""
        message, request = BackMsg(), uuid4().hex
        ask = message.file_urls_request
        ask.request_id, ask.session_id = request, self.session
        ask.file_names.append(name)
        self.files[request] = asyncio.get_running_loop().create_future()
        await self.socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            urls = await self.files[request]
        await asyncio.to_thread(_put, self.url, urls.upload_url, name, content)
        state = self.states[control.element.id] = WidgetState(id=control.element.id)
        state.file_uploader_state_value.uploaded_file_info.append(
            UploadedFileInfo(file_id=urls.file_id, name=name, size=len(content), file_urls=urls)
        )
        return await self._run(fragment=control.fragment)

    # -- what is on the page ---------------------------------------------------------------------------

    def controls(self, kind: str | None = None) -> list[Control]:
        """The controls on the page that can be used."""
        kinds = (kind,) if kind else (*SPOKEN, "button", "file_uploader", "bidi_component")
        found = (each for name in kinds for each in self._all(name))
        return [_control(each) for each in found if not getattr(each.element, "disabled", False)]

    def control(self, kind: str | None = None, name: str = "", label: str = "") -> Control:
        """The first control of this kind and name."""
        for each in self.controls(kind):
            if name in ("", each.name) and label.lower() in each.label.lower():
                return each
        raise VisitError(f"nothing of the kind {kind}, called {name} or {label}, is on {self.title}")

    def elsewhere(self, control: Control) -> list[Any]:
        """The values to which a control could be set."""
        state, element = self.states[control.element.id], control.element
        match control.kind:
            case "button_group":
                options, now = [each.content for each in element.options], [*state.string_array_value.data]
                if element.click_mode == ButtonGroup.MULTI_SELECT:
                    toggled = [sorted({*now} ^ {each}) for each in options]
                    return [each for each in toggled if len(each) > 1] or [options]
                return [[each] for each in options if [each] != now]
            case "slider" if element.type == Slider.SELECT_SLIDER:
                return [[each] for each in element.options]
            case "slider":
                low, high = element.min, element.max
                steps = range(round((high - low) / element.step) + 1)
                places = [low + element.step * each for each in steps]
                now = [*state.double_array_value.data]
                return [[*now[:-1], each] for each in places if not now[1:] or each > now[0]]
            case "number_input":
                beside = (state.double_value + way * (element.step or 1) for way in (-1, 1))
                return [
                    each
                    for each in beside
                    if not (element.has_min and each < element.min)
                    and not (element.has_max and each > element.max)
                ]
            case "checkbox":
                return [not state.bool_value]
            case "selectbox" | "radio":
                return [each for each in element.options if each != state.string_value]
        raise VisitError(f"it is not known how a {control.kind} is moved")

    @property
    def title(self) -> str:
        """The page's title in the navigation, if there is one."""
        return next((name for name, page in self.pages.items() if page.page_script_hash == self.page), "")

    @property
    def first(self) -> str:
        """The title of the page that the app begins with."""
        return next(name for name, page in self.pages.items() if page.is_default)

    @property
    def others(self) -> list[str]:
        """The titles of all other pages."""
        return [name for name in self.pages if name != self.first]

    @property
    def pad(self) -> Control:
        if pad := next((each for each in self._components() if _named(each) == "digit_pad"), None):
            return pad
        raise VisitError(f"no pad is on {self.title}")

    @property
    def answers(self) -> int | None:
        """The number of the pad's state that the answer in view belongs to."""
        return next((each.data["answers"] for each in self._components() if _named(each) == "readout"), None)

    @property
    def stroke(self) -> dict:
        """A 3, as far as it has been drawn."""
        points = []
        for i in range(self.drawn):
            at = i / POINTS * (len(THREE) - 1)
            (ax, ay), (bx, by) = THREE[int(at)], THREE[int(at) + 1]
            points += [round(UNITS * (a + (b - a) * (at % 1))) for a, b in ((ax, bx), (ay, by))]
        return {"tool": "pen", "size": 48, "points": points}

    def _components(self) -> list[Control]:
        return self.controls("bidi_component")

    def _all(self, kind: str) -> Iterator[Placed]:
        """All elements of this kind, in the page's order."""
        return (each for _, each in sorted(self.shown.items(), key=_place) if each.kind == kind)

    # -- how it is said --------------------------------------------------------------------------------

    async def _report(self, marks: list[dict], moving: bool) -> Answer:
        pad = self.pad
        self.number += 1
        ink = {"number": self.number, "moving": moving, "marks": marks, "loaded": self.loaded}
        ink["step"] = len(marks)
        self.states[pad.element.id] = WidgetState(id=pad.element.id, json_value=json.dumps({"ink": ink}))
        number = self.number
        return await self._run(fragment=pad.fragment, seen=lambda: self.answers == number)

    async def _run(
        self,
        trigger: WidgetState | None = None,
        fragment: str = "",
        name: str = "",
        seen: Callable[[], bool] | None = None,
        patience: float = PATIENCE,
    ) -> Answer:
        """Ask for a run of the script or of a fragment. seen: whether what one waits for is on the page."""
        self.asked = asked = Asked(fragment, seen, asyncio.get_running_loop().create_future())
        await self._say(fragment, name, trigger)
        async with asyncio.timeout(patience):
            return await asked.answered

    async def _say(
        self, fragment: str, name: str = "", trigger: WidgetState | None = None, *, again: bool = False
    ) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.page_script_hash, state.page_name, state.fragment_id = self.page, name, fragment
        state.query_string, state.is_auto_rerun = self.query, again
        state.widget_states.widgets.extend(self.states.values())
        if trigger:
            state.widget_states.widgets.append(trigger)
        state.context_info.timezone, state.context_info.locale = "UTC", "en-US"
        state.context_info.url, state.context_info.color_scheme = self.url, "light"
        await self.socket.send(message.SerializeToString())

    async def _say_again(self, fragment: str, interval: float) -> None:
        with suppress(ConnectionClosed):
            while True:
                await asyncio.sleep(interval)
                await self._say(fragment, again=True)

    def _stop_again(self, fragments: Any) -> None:
        for fragment in list(fragments):
            if task := self.again.pop(fragment, None):
                task.cancel()

    # -- how it is heard -------------------------------------------------------------------------------

    async def listen(self) -> None:
        """Hear messages until the connection is closed."""
        with suppress(ConnectionClosed):
            async for data in self.socket:
                if self.asked:
                    self.asked.received += len(data)
                try:
                    self._hear(ForwardMsg.FromString(data))
                except VisitError as error:
                    if not self.asked or self.asked.answered.done():
                        raise
                    self.asked.answered.set_exception(error)

    def _hear(self, message: ForwardMsg) -> None:
        run, kind, asked = message.metadata.run, message.WhichOneof("type"), self.asked
        if kind == "delta":
            different = self._place(message)
            if asked and asked.changed is None and (asked.seen() if asked.seen else different):
                asked.changed = time.perf_counter() - asked.started
        elif kind == "new_session":
            self.run = run.script_run_id
            if asked:
                asked.begins(run.script_run_id, list(run.fragment_ids))
            if not run.fragment_ids:
                self._stop_again(self.again)
                self.frame = message.new_session.main_script_hash
            self.session = message.new_session.initialize.session_id or self.session
        elif kind == "navigation":
            self.pages = {page.page_name: page for page in message.navigation.app_pages}
            self.page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            fragment, interval = message.auto_rerun.fragment_id, message.auto_rerun.interval
            if fragment not in self.again:
                self.again[fragment] = asyncio.create_task(self._say_again(fragment, interval))
        elif kind == "stop_auto_rerun":
            self._stop_again(message.stop_auto_rerun.fragment_ids)
        elif kind == "file_urls_response":
            answer = message.file_urls_response
            self.files[answer.response_id].set_result(answer.file_urls[0])
        elif kind == "script_finished":
            self._finish(run.script_run_id, list(run.fragment_ids), message.script_finished)

    def _finish(self, run: str, fragments: list[str], how: int) -> None:
        """A run has ended: whatever it has not shown again is gone."""
        if how == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise VisitError("the script cannot be read")
        asked = self.asked
        if how not in FINISHED:
            if asked and run in asked.runs:
                asked.ended = True
            return
        self.shown = {
            place: each
            for place, each in self.shown.items()
            if each.run == run or (fragments and each.fragment not in fragments)
        }
        self._forget()
        if (
            asked
            and run in asked.runs
            and not asked.answered.done()
            and not (asked.seen and not asked.seen())
        ):
            finished = time.perf_counter() - asked.started
            changed = finished if asked.changed is None else asked.changed
            asked.answered.set_result(Answer(changed, finished, asked.received))

    def _place(self, message: ForwardMsg) -> bool:
        """Put an element in its place. Returns whether it differs from what was there."""
        place, delta = tuple(message.metadata.delta_path), message.delta
        element, kind = None, delta.WhichOneof("type")
        if kind == "new_element":
            kind = delta.new_element.WhichOneof("type")
            element = getattr(delta.new_element, kind)
        if kind == "exception":
            raise VisitError(f"{element.type}: {element.message}")
        if kind == "alert" and BROKEN.search(element.body):
            raise VisitError(f"on {self.title}: {element.body}")
        before = self.shown.get(place)
        if before and before.element is None and element is not None:  # a container goes with its contents
            depth = len(place)
            self.shown = {each: what for each, what in self.shown.items() if each[:depth] != place}
        self.shown[place] = Placed(
            kind,
            element,
            message.hash,
            self.run,
            delta.fragment_id,
            message.metadata.active_script_hash,
        )
        if kind in SPOKEN and (element.set_value or element.id not in self.states):
            self.states[element.id] = _stands(kind, element)
        # The links in the frame hold all choices, so they change with every answer: they don't count.
        return self.shown[place].script != self.frame and (before is None or before.hash != message.hash)

    def _forget(self) -> None:
        """Forget the states of controls that are no longer on the page."""
        there = {getattr(each.element, "id", None) for each in self.shown.values()}
        self.states = {control: state for control, state in self.states.items() if control in there}


def _place(item: tuple[tuple[int, ...], Placed]) -> tuple[int, ...]:
    return item[0]


def _control(placed: Placed) -> Control:
    element = placed.element
    key = element.id.split("-", 2)[2]
    return Control(
        placed.kind, re.sub(r" \d+$", "", key), getattr(element, "label", ""), element, placed.fragment
    )


def _named(component: Control) -> str:
    return component.element.component_name.rpartition(".")[2]


def _stands(kind: str, element: Message) -> WidgetState:
    """A control's state when it is shown, or as the server has set it."""
    state, told = WidgetState(id=element.id), element.set_value
    if kind == "button_group":
        chosen = element.raw_values if told else [element.options[each].content for each in element.default]
        state.string_array_value.data.extend(chosen)
    elif kind == "slider" and element.type == Slider.SELECT_SLIDER:
        chosen = element.raw_value if told else [element.options[int(each)] for each in element.default]
        state.string_array_value.data.extend(chosen)
    elif kind == "slider":
        state.double_array_value.data.extend(element.value if told else element.default)
    elif kind == "number_input":
        state.double_value = element.value if told else element.default
    elif kind == "checkbox":
        state.bool_value = element.value if told else element.default
    elif kind == "text_input":
        state.string_value = element.value if told else element.default
    elif told or element.options:
        state.string_value = element.raw_value if told else element.options[element.default]
    return state


def _put(url: str, path: str, name: str, content: bytes) -> None:
    """Send a file to the address that the server gave, with the token that it demands."""
    with urllib.request.urlopen(f"{url}/_stcore/health") as answer:
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
    edge = uuid4().hex
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    request = urllib.request.Request(
        f"{url}{path}",
        data=head.encode() + content + f"\r\n--{edge}--\r\n".encode(),
        method="PUT",
        headers={
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "Cookie": cookie,
            "X-Xsrftoken": cookie.partition("=")[2],
        },
    )
    urllib.request.urlopen(request).close()


@asynccontextmanager
async def visitor(url: str) -> AsyncIterator[Visitor]:
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None, open_timeout=PATIENCE) as socket:
        one = Visitor(url, socket)
        ears = asyncio.create_task(one.listen())
        try:
            yield one
        finally:
            one._stop_again(one.again)
            await socket.close()
            await ears
