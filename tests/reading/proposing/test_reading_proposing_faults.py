"""Whole texts read and proposed: no source, bearing, span or stop that the text does not give."""

from __future__ import annotations

import pytest
from proposing_made import at_paragraph, reading, syria

from foedus.reading import Names, read
from foedus.reading.model import Source
from foedus.reading.proposing import Proposal, proposals

CASE = syria()
NORTH = """\
News from the north
By Ann Writer
3 May 2016

Iran may have attacked Turkish ships on 2 May 2016.

“We will never leave Damascus,” Sergei Lavrov said."""


def proposed(text: str, source: Source | None = None) -> tuple[Proposal, ...]:
    return proposals(read(text, source or Source(), Names.of(CASE)), CASE)


def editors(number: int) -> str:
    """The editor's evidence in its paragraphs, as far as it has some."""
    lines = ["…"] * 10
    kept = [e for e in CASE.evidence.values() if e.source == "ea" and e.by == "editor"][:number]
    for item in kept:
        paragraph = int((item.where or "").split()[-1])
        lines[paragraph - 1] = f"{lines[paragraph - 1]} {item.says}".removeprefix("… ")
    return "\n".join(lines)


def test_another_article_with_author_and_title_is_no_source_of_the_case() -> None:
    source = Source(title="News from the north", author="Ann Writer", date="2016-05-03")
    found = proposed(NORTH, source)
    assert found
    assert all(one.repeats is None and one.source == "writer" for one in found)


def test_a_text_that_names_nobody_is_recognised_by_most_of_its_evidence() -> None:
    bare = Source()
    assert {one.source for one in proposals(reading(editors(17), bare), CASE)} == {"ea"}
    assert "ea" not in {one.source for one in proposals(reading(editors(4), bare), CASE)}


@pytest.mark.parametrize(
    "other",
    [Source(title="Winds of Ruritania"), Source(publisher="The Strelsau Post")],
)
def test_a_title_or_publisher_that_differs_is_another_source(other: Source) -> None:
    assert "ea" not in {one.source for one in proposals(reading(editors(17), other), CASE)}


def test_one_shared_word_bears_on_no_assumption() -> None:
    for text in (
        "The pact of Moscow and Tehran will hold as long as Moscow pays for the convoys.",
        "Moscow offers a convoy.",
        "Iran will lose a convoy.",
    ):
        spoken = [b for one in proposals(reading(text), CASE) for b in one.bears]
        assert [b.on for b in spoken if b.why.startswith("it speaks of the same")] == []


def test_what_may_go_either_way_bears_on_no_assumption_that_denies() -> None:
    text = "If Washington offers better terms to Moscow, Moscow leaves the pact."
    on = [b.on for one in proposals(reading(text), CASE) for b in one.bears]
    assert "assumptions.no-better-offer" not in on


def test_a_question_or_exclamation_gets_no_second_stop() -> None:
    text = (
        "The pact of Moscow and Tehran will hold as long as their position in the war improves. "
        "Has the position of Tehran in the war not failed to improve?"
    )
    says = [one.says for one in proposals(reading(text), CASE)]
    assert any(one.endswith("improve?") for one in says)
    assert not any(one.endswith("?.") for one in says)


def test_an_author_the_case_does_not_know_is_named_by_the_source_alone() -> None:
    source = Source(title="News from the north", author="Ann Writer", date="2016-05-03")
    for one in proposed(NORTH, source):
        assert "Ann Writer" not in one.unknown
        assert one.new_source is not None
        assert one.new_source.author == "Ann Writer"


@pytest.mark.parametrize(
    "sentence", ["Iran may withdraw its brigades.", "Russia shelled the Turkish outpost at dawn."]
)
def test_an_event_and_the_claim_that_tells_it_are_one_proposal(sentence: str) -> None:
    (one,) = proposed(sentence)
    assert sentence.startswith(sentence[one.start : one.end])
    assert one.end >= len(sentence) - 1


def test_two_of_one_clause_stay_one_and_of_two_clauses_two() -> None:
    text = at_paragraph(
        1, "Iran attacked Turkey at dawn today, while Russia praised Qatar that day."
    )
    assert len(proposed(text)) == 2


def test_what_is_promised_not_to_be_keeps_its_not() -> None:
    (one,) = proposed("“We will never leave Damascus,” Sergei Lavrov said.")
    assert one.says == "[draft] Pledge of Sergei Lavrov: never leave Damascus."
    assert all(b.direction == "supports" for b in one.bears)
