"""Keeps notes in the reader's browser and tells a later visit what they say (a Streamlit component, v2).

They stay in the browser's own storage; what it says may be anything, and is checked by whoever asked for it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from mnist_dash.components.shared.mount import Heard, Values, component


def memory(
    key: str, notes: Mapping[str, Any], *, visit: int, on_recall: Callable[[Mapping[str, Any]], Values]
) -> Heard:
    """Keep these notes, by name, as JSON has them: nothing of it is seen.

    visit: another number for every session, each of which is told once. on_recall: what is chosen by notes of
    earlier visits.
    """

    def heard(news: Any) -> Values:
        match news:
            case {"recall": {"at": dict(found)}}:
                return on_recall(found)
        return {}

    component("memory")(key=key, data={"notes": dict(notes), "visit": visit}, says=["recall"])
    return heard
