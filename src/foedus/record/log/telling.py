"""A report as plain data, and as a table."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import Any

from foedus.record.log.entry import Chance, Forecast
from foedus.record.log.scored import GROUPS, Report, Resolved
from foedus.record.log.tallies import Calibrated, Scores, Tally

FACTS = (
    "id", "made_at", "case", "case_hash", "title", "question", "as_of", "horizon", "foedus",
    "seed", "draws", "lens", "resolution_source", "note", "hindsight", "late",
)  # fmt: skip
ENDS = ("result", "on", "source", "group", "low", "high")
SCORES = (".log_score", ".brier")


def as_dict(told: Report) -> dict[str, Any]:
    """The documented shape of `foedus forecast report --json`, but for the version."""
    log = told.log
    return {
        "log": log.file,
        "lines": len(log.entries),
        "head": log.head,
        "torn": log.torn,
        "backwards": list(log.backwards),
        "today": told.today.isoformat(),
        "open": [{**forecast(one.forecast), "overdue": one.overdue} for one in told.open],
        "resolved": [resolved(one) for one in told.resolved],
        "void": [resolved(one) for one in told.void],
        "scores": {
            group: _tally(told.tallies[group]) if group in told.tallies else None
            for group in GROUPS
        },
    }


def forecast(one: Forecast) -> dict[str, Any]:
    """A forecast as plain data."""
    return {
        "id": one.id,
        "made_at": one.model_dump(mode="json")["made_at"],
        "case": one.case,
        "case_hash": one.case_hash,
        "title": one.title,
        "question": one.question,
        "as_of": one.as_of.isoformat(),
        "horizon": one.horizon.isoformat(),
        "foedus": one.version,
        "seed": one.seed,
        "draws": one.draws,
        "set": one.set,
        "lens": one.lens,
        "probability": _chance(one.probability),
        "views": {name: _chance(view) for name, view in one.views.items()},
        "pooled": _chance(one.pooled) if one.pooled is not None else None,
        "resolution_source": one.resolution_source,
        "note": one.note,
        "hindsight": one.hindsight,
        "late": one.late,
    }


def _chance(chance: Chance) -> dict[str, float]:
    return {"value": chance.value, "low": chance.low, "high": chance.high}


def resolved(one: Resolved) -> dict[str, Any]:
    """A forecast with what came of it, as plain data."""
    return {
        **forecast(one.forecast),
        "group": one.group,
        "result": one.resolution.result,
        "on": one.resolution.on.isoformat(),
        "source": one.resolution.source,
        "corrected": one.corrected,
        "scores": {name: asdict(score) for name, score in one.scores.items()},
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "n": tally.n,
        "cases": tally.cases,
        "held": tally.held,
        "means": {name: _scores(scores) for name, scores in tally.scores.items()},
        "baselines": {
            name: {k: v for k, v in _scores(scores).items() if k != "skill"}
            for name, scores in tally.baselines.items()
        },
        "calibration": [_bin(one) for one in tally.calibration],
        "calibration_error": tally.calibration_error,
    }


def _scores(scores: Scores) -> dict[str, Any]:
    return {
        "n": scores.n,
        "cases": scores.cases,
        "impossible": scores.impossible,
        "log_score": asdict(scores.log_score),
        "brier": asdict(scores.brier),
        "skill": {
            name: {score: asdict(mean) for score, mean in by.items()}
            for name, by in scores.skill.items()
        },
    }


def _bin(one: Calibrated) -> dict[str, Any]:
    return {**one.bin.to_dict(), "cases": one.cases, "enough": one.enough}


def as_csv(told: Report) -> str:
    """One row a forecast, in the order they were made; what a forecast does not have is empty."""
    ended = {one.forecast.id: one for one in (*told.resolved, *told.void)}
    overdue = {one.forecast.id for one in told.open if one.overdue}
    names = [_column(name) for one in told.log.forecasts.values() for name in one.chances]
    rows = []
    for name, one in told.log.forecasts.items():
        state = "overdue" if name in overdue else "open"
        rows.append(_row(one, ended.get(name), state))
    last = [f"{name}{end}" for name in dict.fromkeys(names) for end in ("", *SCORES)]
    order = [*FACTS, *ENDS, *last]
    out = io.StringIO()
    writer = csv.DictWriter(out, order, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _row(one: Forecast, ended: Resolved | None, state: str) -> dict[str, Any]:
    told = forecast(one)
    row: dict[str, Any] = {key: told[key] for key in FACTS}
    if ended is None:
        row["result"] = state
    else:
        end = ended.resolution
        row |= {"result": end.result, "on": end.on, "source": end.source, "group": ended.group}
    row |= {"low": one.probability.low, "high": one.probability.high}
    row |= {_column(name): chance for name, chance in one.chances.items()}
    for name, score in ended.scores.items() if ended else ():
        surprise = "inf" if score.log_score is None else score.log_score
        row |= {f"{_column(name)}{SCORES[0]}": surprise, f"{_column(name)}{SCORES[1]}": score.brier}
    return row


def _column(name: str) -> str:
    return name if name in ("headline", "pooled") else f"views.{name}"
