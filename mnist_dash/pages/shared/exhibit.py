"""An exhibit stands alone: one that breaks says so in a sentence, and the rest of the page stands."""

import secrets
from collections.abc import Callable
from functools import wraps
from logging import getLogger
from typing import ParamSpec, TypeVar

import streamlit as st

from mnist_dash.core.datasets import DatasetError

P = ParamSpec("P")
T = TypeVar("T")

logger = getLogger(__name__)


class NothingToShowError(Exception):
    """What an exhibit raises when the set in use leaves it nothing to show: one sentence that says why."""


def exhibit(function: Callable[P, T]) -> Callable[P, T | None]:
    """What the function raises is logged under a reference, which is all that the reader is told of it.

    That it has nothing to show is no fault: the reader is told why.
    """

    @wraps(function)
    def show(*args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return function(*args, **kwargs)
        except NothingToShowError as why:
            st.info(str(why))
        except DatasetError as error:
            st.error(f"The data cannot be read: {error}.")
        except Exception:
            reference = secrets.token_hex(3)
            logger.exception("%s broke: reference %s", function.__qualname__, reference)
            st.error(
                f"This part can't be shown right now; the rest of the page works. If it happens again, "
                f"tell whoever runs this app: reference {reference}."
            )
        return None

    return show
