"""The list comprehension: on a list that the reader types, element by element, then on the files."""

import inspect
import re

import streamlit as st

from mnist_dash import chapter
from mnist_dash.chapter.listing import Line, Named
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.lines import outcome
from mnist_dash.pages.shared.names import kind
from mnist_dash.pages.shared.set_in_use import folder
from mnist_dash.pages.shared.settings import RULES
from mnist_dash.pages.shared.words import plain

MOST = 20
LAYOUT = """<style>
.elements { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 !important; padding: 0 !important; }
.elements li { display: grid; justify-items: center; min-width: 3.6rem; margin: 0; padding: .35rem .6rem;
  list-style: none; border: 1px solid light-dark(#c9ccd2, #4a4f5a); border-radius: 6px; line-height: 1.45;
  font-variant-numeric: tabular-nums; }
.elements li.dropped { border-style: dashed; }
.elements li.dropped b { text-decoration: line-through; opacity: .65; }
.elements b { font-weight: 600; }
.elements small { opacity: .75; }
</style>"""


@exhibit
def comprehension(digit: int) -> None:
    """The exhibit: the reader's list through one of three rules, and the same on the files of a digit."""
    st.header("One line instead of a loop", anchor=False)
    st.markdown(
        explained(
            "A **[[list comprehension]]** makes a new list out of an old one: *for* each element, *if* it "
            "passes a test, do something with it."
        ),
        unsafe_allow_html=True,
    )
    _on_a_list()
    _on_the_files(digit)


def _on_a_list() -> None:
    chosen = choices()
    with st.container(horizontal=True, vertical_alignment="top"):
        st.text_input("Your list", max_chars=240, live=True, width=320, **chosen.control("list", "value"))
        st.segmented_control(
            "The rule", RULES, format_func=_source, required=True, wrap=True, **chosen.control("rule")
        )
    numbers, complaint = numbers_in(chosen["list"])
    if complaint:
        st.warning(plain(complaint))
    rule = getattr(chapter, chosen["rule"])
    ran = run("comprehension", "A list comprehension.", rule, _given(numbers))
    st.html(f'{LAYOUT}<ul class="elements" aria-label="Element by element">{_elements(numbers, rule)}</ul>')
    st.code(f"{ran.code}\n# {ran.value}", language="python", wrap_lines=True)


def _on_the_files(digit: int) -> None:
    st.markdown(f"The same kind of line opens every image of the {kind()}:")
    with st.spinner("Opening every file …"):
        given = {"folder": folder("train", digit)}
        ran = run("files to tensors", "Every file becomes a tensor.", chapter.files_to_tensors, given)
    files, tensors, shape, dtype = ran.value
    st.code(_source("tensors"), language="python")
    st.markdown(
        explained(
            f"{files:,} files become **{tensors:,} tensors**, each of [[shape]] {tuple(shape)} and [[dtype]] "
            f"`{dtype}`."
        ),
        unsafe_allow_html=True,
    )
    show_code(ran, line="tensors = ")


def numbers_in(text: str) -> tuple[tuple[int, ...], str]:
    """The whole numbers in what the reader typed, and a sentence on what is left out, or ""."""
    found = [part for part in re.split(r"[\s,;\[\]()]+", text.replace("−", "-")) if part]
    read = [part for part in found if re.fullmatch("[+-]?[0-9]{1,9}", part)]
    numbers = tuple(map(int, read[:MOST]))
    if not found:
        return numbers, "Type at least one whole number."
    if wrong := next((part for part in found if part not in read), None):
        shown = wrong if len(wrong) <= 12 else wrong[:12] + "…"
        return numbers, f"“{shown}” is not a whole number of at most nine digits, and is left out."
    if len(read) > MOST:
        return numbers, f"{MOST} numbers at most, please: of these {len(read)} the first are taken."
    return numbers, ""


def _given(numbers: tuple[int, ...]) -> dict[str, Named]:
    return {"numbers": Named(numbers, str(list(numbers)))}


def _source(rule: str) -> str:
    return inspect.getsource(getattr(chapter, rule)).partition("return ")[2].strip()


def _elements(numbers: tuple[int, ...], rule: Line) -> str:
    items = []
    for number in numbers:
        kept = outcome(rule, _given((number,))).value  # the same line on a list of this one
        items.append(
            f"<li><b>{number}</b><small>becomes</small><b>{kept[0]}</b></li>"
            if kept
            else f'<li class="dropped"><b>{number}</b><small>dropped</small></li>'
        )
    return "".join(items)
