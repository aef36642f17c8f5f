from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import csv, parquet
from record_toy import made, panel

from foedus.record.panels import Panel, PanelError, read
from foedus.record.tasks import TASKS, TaskError, task_named

SPONSOR = TASKS["sponsor-exit"]


def test_the_tasks_are_those_of_the_specification() -> None:
    told = {name: (t.event, t.cluster, t.year, t.age) for name, t in TASKS.items()}
    assert told == {
        "sponsor-exit": ("exit", "conf", "year", "age"),
        "alliance-end": ("any", "atopid", "year", "age"),
    }
    assert task_named("alliance-end") is TASKS["alliance-end"]


def test_an_unknown_task_names_the_nearest() -> None:
    with pytest.raises(TaskError, match="did you mean 'alliance-end'"):
        task_named("aliance-end")
    assert TaskError.bad_input


@pytest.mark.parametrize(
    "frame",
    [
        made(),
        pd.DataFrame(made()),
        pd.DataFrame(made()).convert_dtypes(),
        pa.table(made()),
        {name: list(values) for name, values in made().items()},
    ],
    ids=["arrays", "pandas", "nullable", "arrow", "lists"],
)
def test_any_frame_gives_the_same_panel(frame: Any) -> None:
    found = Panel.of(frame, "sponsor-exit")
    given = made()
    assert len(found) == 360
    for name, values in {"event": "exit", "year": "year", "age": "age", "cluster": "conf"}.items():
        np.testing.assert_array_equal(getattr(found, name), given[values])
    np.testing.assert_array_equal(found.columns["rebel"], given["rebel"])
    assert "sid" not in found.columns
    assert "logbd" not in found.columns
    np.testing.assert_array_equal(found.row, np.arange(1, 361))


