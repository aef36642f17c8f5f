"""Every forecast that was scored, as a table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from foedus.case import write_atomically

if TYPE_CHECKING:
    from foedus.record.scoring.score import Score


def write_rows(score: Score, path: str) -> None:
    """Write a row for each row asked: what it was, what happened, and what everyone said of it.

    ``row`` is its place in the panel's file, counted from 1; ``says_NAME`` the chance that the
    model or baseline of that name gave.
    Raises OSError as the system does.
    """
    task, panel = score.task, score.panel
    head = list(dict.fromkeys((task.year, task.cluster, *task.unit, task.age, task.event)))
    known = [name for name in head if name in panel.columns]
    whole = [panel.row.tolist(), *(panel.columns[name].tolist() for name in known)]
    said = [values.tolist() for values in score.forecasts.values()]
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(["row", *known, *(f"says_{name}" for name in score.forecasts)])
    for row in zip(*whole, *said, strict=True):
        writer.writerow([_plain(value) for value in row])
    write_atomically(path, held.getvalue())


def _plain(value: float) -> float | int | str:
    if value != value:
        return ""
    return int(value) if value == int(value) else value
