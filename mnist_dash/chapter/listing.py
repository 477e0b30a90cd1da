"""The lines of ``chapter`` as they ran: evaluated, and printed from their source with the values filled in.

A function of ``chapter`` takes values (``digit``, ``place``) and what other functions make: a parameter with
the name of a function stands for what that function returns. So the functions are the nodes of a graph, and
a listing is the part of it that leads to one of them, as a reader would type it: imports, values in
place of parameters, one line after the other. Knows nothing about screens.
"""

import ast
import inspect
import json
import sys
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import FunctionType
from typing import Any

from mnist_dash import chapter

Line = FunctionType  # a function of chapter
MARK = "\0"  # stands in no source


@dataclass(frozen=True)
class Named:
    """A value that a listing shows in other words than its ``repr``."""

    value: Any
    words: str


@cache
def inputs(function: Line) -> tuple[str, ...]:
    """The names of a function's parameters."""
    return tuple(inspect.signature(function).parameters)


def made_by(name: str, given: Mapping[str, Any]) -> Line | None:
    """The function whose result a parameter stands for; None when it is a value.

    given: may put another function in the place of the one with this name.
    """
    if name in given:
        return given[name] if isinstance(given[name], FunctionType) else None
    return getattr(chapter, name)


def evaluate(function: Line, given: Mapping[str, Any], ask: Callable | None = None) -> Any:
    """What the function returns for these values. ask: used in place of this for what it builds on.

    given: name of a parameter -> its value, or the function that makes it.
    """
    ask = ask or evaluate
    arguments = {}
    for name in inputs(function):
        if maker := made_by(name, given):
            arguments[name] = ask(maker, given)
        else:
            value = given[name]
            arguments[name] = value.value if isinstance(value, Named) else value
    return function(**arguments)


def reaches(function: Line, given: Mapping[str, Any]) -> frozenset[tuple[str, Any]]:
    """Those of the given values that the outcome depends on."""
    makers = frozenset((name, value) for name, value in given.items() if isinstance(value, FunctionType))
    return frozenset((name, given[name]) for name in _reached(function, frozenset(given), makers))


@lru_cache(maxsize=2048)
def _reached(function: Line, names: frozenset[str], makers: frozenset[tuple[str, Line]]) -> frozenset[str]:
    """Which of the given names it reaches. makers: those that stand for what a function returns."""
    given, found = dict.fromkeys(names) | dict(makers), set()
    for name in inputs(function):
        if name in given:
            found.add(name)
        if maker := made_by(name, given):
            found |= _reached(maker, names, makers)
    return frozenset(found)


@dataclass(frozen=True)
class Block:
    """Some lines of a listing. name: what they define, or "" for the last ones. needs: what they build on."""

    name: str
    text: str
    names: frozenset[str]
    needs: tuple["Block", ...] = ()


def blocks(function: Line, given: Mapping[str, Any], name: str = "") -> Iterator[Block]:
    """The blocks of the listing in the order in which they run; one that two others need comes twice."""
    needs = []
    for parameter in inputs(function):
        if maker := made_by(parameter, given):
            made = list(blocks(maker, given, parameter))
            yield from made
            needs.append(made[-1])
    names = _source(function).names
    yield from _definitions(names)
    yield Block(name, _body(function, given, name), names, tuple(needs))


def text(function: Line, given: Mapping[str, Any]) -> str:
    """The whole listing, ready to be copied: imports, definitions, lines."""
    reached = reaches(function, given)
    makers = frozenset((name, value if isinstance(value, FunctionType) else None) for name, value in reached)
    values = dict(reached)
    parts = list(_template(function, makers))
    parts[1::2] = [_words(values[name]) for name in parts[1::2]]
    return "".join(parts)


@lru_cache(maxsize=1024)
def _template(function: Line, given: frozenset[tuple[str, Line | None]]) -> tuple[str, ...]:
    """The listing, cut where values stand: every other part is a name. given: names, and their makers."""
    marked = {name: maker or Named(None, f"{MARK}{name}{MARK}") for name, maker in given}
    found = list(dict.fromkeys(blocks(function, marked)))
    definitions = [block for block in found if block.text.startswith("def ")]
    lines = [block.text for block in found if block not in definitions]
    parts = [imports(found), *(block.text for block in definitions), "\n".join(lines)]
    return tuple("\n\n".join(part for part in parts if part).split(MARK))


