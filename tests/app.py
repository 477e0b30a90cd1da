"""The app without a browser: pages through the entry point, and what they send to our components."""

import json
import re
from functools import cache
from pathlib import Path

from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from mnist_dash.components.digit_pad import Drawing

ENTRY = Path(__file__).parent.parent / "mnist_dash" / "frame.py"  # streamlit_app.py serves it


@cache
def registered():
    """Our components, looked for once, as a server does: it takes longer than a page."""
    manager = BidiComponentManager()
    manager.discover_and_register_components(start_file_watching=False)
    return manager


def visit():
    """The app, before anything has run."""
    at = AppTest.from_file(ENTRY, default_timeout=60)
    at._bidi_component_manager = registered()
    return at


@cache
def known():
    """The pages, as Streamlit knows them once one has run: then a visit can begin on any."""
    return visit().run()._registered_pages


def run(page="draw", **query):
    at = visit()
    at._registered_pages = known()
    for name, value in query.items():
        at.query_params[name] = value
    return sound(at.switch_page(f"pages/{page}/page.py").run())


def sound(at):
    """The same page, if no exhibit on it broke."""
    assert not at.exception
    assert not [error.value for error in at.error if "reference" in error.value]
    return at


def chosen(at, name):
    """What the server holds to be chosen."""
    return at.session_state["choices"][name]


def choose(at, **values):
    """The same page with these choices made, as by a component or a button."""
    at.session_state["choices"].choose(**values)
    return sound(at.run())


def control(at, name):
    """The control of a setting: its key is the name and a number."""
    found = [
        widget
        for kind in (
            "segmented_control",
            "pills",
            "number_input",
            "slider",
            "selectbox",
            "text_input",
            "toggle",
        )
        for widget in at.get(kind)
        if re.fullmatch(rf"{re.escape(name)} \d+", widget.key or "")
    ]
    assert len(found) == 1, f"{len(found)} controls of {name}"
    return found[0]


def component(at, name):
    """What Python sends to a component of ours, or None when it is not on the page."""
    return next(iter(components(at, name)), None)


def components(at, name):
    """What Python sends to every component of ours with this name, in the page's order."""
    protos = [element.proto for element in at.get("bidi_component")]
    return [json.loads(proto.json) for proto in protos if proto.component_name == f"mnist-dash.{name}"]


def drawn(at, pixels):
    """The same page with this 28 x 28 on the pad."""
    return choose(at, drawing=Drawing.of(pixels))


def words(block):
    """What is read of a text, without the meanings that its dotted words open."""
    return re.sub('<span class="term"[^>]*>(.*?)</span>', r"\1", block.value)


def button(at, label):
    return next(button for button in at.button if button.label == label)


def unfolded(at):
    """The same page with all code in sight."""
    for folded in at.expander:
        _, mark, cells = folded.proto.id.partition("-code of ")
        if mark:
            at.session_state[f"code of {cells}"] = True
    return sound(at.run())
