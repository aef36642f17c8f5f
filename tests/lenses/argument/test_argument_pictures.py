"""The argument lens in pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from argument_toy import alone, argued
from lens_contract import told

from foedus.lenses.argument.pictures.lens import pictures
from foedus.lenses.argument.pictures.matrix import BAND, MOST, matrix_picture
from foedus.lenses.table import LENSES, evidence_matrix
from foedus.report.svg import draw

LENS = LENSES["argument"]


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return dict(told(LENS, alone(), 16).data)


def test_every_picture_can_be_drawn_and_is_plain(data: dict[str, Any]) -> None:
    drawn = LENS.pictures(alone(), told(LENS, alone(), 16))
    assert [picture.name for picture in drawn] == ["matrix", "hypotheses", "linchpins"]
    for picture in drawn:
        assert picture.title.endswith("?")
        assert picture.caption.endswith(".")
        json.dumps(picture.spec, allow_nan=False)
        assert "<svg" in draw(picture.spec, picture.name, picture.title, picture.caption)


def marks(spec: Any) -> list[dict[str, Any]]:
    """Every row of data that a picture draws."""
    return [row for table in spec["datasets"].values() for row in table]


def test_the_matrix_says_in_letters_what_every_cell_is(data: dict[str, Any]) -> None:
    found = {
        (m["hypothesis"].split(":")[0].split(" (")[0], m["item"]): m
        for m in marks(matrix_picture(data).spec)
    }
    assert found["They quarrel and stay", "e3"]["letters"] == "C"
    assert found["North finds a better deal", "e3"]["letters"] == "CC"
    assert found["North finds a better deal", "e4"]["letters"] == "NA"
    assert found["Something else is going on", "e2"]["letters"] == ""
    kinds = {(m["letters"], m["kind"], m["depth"]) for m in found.values()}
    assert ("CC", "consistent", 2) in kinds
    assert ("I", "inconsistent", 1) in kinds
    assert ("N", "neutral", 0) in kinds
    assert {k for letters, k, _ in kinds if letters in ("", "NA")} == {"none"}


def test_a_wide_matrix_goes_into_bands_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    count = MOST + 9
    rows = [
        ["hypothesis", *(f"item-{k}" for k in range(count))],
        *([name, *("CC" if k % step else "II" for k in range(count))]
          for name, step in (("A", 2), ("B", 3), ("C", 5))),
    ]  # fmt: skip
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(",".join(row) for row in rows), "utf-8")
    picture = matrix_picture(evidence_matrix(str(path)).account().data)
    bands = picture.spec["vconcat"]
    assert len(bands) == MOST // BAND
    tables = list(picture.spec["datasets"].values())
    assert all(len({m["item"] for m in table}) <= BAND for table in tables)
    assert len({m["item"] for table in tables for m in table}) == MOST
    assert "9 more items, which tell least, are not drawn" in picture.caption
    assert "<svg" in draw(picture.spec, "matrix", picture.title, picture.caption)


def test_without_sides_linchpins_are_told_by_what_they_move() -> None:
    finding = told(LENS, argued((", holds: false", "")), 8)
    picture = pictures(finding.data)[2]
    assert "changes hands" in picture.caption
    assert "<svg" in draw(picture.spec, "linchpins", picture.title, picture.caption)


def test_a_row_says_whether_the_pact_holds_and_what_its_numbers_are(data: dict[str, Any]) -> None:
    said = dict(m["hypothesis"].split(": ") for m in marks(matrix_picture(data).spec))
    assert sorted(said) == [
        "North finds a better deal (does not hold)", "Something else is going on",
        "They need each other (holds)", "They quarrel and stay (holds)",
    ]  # fmt: skip
    assert said["Something else is going on"].endswith(" % likely, 0 against")
    assert said["They need each other (holds)"].endswith(" % likely, 2 against")


def test_ratios_are_kept_within_what_is_told(data: dict[str, Any]) -> None:
    row = data["linchpins"][0] | {"log_ratio": {"value": -900.0, "low": -1e4, "high": 900.0}}
    picture = pictures({**data, "linchpins": [row]})[2]
    ends = next(m for m in marks(picture.spec) if "low" in m)
    assert [ends[key] for key in ("low", "value", "high")] == pytest.approx([1e-6, 1e-6, 1e6])
    assert "<svg" in draw(picture.spec, "linchpins", picture.title, picture.caption)


def test_names_that_are_cut_are_told_apart(data: dict[str, Any]) -> None:
    long = "a" * 70
    items = {i: row | {"says": i} for i, row in data["items"].items()}
    extra = [dict(data["linchpins"][0], item=f"{long}{k}") for k in range(2)]
    items |= {f"{long}{k}": dict(items["e1"], says=f"{long}{k}") for k in range(2)}
    picture = pictures({**data, "items": items, "linchpins": extra})[2]
    assert len({m["item"] for m in marks(picture.spec) if "item" in m}) == 2
