"""Proposed evidence items: ready for a case file, in words of the text, with chains and places."""

from __future__ import annotations

import pytest
from proposing_made import LUND, at_paragraph, reading, syria

from foedus.case import edit, loads
from foedus.case.models import Evidence
from foedus.lenses.table import SECTIONS
from foedus.reading.model import Date, Reading, Source, Voice
from foedus.reading.proposing import DRAFT, proposals

CASE = syria()
TEXT = "Iran vowed to raise ten new brigades. Moscow blames Tehran for slow convoys in May."


def test_each_item_is_valid_evidence_with_an_id_of_its_own() -> None:
    found = proposals(reading(TEXT), CASE)
    assert len(found) == 2
    for one in found:
        item = Evidence.model_validate(one.evidence())
        assert item.where == "paragraph 1"
        assert one.id not in CASE.evidence
    assert len({one.id for one in found}) == len(found)


def test_ids_stay_apart_when_the_text_repeats_itself() -> None:
    found = proposals(reading("Iran vowed to raise ten brigades.\n" * 3), CASE)
    assert len({one.id for one in found}) == 3


def test_the_draft_holds_only_names_of_the_case_and_words_of_the_text() -> None:
    frame = {"aim", "of", "complaint", "against", "pledge", "and"}
    names = {w for a in CASE.actors.values() for w in a.name.lower().split()}
    for one in proposals(reading(TEXT), CASE):
        assert one.says.startswith(DRAFT)
        said = one.says.removeprefix(DRAFT).lower().replace(":", "").rstrip(".").split()
        text = set(TEXT.lower().replace(".", "").split())
        assert set(said) <= text | names | frame
        assert one.quoted in TEXT


def test_dates_are_those_a_case_file_can_hold() -> None:
    read = reading(TEXT)
    at = TEXT.index("May")
    for edtf, wanted in (("2016-05", "2016-05"), ("2016-05~", "2016-05"), ("2016-05/..", None)):
        date = Date(start=at, end=at + 3, edtf=edtf)
        dated = Reading(read.source, read.text, (*read.items, date))
        assert proposals(dated, CASE)[1].date == wanted


def test_what_another_says_goes_through_those_who_passed_it_on() -> None:
    read = reading(
        "Iran will never abandon Assad.", holders=("author", "western-diplomats", "velayati")
    )
    (one,) = proposals(read, CASE)
    assert (one.by, one.through) == ("velayati", ("lund", "western-diplomats"))


def test_who_lays_a_charge_says_it() -> None:
    (one,) = proposals(reading("Moscow blames Tehran for slow convoys."), CASE)
    assert (one.by, one.through) == ("russia", ("lund",))


def test_a_holder_the_case_does_not_know_is_named_and_left_out() -> None:
    read = reading("Iran vowed to stay in Homs.", holders=("author", "A village elder"))
    (one,) = proposals(read, CASE)
    assert (one.by, one.unknown) == (None, ("A village elder",))
    assert "by" not in one.evidence()


def test_a_source_is_recognised_by_its_author() -> None:
    (one,) = proposals(reading("Iran vowed to raise ten brigades."), CASE)
    assert (one.source, one.new_source) == ("lund", None)


def test_a_text_the_case_does_not_have_is_a_new_source_that_fits_into_it() -> None:
    source = Source(title="Winds of Ruritania", author="Rudolf Rassendyll", date="2016-06-01",
                    publisher="The Strelsau Post", url="https://example.org/w")  # fmt: skip
    (one,) = proposals(reading("Iran vowed to raise ten brigades.", source), CASE)
    assert one.new_source is not None
    assert one.source == one.new_source.id == "rassendyll"
    changes = {
        f"sources.{one.source}": one.new_source.entry(),
        f"evidence.{one.id}": one.evidence(),
    }
    changed = CASE.with_values(changes)
    assert changed.evidence[one.id].source == one.source
    assert changed.sources[one.source].reliability == "F"


def test_an_excerpt_in_anothers_text_is_from_its_own_source_through_the_outer_one() -> None:
    text = at_paragraph(6, "Officials of Iran blame Moscow for failure to give air support.")
    start = len(text) + 1
    text += "\nIran vowed to raise ten new brigades."
    voices = (
        Voice(start=0, end=start - 1, role="editor", speaker=None),
        Voice(start=start, end=len(text), role="excerpt", speaker="Aron Lund"),
    )
    two = proposals(reading(text, Source(title="A pact under strain"), voices), CASE)[-1]
    assert two.source == "lund"
    assert two.through and two.through[0] == two.new_source.id if two.new_source else True
    assert two.by == "lund"


def test_captions_and_headlines_are_no_evidence() -> None:
    text = "Iran vowed to stay."
    for role, number in (("caption", 0), ("headline", 0), ("author", 1)):
        voices = (Voice(start=0, end=len(text), role=role, speaker="Aron Lund"),)
        assert len(proposals(reading(text, LUND, voices), CASE)) == number


@pytest.mark.parametrize("text", ["", "\n\n", "The weather was mild.", "Ruritania vowed to wait?"])
def test_what_says_nothing_for_the_case_proposes_nothing_of_it(text: str) -> None:
    assert [one for one in proposals(reading(text), CASE) if one.bears] == []


def test_it_reads_a_case_without_evidence_and_sections() -> None:
    bare = loads(
        "foedus: 1\nid: bare\ntitle: T\nquestion: Q?\nas_of: 2016-01-01\nhorizon: 2017-01-01\n"
        "actors:\n  iran: {name: Iran, kind: state}\n  russia: {name: Russia, kind: state}\n"
        "pact: {members: [iran, russia]}\n",
        SECTIONS,
    )
    (one,) = proposals(reading("Iran vowed to stay in Homs."), bare)
    assert (one.by, one.repeats, one.bears) == (None, None, ())
    assert edit is not None
