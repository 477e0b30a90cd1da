import pytest

from mnist_dash import compute


@pytest.fixture(scope="session")
def mnist():
    """The real MNIST, read once."""
    return compute.mnist()
