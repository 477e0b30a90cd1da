"""Tests are called the same in every process."""

import pytest

from tests.ids import fault

pytest_plugins = ["pytester"]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("test_a[3-True]", None),
        ("test_a[0.0003-L1]", None),
        ("test_a[1000000000]", None),
        ("test_a[<object object at 0x7f09a1>]", "an address"),
        ("test_a[1764169000]", "a time"),
        ("test_a[2026-11-26 15:05]", "a time"),
        (r"test_a[\x1f\x8b]", "bytes or control characters"),
        ("test_a[one\ntwo]", "bytes or control characters"),
        ("a" * 300, "more than a name should say"),
    ],
    ids=range(9),
)
def test_a_name_that_changes_from_run_to_run_is_a_fault(name, what):
    assert fault(name) == what


def collected(pytester, parametrize):
    pytester.makepyfile(f"import pytest, time\n@pytest.mark.parametrize({parametrize})\ndef test_it(a): ...")
    return pytester.runpytest_inprocess("-p", "tests.ids", "--collect-only", "-q")


def test_bytes_and_long_texts_are_called_by_their_argument(pytester):
    done = collected(pytester, "'a', [b'now', bytes(9), 'x' * 999, 'a\\0', 'short', 3]")
    done.stdout.fnmatch_lines([f"*::test_it[[]{name}[]]" for name in ["a0", "a1", "a2", "a3", "short", "3"]])


@pytest.mark.parametrize(
    ("parametrize", "said"),
    [
        ("'a', [1], ids=[repr(object())]", "an address"),
        ("'a', [int(time.time())]", "a time"),
        ("'a', {'x', 'y'}", "a set has no order"),
    ],
    ids=["address", "time", "set"],
)
def test_a_suite_with_such_a_name_does_not_start(pytester, parametrize, said):
    done = collected(pytester, parametrize)
    assert done.ret != 0
    assert said in done.stderr.str() + done.stdout.str()
