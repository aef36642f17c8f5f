"""A short text of real states and made deeds, what the rules read in it, and right answers."""

from __future__ import annotations

from typing import Any

from foedus.reading.asking import Answers, Config, ask
from foedus.reading.claims import claims
from foedus.reading.cues import cues
from foedus.reading.dates import dates
from foedus.reading.events import events
from foedus.reading.mentions import Names, mentions
from foedus.reading.model import Item, Source
from foedus.reading.quotes import quotes
from foedus.reading.statements import blame, commitments
from foedus.reading.text import Text
from foedus.reading.voices import voices

STRAIT = """\
Turkey shelled Greek positions on Tuesday. The islands were not attacked by Egypt. Western \
diplomats say that Cyprus will never accept Turkish troops. Greece blames Turkey for 1,200 deaths.

Egypt has pledged to defend Cyprus “as long as the treaty holds”. Egypt has not threatened Turkey.

Nothing else happened."""

TEXT = Text.of(STRAIT)


def read(text: Text) -> list[Item]:
    """What the rules read in it."""
    found, cued = mentions(text, Names.of()), cues(text)
    voiced = voices(text, Source(), ())
    said = quotes(text, voiced, found)
    held = claims(text, voiced, found, said, cued)
    told = events(text, found, held, cued, dates(text, None))
    more = (*blame(text, found, held, cued), *commitments(text, found, held, cued))
    return [*voiced, *found, *cued, *said, *held, *told, *more]


ITEMS = read(TEXT)

SHELLED: dict[str, Any] = {
    "quote": "Turkey shelled Greek positions on Tuesday.", "trigger": "shelled", "type": "ASSAULT",
    "source": ["turkey"], "target": ["greece"], "polarity": "affirmed", "modality": "actual",
}  # fmt: skip
THREATENED: dict[str, Any] = {
    "quote": "Egypt has not threatened Turkey", "trigger": "threatened", "type": "THREATEN",
    "source": ["egypt"], "target": ["turkey"], "polarity": "denied", "modality": "actual",
}  # fmt: skip
BLAMES: dict[str, Any] = {
    "quote": "Greece blames Turkey for 1,200 deaths", "trigger": "blames", "by": ["greece"],
    "at": ["turkey"], "about": "1,200 deaths",
}  # fmt: skip
PLEDGED: dict[str, Any] = {
    "quote": 'Egypt has pledged to defend Cyprus "as long as the treaty holds"',
    "trigger": "pledged", "type": "pledge", "by": ["egypt"], "about": "defend Cyprus",
}  # fmt: skip
CLAIMED: dict[str, Any] = {
    "quote": "Western diplomats say that Cyprus will never accept Turkish troops.",
    "cited": ["Western diplomats"], "polarity": "denied",
    "content": "Cyprus will never accept Turkish troops",
}  # fmt: skip


def put(config: Config | None, **options: Any) -> Answers:
    """Ask about the text."""
    return ask(TEXT, ITEMS, config, **options)


def reasons(answers: Answers) -> list[tuple[str, str]]:
    """Of what was refused: kind and reason."""
    return [(refused.of, refused.reason) for refused in answers.refused]
