"""Find who and what a text names."""

from __future__ import annotations

from foedus.reading.mentions.found import Found
from foedus.reading.mentions.memory import Memory
from foedus.reading.mentions.names import Names
from foedus.reading.mentions.placing import placed
from foedus.reading.mentions.scanning import scanned
from foedus.reading.mentions.tokens import Piece, Tokens, tokens
from foedus.reading.model import Mention
from foedus.reading.text import Text


def mentions(text: Text, names: Names) -> tuple[Mention, ...]:
    """Who and what does a text name? In the order of the text.

    Mentions do not overlap, but for pairs: `both countries` is told once for each of the two, at
    the same place. A pronoun that may stand for anybody is told with no actor. A capital that is
    a place has no actor; a state that is one keeps it, in the role of a place.
    """
    out: list[Mention] = []
    seen: dict[str, list[Piece]] = {}
    memory = Memory()
    for sentence in text.sentences:
        cut = tokens(text.text, sentence, seen)
        found = scanned(cut, names, memory)
        placed(cut, names, found)
        memory.close(found, cut)
        out += [_mention(cut, each) for each in found]
    return tuple(out)


def _mention(cut: Tokens, found: Found) -> Mention:
    return Mention(
        start=cut.starts[found.first], end=cut.ends[found.last], actor=found.actor,
        name=found.name, type=found.type, code=found.code, role=found.role, by=found.by,
    )  # fmt: skip
