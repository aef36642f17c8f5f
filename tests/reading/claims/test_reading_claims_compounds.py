"""A denial ends where `and` begins a clause with a subject of its own."""

from __future__ import annotations

import pytest
from made_claims import claimed


def polarities(text: str) -> list[tuple[str, str]]:
    return [(text[c.start : c.end].rstrip("."), c.polarity) for c in claimed(text)]


@pytest.mark.parametrize(
    ("first", "second", "denied"),
    [
        ("Norland has conceded nothing in Geneva", "Sudria continues to block food", (True, False)),
        ("Norland is strong in the field", "Sudria is not an ally", (False, True)),
        ("Norland never talks at all", "it stays in the city", (True, False)),
    ],
)
def test_halves_with_subjects_of_their_own_are_told_apart(
    first: str, second: str, denied: tuple[bool, bool]
) -> None:
    words = {True: "denied", False: "affirmed"}
    wanted = [(first, words[denied[0]]), (second, words[denied[1]])]
    assert polarities(f"{first} and {second}.") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Nobody in Norland and Sudria agrees.",
        "No one believes that Norland and Sudria failed.",
        "Norland does not pay and leave.",
        "Norland has conceded nothing and left the pact.",
    ],
)
def test_what_only_goes_on_is_denied_as_a_whole(text: str) -> None:
    assert [polarity for _, polarity in polarities(text)] == ["denied"]


def test_two_halves_of_one_polarity_stay_one_claim() -> None:
    assert len(polarities("Norland is strong in the field and Sudria is an ally.")) == 1


def test_many_halves_stay_cheap() -> None:
    assert claimed("Norland is not weak and Sudria stays " * 5000)
