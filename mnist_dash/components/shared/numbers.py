"""Numbers as they are shown everywhere."""


def percent(share: float, decimals: int = 1) -> str:
    """``95.1 %``, with a space at which no line is broken."""
    return f"{100 * share:.{decimals}f}\N{NO-BREAK SPACE}%"
