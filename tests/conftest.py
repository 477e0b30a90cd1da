import pytest
from hypothesis import HealthCheck, settings

from mnist_dash import compute

pytest_plugins = ["tests.ids", "tests.parts"]

# The same examples every time, however slow the machine. Who looks for what they miss asks for
# pytest --hypothesis-profile=long: other examples every time, and twenty times as many.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", UNTIMED, derandomize=True, database=None, max_examples=50)
settings.register_profile("long", UNTIMED, max_examples=1_000)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def mnist():
    """The real MNIST, read once."""
    return compute.mnist()
