"""How many examples a property gets: its share of what the profile in use gives (see conftest.py)."""

from hypothesis import settings


def examples(share: float) -> settings:
    """A decorator: this many times the profile's examples, for what takes long or has much to find."""
    return settings(max_examples=max(round(share * settings.default.max_examples), 1))
