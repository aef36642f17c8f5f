from __future__ import annotations

import json
from pathlib import Path

import pytest
from toy_pact import TEXT

from conftest import Command

STAKE = "endurance.members.north.stake"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The toy pact as a file, with a scenario that changes several numbers."""
    more = "  both: {because: [e2], endurance.position.now: 0.3, " + STAKE + ": 0.9}\noutcome:"
    path = tmp_path / "toy.yaml"
    path.write_text(TEXT.replace("outcome:", more, 1), "utf-8")
    return path


def test_a_scenario_lends_its_evidence_to_its_numbers(foedus: Command, file: Path) -> None:
    code, out, err = foedus("compare", file, "both", "--draws", 8, "--json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    # north's stake rested on e2 before: nothing new accounts for its number
    assert {(one["evidence"], one["how"]) for one in data["by_evidence"]} == {
        ("e2", "now cited"),
        (None, "judged anew on the same evidence"),
    }
    total = sum(one["part"] for one in data["by_evidence"])
    assert total == pytest.approx(data["change"], abs=1e-12)
    assert data["method"] == "exact, 4 sets"


def test_numbers_are_credited_by_actor(foedus: Command, file: Path) -> None:
    code, out, _ = foedus("compare", file, "both", "--draws", 8, "--by", "actor", "--json")
    assert code == 0
    assert {part["name"] for part in json.loads(out)["parts"]} == {
        "north",
        "endurance.position.now",
    }
    code, _, err = foedus("compare", file, "both", "--by", "colour")
    assert code == 2
    assert "'quantity', 'actor', 'section'" in err


def test_the_way_is_drawn(foedus: Command, file: Path, tmp_path: Path) -> None:
    picture = tmp_path / "move.svg"
    code, out, _ = foedus("compare", file, "both", "--draws", 8, "--picture", picture)
    assert code == 0
    assert f"Written: {picture}" in " ".join(out.split("\n"))
    assert "<svg" in picture.read_text("utf-8")


@pytest.mark.parametrize("asked", ["toy.yaml", "move.pdf", ""])
def test_a_picture_that_cannot_be_is_refused(
    foedus: Command, file: Path, tmp_path: Path, asked: str
) -> None:
    place = str(tmp_path / asked) if asked else ""
    code, out, err = foedus("compare", file, "both", "--draws", 8, "--picture", place)
    assert (code, out) == (2, "")
    assert "--picture" in err
    assert file.read_text("utf-8").startswith("foedus: 1")


def test_the_second_case_is_not_written_over_either(
    foedus: Command, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.svg"
    other.write_text(TEXT, "utf-8")
    code, _, err = foedus("compare", file, other, "--draws", 8, "--picture", other)
    assert code == 2
    assert "--picture" in err
    assert other.read_text("utf-8") == TEXT
