"""What was found in a sentence so far, before it becomes a mention."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.reading.mentions.entry import Entry

NATIONAL = frozenset({"adjective", "name", "capital", "people", "face", "institution"})
"""Forms that say of which state."""


@dataclass(slots=True)
class Found:
    """Words of a sentence, from first up to and including last, and whom they name."""

    first: int
    last: int
    actor: str | None
    name: str
    type: str
    code: str | None
    form: str
    """As of an entry; also face (of a people without a state), role (a title alone), pronoun."""
    by: str
    role: str = "actor"
    head: str = ""
    """The word that says what kind of person or group: minister, forces."""
    plural: bool = False
    inner: Found | None = None
    """Whom the name has within it and a pronoun may mean: Assad of Assad's government."""

    @staticmethod
    def of(entry: Entry, first: int, size: int) -> Found:
        """A name that was looked up."""
        return Found(
            first, first + size - 1, entry.actor, entry.name, entry.type, entry.code, entry.form,
            entry.by, plural=entry.form == "people",
        )  # fmt: skip
