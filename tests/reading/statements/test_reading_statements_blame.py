"""Who blames whom and for what: active, passive, nouns, and what is no charge."""

from __future__ import annotations

import pytest
from made_statements import found, said

from foedus.reading.statements import blame

A, B, D = ("arland",), ("borduria",), ("drusk",)
FOUND = [
    ("Arland blames Borduria for the loss of the fort.", A, B, "the loss of the fort"),
    ("Arland blamed the loss on Borduria.", A, B, "the loss"),
    ("Borduria was blamed for the loss by Arland.", A, B, "the loss"),
    ("The loss was blamed on Borduria by Arland.", A, B, "The loss"),
    ("Arland accuses Borduria of arming rebels, and Drusk agrees.", A, B, "arming rebels"),
    ("Arland holds Borduria responsible for the deaths.", A, B, "the deaths"),
    ("Arland put the blame for the raid on Borduria.", A, B, "the raid"),
    ("Arland took Borduria to task for its silence.", A, B, "its silence"),
    ("Arland complained that Borduria had sent no help.", A, B, "Borduria had sent no help"),
    ("Arlandish complaints about Bordurian pilots are old.", A, B, "Bordurian pilots"),
    ("Arland is casting doubt on the quality of Borduria’s pilots.", A, B,
     "the quality of Borduria’s pilots"),
    ("Arland is growing frustrated with Borduria's delays.", A, B, "Borduria's delays"),
    ("Drusk, blaming Borduria for the raid, left.", D, B, "the raid"),
    ("Blaming Borduria for the raid, Drusk left.", D, B, "the raid"),
    ("Arland and Drusk blame Borduria for the raid.", (*A, *D), B, "the raid"),
    ("While Drusk waits, Arland faults Borduria for its silence.", A, B, "its silence"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "by", "at", "about"), FOUND)
def test_a_charge_is_found(text: str, by: tuple[str, ...], at: tuple[str, ...], about: str) -> None:
    assert [(i.by, i.at, said(text, i.about)) for i in found(blame, text)] == [(by, at, about)]


def test_two_charges_in_one_sentence_stay_apart() -> None:
    text = "Arlandish officials blame Bordurian pilots for delays, while Drusk faults Arland."
    assert [(i.by, i.at) for i in found(blame, text)] == [(A, B), (D, A)]


def test_who_is_to_blame_is_said_by_whoever_says_so() -> None:
    (item,) = found(blame, "Borduria is to blame for the delay.")
    assert (item.by, item.at) == (("author",), B)


def test_a_charge_nobody_is_named_for_has_no_by() -> None:
    (item,) = found(blame, "Borduria is accused of arming rebels.")
    assert (item.by, item.at) == ((), B)


def test_mutual_blame_runs_both_ways() -> None:
    (item,) = found(blame, "Arland and Borduria blame each other for the raid.")
    assert set(item.by) == set(item.at) == {"arland", "borduria"}


@pytest.mark.parametrize(
    "text",
    [
        "Arland did not blame Borduria.",
        "The fault lies in the valley of Drusk.",
        "Arland claims that Borduria came early.",
        "Arland praised Borduria for its patience.",
    ],
)
def test_what_charges_nobody_is_no_blame(text: str) -> None:
    assert found(blame, text) == ()
