"""Evidence the case already has is recognised, and what is new is not taken for it."""

from __future__ import annotations

from proposing_made import at_paragraph, reading, syria

from foedus.reading.model import Source
from foedus.reading.proposing import proposals
from foedus.reading.proposing.known import paragraphs
from foedus.reading.proposing.meaning import alike, meaning

CASE = syria()


def repeated(text: str, source: Source | None = None) -> list[str | None]:
    read = reading(text) if source is None else reading(text, source)
    return [one.repeats for one in proposals(read, CASE)]


def test_the_same_in_other_words_is_recognised_in_its_paragraph() -> None:
    text = at_paragraph(16, "Iran is openly committed to keeping Assad president.")
    assert repeated(text) == ["iran-committed-person"]


def test_two_repeats_of_one_paragraph_find_each_their_own() -> None:
    said = "Moscow seeks to preserve the Syrian state, and to use the war as a lever."
    text = at_paragraph(15, said)
    assert set(repeated(text)) == {"russia-preserve-state", "russia-us-lever"}


def test_what_is_new_in_the_same_paragraph_repeats_nothing() -> None:
    assert repeated(at_paragraph(16, "Iran vowed to build a railway to Basra.")) == [None]


def test_the_same_words_from_another_holder_repeat_nothing() -> None:
    other = Source(title="Other", author="Rudolf Rassendyll")
    text = at_paragraph(16, "Iran is openly committed to keeping Assad president.")
    assert repeated(text, other) == [None]


def test_published_twice_is_recognised_elsewhere() -> None:
    words = CASE.evidence["moscow-wants-flexibility"].says
    says = CASE.evidence["intractable-worry"].says
    assert words != says
    found = proposals(reading(says), CASE)
    assert [one.repeats for one in found] == ["intractable-worry"]
    assert found[0].because == "published before, in source lund"


def test_paragraphs_named_in_where() -> None:
    assert paragraphs("paragraph 7") == (7,)
    assert paragraphs("Paragraphs 3–5, page 2") == (3, 4, 5)
    assert paragraphs("page 2") == paragraphs(None) == ()


def test_likeness_is_symmetrical_and_whole_for_the_same() -> None:
    one, other = meaning("the rebels took the old fort"), meaning("an old fort fell to a ruse")
    assert alike(one, one, {}) == 1.0
    assert alike(one, other, {}) == alike(other, one, {})
    assert 0.0 < alike(one, other, {}) < 1.0
    assert alike(one, meaning("it is so"), {}) == 0.0
