"""What can be wrong with a picture, in one plain sentence."""


class HandwritingError(ValueError):
    """The picture can't be read; the message says why in one plain sentence, which is true for any set."""
