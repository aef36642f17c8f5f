"""Panels: what the record knows, one row a tie and year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from foedus.record.columns import column_names, numbers, repeated
from foedus.record.tasks import Task, task_named

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

LAST = 9999
"""The latest year, and the greatest age, that is taken for one."""
LARGEST = 2**53
"""Whole numbers up to here are exact in floating point."""


class PanelError(ValueError):
    """A panel that cannot be used: the file, the column, what is wrong, what would be right."""

    bad_input = True

    def __init__(self, file: str, column: str, message: str) -> None:
        self.file, self.column, self.message = file, column, message
        super().__init__(file, column, message)

    def __str__(self) -> str:
        where = f"column {self.column}" if self.column else ""
        return ": ".join(part for part in (self.file, where, self.message) if part)


@dataclass(frozen=True, slots=True)
class Panel:
    """Ties by year, checked: arrays of one length, one entry a row, none of them to be written.

    ``event`` is 1 where it happened, else 0 (NaN where nobody can know yet); ``year`` the calendar
    year, ``age`` the whole years that the tie has lasted, ``cluster`` the id of what is resampled
    together. ``columns`` has all numbers that were read, by name; optional ones may be NaN.
    """

    task: Task
    columns: Mapping[str, FloatArray]
    event: FloatArray
    year: IntArray
    age: IntArray
    cluster: IntArray
    row: IntArray
    """Where each row stood in the frame it was read from, counted from 1."""
    file: str = "frame"
    """Where it was read from, for messages."""

    @classmethod
    def of(
        cls, frame: Any, task: Task | str, *, outcome: bool = True, file: str = "frame"
    ) -> Panel:
        """Read a panel off a frame: whatever has ``frame[column]`` that numpy understands.

        That is a pandas or polars data frame, a pyarrow table, or a mapping of arrays. Columns the
        task does not know are left alone. With ``outcome=False``, for rows whose future is asked,
        only year and age have to be there: the event is then NaN where it is missing, and every row
        without a cluster is one of its own. PanelError says which column is wrong and why.
        """
        asked = task_named(task) if isinstance(task, str) else task
        if isinstance(frame, Panel):
            if frame.task == asked and not (outcome and np.isnan(frame.event).any()):
                return frame
            frame = frame.columns
        there = column_names(frame)
        fault = partial(PanelError, file)
        needed = asked.needed if outcome else (asked.year, asked.age)
        _all_there(needed, there, fault)
        wanted = [name for name in dict.fromkeys((*asked.needed, *asked.optional)) if name in there]
        _none_twice({*wanted, *asked.unit}, there, fault)
        columns = {name: _read(frame, name, fault) for name in wanted}
        rows = _one_length(columns, fault)
        year = _whole(columns[asked.year], asked.year, 1, LAST, fault)
        if asked.event in columns:
            _zero_or_one(columns[asked.event], asked.event, outcome, fault)
            event = columns[asked.event]
        else:
            event = np.full(rows, np.nan)
        if asked.cluster in columns:
            cluster = _whole(columns[asked.cluster], asked.cluster, -LARGEST, LARGEST, fault)
        else:
            cluster = np.arange(rows, dtype=np.int64)
        _once(frame, asked, year, there, fault)
        age = _whole(columns[asked.age], asked.age, 0, LAST, fault)
        row = np.arange(1, rows + 1, dtype=np.int64)
        return _frozen(asked, columns, event, year, age, cluster, row, file)

    def __len__(self) -> int:
        return int(self.event.size)

    def where(self, mask: npt.NDArray[np.bool_]) -> Panel:
        """The rows where ``mask``, (n,) true or false, is true."""
        columns = {name: values[mask] for name, values in self.columns.items()}
        return _frozen(
            self.task, columns, self.event[mask], self.year[mask], self.age[mask],
            self.cluster[mask], self.row[mask], self.file,
        )  # fmt: skip


def read(path: str, task: Task | str) -> Panel:
    """The panel of a parquet or csv file.

    Raises PanelError if it is neither, cannot be read, or lacks what the task needs; OSError if
    there is no such file.
    """
    from foedus.record.tables import UnreadableError, read_table

    asked = task_named(task) if isinstance(task, str) else task
    try:
        table = read_table(path)
    except UnreadableError as wrong:
        raise PanelError(path, "", str(wrong)) from None
    panel = Panel.of(table, asked, file=path)
    if not len(panel):
        raise PanelError(path, "", "has no rows; a panel has one for each tie and year")
    return panel


Fault = partial[PanelError]


def _frozen(
    task: Task, columns: Mapping[str, FloatArray], event: FloatArray, year: IntArray,
    age: IntArray, cluster: IntArray, row: IntArray, file: str,
) -> Panel:  # fmt: skip
    for values in (*columns.values(), event, year, age, cluster, row):
        values.setflags(write=False)
    return Panel(task, MappingProxyType(dict(columns)), event, year, age, cluster, row, file)


def _all_there(needed: Iterable[str], there: list[str], fault: Fault) -> None:
    missing = [name for name in needed if name not in there]
    if missing:
        from foedus.case.nearest import nearest

        near = [f"{found} for {name}" for name in missing if (found := nearest(name, there))]
        hint = f" (did you mean {', '.join(near)}?)" if near else ""
        few = ", ".join(there[:8]) + (", …" if len(there) > 8 else "")
        have = f"it has {few}" if there else "it has no columns"
        plural = "s" if len(missing) > 1 else ""
        raise fault("", f"lacks the column{plural} {', '.join(missing)}; {have}{hint}")


def _none_twice(wanted: Iterable[str], there: list[str], fault: Fault) -> None:
    twice = sorted(name for name in wanted if there.count(name) > 1)
    if twice:
        raise fault(twice[0], "is there twice; once would be right")


def _read(frame: Any, name: str, fault: Fault) -> FloatArray:
    values, wrong = numbers(frame[name])
    if wrong is not None:
        raise fault(name, f"{wrong}; it should hold numbers")
    infinite = np.flatnonzero(np.isinf(values))
    if infinite.size:
        raise fault(name, f"is infinite in row {infinite[0] + 1}; it should hold finite numbers")
    return values


def _one_length(columns: Mapping[str, FloatArray], fault: Fault) -> int:
    lengths = {name: values.size for name, values in columns.items()}
    first, rows = next(iter(lengths.items()))
    for name, size in lengths.items():
        if size != rows:
            raise fault(name, f"has {size} rows where {first} has {rows}")
    return rows


def _present(values: FloatArray, name: str, right: str, fault: Fault) -> None:
    missing = np.flatnonzero(np.isnan(values))
    if missing.size:
        more = f" and {missing.size - 1} more" if missing.size > 1 else ""
        raise fault(name, f"is missing in row {missing[0] + 1}{more}; it should be {right}")


def _whole(values: FloatArray, name: str, low: int, high: int, fault: Fault) -> IntArray:
    limits = "a whole number" if high == LARGEST else f"a whole number from {low} to {high}"
    _present(values, name, limits, fault)
    wrong = np.flatnonzero((values != np.floor(values)) | (values < low) | (values > high))
    if wrong.size:
        k = int(wrong[0])
        raise fault(name, f"is {values[k]:g} in row {k + 1}; it should be {limits}")
    return values.astype(np.int64)


def _zero_or_one(values: FloatArray, name: str, known: bool, fault: Fault) -> None:
    if known:
        _present(values, name, "0 or 1", fault)
    wrong = np.flatnonzero(~(np.isnan(values) | (values == 0.0) | (values == 1.0)))
    if wrong.size:
        k = int(wrong[0])
        raise fault(name, f"is {values[k]:g} in row {k + 1}; it should be 0 or 1")


def _once(frame: Any, task: Task, year: IntArray, there: list[str], fault: Fault) -> None:
    """Refuse a row that is there twice, where the panel has the columns that tell."""
    if not all(name in there for name in task.unit):
        return
    found = repeated([year, *(frame[name] for name in task.unit)])
    if found is not None:
        first, second = found
        named = ", ".join((*task.unit, task.year))
        raise fault(
            "", f"rows {first + 1} and {second + 1} have the same {named}; each may stand once"
        )
