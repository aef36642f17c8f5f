from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from foedus.verdict.words import words

TERMS = json.loads((Path(__file__).parents[1] / "published" / "icd203.json").read_text("utf-8"))[
    "terms"
]


@pytest.mark.parametrize("row", TERMS, ids=[row["term"] for row in TERMS])
def test_the_inside_of_every_range_has_its_term(row: dict) -> None:
    for share in (0.001, 0.25, 0.5, 0.75, 1.0):
        assert words((row["from"] + share * (row["to"] - row["from"])) / 100) == row["term"]


@pytest.mark.parametrize("below", range(len(TERMS) - 1))
def test_a_shared_end_belongs_to_the_lower_range(below: int) -> None:
    end = TERMS[below]["to"] / 100
    assert words(end) == TERMS[below]["term"]
    assert words(math.nextafter(end, 0.0)) == TERMS[below]["term"]
    assert words(math.nextafter(end, 1.0)) == TERMS[below + 1]["term"]


def test_the_very_ends_have_the_outer_terms() -> None:
    assert words(0.0) == TERMS[0]["term"]
    assert words(1.0) == TERMS[-1]["term"]


@pytest.mark.parametrize("wrong", [-1e-9, 1.0 + 1e-9, math.nan, math.inf, -math.inf])
def test_what_is_no_probability_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="no probability"):
        words(wrong)
