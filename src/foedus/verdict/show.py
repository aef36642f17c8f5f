"""An answer as plain data and as a small table for notebooks."""

from __future__ import annotations

import math
from dataclasses import asdict
from html import escape
from typing import TYPE_CHECKING, Any

from foedus.lenses.lens import Interval, percent
from foedus.verdict.words import words

if TYPE_CHECKING:
    from foedus.verdict.analysis import Analysis
    from foedus.verdict.evidence import Weighed
    from foedus.verdict.influence import Influences
    from foedus.verdict.pooling import Pooled
    from foedus.verdict.views import View


def plain(value: Any) -> Any:
    """Data that JSON can hold: NaN and infinities become null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def as_dict(analysis: Analysis) -> dict[str, Any]:
    """The documented shape of `foedus analyze --json`."""
    case = analysis.case
    lenses = {
        name: {
            "holds": finding.holds.to_dict() if finding.holds else None,
            "share_holding": finding.share_holding.to_dict() if finding.share_holding else None,
            "headline": finding.headline,
            "reasons": list(finding.reasons),
            "warnings": list(finding.warnings),
        }
        for name, finding in analysis.findings.items()
    }
    data = {name: dict(finding.data) for name, finding in analysis.findings.items()}
    return plain(  # type: ignore[no-any-return]
        {
            "case": case.id,
            "title": case.title,
            "question": case.question,
            "as_of": case.as_of.isoformat(),
            "case_hash": case.hash,
            "version": analysis.version,
            "seed": analysis.seed,
            "draws": analysis.draws.size,
            "options": dict(analysis.options),
            "horizon": case.horizon.isoformat(),
            "probability": analysis.holds.to_dict(),
            "words": analysis.words,
            "range_words": analysis.range_words,
            "sampling_error": analysis.sampling_error.to_dict(),
            "lenses": lenses,
            "missing": {name: list(what) for name, what in analysis.missing.items()},
            "endurance": {},
            **data,
            "assumptions": [
                {**asdict(check), "load": check.load} for check in analysis.assumptions
            ],
            "unchecked": dict(analysis.unchecked),
            "indicators": [asdict(one) for one in analysis.indicators],
            "views": [_view(view) for view in analysis.views],
            "pairs": [asdict(pair) for pair in analysis.pairs],
            "pooled": _pooled(analysis.pooled),
            "evidence": _evidence(analysis.evidence),
            "scenarios": [asdict(scenario) for scenario in analysis.scenarios],
            "drivers": [asdict(driver) for driver in analysis.drivers],
            "influences": _influences(analysis.influences),
            "breaking": asdict(analysis.breaking),
            "lost": list(analysis.lost),
            "stopped": analysis.stopped,
            "convergence": data.get("endurance", {}).get("convergence", {}),
        }
    )


def _view(view: View) -> dict[str, Any]:
    return {
        "name": view.name,
        "says": view.says,
        "holds": view.holds.to_dict(),
        "sampling_error": view.error.to_dict(),
        "certain": view.certain,
        "because": list(view.because),
    }


def _pooled(pooled: Pooled | None) -> dict[str, Any] | None:
    if pooled is None:
        return None
    return {
        "holds": pooled.holds.to_dict(),
        "words": words(pooled.holds.value),
        "sampling_error": pooled.error.to_dict(),
        "before_argument": pooled.before.to_dict(),
        "likelihood_ratio": pooled.ratio.to_dict() if pooled.ratio else None,
        "weights": dict(pooled.weights),
        "extremise": pooled.extremise,
        "evidence": pooled.evidence,
        "spread": list(pooled.spread),
    }


def _influences(found: Influences) -> dict[str, Any]:
    groups = {
        name: {group: asdict(one) for group, one in mine.items()}
        for name, mine in found.groups.items()
    }
    return {
        "quantities": [asdict(one) for one in found.quantities],
        "groups": {"actor": {}, "section": {}, "source": {}} | groups,
        "noise": asdict(found.noise) if found.noise else None,
        "explained": found.explained,
        "surrogate": found.surrogate,
        "variance": found.variance,
        "draws": found.draws,
        "reason": found.reason,
    }


def _evidence(weighed: tuple[Weighed, ...] | None) -> list[dict[str, Any]] | None:
    return None if weighed is None else [asdict(one) for one in weighed]


def as_html(analysis: Analysis) -> str:
    """A small table for a notebook; everything from the case is escaped."""

    def span(interval: Interval | None) -> str:
        if interval is None:
            return "no draw"
        return f"{percent(interval.value)} ({percent(interval.low)} to {percent(interval.high)})"

    rows = [("<b>holds</b>", f"<b>{span(analysis.holds)}</b>, {analysis.words}")]
    for name, finding in analysis.findings.items():
        rows.append((escape(name), escape(finding.headline)))
    if analysis.pooled is not None:
        rows.append(("pooled", span(analysis.pooled.holds)))
    for check in analysis.assumptions:
        told = f"stands: {span(check.stands)}; fails: {span(check.fails)}"
        rows.append((f"if: {escape(check.says)}", told))
    for scenario in analysis.scenarios:
        rows.append((f"what if: {escape(scenario.says)}", span(scenario.holds)))
    body = "".join(f"<tr><td>{key}</td><td>{value}</td></tr>" for key, value in rows)
    return (
        f"<table><caption>{escape(analysis.case.question)}</caption>{body}</table>"
        f"<small>{analysis.draws.size} draws, seed {analysis.seed}, foedus {analysis.version},"
        f" case {analysis.case.hash[:12]}</small>"
    )
