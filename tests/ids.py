"""Names of tests are the same in every process, or two that share the work can't agree on what there is.

No name holds bytes, times or addresses, and no parameters come in an order that changes from run to run.
"""

import re

import pytest

CHANGING = {
    "an address": r"\b0x[0-9a-f]{6,}",
    "a time": r"(?<![\w.])1[5-9]\d{8}(?!\d)|\b20\d\d-\d\d-\d\d\b",  # 1500000000, 2025-01-31
    "bytes or control characters": r"\\x[0-9a-f]{2}|\\[rn0]|[\x00-\x1f\x7f]",
}
LONGEST = 200


def fault(name: str) -> str | None:
    """What is wrong with a test's name, in words."""
    found = (what for what, pattern in CHANGING.items() if re.search(pattern, name))
    return next(found, "more than a name should say" if len(name) > LONGEST else None)


def pytest_make_parametrize_id(val, argname):
    """Bytes and long texts are called by their argument, with a number where there are several."""
    if isinstance(val, bytes | bytearray) or (isinstance(val, str) and (len(val) > 60 or fault(ascii(val)))):
        return argname
    return None


def pytest_generate_tests(metafunc):
    for mark in metafunc.definition.iter_markers("parametrize"):
        if any(isinstance(each, set | frozenset) for each in mark.args):
            raise pytest.UsageError(f"{metafunc.definition.nodeid}: a set has no order; sort its parameters")


def pytest_collection_modifyitems(items):
    faults = [f"{item.nodeid}: holds {what}" for item in items if (what := fault(item.name))]
    if faults:
        raise pytest.UsageError("give these parameters an id:\n" + "\n".join(faults))
