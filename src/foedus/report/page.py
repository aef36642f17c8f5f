"""What the page shows, gathered from an analysis: one plain object the template reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.lenses.lens import Finding, Interval, Picture
from foedus.lenses.table import LENSES
from foedus.lenses.wording import listed
from foedus.report import driving, figures
from foedus.report.carrying import carriers, carries
from foedus.report.evidence import Exhibit, Judged, called, judged, register
from foedus.report.network import network
from foedus.report.numbers import Numbers, behind
from foedus.report.svg import draw
from foedus.report.text import number
from foedus.verdict.views import beyond

if TYPE_CHECKING:
    from foedus.verdict.analysis import Analysis
    from foedus.verdict.evidence import Weighed


@dataclass(frozen=True)
class Figure:
    """A picture drawn, with the numbers behind it."""

    id: str
    title: str
    caption: str
    svg: str
    numbers: tuple[Numbers, ...]


@dataclass(frozen=True)
class View:
    """What one view says of the pact's chances; `interval` is None where it is a single number."""

    name: str
    says: str
    interval: Interval
    certain: bool = False
    because: tuple[str, ...] = ()
    share: bool = False
    """Whether it is a share of what was looked at, and no probability to the horizon."""


@dataclass(frozen=True)
class Lens:
    """One lens's section of the page."""

    name: str
    finding: Finding
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Group:
    """Numbers that belong together."""

    name: str
    rows: tuple[Judged, ...]


@dataclass(frozen=True)
class Page:
    """Everything the template reads besides the analysis itself."""

    views: tuple[View, ...]
    views_figure: Figure
    lenses: tuple[Lens, ...]
    thesis_figure: Figure | None
    assumptions_figure: Figure | None
    tornado_figure: Figure | None
    limits_figure: Figure | None
    tradeoff_figure: Figure | None
    scenarios_figure: Figure | None
    carries_figure: Figure | None
    carriers: tuple[Weighed, ...]
    """Sources and pieces of evidence on which something hangs, as many as are shown."""
    idle: int
    """Pieces of evidence on which nothing hangs."""
    network_figure: Figure
    groups: tuple[Group, ...]
    unfounded: int
    exhibits: dict[str, Exhibit]
    checked: frozenset[str]
    """Assumptions that have a line in the page."""
    anchors: frozenset[str]
    """Places in the page that evidence may link back to."""


def gather(analysis: Analysis) -> Page:
    """Draw every picture and look up every reference."""
    case = analysis.case
    numbers = judged(case)
    seen = views(analysis)
    front = any(figures.of_front(analysis, check.id) for check in analysis.assumptions)
    thesis, lenses = None, []
    for name, finding in analysis.findings.items():
        drawn = list(LENSES[name].pictures(case, finding)) if name in LENSES else []
        if front and thesis is None:
            # the front's trends are told beside the assumption about them
            thesis = next((drawn.pop(k) for k, p in enumerate(drawn) if p.name == "trends"), None)
        lenses.append(Lens(name, finding, tuple(figure(p, name) for p in drawn)))
    return Page(
        views=seen,
        views_figure=figure(
            figures.views([(v.name, v.interval) for v in seen if not v.share]), "verdict"
        ),
        lenses=tuple(lenses),
        thesis_figure=figure(thesis, "verdict") if thesis else None,
        assumptions_figure=_maybe(figures.assumptions(analysis)),
        tornado_figure=_maybe(driving.tornado(analysis)),
        limits_figure=_maybe(driving.limits(analysis)),
        tradeoff_figure=_maybe(driving.tradeoff(analysis)),
        scenarios_figure=_maybe(figures.scenarios(analysis)),
        carries_figure=_maybe(carries(analysis)),
        carriers=carriers(analysis),
        idle=sum(w.aside is None for w in analysis.evidence or () if w.kind == "evidence"),
        network_figure=figure(network(case), "verdict"),
        groups=_groups(numbers, [called(case, m) for m in case.pact.members]),
        unfounded=sum(not row.because for row in numbers),
        exhibits=register(case, numbers),
        checked=frozenset(c.id for c in analysis.assumptions),
        anchors=frozenset(
            [row.anchor for row in numbers]
            + [f"assumption-{c.id}" for c in analysis.assumptions]
            + [f"hypothesis-{i}" for i in case.hypotheses]
            + [f"scenario-{s.id}" for s in analysis.scenarios]
            + [f"indicator-{i}" for i in case.indicators]
        ),
    )


