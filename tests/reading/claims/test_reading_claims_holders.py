"""Who holds a claim, through whom."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_claims import claimed, told

from foedus.reading.model import Voice


def test_the_author_holds_what_nobody_is_said_to_say() -> None:
    assert told("The war goes on. Norland is weak.") == [
        (("author",), "The war goes on"),
        (("author",), "Norland is weak"),
    ]


def test_a_chain_runs_from_the_author_inwards() -> None:
    text = "According to Western diplomats, Norland has even said that it could leave."
    assert told(text) == [(("author", "Western diplomats", "norland"), "it could leave")]
    (claim,) = claimed(text)
    assert (claim.start, text[claim.start : claim.end]) == (0, text.rstrip("."))


def test_a_sentence_is_cut_where_the_holder_changes() -> None:
    text = "Norland said that the war was over, and it has repeated the words since."
    assert told(text) == [
        (("author", "norland"), "the war was over"),
        (("author",), "and it has repeated the words since"),
    ]


def test_every_sentence_of_a_quotation_is_the_speakers() -> None:
    text = "“We are no allies. We support them,” Brandt said. “But we may go.” It rained all day."
    assert told(text) == [
        (("author", "brandt"), "We are no allies"),
        (("author", "brandt"), "We support them"),
        (("author", "brandt"), "But we may go"),
        (("author",), "It rained all day"),
    ]


def test_a_clause_beside_an_attribution_is_the_authors_own() -> None:
    text = "The army crossed the river after Brandt said that the truce was dead."
    assert told(text) == [
        (("author",), "The army crossed the river after"),
        (("author", "brandt"), "the truce was dead"),
    ]
    text = "“The truce is dead,” Brandt said as the army crossed the river."
    assert told(text) == [
        (("author", "brandt"), "The truce is dead"),
        (("author",), "as the army crossed the river"),
    ]


def test_an_unnamed_speaker_is_not_the_author() -> None:
    assert told("“The truce is dead now,” read the wall.")[0][0] == ("author", "unnamed")


def voiced(*parts: tuple[str, str, str | None]) -> tuple[str, tuple[Voice, ...]]:
    text, voices = "", []
    for words, role, speaker in parts:
        voices.append(
            Voice(start=len(text), end=len(text) + len(words), role=role, speaker=speaker)
        )
        text += words + "\n"
    return text, tuple(voices)


def test_an_excerpts_claims_go_through_the_editor() -> None:
    text, voices = voiced(
        ("A camp at dawn", "caption", None),
        ("Ada Brandt writes that it holds:", "editor", None),
        ("Norland is strong. Sudria says that it will stay.", "excerpt", "Ada Brandt"),
        ("It is a shrewd reading.", "editor", None),
        ("Maric", "byline", "Maric"),
        ("The pact will not last.", "author", "Maric"),
    )
    assert told(text, voices) == [
        (("author", "brandt"), "it holds"),
        (("author", "brandt"), "Norland is strong"),
        (("author", "brandt", "sudria"), "it will stay"),
        (("author",), "It is a shrewd reading"),
        (("maric",), "The pact will not last"),
    ]


def test_a_named_editor_and_author_are_holders_by_name() -> None:
    text, voices = voiced(
        ("It holds for a while.", "editor", "Jo Lind"),
        ("Norland is strong.", "excerpt", "Ada Brandt"),
        ("Sudria is not.", "excerpt", None),
    )
    assert [holders for holders, _ in told(text, voices)] == [
        ("Jo Lind",), ("Jo Lind", "Ada Brandt"), ("Jo Lind", "unnamed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Norland is an ally.", "affirmed"),
        ("Norland is not an ally.", "denied"),
        ("Norland isn’t an ally that is strong.", "denied"),
        ("Norland is an ally that is not strong.", "affirmed"),
        ("Nobody has left the pact.", "denied"),
        ("Norland conceded nothing there.", "denied"),
        ("There is no reason to expect it.", "denied"),
        ("Norland is not only an ally.", "affirmed"),
        ("While Norland is not weak, Sudria is strong.", "affirmed"),
        ("While Norland is weak, Sudria is not strong.", "denied"),
        ("Norland denied that it had left.", "denied"),
        ("Norland denied that it had not left.", "affirmed"),
        ("Norland rejected the claim that it had left.", "denied"),
        ("Brandt said that Norland was no ally.", "denied"),
        ("Brandt did not say it, but Norland has left.", "denied"),
    ],
)
def test_polarity_counts_negation_and_denial(text: str, polarity: str) -> None:
    assert [claim.polarity for claim in claimed(text)] == [polarity]


def test_a_claim_carries_its_cues_and_its_condition() -> None:
    text = "Brandt said that Norland may stay as long as the front holds. It is late."
    first, second = claimed(text)
    assert [text[s.start : s.end] for s in first.cues] == ["may", "as long as"]
    assert first.condition is not None
    assert text[first.condition.start : first.condition.end] == "as long as the front holds"
    assert (second.cues, second.condition) == ((), None)


WORDS = st.sampled_from(
    ["Brandt", "Norland", "said", "that", "“", "”", ",", ".", "it", "is", "not", "if", "and", "\n",
     "according", "to", "while", "We", "stay", "—", "denied", "claim", "of", "who", "?", "‘", "’"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_claims_stand_apart_and_hold_their_content(text: str) -> None:
    end = 0
    for claim in claimed(text):
        assert end <= claim.start < claim.end <= len(text)
        assert claim.holders[0] == "author"
        assert all(
            one != other for one, other in zip(claim.holders, claim.holders[1:], strict=False)
        )
        for span in (claim.content, claim.condition):
            assert span is None or claim.start <= span.start < span.end <= claim.end
        end = claim.end
