"""The app without a browser: pages through the entry point, and what they send to our components."""

import json
from pathlib import Path

from streamlit.testing.v1 import AppTest

from mnist_dash.components.digit_pad import Drawing

ENTRY = Path(__file__).parent.parent / "mnist_dash" / "frame.py"  # streamlit_app.py serves it

FOLDERS = {"ideals": "ideal"}


def run(page=None, **query):
    at = AppTest.from_file(ENTRY, default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    if page:
        at.switch_page(f"pages/{FOLDERS.get(page, page)}/page.py").run()
    assert not at.exception
    return at


def component(at, name):
    """What Python sends to a component of ours, or None when it is not on the page."""
    protos = [element.proto for element in at.get("bidi_component")]
    sent = [json.loads(proto.json) for proto in protos if proto.component_name == f"mnist-dash.{name}"]
    return sent[0] if sent else None


def components(at, name):
    """What Python sends to every component of ours with this name, in the page's order."""
    protos = [element.proto for element in at.get("bidi_component")]
    return [json.loads(proto.json) for proto in protos if proto.component_name == f"mnist-dash.{name}"]


def drawn(at, pixels):
    """The same page with this 28 x 28 on the pad."""
    at.session_state["drawing"] = Drawing.of(pixels)
    at.run()
    assert not at.exception
    return at


def button(at, label):
    return next(button for button in at.button if button.label == label)


def unfolded(at):
    """The same page with all code in sight."""
    for folded in at.expander:
        _, mark, cells = folded.proto.id.partition("-code of ")
        if mark:
            at.session_state[f"code of {cells}"] = True
    at.run()
    assert not at.exception
    return at