def figure(picture: Picture, whose: str) -> Figure:
    """Draw one picture."""
    ident = re.sub(r"[^a-z0-9]+", "-", f"figure-{whose}-{picture.name}".lower()).strip("-")
    svg = draw(picture.spec, f"{ident}-drawing", picture.title, picture.caption)
    return Figure(ident, picture.title, picture.caption, svg, behind(picture.spec))


def _maybe(picture: Picture | None) -> Figure | None:
    return figure(picture, "verdict") if picture else None


TITLES = {
    "endurance": "Inside view",
    "base_rate": "Outside view: the base rate",
    "argument": "Argument, from its own prior",
}
"""What the page calls the views that the headline and the pooled figure are made of."""


def views(analysis: Analysis) -> tuple[View, ...]:
    """The headline and what stands beside it.

    Every view that speaks of the pact's survival, the pooled figure, and the shares of lenses that
    only inform.
    """
    anchored = any(v.name == "base_rate" for v in analysis.views)
    title = "Headline: anchored on the base rate" if anchored else "Headline"
    says = (
        "The members’ own reckoning, its level set by how often such members leave."
        if anchored
        else "The members’ own reckoning; no base rate sets its level."
    )
    apart = beyond(analysis.views, analysis.holds)
    if apart is not None:
        says = f"{says} {apart}"
    out = [View(title, says, analysis.holds)]
    out += [
        View(TITLES[v.name], v.says.replace("'", "’"), v.holds, v.certain, v.because)
        for v in analysis.views
        if v.holds != analysis.holds
    ]
    if analysis.pooled is not None and len(analysis.views) > 1:
        out.append(View("Pooled", _pooled(analysis), analysis.pooled.holds))
    for name, finding in analysis.findings.items():
        if finding.share_holding is not None:
            says = (
                f"{finding.question} The share of draws, or of what can last in them, in which the"
                " pact holds; nothing in it speaks of time."
            )
            title = f"{name.replace('_', ' ').capitalize()}: a share, no probability"
            out.append(View(title, says, finding.share_holding, share=True))
    return tuple(out)


def _pooled(analysis: Analysis) -> str:
    """How the pooled figure came about, in a sentence or two."""
    pooled = analysis.pooled
    assert pooled is not None
    parts = [
        f"{TITLES[name].lower()} ({weight:.0%})".replace("%", "\u00a0%")
        for name, weight in pooled.weights.items()
        if name != "argument"
    ]
    says = f"A log pool of {listed(parts)}"
    if pooled.ratio is not None:
        which = "no pooled number rests on" if pooled.evidence == "unused" else "the case has"
        says += (
            f", times the likelihood ratio of the evidence that {which}"
            f" ({number(pooled.ratio.value)}; {number(pooled.ratio.low)} to"
            f" {number(pooled.ratio.high)})"
        )
    if pooled.extremise != 1.0:
        says += f"; log odds times {pooled.extremise:g}"
    return f"{says}."


def _groups(numbers: list[Judged], first: list[str]) -> tuple[Group, ...]:
    """Numbers by whose they are, as their labels say; the members' first, nobody's last."""
    groups: dict[str, list[Judged]] = {}
    for row in numbers:
        whose, colon, _ = row.label.partition(": ")
        groups.setdefault(whose if colon else "", []).append(row)
    named = [Group(whose, tuple(rows)) for whose, rows in groups.items() if whose]
    named.sort(key=lambda group: first.index(group.name) if group.name in first else len(first))
    rest = groups.get("")
    return (*named, Group("The pact and the contest", tuple(rest))) if rest else tuple(named)
