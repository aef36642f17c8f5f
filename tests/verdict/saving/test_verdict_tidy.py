from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_pact import toy

from foedus.lenses.lens import Finding
from foedus.verdict.analysis import Analysis, analyze
from foedus.verdict.saving.tidy import (
    TableNameError,
    as_csv,
    as_parquet,
    columns,
    described,
    origin,
    save_table,
    write_table,
)

NOW = "endurance.position.now"
ODD = [0.0, -0.0, 0.1, 1 / 3, 5e-324, 1.7976931348623157e308, -1e22, math.inf, -math.inf, math.nan]


def bits(column: Any) -> bytes:
    return np.asarray(column, dtype=np.float64).tobytes()


def read_csv(text: str) -> dict[str, list[str]]:
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1
    return dict(zip(rows[0], (list(column) for column in zip(*rows[1:], strict=True)), strict=True))


# What is in it


def test_a_row_a_draw_and_a_column_each_quantity_and_outcome(answer: Analysis) -> None:
    table = columns(answer)
    finding = answer.findings["endurance"]
    assert list(table)[:2] == ["draw", "weight"]
    assert [name for name in table if name in answer.draws] == sorted(answer.case.quantities())
    assert list(table)[-len(finding.columns) :] == [f"endurance.{name}" for name in finding.columns]
    assert table["draw"].dtype == np.int64
    assert table["draw"].tolist() == list(range(64))
    assert table["weight"].tolist() == [1 / 64] * 64
    for path in answer.draws:
        assert bits(table[path]) == bits(answer.draws[path])
    for name, column in finding.columns.items():
        assert bits(table[f"endurance.{name}"]) == bits(column)
    mean = np.average(table["endurance.holds"], weights=table["endurance.weight"])
    assert mean == pytest.approx(answer.holds.value, abs=1e-12)


def test_what_the_verdict_adds_stands_before_the_lenses(answer: Analysis) -> None:
    table = columns(answer)
    names = list(table)
    assert names.index("pooled") < names.index("endurance.weight")
    assert names.index("pooled") > names.index(NOW)
    assert answer.pooled is not None
    assert bits(table["pooled"]) == bits(answer.pooled.column)


def test_a_draw_that_a_lens_sets_aside_has_no_weight_there(answer: Analysis) -> None:
    finding = answer.findings["endurance"]
    aside = np.where(np.arange(64) == 5, 0.0, finding.weights)
    changed = replace(answer, findings={"endurance": replace(finding, weights=aside)})
    table = columns(changed)
    assert table["endurance.weight"][5] == 0.0
    assert table["weight"][5] == 1 / 64


def test_nan_has_one_form(answer: Analysis) -> None:
    odd = np.full(64, -np.nan)
    odd[0] = np.uint64(0x7FF8000000000001).view(np.float64)
    finding = replace(answer.findings["endurance"], columns={"odd": odd})
    table = columns(replace(answer, findings={"endurance": finding}))
    assert bits(table["endurance.odd"]) == bits([np.nan] * 64)


def test_two_columns_of_one_name_are_refused(answer: Analysis) -> None:
    clash = Finding("endurance", "?", "!", columns={"position.now": np.zeros(64)})
    with pytest.raises(ValueError, match=f"two columns would be called {NOW}"):
        columns(replace(answer, findings={"endurance": clash}))
    finding = Finding("stability", "?", "!", columns={"x": np.zeros(3)})
    with pytest.raises(ValueError, match=r"column stability\.x has not one number"):
        columns(replace(answer, findings={"stability": finding}))


def test_quantities_are_described_and_the_table_says_whose_it_is(answer: Analysis) -> None:
    told = described(answer)
    assert set(told) == set(answer.case.quantities())
    assert told[NOW] == {
        "label": "position now", "mode": "-0.1", "low": "-0.4", "high": "0.2",
        "range": "-1 to 1", "because": "e1",
    }  # fmt: skip
    assert told["endurance.members.north.stake"]["because"] == "e1 e2"
    assert "because" not in told["endurance.opponents.strength"]
    facts = origin(answer)
    assert facts["case"] == "toy-pact"
    assert facts["case_hash"] == answer.case.hash
    assert facts["seed"] == "1"
    assert json.loads(facts["options"])["draws"] == 64


