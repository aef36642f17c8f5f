"""Reading: from a text to candidate evidence, which a person accepts or rejects."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.reading.mentions import Names
    from foedus.reading.model import Reading
    from foedus.reading.opening import open_text
    from foedus.reading.reader import read

__all__ = ["Names", "Reading", "open_text", "read"]

_HOMES = {
    "Names": "foedus.reading.mentions",
    "Reading": "foedus.reading.model",
    "open_text": "foedus.reading.opening",
    "read": "foedus.reading.reader",
}


def __getattr__(name: str) -> Any:
    # imported when first used: the tables of names are large
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'foedus.reading' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