def imports(found: list[Block]) -> str:
    """The import lines that these blocks need, as they stand in ``chapter``: Python's, others', ours."""
    used = frozenset().union(*(block.names for block in found))
    lines = []
    for module, aliases in _imports().items():
        needed = [alias for alias in aliases if (alias.asname or alias.name) in used]
        if module and needed:
            lines.append((module, ast.unparse(ast.ImportFrom(module, needed, 0))))
        elif needed:
            lines += [(alias.name, ast.unparse(ast.Import([alias]))) for alias in needed]
    return "\n".join(line for _, line in sorted(lines, key=_place))


def _place(found: tuple[str, str]) -> tuple[int, bool, str]:
    module, line = found
    top = module.partition(".")[0]
    origin = 0 if top in sys.stdlib_module_names else 2 if top == "mnist_dash" else 1
    return origin, line.startswith("from"), line.lower()


# -- from a function's source to lines --------------------------------------------------------------


@cache
def _imports() -> Mapping[str | None, list[ast.alias]]:
    """What chapter imports, by the module it comes from; whole modules under None."""
    found = defaultdict(dict)
    for file in sorted(Path(chapter.__file__).parent.glob("[!_]*.py")):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                module = getattr(node, "module", None)
                found[module] |= {ast.unparse(alias): alias for alias in node.names}
    # What chapter takes from itself is printed, not imported.
    return {
        module: [aliases[name] for name in sorted(aliases)]
        for module, aliases in found.items()
        if not (module or "").startswith(chapter.__name__)
    }


@cache
def _definitions(names: frozenset[str]) -> tuple[Block, ...]:
    """Functions of chapter that are called by name, and what those call: as they stand there."""
    found = []
    for name in sorted(names):
        function = getattr(chapter, name, None)
        if isinstance(function, FunctionType) and function.__module__.startswith(chapter.__name__):
            source = inspect.getsource(function).strip()
            inside = _globals(ast.parse(source))
            found += [*_definitions(inside), Block(name, source, inside)]
    return tuple(found)


def _globals(tree: ast.AST) -> frozenset[str]:
    """The names that are used but not made there."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    made |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return frozenset(node.id for node in names) - made


def _words(value: Any) -> str:
    if isinstance(value, Named):
        return value.words
    return json.dumps(value) if isinstance(value, str) else repr(value)


@dataclass(frozen=True)
class _Source:
    """A function's lines without head and docstring. words: line, first and last column of every parameter.

    last: line and column of the ``return``. Columns are in characters: chapter is ASCII.
    """

    lines: tuple[str, ...]
    words: tuple[tuple[int, int, int, str], ...]
    last: tuple[int, int]
    names: frozenset[str]


@cache
def _source(function: Line) -> _Source:
    source = textwrap.dedent(inspect.getsource(function))
    tree = ast.parse(source).body[0]
    statements = tree.body[1:] if ast.get_docstring(tree) else tree.body
    first, last = statements[0].lineno - 1, statements[-1]
    nodes = [node for statement in statements for node in ast.walk(statement) if isinstance(node, ast.Name)]
    words = [(node.lineno - 1 - first, node.col_offset, node.end_col_offset, node.id) for node in nodes]
    return _Source(
        tuple(source.splitlines()[first : last.end_lineno]),
        tuple(word for word in words if word[3] in inputs(function)),
        (last.lineno - 1 - first, last.col_offset),
        _globals(tree),
    )


def _body(function: Line, given: Mapping[str, Any], name: str) -> str:
    """A function's lines with values in place of parameters; what it returns is called ``name``."""
    source = _source(function)
    lines = list(source.lines)
    row, column = source.last
    filled = [(row, column, column + len("return "), f"{name} = " if name else "")]
    filled += [
        (row, first, end, _words(given[word]))
        for row, first, end, word in source.words
        if not made_by(word, given)
    ]
    for row, first, end, words in sorted(filled, reverse=True):
        lines[row] = lines[row][:first] + words + lines[row][end:]
    return textwrap.dedent("\n".join(lines))
