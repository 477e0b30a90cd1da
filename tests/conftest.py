import pytest

from mnist_dash import compute

pytest_plugins = ["tests.ids"]


@pytest.fixture(scope="session")
def mnist():
    """The real MNIST, read once."""
    return compute.mnist()
