"""Suggested ratings and the rules that give them."""

from __future__ import annotations

import pytest
from made_claims import claimed, rated

from foedus.reading.model import Voice


@pytest.mark.parametrize(
    ("text", "credibility", "rule"),
    [
        ("Norland left the pact.", 2, "the author’s own words (2)"),
        ("Norland may leave the pact.", 3, "the author’s own words (2); hedged: “may” (+1)"),
        ("Norland leaves if it rains.", 3, "the author’s own words (2); on a condition (+1)"),
        ("Brandt said that Norland left.", 3, "attributed (3)"),
        ("Brandt said that Norland may leave.", 4, "attributed (3); hedged: “may” (+1)"),
        ("Western diplomats said Norland was out.", 4, "attributed (3); nobody is named (+1)"),
        (
            "According to Western diplomats, Brandt said that Norland may leave.", 5,
            "attributed (3); hedged: “may” (+1); nobody is named (+1); through 2 links (+1)",
        ),
        ("Brandt said, truly or not, that it is.", 4, "the text doubts it: “truly or not”"),
        ("Has Norland left?", 6, "a question asserts nothing that could be judged"),
        ("Norland disputed the dubious map.", 2, "the author’s own words (2)"),
    ],
)  # fmt: skip
def test_the_rule_and_what_it_gives(text: str, credibility: int, rule: str) -> None:
    (suggested,) = rated(text)
    assert (suggested.credibility, suggested.rule) == (credibility, rule)


@pytest.mark.parametrize(
    ("text", "reliability"),
    [
        ("The war goes on.", "F"),
        ("Western diplomats said the war was over.", "F"),
        ("Brandt said, sincerely or not, that the war was over.", "D"),
        ("Norland said that Norland was strong.", "C"),
        ("“We are strong here,” Brandt said.", "C"),
        ("Brandt said that Sudria was strong.", "B"),
    ],
)
def test_reliability_is_a_hint_by_who_speaks(text: str, reliability: str) -> None:
    assert rated(text)[0].reliability == reliability


def test_others_who_say_the_same_lift_a_claim() -> None:
    told = "{} said that Norland attacked the harbour of Sudria at dawn."
    one = rated(told.format("Brandt"))
    two = rated(told.format("Brandt") + " " + told.format("Maric"))
    assert [s.credibility for s in one] == [3]
    assert [s.credibility for s in two] == [2, 2]
    assert two[0].rule == "also said by maric"


def test_others_who_deny_lower_a_claim() -> None:
    text = (
        "Brandt said that Norland attacked the harbour of Sudria. Maric said that Norland never"
        " attacked the harbour of Sudria."
    )
    assert [s.credibility for s in rated(text)] == [4, 4]
    assert rated(text)[0].rule == "maric says the contrary in this text"


def test_the_same_holder_twice_confirms_nothing() -> None:
    text = "Brandt said that Norland attacked the harbour of Sudria. " * 2
    assert [s.credibility for s in rated(text)] == [3, 3]


def test_an_excerpted_author_is_no_further_link() -> None:
    text = "Norland is strong."
    voice = Voice(start=0, end=len(text), role="excerpt", speaker="Ada Brandt")
    assert claimed(text, (voice,))[0].holders == ("author", "Ada Brandt")
    assert rated(text, (voice,))[0].credibility == 2
