"""The names of a case in a text: who is linked, by which words, and who is not."""

from __future__ import annotations

import pytest

from foedus.case import loads
from foedus.reading.mentions import Names, mentions
from foedus.reading.model import Mention
from foedus.reading.text import Text

CASE = """
foedus: 1
id: made-up
title: A made-up pact
question: Will it hold?
as_of: 2016-06-12
horizon: 2016-12-31
actors:
  bear: {name: Russia, kind: state, aliases: [Moscow, the Kremlin, Russians, Russian]}
  iran: {name: Iran, kind: state, aliases: [Tehran, the Islamic Republic]}
  damascus: {name: the Syrian government, kind: state, aliases: [Damascus, the Assad regime]}
  america: {name: United States, kind: state, aliases: [the US]}
  rebels: {name: Syrian rebels, kind: movement, aliases: [rebel, the opposition]}
  putin: {name: Vladimir Putin, kind: person, part_of: bear, aliases: [the Russian president]}
  assad: {name: Bashar al-Assad, kind: person, part_of: damascus}
  guards: {name: Iranian special forces, kind: organisation, part_of: iran}
pact: {members: [bear, iran, damascus]}
"""
NAMES = Names.of(loads(CASE, sections={}))
PLAIN = Names.of(None)


def read(text: str, names: Names = NAMES) -> list[tuple[str, str | None]]:
    return [(text[m.start : m.end], m.actor) for m in found(text, names)]


def found(text: str, names: Names = NAMES) -> tuple[Mention, ...]:
    return mentions(Text.of(text), names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Kremlin hopes so.", [("Kremlin", "bear")]),
        ("Russia’s ministers met.", [("Russia’s ministers", "bear")]),
        ("Iran's aims differ.", [("Iran", "iran")]),
        ("The Russians left and Iranians stayed.", [("Russians", "bear"), ("Iranians", "iran")]),
        ("An Iranian-Russian pact.", [("Iranian", "iran"), ("Russian", "bear")]),
        ("An Iranian-led push.", [("Iranian", "iran")]),
        ("Iranian forces advanced.", [("Iranian forces", "iran")]),
        ("Iranian special forces advanced.", [("Iranian special forces", "guards")]),
        ("Russian airstrikes went on.", [("Russian", "bear")]),
        ("The Assad regime fell.", [("Assad regime", "damascus")]),
        ("Syrian officials agreed.", [("Syrian officials", "damascus")]),
        ("A rebel advance; rebels fled.", [("rebel", "rebels"), ("rebels", "rebels")]),
        ("The Pentagon said no.", [("Pentagon", "america")]),
        ("Syria rejected it.", [("Syria", "damascus")]),
    ],
)
def test_who_is_linked(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


def test_a_longer_name_goes_before_a_shorter_one_within_it() -> None:
    assert read("Russian President Vladimir Putin spoke.") == [
        ("Russian President Vladimir Putin", "putin")
    ]


def test_a_family_name_of_the_case_links_alone() -> None:
    assert read("Putin called Assad.") == [("Putin", "putin"), ("Assad", "assad")]


@pytest.mark.parametrize(
    "text", ["Iranology is a word.", "Prussianism and rebellion.", "It told us so.", "Kremlinology"]
)
def test_nobody_is_linked_inside_a_word(text: str) -> None:
    assert all(actor is None for _, actor in read(text))


def test_us_is_no_state_and_the_us_is() -> None:
    both = found("They told us that the US would go.")
    assert [(m.start, m.actor) for m in both if m.actor] == [(22, "america")]


def test_rebels_of_another_state_are_not_those_of_the_case() -> None:
    (mention,) = found("Colombian rebels attacked.")
    assert (mention.actor, mention.code, mention.type) == (None, "COL", "movement")


def test_a_name_of_the_case_says_so_and_a_name_of_the_tables_does_too() -> None:
    case, table = found("Moscow met Turkey.")
    assert (case.by, case.code, case.name) == ("alias", "RUS", "Russia")
    assert (table.by, table.code, table.actor) == ("table", "TUR", "turkey")


def test_without_a_case_the_tables_give_the_ids() -> None:
    assert read("Washington urged the Houthis to stop.", PLAIN) == [
        ("Washington", "united-states"),
        ("Houthis", "houthis"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Afghan rebels fled.", "AFG"),
        ("Serbian Labour Minister Dragan Milovan spoke.", "SRB"),
        ("The president of Armenia spoke.", "ARM"),
        ("The Government of Iraq spoke.", "IRQ"),
        ("Western diplomats spoke.", None),
        ("UN inspectors spoke.", "IGO"),
        ("Hamas spoke.", "PSE"),
        ("Dutch farmers spoke.", "NLD"),
    ],
)
def test_the_code_is_that_of_the_state(text: str, code: str | None) -> None:
    (mention,) = found(text, PLAIN)
    assert mention.code == code
    assert text[mention.end :].startswith(" ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Western-backed rebels fled.", [("Western", None), ("rebels", None)]),
        ("Pro-Iranian militias fled.", [("Pro-Iranian militias", None)]),
        ("The anti-Assad opposition fled.", [("anti-Assad opposition", None)]),
    ],
)
def test_whoever_is_backed_by_a_state_is_not_that_state(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert read(text, PLAIN) == expected


def test_a_short_form_that_the_text_explains_is_known_from_then_on() -> None:
    text = "The Widget Workers' Federation (WWF) struck. Later WWF leaders gave in."
    names = [(text[m.start : m.end], m.name) for m in found(text, PLAIN)]
    assert names[:2] == [
        ("Widget Workers' Federation", "Widget Workers' Federation"),
        ("WWF", "Widget Workers' Federation"),
    ]
    assert names[2][0] == "WWF leaders"


def test_an_institution_stands_for_its_state() -> None:
    text = "Whitehall, the Elysée and the Russian Foreign Ministry agree."
    assert [actor for _, actor in read(text, PLAIN)] == ["united-kingdom", "france", "russia"]


def test_the_is_in_capitals_is_no_armed_group() -> None:
    assert read("WHO IS THERE NOW", PLAIN) == []
    assert read("He said IS is there.", PLAIN)[-1] == ("IS", "islamic-state")
