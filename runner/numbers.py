"""Numbers as people read them, wherever a run tells one: on the terminal, in pictures and on pages."""

# From here on a number in full is longer than its power of ten.
LONG = 1e7


def number_text(value: float | None) -> str:
    """Four significant digits of a number, and all before the point of a large one; None is a dash."""
    if value is None:
        return "–"
    in_full = isinstance(value, int) or 1e4 <= abs(value) < LONG
    return f"{value:,.0f}" if in_full else f"{value:.4g}"


def nats_text(value: float) -> str:
    """Nats with two decimals; what rounds to nothing has no sign."""
    return f"{round(value, 2) + 0.0:.2f}"
