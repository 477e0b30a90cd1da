import pytest
from hypothesis import settings
from tests.ids import *  # noqa: F403 - hooks

from mnist_dash import compute

# The same examples every time, and no deadline: a slow machine is no fault of ours. Who looks for what they
# miss asks for pytest --hypothesis-profile=long: other examples every time, and twenty times as many.
settings.register_profile("steady", derandomize=True, deadline=None, database=None, max_examples=50)
settings.register_profile("long", deadline=None, max_examples=1_000)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def mnist():
    """The real MNIST, read once."""
    return compute.mnist()
