"""What a cue governs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.reading.cues import Scopes, cues, scope
from foedus.reading.text import Text


@pytest.mark.parametrize(
    ("text", "governed"),
    [
        ("Norland has not left, but it may.", "not left"),
        ("Norland has not, however, left the pact.", "not, however, left the pact"),
        ("It did not act because it was weak.", "not act"),
        ("It did not act and it was weak.", "not act"),
        ("No state or city has left.", "No state or city has left"),
        ("If it breaks, they go.", "If it breaks"),
        ("They go if it breaks.", "if it breaks"),
        (
            "If Norland, Sudria, and others, haven’t left, then it holds.",
            "If Norland, Sudria, and others, haven’t left",
        ),
        ("They lose if the pact between Norland, Sudria, and Hafen should fall apart.",
         "if the pact between Norland, Sudria, and Hafen should fall apart"),
        ("It holds as long as the front does; then it breaks.", "as long as the front does"),
        ("It is late. Is it over?", "Is it over?"),
        ("“Is it over?” they asked.", "Is it over?"),
        ("They ask whether it holds.", "whether it holds"),
    ],
)  # fmt: skip
def test_a_cue_governs_its_clause(text: str, governed: str) -> None:
    read = Text.of(text)
    span = scope(read, cues(read)[0])
    assert text[span.start : span.end] == governed


def test_scopes_say_which_cues_stand_over_a_span() -> None:
    text = "If Norland leaves, Sudria will not attack, and Hafen may fall."
    read = Text.of(text)
    scopes = Scopes(read, cues(read))

    def over(word: str) -> list[str]:
        start = text.index(word)
        return [cue.type for cue in scopes.over(start, start + len(word))]

    assert over("leaves") == ["conditional"]
    assert over("attack") == ["negation"]
    assert over("fall") == ["hedge"]
    assert over("Sudria") == []
    start = text.index("attack")
    assert scopes.over(start, start + 6, "hedge") == ()


@given(st.text(alphabet="a if not?,;—no\n.", max_size=80))
def test_a_scope_holds_its_cue_and_stays_inside_the_text(text: str) -> None:
    read = Text.of(text)
    found = cues(read)
    scopes = Scopes(read, found)
    for cue in found:
        span = scope(read, cue)
        assert 0 <= span.start <= cue.start < cue.end <= span.end <= len(text)
        assert scopes.span(cue) == span