# CSV


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    st.integers(0, 5).flatmap(
        lambda rows: st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
            st.lists(
                st.floats(width=64) | st.sampled_from(ODD), min_size=rows, max_size=rows
            ),
            min_size=1,
            max_size=5,
        )
    )
)  # fmt: skip
def test_numbers_come_back_from_csv_to_the_bit(table: dict[str, list[float]]) -> None:
    text = as_csv({name: np.array(column, dtype=float) for name, column in table.items()})
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert rows[0] == list(table)
    assert len(rows) == 1 + len(next(iter(table.values())))
    for k, column in enumerate(table.values()):
        cells = [row[k] for row in rows[1:]]
        assert [cell == "" for cell in cells] == [math.isnan(value) for value in column]
        known = [value for value in column if not math.isnan(value)]
        assert bits([float(cell) for cell in cells if cell]) == bits(known)


def test_csv_is_plain() -> None:
    table = {
        "draw": np.array([0, 1]),
        'a,b "c"': np.array([0.1, np.nan]),
        "d\ne": np.array([1e-9, -2.0]),
    }
    assert as_csv(table) == 'draw,"a,b ""c""","d\ne"\n0,0.1,1e-09\n1,,-2.0\n'


def test_the_csv_of_an_analysis_is_its_table(answer: Analysis, tmp_path: Path) -> None:
    save_table(answer, tmp_path / "t.CSV")
    found = read_csv((tmp_path / "t.CSV").read_bytes().decode("utf-8"))
    table = columns(answer)
    assert list(found) == list(table)
    for name, cells in found.items():
        assert bits([float(cell or "nan") for cell in cells]) == bits(table[name])


# Parquet


def test_numbers_come_back_from_parquet_to_the_bit(answer: Analysis, tmp_path: Path) -> None:
    save_table(answer, tmp_path / "t.parquet")
    found = pq.read_table(tmp_path / "t.parquet")
    table = columns(answer)
    assert found.column_names == list(table)
    assert found.schema.field("draw").type == pa.int64()
    for name in table:
        assert bits(found[name].to_numpy()) == bits(table[name])


def test_parquet_says_what_it_holds(answer: Analysis, tmp_path: Path) -> None:
    save_table(answer, tmp_path / "t.parquet")
    schema = pq.read_schema(tmp_path / "t.parquet")
    assert {k.decode(): v.decode() for k, v in schema.metadata.items()} == origin(answer)
    told = schema.field("endurance.members.north.gets_from.south").metadata
    assert told[b"label"].decode() == answer.case.label("endurance.members.north.gets_from.south")
    assert told[b"because"] == b"e1"
    assert schema.field("endurance.holds").metadata is None


def test_nothing_is_null_in_parquet_but_nan() -> None:
    raw = as_parquet({"a": np.array(ODD)}, {}, {})
    found = pq.read_table(io.BytesIO(raw))["a"]
    assert found.null_count == 1
    assert [value for value in found.to_pylist() if value is not None] == ODD[:-1]


def test_parquet_has_the_same_bytes_every_time(answer: Analysis) -> None:
    first = as_parquet(columns(answer), origin(answer), described(answer))
    again = analyze(toy(), draws=64, workers=2)
    assert as_parquet(columns(again), origin(again), described(again)) == first


# Files


@pytest.mark.parametrize("name", ["t.xlsx", "t", "t.csv.gz", ".parquet/t"])
def test_another_ending_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(TableNameError, match=r"should end in \.parquet or \.csv"):
        write_table({"a": np.zeros(1)}, tmp_path / name)
    assert TableNameError.bad_input
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["t.csv", "t.parquet"])
def test_a_file_is_wholly_old_or_wholly_new(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    write_table({"a": np.zeros(1)}, path)
    old = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            write_table({"a": np.ones(1)}, path)
    assert path.read_bytes() == old
    assert [file.name for file in tmp_path.iterdir()] == [name]
    write_table({"a": np.ones(1)}, path)
    assert path.read_bytes() != old
