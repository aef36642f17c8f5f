"""Call what may refuse its input: what it gives, or the line it refuses with."""

from foedus.reading.opening import OpeningError


def attempt(call, *given):
    """What a call gives and an empty line; or None and the line of its `OpeningError`."""
    try:
        return call(*given), ""
    except OpeningError as wrong:
        return None, str(wrong)
