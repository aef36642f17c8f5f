"""Saved runs: an analysis in one file, with all that is needed to run it again.

The file is a zip container with four members: `manifest.json` says what made it, `case.json` is the
case as it was given, as plain data and without its outcome, `findings.json` is what the analysis
says (`Analysis.to_dict`), and `table.npy` the tidy table as 64-bit floats.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict

from foedus.case import Case, write_atomically
from foedus.case.part import Part
from foedus.case.reading import case_of
from foedus.case.tree import Tree, dotted
from foedus.case.validation import Fault, typed
from foedus.lenses.lens import Interval, percent
from foedus.lenses.table import SECTIONS
from foedus.verdict.saving.container import (
    LIMITS,
    SavedRunError,
    json_bytes,
    json_of,
    member,
    opened,
    packed,
)
from foedus.verdict.saving.manifest import FORMAT, Manifest, manifest_of, versions_here
from foedus.verdict.saving.npy import read, written
from foedus.verdict.saving.tidy import DRAW, Columns, columns

if TYPE_CHECKING:
    from pandas import DataFrame

    from foedus.verdict.analysis import Analysis

MANIFEST, CASE, FINDINGS, TABLE = LIMITS
MOST_VALUES = 20_000
"""The most keys and values the case may hold, as in a case file."""


class _Span(Part):
    value: float | None
    low: float | None
    high: float | None


class _Told(Part):
    """What of the findings a saved run shows itself by; there is more."""

    model_config = ConfigDict(extra="ignore")

    question: str
    words: str
    probability: _Span


@dataclass(frozen=True, eq=False)
class SavedRun:
    """An analysis as it was saved.

    `case` is the case as it was given, before a scenario or values changed it; `options` what was
    asked of `analyze`; `version` and `versions` what computed it; `findings` what it said
    (`Analysis.to_dict`); `columns` the tidy table. `holds` is the probability that the pact holds,
    NaN where no draw has one.
    """

    file: str
    case: Case = field(repr=False)
    options: Mapping[str, Any]
    seed: int
    version: str
    versions: Mapping[str, str]
    holds: Interval
    findings: Mapping[str, Any] = field(repr=False)
    columns: Columns = field(repr=False)

    @property
    def draws(self) -> int:
        """How many draws it has."""
        return int(self.columns[DRAW].size)

    def to_frame(self) -> DataFrame:
        """The tidy table, one row a draw. Needs pandas."""
        import pandas as pd

        return pd.DataFrame(self.columns).set_index(DRAW)

    def _repr_html_(self) -> str:
        span = self.holds
        told = f"{percent(span.value)} ({percent(span.low)} to {percent(span.high)})"
        told = "no draw" if span.value != span.value else told
        return (
            f"<p>{escape(str(self.findings['question']))}<br>"
            f"<b>{told}, {escape(str(self.findings['words']))}</b></p>"
            f"<small>saved run {escape(self.file)}: {self.draws} draws, seed {self.seed},"
            f" foedus {escape(self.version)}, case {escape(self.case.id)}"
            f" {self.case.hash[:12]}</small>"
        )


def save(analysis: Analysis, path: str | os.PathLike[str]) -> None:
    """Write an analysis to a file, wholly or not at all.

    The same analysis gives the same bytes. Raises SavedRunError for what could not be read again,
    and OSError as the system does.
    """
    file = str(path)
    case = analysis.given.without_outcome()
    table = columns(analysis)
    members = {
        CASE: json_bytes(dict(case.data), file, CASE, indent=1),
        FINDINGS: json_bytes(analysis.to_dict(), file, FINDINGS),
        TABLE: written(table),
    }
    manifest = {
        "format": FORMAT,
        "foedus": analysis.version,
        "versions": versions_here(),
        "case": {"id": case.id, "hash": case.hash},
        "seed": analysis.seed,
        "options": dict(analysis.options),
        "draws": analysis.draws.size,
        "columns": list(table),
        "sha256": {name: sha256(raw).hexdigest() for name, raw in members.items()},
    }
    told = json_bytes(manifest, file, MANIFEST, indent=1)
    manifest_of(json_of(told, file, MANIFEST), file)
    write_atomically(path, packed({MANIFEST: told, **members}, file))


def load_run(path: str | os.PathLike[str]) -> SavedRun:
    """Read a saved run.

    Raises SavedRunError, in one line, for a file that is none, is damaged, altered or too large, or
    was saved by a later foedus, and OSError as the system does.
    """
    file = str(path)
    with opened(path) as archive:
        manifest = manifest_of(json_of(member(archive, MANIFEST, file), file, MANIFEST), file)
        if archive.namelist() != list(LIMITS) or list(manifest.sha256) != [CASE, FINDINGS, TABLE]:
            raise SavedRunError(f"{file}: should hold {', '.join(LIMITS)}, in this order")
        raw = {name: member(archive, name, file) for name in manifest.sha256}
    for name, digest in manifest.sha256.items():
        if sha256(raw[name]).hexdigest() != digest:
            raise SavedRunError(f"{file}: altered: {name}")
    findings = json_of(raw[FINDINGS], file, FINDINGS)
    faults: list[Fault] = []
    told = typed(_Told, findings, (), faults)
    if told is None:
        place, message = faults[0]
        raise SavedRunError(f"{file}: {FINDINGS}: {dotted(place)}: {message}")
    span = (told.probability.value, told.probability.low, told.probability.high)
    return SavedRun(
        file=file,
        case=_case(raw[CASE], file),
        options=manifest.options.model_dump(exclude_unset=True),
        seed=manifest.seed,
        version=manifest.foedus,
        versions=manifest.versions,
        holds=Interval(*(float("nan") if number is None else number for number in span)),
        findings=findings,
        columns=_columns(raw[TABLE], manifest, file),
    )


def _columns(raw: bytes, manifest: Manifest, file: str) -> Columns:
    try:
        return read(raw, manifest.columns, manifest.draws)
    except ValueError as error:
        raise SavedRunError(f"{file}: {TABLE} {error}") from None


def _case(raw: bytes, file: str) -> Case:
    data = json_of(raw, file, CASE)
    if _values(data) > MOST_VALUES:
        raise SavedRunError(f"{file}: {CASE} holds more than {MOST_VALUES:,} keys and values")
    # marks tell lines of a file that a person edits; here there is none
    return case_of(Tree(data, {(): 1}, {}), SECTIONS, f"{file} ({CASE})", None)


def _values(data: Any) -> int:
    count, waiting = 0, [data]
    while waiting:
        value = waiting.pop()
        count += 1
        if isinstance(value, dict):
            count += len(value)
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return count
