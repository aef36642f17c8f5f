"""An analysis as one self-contained page."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from foedus.case import write_atomically
from foedus.lenses.wording import listed
from foedus.report import evidence, text
from foedus.report.figures import in_order
from foedus.report.page import TITLES, gather
from foedus.verdict.setting_aside import on_retracted_alone

if TYPE_CHECKING:
    from foedus.verdict.analysis import Analysis


def render(analysis: Analysis) -> str:
    """The page as HTML text: no scripts, nothing loaded from anywhere, the same bytes each time."""
    page = gather(analysis)
    case = analysis.case
    template = _environment().get_template("report.html")
    return template.render(
        a=analysis,
        case=case,
        page=page,
        assumptions=in_order(analysis),
        holders=listed([evidence.called(case, m) for m in case.pact.holds_while]),
        total=sum(len(group.rows) for group in page.groups),
        caveats=_caveats(analysis),
        checked=page.checked,
        titles=TITLES,
        anchors=page.anchors,
        reliability=evidence.RELIABILITY,
        credibility=evidence.CREDIBILITY,
    )


def _caveats(analysis: Analysis) -> list[str]:
    """What a reader should not overlook, whichever lens says it."""
    case = analysis.case
    out = [warning for finding in analysis.findings.values() for warning in finding.warnings]
    out += [f"{lost[:1].upper()}{lost[1:]}." for lost in analysis.lost]
    retracted = [case.label(path) for path in on_retracted_alone(case)]
    if retracted:
        out.append(f"All the evidence behind these numbers is retracted: {listed(retracted)}.")
    return out


def write(analysis: Analysis, path: str | os.PathLike[str]) -> None:
    """Write the page to a file, wholly or not at all. Raises OSError as the system does."""
    write_atomically(path, render(analysis))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("foedus.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    for name in (
        "chance",
        "glued",
        "span",
        "points",
        "number",
        "words",
        "day",
        "outward",
    ):
        environment.filters[name] = getattr(text, name)
    environment.filters |= {"listed": listed, "drawing": Markup}
    return environment


def _finalize(value: Any) -> Any:
    """What is printed: text from the case with its unseen characters spelled out."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return text.visible(value)
    return value
