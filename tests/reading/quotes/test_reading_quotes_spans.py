"""Spans of quotations: inside the text, nested or apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_quotes import mentions

from foedus.reading.model import Quote, Voice
from foedus.reading.quotes import quotes
from foedus.reading.text import Text

PIECES = [
    *"“”\"'‘’«»„—,.:;()?",
    *["said", "says", "that", "told", "Brandt", "Norland", "the", "The", "minister", "officials"],
    *["who", "which", "and", "but", "according", "to", "in", "view", "of", "as", "it", "clear"],
    *["made", "Norland’s", "his", "he", "we", "not", "claim", "by", "rejected", "quoted", "US"],
    *["saying", "adding", "called", "“red", "line”", "Maric", "Friday", "while", "I", "\n", "\n— "],
]
TEXTS = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", " "])),
    max_size=50,
).map(lambda pieces: "".join(word + gap for word, gap in pieces))


def check(found: tuple[Quote, ...], size: int) -> None:
    open_now: list[Quote] = []
    for quote in found:
        assert 0 <= quote.start < quote.end <= size
        for span in (quote.speaker_at, quote.verb_at):
            assert span is None or 0 <= span.start < span.end <= size
        while open_now and open_now[-1].end <= quote.start:
            open_now.pop()
        assert not open_now or quote.end <= open_now[-1].end
        open_now.append(quote)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(0, 100))
def test_quotations_never_cross_and_stay_inside(text: str, cut: int) -> None:
    size = len(text)
    edge = min(size, cut)
    voices = (
        Voice(start=0, end=edge, role="editor", speaker=None),
        Voice(start=edge, end=size, role="excerpt", speaker="Ada Brandt"),
    ) if 0 < edge < size else ()  # fmt: skip
    check(quotes(Text.of(text), voices, mentions(text)), size)


@pytest.mark.parametrize(
    "piece",
    ["“a,” he said. ", "X said, ", "Norland said that ", '"', "in the view of ", "said (", "“a” "],
)
def test_a_hostile_sentence_is_read_to_its_end(piece: str) -> None:
    text = piece * 4000
    check(quotes(Text.of(text), (), ()), len(text))
