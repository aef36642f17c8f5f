"""Red lines, pledges and refusals: whose, about what, and what only looks like one."""

from __future__ import annotations

import pytest
from made_statements import found, said

from foedus.reading.model import Claim
from foedus.reading.statements import commitments

FOUND = [
    ("Arland's red line is the harbour.", "red line", ("arland",), "the harbour"),
    ("Arland drew a red line over the harbour.", "red line", ("arland",), "the harbour"),
    ("Borduria called the harbour a red line.", "red line", ("borduria",), "the harbour"),
    ("Borduria sees the harbour as a “red line”.", "red line", ("borduria",), "the harbour"),
    ("The harbour is a red line for Drusk.", "red line", ("drusk",), "The harbour"),
    ("Arland declared that the harbour was a “red line”.", "red line", ("arland",), "the harbour"),
    ("Arland will not tolerate a blockade.", "red line", ("arland",), "a blockade"),
    ("Arland won’t accept a blockade.", "red line", ("arland",), "a blockade"),
    ("A blockade is unacceptable to Drusk.", "red line", ("drusk",), "A blockade"),
    ("The harbour is non-negotiable, Arland said.", "red line", ("arland",), "The harbour"),
    ("Arland vowed to stay.", "pledge", ("arland",), "stay"),
    ("Arland and Borduria pledged to fight on.", "pledge", ("arland", "borduria"), "fight on"),
    ("Arland is firmly committed to holding the harbour.", "pledge", ("arland",),
     "holding the harbour"),
    ("Arland will never abandon Drusk.", "pledge", ("arland",), "Drusk"),
    ("Arland will never leave Drusk.", "pledge", ("arland",), "leave Drusk"),
    ("Arland will not leave Drusk alone.", "pledge", ("arland",), "leave Drusk alone"),
    ("Arland will never negotiate with Drusk.", "refusal", ("arland",), "negotiate with Drusk"),
    ("Arland pledged on Tuesday to keep the harbour.", "pledge", ("arland",), "keep the harbour"),
    ("Arland vowed last week that it would stay.", "pledge", ("arland",), "it would stay"),
    ("Arms were promised by Arland.", "pledge", ("arland",), "Arms"),
    ("Arland's promise to stay was heard.", "pledge", ("arland",), "stay was heard"),
    ("Arland, which refuses to talk, is alone.", "refusal", ("arland",), "talk"),
    ("Drusk ruled out any deal with Arland.", "refusal", ("drusk",), "any deal with Arland"),
    ("Drusk rejects any Arlandish plan, while Borduria waits.", "refusal", ("drusk",),
     "any Arlandish plan"),
    ("Orlo came despite his objections to the plan.", "refusal", ("orlo",), "the plan"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "by", "about"), FOUND)
def test_a_commitment_is_found(text: str, kind: str, by: tuple[str, ...], about: str) -> None:
    items = [item for item in found(commitments, text) if item.type == kind]
    assert [(item.by, said(text, item.about)) for item in items] == [(by, about)]


@pytest.mark.parametrize(
    "text",
    [
        "Arland has not ruled out a blockade.",
        "Arland should guarantee the truce.",
        "Orlo's post should be guaranteed.",
        "Arland made no promise to Drusk.",
        "The harbour is not a red line for Arland.",
        "It was a promising start for Arland.",
        "The promised arms came to Arland.",
        "Arland committed crimes in Drusk.",
        "If Arland refused to talk, Drusk would leave.",
        "A decline to three per cent hurt Arland.",
    ],
)
def test_what_binds_nobody_is_no_commitment(text: str) -> None:
    assert found(commitments, text) == ()


def test_never_leaving_is_no_refusal() -> None:
    text = "Arland will never leave Drusk."
    assert [item.type for item in found(commitments, text)] == ["pledge"]


def test_holders_come_from_the_closest_claim() -> None:
    text = "Western diplomats say that Arland vowed to stay."
    inner = text.index("Arland")
    claims = (
        Claim(start=0, end=len(text), holders=("author",)),
        Claim(start=inner, end=len(text), holders=("author", "western-diplomats")),
    )
    (item,) = found(commitments, text, claims)
    assert item.holders == ("author", "western-diplomats")
    assert item.by == ("arland",)


def test_who_says_we_is_the_speaker() -> None:
    text = "“We will never accept a blockade,” said Arland."
    claims = (Claim(start=1, end=text.index(",”"), holders=("author", "arland")),)
    assert [item.by for item in found(commitments, text, claims)] == [("arland",)]


def test_spans_lie_in_the_text_and_hold_what_it_is_about() -> None:
    text = "Drusk waits. Arland vowed to hold the harbour."
    (item,) = found(commitments, text)
    assert text[item.start : item.end] == "Arland vowed to hold the harbour"
    assert item.start <= item.about.start < item.about.end <= item.end
