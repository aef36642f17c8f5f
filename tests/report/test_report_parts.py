from __future__ import annotations

import math
from xml.etree import ElementTree

import pytest
from report_toy import toy

from foedus.case import Case
from foedus.lenses.wording import listed
from foedus.report import text
from foedus.report.figures import in_order
from foedus.report.network import network
from foedus.report.numbers import behind
from foedus.report.svg import draw


@pytest.mark.parametrize(
    ("date", "said"),
    [("2016", "2016"), ("2016-05", "May 2016"), ("2016-05-03", "3 May 2016"), (None, "")],
)
def test_dates(date: str | None, said: str) -> None:
    assert text.day(date) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.637, "64\u00a0%"), (0.001, "under 1\u00a0%"), (0.999, "over 99\u00a0%"), (math.nan, "–"),
     (None, "–")],
)  # fmt: skip
def test_chances(share: float | None, said: str) -> None:
    assert text.chance(share) == said


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", "//example.org", "data:text/html,x", "http://", "http://[",
     "https://example.org/\u202e", "ftp://example.org", "java\tscript:alert(1)"],
)  # fmt: skip
def test_addresses_that_are_not_linked(url: str | None) -> None:
    assert text.outward(url) is None


def test_an_address_that_is_linked() -> None:
    assert text.outward("http://example.org/a?b=c") == "http://example.org/a?b=c"


def test_points_and_numbers() -> None:
    assert text.points(-0.0561) == "−5.6\u00a0points"
    assert text.points(math.nan) == "–"
    assert text.number(-0.25) == "−0.25"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert text.glued("78 % of 5") == "78\u00a0% of 5"


SPEC = {
    "data": {"values": [{"who": "<b>&\x00\u202e", "share": 0.25}, {"who": "b", "share": 0.5}]},
    "mark": {"type": "bar", "clip": True, "href": "https://example.org", "tooltip": True},
    "encoding": {
        "y": {"field": "who", "type": "nominal"},
        "x": {"field": "share", "type": "quantitative", "axis": {"format": ".0%"}},
        "href": {"field": "who"},
    },
}


def test_a_drawing_is_clean_and_its_ids_are_its_own() -> None:
    one, two = draw(SPEC, "one", "A <title>", "A & b"), draw(SPEC, "two", "", "")
    root = ElementTree.fromstring(one)
    names = {element.tag for element in root.iter()}
    assert names <= {
        "svg",
        "g",
        "path",
        "text",
        "line",
        "rect",
        "defs",
        "clipPath",
        "title",
        "desc",
    }
    assert not any("href" in key for element in root.iter() for key in element.attrib)
    ids = {e.get("id") for e in root.iter()} - {None}
    assert len(ids) > 3
    assert all(str(i).split("--")[0] == "one" for i in ids)
    assert one.count("url(#one--") >= 1
    assert two.count("url(#one--") == 0
    assert "http" not in one
    assert "⟨U+202E⟩" in one
    assert one == draw(SPEC, "one", "A <title>", "A & b")


def test_the_numbers_behind_a_picture() -> None:
    (table,) = behind(SPEC)
    assert table.heads == ("who", "share")
    assert table.rows[1] == (("b", False), ("50\u00a0%", True))


def test_assumptions_about_the_front_come_first() -> None:
    assert [check.id for check in in_order(toy())] == ["steady", "keen"]


def _members(count: int, opponents: int) -> Case:
    from foedus.case import loads

    ids = [f"m{k}" for k in range(count)]
    against = [f"o{k}" for k in range(opponents)]
    actors = "".join(f"  {i}: {{name: Actor {i}, kind: state}}\n" for i in ids + against)
    parts = "".join(f"  p{k}: {{name: P{k}, kind: person, part_of: m0}}\n" for k in range(12))
    return loads(
        "foedus: 1\nid: x\ntitle: X\nquestion: X?\nas_of: 2020-01-01\nhorizon: 2021-01-01\n"
        f"actors:\n{actors}{parts}pact: {{members: [{', '.join(ids)}],"
        f" opponents: [{', '.join(against)}]}}\n",
        {},
    )


@pytest.mark.parametrize(("count", "opponents"), [(2, 0), (3, 1), (5, 9), (12, 2)])
def test_any_pact_can_be_drawn(count: int, opponents: int) -> None:
    picture = network(_members(count, opponents))
    drawn = draw(picture.spec, "net", picture.title, picture.caption)
    assert all(f"Actor m{k}<" in drawn for k in range(count))
    assert "and 5 more" in drawn
    assert "NaN" not in drawn
