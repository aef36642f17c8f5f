"""What is wrong in a base_rate section is told with its line, and what would be right."""

from __future__ import annotations

import pytest
from base_rate_toy import ESTABLISHED, text_with
from lens_contract import told

import foedus
from foedus.case import CaseError, loads
from foedus.lenses.table import LENSES, SECTIONS

CLASS = 47
"""The line of `reference_class:` in the toy."""


def written(words: str, more: str = "") -> str:
    return text_with(f"base_rate:\n  reference_class: {{{words}}}\n{more}")


def wrong(text: str) -> list[str]:
    with pytest.raises(CaseError) as caught:
        loads(text, SECTIONS, "toy.yaml")
    return str(caught.value).splitlines()


def test_the_toys_lines_are_where_the_tests_think() -> None:
    lines = written("kind: cartel").splitlines()
    assert lines[CLASS - 1] == "  reference_class: {kind: cartel}"


@pytest.mark.parametrize(
    ("words", "path", "says"),
    [
        ("kind: pact", ".kind", "'pact' is not one of treaty-alliance, war-coalition"),
        ("kinds: cartel", "", "missing key 'kind'"),
        ("kind: cartel, obligations: [defense]", ".obligations", "treaty-alliance, not of cartel"),
        ("kind: cartel, wartime: true", ".wartime", "treaty-alliance, not of cartel"),
        ("kind: treaty-alliance, troops: true", ".troops", "not of treaty-alliance"),
        ("kind: war-coalition, troops: true", ".troops", "not of war-coalition"),
        ("kind: treaty-alliance, obligations: [defence]", ".obligations.0", "'defence' is not one"),
        ("kind: treaty-alliance, obligations: [defense, defense]", ".obligations.1", "twice"),
        ("kind: rebel-sponsor, age: -1", ".age", "mode is -1; it should be between 0 and 300"),
        ("kind: rebel-sponsor, age: 301", ".age", "between 0 and 300"),
        ("kind: rebel-sponsor, troops: maybe", ".troops", "should be true or false"),
        ("kind: rebel-sponsor, because: [e9]", ".because", "there is no evidence 'e9'"),
        (
            "kind: rebel-sponsor, age: {mode: 3, low: 1, high: 5, because: [e9]}",
            ".age.because.0",
            "there is no evidence 'e9'",
        ),
    ],
)
def test_a_class_that_cannot_be_is_refused(words: str, path: str, says: str) -> None:
    lines = wrong(written(words))
    assert lines[0].startswith(f"toy.yaml:{CLASS}: base_rate.reference_class{path}")
    assert says in lines[0]


@pytest.mark.parametrize(
    ("words", "more", "path", "says"),
    [
        ("kind: cartel", "end: violation", "end", "treaty-alliance alone, not of cartel"),
        ("kind: cartel", "end: broken", "end", "'broken' is not one of any, violation"),
        ("kind: cartel", "ties: {north: {age: 3}}", "ties", "leave it out"),
        ("kind: treaty-alliance", "ties: {north: {age: 3}}", "ties", "leave it out"),
        ("kind: war-coalition", "ties: {north: {age: 3}}", "ties", "leave it out"),
        ("kind: rebel-sponsor", "ties: {nort: {age: 3}}", "ties.nort", "'north'"),
        ("kind: rebel-sponsor", "ties: {rival: {age: 3}}", "ties.rival", "north, south"),
        ("kind: rebel-sponsor", "ties: {north: {years: 3}}", "ties.north", "unknown key 'years'"),
        ("kind: rebel-sponsor", "ties: {north: {because: [e9]}}", "ties.north.because", "'e9'"),
        ("kind: rebel-sponsor", "quantile: 0.5", "quantile", "unknown key 'quantile'"),
        ("kind: rebel-sponsor", "rate_deviation: 9", "rate_deviation", "between -6 and 6"),
        (
            "kind: rebel-sponsor",
            "rate_deviation: {mode: 0, low: 1, high: 2}",
            "rate_deviation",
            "low",
        ),
    ],
)
def test_a_section_that_does_not_fit_is_refused(
    words: str, more: str, path: str, says: str
) -> None:
    lines = wrong(written(words, f"  {more}\n"))
    assert lines[0].startswith(f"toy.yaml:{CLASS + 1}: base_rate.{path}")
    assert says in lines[0]


def test_evidence_that_is_missing_is_told_once() -> None:
    for text in (
        written("kind: rebel-sponsor, because: [e9]"),
        written("kind: rebel-sponsor", "  ties: {north: {age: 3, because: [e9]}}\n"),
    ):
        assert len(wrong(text)) == 1


def test_war_partners_are_told_apart_by_their_table() -> None:
    """Each partner has a rate, but none of its own."""
    (line,) = wrong(written("kind: war-coalition", "  ties: {north: {age: 3}}\n"))
    assert "as a whole" not in line


def test_everything_wrong_is_told_at_once() -> None:
    lines = wrong(written("kind: cartel, wartime: true, troops: false", "  end: violation\n"))
    assert len(lines) == 3


def test_a_file_is_named_with_its_line(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "pact.yaml"
    path.write_text(written("kind: cartels"), encoding="utf-8")
    with pytest.raises(CaseError, match=rf"pact\.yaml:{CLASS}: base_rate\.reference_class\.kind"):
        foedus.load(path)


def test_a_class_alone_is_enough() -> None:
    case = loads(text_with(ESTABLISHED), SECTIONS, "toy.yaml")
    lens = LENSES["base_rate"]
    assert lens.missing(case) == ()
    assert told(lens, case, 8).holds is not None
    deviation = case.quantities()["base_rate.rate_deviation"]
    assert (deviation.low, deviation.mode, deviation.high) == (-1.645, 0.0, 1.645)


@pytest.mark.parametrize("section", ["base_rate: {}\n", "base_rate:\n  ties: {north: {age: 1}}\n"])
def test_a_section_without_a_class_loads_and_is_not_ready(section: str) -> None:
    case = loads(text_with(section), SECTIONS, "toy.yaml")
    assert LENSES["base_rate"].missing(case) == ("base_rate.reference_class",)