@pytest.mark.parametrize("name", ["panel.parquet", "panel.csv", "semicolons.csv"])
def test_files_give_the_same_panel(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    table = pa.table({**made(), "logbd": pa.array([None] * 180 + [1.5] * 180)})
    if name.endswith("parquet"):
        parquet.write_table(table, path)
    else:
        csv.write_csv(table, path, csv.WriteOptions(delimiter=";" if "semi" in name else ","))
    found = read(str(path), "sponsor-exit")
    np.testing.assert_array_equal(found.event, made()["exit"])
    assert np.isnan(found.columns["logbd"]).sum() == 180
    assert found.file == str(path)


def test_what_is_missing_may_be_missing_where_it_is_not_needed() -> None:
    found = panel(logbd=[None] * 360, troops=pd.array([pd.NA, 1] * 180, dtype="Int64"))
    assert np.isnan(found.columns["logbd"]).all()
    np.testing.assert_array_equal(found.columns["troops"][1::2], 1.0)


def test_a_panel_cannot_be_written_to_and_leaves_the_frame_alone() -> None:
    year = made()["year"]
    found = panel(year=year)
    for values in (found.event, found.year, found.columns["rebel"]):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 3
    year[0] = 1950
    with pytest.raises(TypeError):
        found.columns["rebel"] = found.event  # type: ignore[index]


def test_a_panel_of_a_panel_is_itself() -> None:
    found = panel()
    assert Panel.of(found, "sponsor-exit") is found


def test_rows_are_taken_with_all_they_have() -> None:
    found = panel()
    late = found.where(found.year >= 1970)
    assert len(late) == 120
    np.testing.assert_array_equal(late.columns["rebel"], made()["rebel"][240:])
    np.testing.assert_array_equal(late.row, np.arange(241, 361))


def test_rows_whose_future_is_asked_need_no_outcome() -> None:
    ask = {"year": [2020, 2020], "age": [1, 4], "rebel": [0, 1]}
    found = Panel.of(ask, "sponsor-exit", outcome=False)
    assert np.isnan(found.event).all()
    assert np.unique(found.cluster).size == 2
    with pytest.raises(PanelError, match="lacks the columns exit, conf"):
        Panel.of(ask, "sponsor-exit")
    with pytest.raises(PanelError, match="lacks the columns exit, conf"):
        Panel.of(found, "sponsor-exit")


def without(name: str) -> dict[str, Any]:
    return {key: values for key, values in made().items() if key != name}


def changed(name: str, row: int, value: Any) -> dict[str, Any]:
    values = np.array(made()[name], dtype=object)
    values[row - 1] = value
    return {**made(), name: values}


BAD = {
    "a column is missing": (without("age"), "lacks the column age; it has year, exit, conf"),
    "a name is misspelled": (
        {**without("conf"), "cnof": made()["conf"]}, "did you mean cnof for conf?",
    ),
    "no number": (changed("age", 7, "old"), "column age: is 'old' in row 7; it should hold num"),
    "text": ({**made(), "year": ["x"] * 360}, "column year: holds text; it should hold numbers"),
    "dates": (
        {**made(), "year": np.full(360, "2000-01-01", "datetime64[D]")}, "column year: holds dates",
    ),
    "half a year": (changed("year", 3, 1950.5), "is 1950.5 in row 3; it should be a whole number"),
    "no year": (changed("year", 2, 0), "year: is 0 in row 2; it should be a whole number from 1 "),
    "negative age": (changed("age", 2, -1), "column age: is -1 in row 2; it should be a whole num"),
    "missing age": (changed("age", 5, None), "column age: is missing in row 5; it should be a w"),
    "missing events": (
        {**made(), "exit": [None] * 360}, "exit: is missing in row 1 and 359 more; it should be 0 ",
    ),
    "no event": (changed("exit", 360, 2), "column exit: is 2 in row 360; it should be 0 or 1"),
    "half a cluster": (changed("conf", 1, 0.5), "column conf: is 0.5 in row 1; it should be a wh"),
    "infinite": (changed("rebel", 9, float("inf")), "column rebel: is infinite in row 9"),
    "lengths": ({**made(), "age": [1, 2]}, "column age: has 2 rows where year has 360"),
    "two dimensions": ({**made(), "age": np.ones((360, 2))}, "column age: has 2 dimensions, not"),
    "no frame": (7, "lacks the columns year, age, exit, conf; it has no columns"),
}  # fmt: skip


@pytest.mark.parametrize(("frame", "says"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_told(frame: Any, says: str) -> None:
    with pytest.raises(PanelError) as caught:
        Panel.of(frame, SPONSOR)
    assert str(caught.value).startswith("frame: ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.bad_input


def test_a_row_may_stand_once() -> None:
    frame = {name: [*values, values[4]] for name, values in made().items()}
    with pytest.raises(PanelError, match="rows 5 and 361 have the same actor, dyad, sid, year"):
        Panel.of(frame, SPONSOR)
    del frame["sid"]  # then nobody can tell rows apart
    assert len(Panel.of(frame, SPONSOR)) == 361
    twice = {"year": [1900, 1900], "age": [1, 1], "any": [0, 0], "atopid": [1, 1]}
    with pytest.raises(PanelError, match="rows 1 and 2 have the same atopid, year"):
        Panel.of(twice, "alliance-end")


def test_a_column_may_stand_once() -> None:
    frame = pd.DataFrame(made())
    frame.columns = pd.Index(["year", "year", *frame.columns[2:]])
    with pytest.raises(PanelError, match="lacks the column age"):
        Panel.of(frame, SPONSOR)
    frame["age"] = 1
    with pytest.raises(PanelError, match="column year: is there twice"):
        Panel.of(frame, SPONSOR)


FILES = {
    "other.txt": (b"year", "should end in .parquet or .csv"),
    "empty.parquet": (b"", "is empty"),
    "wrong.parquet": (b"year,age,exit,conf\n1,2,0,3\n", "cannot be read as a parquet file"),
    "cut.parquet": (b"PAR1....", "cannot be read as a parquet file"),
    "ragged.csv": (b"year,age,exit,conf\n1,2,0\n", "cannot be read as a csv file"),
    "latin.csv": (b"year,age,exit,caf\xe9\n1,2,0,3\n", "cannot be read as a csv file"),
    "bare.csv": (b"year,age,exit,conf\n", "has no rows"),
    "twice.csv": (b"year,age,exit,conf,age\n1,2,0,3,4\n", "has the column age twice"),
    "words.csv": (b"year,age,exit,conf\n1950,2,no,3\n", "column exit: is 'no' in row 1"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_no_panels_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name][0])
    with pytest.raises(PanelError) as caught:
        read(str(path), SPONSOR)
    assert str(caught.value).startswith(str(path))
    assert FILES[name][1] in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_the_systems_to_tell(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(str(tmp_path / "nothing.parquet"), SPONSOR)
