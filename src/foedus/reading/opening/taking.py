"""The bytes of a file or of standard input, as many as a text may have."""

from __future__ import annotations

import sys
from pathlib import Path

from foedus.reading.opening.opened import LARGEST, OpeningError

STDIN = "-"


def take(name: str) -> bytes:
    """All bytes of a file, or of standard input for `-`.

    Raises `OpeningError` if there is no such file, it cannot be read, or it is too large.
    """
    try:
        if name == STDIN:
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise OpeningError(name, "there is no such file") from None
    except IsADirectoryError:
        raise OpeningError(name, "this is a folder; name a file in it") from None
    except (OSError, ValueError) as wrong:
        told = getattr(wrong, "strerror", None) or str(wrong)
        raise OpeningError(name, f"cannot be read: {told}") from None
    if len(data) > LARGEST:
        raise OpeningError(
            name, f"larger than {LARGEST // 1_000_000} MB; cut it into parts that are smaller"
        )
    return data
