"""From a file, standard input or an address to a text that is final: offsets refer to it."""

from foedus.reading.opening.open import open_text
from foedus.reading.opening.opened import Mark, Opened, OpeningError

__all__ = ["Mark", "Opened", "OpeningError", "open_text"]
