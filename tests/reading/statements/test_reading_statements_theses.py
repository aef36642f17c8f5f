"""Conclusions, premises, provisos, and where a text takes a proviso up again to doubt it."""

from __future__ import annotations

import pytest
from made_statements import found, said

from foedus.reading.statements import theses

FOUND = [
    ("Arland will stay so long as Borduria flies.", None, "Arland will stay", "Borduria flies"),
    ("As long as prices are high, Arland will keep its quota.", None, "Arland will keep its quota",
     "prices are high"),
    ("The pact holds unless Drusk invades.", None, "The pact holds", "Drusk invades"),
    ("According to an envoy, Borduria wins if Arland leaves.", "Arland leaves", "Borduria wins",
     None),
    ("If Arland leaves, according to an envoy, Borduria wins.", "Arland leaves", "Borduria wins",
     None),
    ("If Arland leaves, Borduria wins.", "Arland leaves", "Borduria wins", None),
    ("If Arland, Borduria and Drusk agree, then the deal will last provided that Orlo pays.",
     "Arland, Borduria and Drusk agree", "the deal will last", "Orlo pays"),
    ("Provided the truce holds, Arland will sign.", None, "Arland will sign", "the truce holds"),
    ("Arland will fight only if it is attacked.", None, "Arland will fight", "it is attacked"),
    ("The pact hinges on whether the front holds.", None, "The pact", "the front holds"),
    ("Analysts say that the pact will last so long as Drusk is feared, but few agree.", None,
     "the pact will last", "Drusk is feared"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "antecedent", "consequent", "proviso"), FOUND)
def test_a_thesis_is_cut_into_its_parts(
    text: str, antecedent: str | None, consequent: str, proviso: str | None
) -> None:
    (item,) = found(theses, text)
    parts = said(text, item.antecedent), said(text, item.consequent), said(text, item.proviso)
    assert parts == (antecedent, consequent, proviso)


@pytest.mark.parametrize(
    "text",
    [
        "Arland asked if Borduria was ready.",
        "The war lasted as long as three years.",
        "Arland provided aid to Borduria.",
        "Even if Arland leaves, Borduria stays.",
        "Arland acted as if Borduria had left.",
        "Few, if any, in Arland agree.",
    ],
)
def test_what_only_looks_like_a_condition_is_no_thesis(text: str) -> None:
    assert found(theses, text) == ()


THESIS = "The pact will last as long as the harvest improves. "


def challenges(rest: str, before: str = "") -> list[str | None]:
    text = before + THESIS + rest
    (item,) = found(theses, text)
    return [said(text, span) for span in item.challenged_by]


def test_a_doubt_that_takes_up_the_proviso_challenges_it() -> None:
    rest = "The weather is mild. The harvest has failed to improve. Orlo sleeps."
    assert challenges(rest) == ["The harvest has failed to improve."]


def test_the_proviso_quoted_as_an_assumption_challenges_it_and_draws_no_thesis() -> None:
    rest = "But note the assumption “as long as the harvest improves”. Can that premise stand?"
    assert challenges(rest) == [
        "But note the assumption “as long as the harvest improves”.",
        "Can that premise stand?",
    ]


def test_the_opposite_challenges_it_without_any_denial() -> None:
    assert challenges("The harvest worsened in May.") == ["The harvest worsened in May."]


def test_a_challenge_may_stand_before_the_thesis() -> None:
    before = "The harvest never improves here. "
    assert challenges("", before) == ["The harvest never improves here."]


def test_sentences_about_something_else_do_not_challenge() -> None:
    rest = "The harvest is in. Is Orlo ill? The road has not improved the town. It never rains."
    assert challenges(rest) == []


def test_many_theses_of_the_same_words_take_no_quadratic_time() -> None:
    text = THESIS * 4000
    assert len(found(theses, text)) == 4000
