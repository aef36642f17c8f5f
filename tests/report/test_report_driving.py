from __future__ import annotations

import pytest
from report_toy import IMAGE, toy

from foedus.report import render
from foedus.report.carrying import carriers, carries
from foedus.report.driving import limits, shown, tornado, tradeoff
from foedus.report.numbers import behind
from foedus.report.svg import draw


def values(spec: object, field: str) -> list[float]:
    """Every number of a field in a specification's rows."""
    if isinstance(spec, list):
        rows = [row[field] for row in spec if isinstance(row, dict) and field in row]
        return rows or [value for part in spec for value in values(part, field)]
    if isinstance(spec, dict):
        return [value for part in spec.values() for value in values(part, field)]
    return []


def test_the_tornado_has_both_ends_of_the_strongest_swing() -> None:
    picture = tornado(toy())
    assert picture is not None
    drawn = values(picture.spec, "value")
    swings = [one.swing for one in toy().influences.quantities]
    widest = max(swings, key=lambda swing: abs(swing.value))
    assert drawn[:2] == [widest.at_low, widest.at_high]
    assert len(drawn) == 2 * min(12, len(swings))


def test_evidence_is_drawn_with_its_interval_and_the_step() -> None:
    picture = carries(toy())
    assert picture is not None
    told = carriers(toy())
    assert told[0].kind == "source"
    assert values(picture.spec, "change") == [one.aside.change.value for one in told]
    assert all(low <= high for low, high in zip(
        values(picture.spec, "low"), values(picture.spec, "high"), strict=True
    ))  # fmt: skip


def test_limits_are_shares_of_what_was_drawn() -> None:
    picture, found = limits(toy()), shown(toy())
    assert (picture is None) == (found is None)
    if picture is not None and found is not None:
        starts, ends = values(picture.spec, "from"), values(picture.spec, "to")
        assert all(0.0 <= a < b <= 1.0 for a, b in zip(starts, ends, strict=True))
        assert len(starts) == len(found.conditions)


@pytest.mark.parametrize("make", [tornado, carries, limits, tradeoff])
def test_pictures_are_drawn_and_hide_nothing_harmful(make) -> None:  # type: ignore[no-untyped-def]
    picture = make(toy())
    if picture is None:
        return
    svg = draw(picture.spec, "drawing", picture.title, picture.caption)
    assert "<img" not in svg
    assert "<script" not in svg
    assert behind(picture.spec)


def test_the_page_says_what_would_break_it_and_what_to_watch() -> None:
    page = render(toy())
    for section in ("drivers", "carries", "indicators"):
        assert f'<section id="{section}"' in page
    assert IMAGE not in page
    assert "How far the views differ" in page
    assert "Pooled" in page
    assert "Visits end." in page
    assert "expected move" in page.lower()
