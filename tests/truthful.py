"""The app with three more routes, for tests that compare it with what a reader did.

``/truth`` tells what the server holds to be chosen, and what can't be seen in a browser: what the texts of
controls and the stops of sliders mean, what buttons wish. ``/meant`` tells what a message chooses.
``/break`` makes the next page raise, once.
"""

import asyncio
import json
import sys
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from threading import current_thread
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402
from starlette.requests import Request  # noqa: E402
from starlette.responses import Response  # noqa: E402
from starlette.routing import Route  # noqa: E402
from streamlit.delta_generator import DeltaGenerator  # noqa: E402
from streamlit.runtime import get_instance  # noqa: E402
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx  # noqa: E402
from streamlit.runtime.state import SafeSessionState  # noqa: E402

from mnist_dash.components.digit_pad import Drawing  # noqa: E402
from mnist_dash.pages.shared import hearing  # noqa: E402
from mnist_dash.pages.shared import slide as sliders  # noqa: E402
from mnist_dash.pages.shared.choices import Choices  # noqa: E402
from mnist_dash.pages.shared.settings import SETTINGS  # noqa: E402
from streamlit_app import pages, warming_up  # noqa: E402

options: dict[str, dict[str, Any]] = defaultdict(dict)  # setting -> text of an option -> value
stops: dict[str, dict[str, Any]] = defaultdict(dict)  # setting -> words of a stop -> value
shown: dict[str, Any] = {}  # by the key of a control or slider, what it was last told to show
live: set[str] = set()  # settings whose text fields are heard while one types
wishes: dict[str, list[Any]] = defaultdict(list)  # by a button's key, what it chose; if computed, the names
# By key, what reads a component's messages, and in which visit.
faces: dict[str, deque[tuple[Callable, Any]]] = defaultdict(lambda: deque(maxlen=8))

breaking: list[str] = []  # what is to raise, once: "control", of a page, or "page_link", of the frame


def overhear() -> None:
    """Note what the pages say, and change nothing of it."""
    control, button, mount = Choices.control, Choices.button, Choices.mount
    slide = sliders.slide

    @wraps(control)
    def noting_control(self, *args, **named):
        break_if("control")
        told = control(self, *args, **named)
        key, value = told.values()
        shown[key] = value
        return told

    @wraps(button)
    def noting_button(self, label, wish, **named):
        key = named.get("key") or f"{label} button"
        if not callable(wish) and wish not in wishes[key][-8:]:
            wishes[key].append(wish)
        elif callable(wish) and not any(wishes[key]):  # there may have been nothing to do at first
            wishes[key] = [sorted(wish())]
        button(self, label, wish, **named)

    @wraps(mount)
    def noting_mount(self, face, key, *args, **named):
        @wraps(face)
        def noting_face(*args, **named):
            heard = face(*args, **named)
            faces[key].append((heard, get_script_run_ctx()))
            return heard

        mount(self, noting_face, key, *args, **named)

    @wraps(slide)
    def noting_slide(name, label, places, *, at, words=str, **named):
        stops[name].update({words(stop): stop for stop in (*places, at)})
        shown[f"{name} slider"] = words(at)
        slide(name, label, places, at=at, words=words, **named)

    link, text_input = st.page_link, DeltaGenerator.text_input

    @wraps(text_input)
    def noting_text_input(*args, key, **named):
        live.update({key.rpartition(" ")[0]} if named.get("live") else ())
        return text_input(*args, key=key, **named)

    @wraps(link)
    def noting_link(*args, **named):
        break_if("page_link")
        return link(*args, **named)

    st.page_link = noting_link
    DeltaGenerator.text_input = noting_text_input
    st.text_input = noting_text_input.__get__(st.text_input.__self__)
    Choices.control, Choices.button, Choices.mount = noting_control, noting_button, noting_mount
    sliders.slide = noting_slide
    for kind in ("segmented_control", "pills", "selectbox"):
        noting = _noting_options(getattr(DeltaGenerator, kind))
        setattr(DeltaGenerator, kind, noting)
        setattr(st, kind, noting.__get__(getattr(st, kind).__self__))


def _noting_options(method: Callable) -> Callable:
    @wraps(method)
    def noting(self, label, choices, *args, format_func=str, key=None, **named):
        name, _, number = (key or "").rpartition(" ")
        if number.isdigit():
            options[name].update({format_func(option): option for option in choices})
        return method(self, label, choices, *args, format_func=format_func, key=key, **named)

    return noting


def break_if(what: str) -> None:
    if what in breaking:
        breaking.remove(what)
        raise RuntimeError(f"a test breaks {what}")


def plain(value: Any) -> Any:
    """A value that JSON doesn't know."""
    match value:
        case Drawing(grid, marks):
            return {"grid": grid is not None, "marks": len(marks)}
        case set() | frozenset():
            return sorted(value, key=str)
    return str(value)


def sessions() -> list[dict[str, Any]]:
    """Those whose browser is there, the newest last."""
    found = (each.session.session_state for each in get_instance()._session_mgr.list_active_sessions())
    return [session(state["choices"]) for state in found if "choices" in state]


def session(chosen: Choices) -> dict[str, Any]:
    """own: names of what no address holds."""
    values = dict(chosen.values)
    own = [name for name, value in values.items() if SETTINGS[name].write(value) is None]
    return {"page": chosen.page, "values": values, "own": own}


async def truth(request: Request) -> Response:
    told = {
        "waiting": sum(len(post.letters) for post in hearing._posts.values()),
        "sessions": sessions(),
        "options": {name: list(texts.items()) for name, texts in options.items()},
        "stops": {name: list(words.items()) for name, words in stops.items()},
        "shown": shown,
        "live": sorted(live),
        "wishes": {key: wished[-8:] for key, wished in wishes.items()},
    }
    return Response(json.dumps(told, default=plain), media_type="application/json")


async def meant(request: Request) -> Response:
    """What this message of the component with this key chooses: its page may have changed since."""
    said = await request.json()
    values = await asyncio.to_thread(understood, said["key"], said["news"])
    return Response(json.dumps(values, default=plain), media_type="application/json")


def understood(key: str, news: Any) -> dict[str, Any]:
    for heard, visit in reversed(list(faces[key])):
        state = SafeSessionState(visit.session_state._state, lambda: None)  # of a run that has ended
        add_script_run_ctx(current_thread(), replace(visit, session_state=state))
        if values := heard(news):
            return values
    return {}


async def break_once(request: Request) -> Response:
    breaking.append(request.query_params["what"])
    return Response()


overhear()
app = st.App(
    ROOT / "mnist_dash/frame.py",
    lifespan=warming_up,
    routes=[
        Route("/truth", truth),
        Route("/meant", meant, methods=["POST"]),
        Route("/break", break_once),
        *pages,
    ],
)
