from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from toy_pact import toy

from foedus import __version__
from foedus.case import CaseError
from foedus.verdict.analysis import Analysis, analyze
from foedus.verdict.saving.container import LIMITS, SavedRunError, packed
from foedus.verdict.saving.differing import of_findings, of_tables
from foedus.verdict.saving.npy import header
from foedus.verdict.saving.rerun import call_of, rerun
from foedus.verdict.saving.saved import SavedRun, load_run, save
from foedus.verdict.saving.tidy import Columns, columns
from foedus.verdict.show import plain

NOW = "endurance.position.now"
HOLDS = "endurance.holds"
PROFILE = settings(
    derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
Members = dict[str, bytes]
Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="session")
def few() -> Analysis:
    return analyze(toy(), draws=16, seed=3, workers=1)


@pytest.fixture(scope="session")
def raw(few: Analysis, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("saved") / "run.foedus"
    save(few, path)
    return path.read_bytes()


@pytest.fixture
def file(raw: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "run.foedus"
    path.write_bytes(raw)
    return path


def members(raw: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def signed(parts: Members, *, change: Change = lambda told: None) -> bytes:
    """A container whose manifest has the right fingerprints, and is then changed."""
    told = json.loads(parts["manifest.json"])
    told["sha256"] = {name: hashlib.sha256(parts[name]).hexdigest() for name in told["sha256"]}
    change(told)
    return packed({**parts, "manifest.json": json.dumps(told).encode()}, "f")


def altered(raw: bytes, name: str, change: Change) -> bytes:
    """The container with one JSON member changed, all fingerprints right."""
    parts = members(raw)
    if name == "manifest.json":
        return signed(parts, change=change)
    told = json.loads(parts[name])
    change(told)
    return signed({**parts, name: json.dumps(told).encode()})


def with_table(raw: bytes, change: Callable[[np.ndarray, list[str]], object]) -> bytes:
    parts = members(raw)
    table = np.load(io.BytesIO(parts["table.npy"]), allow_pickle=False).copy()
    change(table, json.loads(parts["manifest.json"])["columns"])
    held = io.BytesIO()
    np.lib.format.write_array(held, table, version=(1, 0), allow_pickle=False)
    return signed({**parts, "table.npy": held.getvalue()})


def refusal(path: Path, raw: bytes) -> str:
    path.write_bytes(raw)
    with pytest.raises((SavedRunError, CaseError)) as caught:
        load_run(path)
    if isinstance(caught.value, CaseError):
        assert caught.value.problems
        assert all(problem.file.startswith(str(path)) for problem in caught.value.problems)
        return str(caught.value)
    assert caught.value.bad_input
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(str(path))
    return line.removeprefix(str(path)).removeprefix(": ")


# Saving and loading


def test_what_is_saved_comes_back(few: Analysis, file: Path) -> None:
    run = load_run(file)
    assert (run.seed, run.version, run.draws) == (3, __version__, 16)
    assert dict(run.options) == dict(few.options)
    assert run.findings == json.loads(json.dumps(few.to_dict()))
    assert run.holds == few.holds
    assert run.versions["numpy"] == np.__version__
    table = columns(few)
    assert list(run.columns) == list(table)
    for name, column in table.items():
        assert run.columns[name].dtype == column.dtype
        assert run.columns[name].tobytes() == column.tobytes()
        with pytest.raises(ValueError, match="read-only"):
            run.columns[name][0] = 1
    with pytest.raises(FrozenInstanceError):
        run.seed = 1  # type: ignore[misc]


def test_the_case_comes_back_as_data_and_without_its_outcome(file: Path) -> None:
    case = toy()
    run = load_run(file)
    assert case.outcome is not None
    assert run.case.outcome is None
    assert dict(run.case.data) == {k: v for k, v in case.data.items() if k != "outcome"}
    assert run.case.hash == case.hash
    assert run.case.quantities() == case.quantities()
    assert b"It held." not in file.read_bytes()


def test_a_saved_run_shows_itself(file: Path) -> None:
    run = load_run(file)
    frame = run.to_frame()
    assert frame.index.name == "draw"
    assert frame.shape == (16, len(run.columns) - 1)
    page = run._repr_html_()
    assert "Will north and south stay together?" in page
    assert "16 draws, seed 3" in page
    assert "run.foedus" in repr(run)
    assert len(repr(run)) < 1000


def test_texts_of_a_saved_run_are_no_markup(raw: bytes, file: Path) -> None:
    file.write_bytes(altered(raw, "findings.json", lambda told: told.update(question="<b>&</b>")))
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in load_run(file)._repr_html_()


def test_a_run_without_a_number_shows_none(raw: bytes, file: Path) -> None:
    nothing = {"value": None, "low": None, "high": None}
    file.write_bytes(
        altered(raw, "findings.json", lambda told: told.update(probability=nothing))
    )  # fmt: skip
    run = load_run(file)
    assert np.isnan(run.holds.value)
    assert "no draw" in run._repr_html_()


def test_the_same_analysis_has_the_same_bytes(raw: bytes, few: Analysis, tmp_path: Path) -> None:
    save(few, tmp_path / "a.foedus")
    again = analyze(toy(), draws=16, seed=3, workers=2)
    save(again, tmp_path / "b.foedus")
    assert (tmp_path / "a.foedus").read_bytes() == raw
    assert (tmp_path / "b.foedus").read_bytes() == raw


def test_the_container_is_a_plain_zip(raw: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(LIMITS)
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert info.compress_type == zipfile.ZIP_STORED
            assert info.create_system == 3


@pytest.mark.parametrize("shape", [(1, 1), (64, 52), (65536, 9999)])
def test_the_table_is_what_numpy_writes(shape: tuple[int, int]) -> None:
    held = io.BytesIO()
    told = {"descr": "<f8", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(held, told)
    front = header(*shape)
    np.lib.format.read_magic(io.BytesIO(front))
    found = np.lib.format.read_array_header_1_0(io.BytesIO(front[8:]))
    assert found == (shape, False, np.dtype("<f8"))
    assert len(front) % 64 == 0


def test_a_file_is_replaced_wholly_or_not_at_all(
    few: Analysis, raw: bytes, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(analyze(toy(), draws=8, workers=1, compare_scenarios=False), file)
    assert file.read_bytes() == raw
    assert [path.name for path in file.parent.iterdir()] == ["run.foedus"]


def test_what_could_not_be_read_again_is_not_saved(few: Analysis, tmp_path: Path) -> None:
    path = tmp_path / "x.foedus"
    with pytest.raises(SavedRunError, match=r"options\.omen: unknown key 'omen'"):
        save(replace(few, options={**few.options, "omen": 1}), path)
    with pytest.raises(SavedRunError, match=r"findings\.json holds the unprintable"):
        save(replace(few, options={**few.options, "set": {"a": "\u2028"}}), path)
    with pytest.raises(SavedRunError, match=r"manifest\.json has 1,048,577 bytes; at most"):
        packed({"manifest.json": bytes(2**20 + 1)}, "f")
    assert list(tmp_path.iterdir()) == []


# Running again


def test_a_rerun_is_the_same_to_the_byte(file: Path) -> None:
    again = rerun(load_run(file), workers=2)
    assert again.result == "same"
    assert again.differences == ()
    assert again.first is None
    assert again.largest is None
    assert all(was == now for was, now in again.versions.values())


@pytest.mark.parametrize(
    "options",
    [
        {"scenario": "lost"},
        {"set_values": {NOW: 0.1, "endurance.precision": {"mode": 9, "low": 8, "high": 12}}},
        {"scenario": "offer", "set_values": {NOW: 0.1}, "lenses": ["endurance"]},
        {"compare_scenarios": False, "evidence": True},
        {"tolerance": 0.5, "most": 1024, "compare_scenarios": False},
    ],
)
def test_every_option_is_used_again(options: dict[str, Any], tmp_path: Path) -> None:
    answer = analyze(toy(), **{"draws": 8, "workers": 2, **options})
    save(answer, tmp_path / "x.foedus")
    run = load_run(tmp_path / "x.foedus")
    assert run.case.hash == toy().hash
    assert rerun(run, workers=1).result == "same"


def test_saved_options_are_arguments_of_analyze() -> None:
    assert call_of({}) == {}
    told = {"draws": "auto", "set": {NOW: 0.1}, "lenses": ["endurance"], "tolerance": 0.02}
    assert call_of(told) == {
        "draws": "auto", "set_values": {NOW: 0.1}, "lenses": ["endurance"], "tolerance": 0.02,
    }  # fmt: skip


def moved(by: float) -> Callable[[np.ndarray, list[str]], object]:
    def change(table: np.ndarray, names: list[str]) -> None:
        table[3, names.index(HOLDS)] += by / 2
        table[5, names.index(HOLDS)] += by

    return change


def again(raw: bytes, path: Path) -> Any:
    path.write_bytes(raw)
    return rerun(load_run(path), workers=1)


def test_what_differs_in_the_table_is_named(raw: bytes, file: Path) -> None:
    told = again(with_table(raw, moved(1e-3)), file)
    assert told.result == "differs"
    first = told.first
    assert (first.where, first.name, first.how, first.draw) == ("table", HOLDS, "changed", 3)
    assert first.by == pytest.approx(1e-3)
    assert first.saved - first.now == pytest.approx(5e-4)
    assert told.largest == first.by
    assert len(told.differences) == 1


def test_another_processor_is_told_from_another_answer(raw: bytes, file: Path) -> None:
    told = again(with_table(raw, moved(1e-12)), file)
    assert told.result == "close"
    assert told.first.near
    assert 0 < told.largest < 1e-11
    assert again(with_table(raw, moved(3e-9)), file).result == "differs"


def test_a_near_difference_does_not_hide_a_far_one(raw: bytes, file: Path) -> None:
    def change(table: np.ndarray, names: list[str]) -> None:
        table[0, names.index(NOW)] += 1e-12
        table[7, names.index(HOLDS)] = np.nan

    told = again(with_table(raw, change), file)
    assert told.result == "differs"
    assert [one.name for one in told.differences] == [NOW, HOLDS]
    assert (told.first.name, told.first.draw, told.first.by) == (HOLDS, 7, None)
    assert told.to_dict()["first"]["saved"] is None


def test_large_numbers_are_near_by_their_size(raw: bytes, file: Path) -> None:
    def change(table: np.ndarray, names: list[str]) -> None:
        table[:, names.index("endurance.precision")] += 5e-9  # it is 10

    assert again(with_table(raw, change), file).result == "close"


@pytest.mark.parametrize(
    ("change", "name", "how"),
    [
        (lambda told: told.pop("drivers"), "drivers", "new"),
        (lambda told: told.update(omen="bad"), "omen", "gone"),
        (lambda told: told.update(words="unlikely"), "words", "changed"),
        (lambda told: told["probability"].update(low=0.0), "probability.low", "changed"),
        (lambda told: told["assumptions"].pop(), "assumptions", "changed"),
        (lambda told: told["assumptions"][1].update(says="?"), "assumptions[1].says", "changed"),
        (lambda told: told["lenses"].clear(), "lenses.endurance", "new"),
        (lambda told: told.update(missing=None), "missing", "changed"),
    ],
)
def test_what_differs_in_the_findings_is_named(
    change: Change, name: str, how: str, raw: bytes, file: Path
) -> None:
    told = again(altered(raw, "findings.json", change), file)
    assert told.result == "differs"
    assert (told.first.where, told.first.name, told.first.how) == ("findings", name, how)
    json.dumps(told.to_dict(), allow_nan=False)


def test_columns_that_come_and_go_are_named(raw: bytes, file: Path) -> None:
    def renamed(told: dict[str, Any]) -> None:
        told["columns"] = ["omen" if name == HOLDS else name for name in told["columns"]]

    told = again(altered(raw, "manifest.json", renamed), file)
    assert [(one.name, one.how) for one in told.differences] == [("omen", "gone"), (HOLDS, "new")]
    assert told.result == "differs"


def test_the_draws_that_both_have_are_compared(tmp_path: Path) -> None:
    """A run that was stopped has a part of the draws; they are the same in the whole."""
    part = analyze(toy(), draws=8, seed=3, workers=1)
    save(replace(part, options={**part.options, "draws": 16}), tmp_path / "part.foedus")
    whole = rerun(load_run(tmp_path / "part.foedus"), workers=1)
    (draws,) = (one for one in whole.differences if one.where == "table")
    assert (draws.name, draws.saved, draws.now) == ("draw", 8, 16)
    assert whole.first == draws
    assert whole.result == "differs"
    change = moved(1e-3)
    other = again(with_table((tmp_path / "part.foedus").read_bytes(), change), tmp_path / "x")
    assert [one.name for one in other.differences if one.where == "table"] == ["draw", HOLDS]


def test_a_rerun_that_is_stopped_compares_nothing(
    few: Analysis, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = replace(few, stopped=True)
    monkeypatch.setattr("foedus.verdict.saving.rerun.analyze", lambda *_, **__: stopped)
    with pytest.raises(KeyboardInterrupt):
        rerun(load_run(file))


def test_other_versions_are_told(raw: bytes, file: Path) -> None:
    def change(told: dict[str, Any]) -> None:
        told["foedus"] = "0.0.9"
        told["versions"]["numpy"] = "1.0"

    told = again(altered(raw, "manifest.json", change), file)
    assert told.result == "same"
    other = {name: pair for name, pair in told.versions.items() if pair[0] != pair[1]}
    assert other == {"foedus": ("0.0.9", __version__), "numpy": ("1.0", np.__version__)}


# A file that cannot be used


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"format": 2, "foedus": "9.1"},
            f" was saved by foedus 9.1 in format 2; this is foedus {__version__}, which reads"
            " format 1: update foedus",
        ),
        ({"foedus": "9"}, f" was saved by foedus 9; this is foedus {__version__}: update foedus"),
        ({"foedus": "new"}, "manifest.json does not say which foedus saved it"),
        ({"format": "1"}, "manifest.json does not say which foedus saved it"),
        ({"format": True}, "manifest.json does not say which foedus saved it"),
        ({"format": 0}, "manifest.json: format: should be 1, here it is 0"),
        ({"seed": -1}, "manifest.json: seed: should be at least 0, here it is -1"),
        ({"seed": 2**63}, "manifest.json: seed: should be below 9223372036854775808"),
        ({"seed": "1"}, "manifest.json: seed: should be a whole number, here it is the text '1'"),
        ({"omen": 1}, "manifest.json: omen: unknown key 'omen'"),
        ({"columns": []}, "manifest.json: columns: has 0 entries"),
        ({"draws": 17}, "table.npy is not the table of 17 draws that the manifest tells of"),
        ({"sha256": {}}, "should hold manifest.json, case.json, findings.json, table.npy"),
    ],
)
def test_a_manifest_that_is_not_understood(
    change: dict[str, Any], said: str, raw: bytes, file: Path
) -> None:
    line = refusal(file, altered(raw, "manifest.json", lambda told: told.update(change)))
    assert line.startswith(said)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"draws": 100}, "draws: should be auto or a power of two from 8 to 65536"),
        ({"draws": "many"}, "draws: "),
        ({"lenses": ["tarot"]}, "lenses.0: there is no lens 'tarot'; there are: endurance"),
        ({"drws": 8}, "drws: unknown key 'drws', did you mean 'draws'?"),
        ({"tolerance": 0.0}, "tolerance: should be above 0"),
        ({"scenario": "a\nb"}, "scenario: "),
    ],
)
def test_options_that_are_not_understood(
    options: dict[str, Any], said: str, raw: bytes, file: Path
) -> None:
    line = refusal(
        file, altered(raw, "manifest.json", lambda told: told.update(options=options))
    )  # fmt: skip
    assert line.startswith(f"manifest.json: options.{said}")


@pytest.mark.parametrize("name", list(LIMITS))
def test_an_altered_member_is_named(name: str, raw: bytes, file: Path) -> None:
    start = raw.index(members(raw)[name])
    flipped = bytearray(raw)
    flipped[start + 40] ^= 1
    assert refusal(file, bytes(flipped)) == f"altered: {name}"


@pytest.mark.parametrize("name", list(LIMITS)[1:])
def test_a_member_that_was_replaced_is_named(name: str, raw: bytes, file: Path) -> None:
    parts = members(raw)
    assert refusal(file, packed({**parts, name: b"{}"}, "f")) == f"altered: {name}"


@pytest.mark.parametrize("keep", [0, 1, 21, 22, 100, 5000, -1, -22])
def test_a_file_that_is_cut_short(keep: int, raw: bytes, file: Path) -> None:
    assert "is no saved run, or is cut short" in refusal(file, raw[:keep])


@pytest.mark.parametrize("other", [b"foedus: 1\n", b"PK\x03\x04" * 100, b"\x89PNG" + bytes(999)])
def test_another_file_is_no_saved_run(other: bytes, file: Path) -> None:
    assert "is no saved run" in refusal(file, other)


def zipped(parts: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part, method)
    return held.getvalue()


def test_other_members_are_refused(raw: bytes, file: Path) -> None:
    parts = list(members(raw).items())
    want = "should hold manifest.json, case.json, findings.json, table.npy, in this order"
    assert refusal(file, zipped([*parts, ("../../evil", b"")])) == want
    assert refusal(file, zipped(parts[:1])) == want
    assert refusal(file, zipped(parts[::-1])) == want
    assert refusal(file, zipped(parts[1:])) == "is no saved run: it holds no manifest.json"
    many = [(f"m{k}", b"") for k in range(2000)]
    assert refusal(file, zipped(many)) == "is no saved run: it holds too many members"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice_is_refused(raw: bytes, file: Path) -> None:
    parts = list(members(raw).items())
    assert "in this order" in refusal(file, zipped([*parts, parts[2]]))


def test_a_bomb_does_not_go_off(raw: bytes, file: Path) -> None:
    bomb = {**members(raw), "manifest.json": bytes(2**20)}
    packed_bomb = zipped(list(bomb.items()), zipfile.ZIP_DEFLATED)
    assert len(packed_bomb) < 2**17
    assert refusal(file, packed_bomb) == "manifest.json is compressed; foedus stores it as it is"
    huge = zipped([("manifest.json", bytes(2**20 + 1))], zipfile.ZIP_DEFLATED)
    assert "1,048,577 bytes; at most 1,048,576" in refusal(file, huge)


def test_sizes_that_are_not_true_are_refused(raw: bytes, file: Path) -> None:
    entry = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"table.npy"))
    for size in (0, 1, 2**29, 2**32 - 1):
        lying = bytearray(raw)
        lying[entry + 20 : entry + 28] = struct.pack("<LL", size, size)
        assert "table.npy" in refusal(file, bytes(lying))


def test_a_far_directory_is_not_believed(raw: bytes, file: Path) -> None:
    end = raw.rindex(b"PK\x05\x06")
    beside = b"PK\x06\x07" + bytes(16)  # where the end of a file of 64 bits would be told
    assert "is no saved run" in refusal(file, raw[:end] + beside + raw[end:])
    for size, at in ((2**16 + 1, 0), (10, 2**31), (2**16, 0)):
        assert "is no saved run" in refusal(
            file, raw[:end] + raw[end : end + 12] + struct.pack("<LL", size, at) + raw[end + 20 :]
        )


@pytest.mark.parametrize(
    "text",
    [
        b"", b"[]", b"null", b'{"a": 1' + b"0" * 400 + b"}",
        b"\xff", b"{", b'{"a": NaN}', b'{"a": 1e999}', b"[" * 100_000,
        b'{"a":' * 100_000, b'{"a":' * 70 + b"1" + b"}" * 70, b'{"a": "\\u0007"}',
        b'{"\\ud800": 1}', b'{"a": ' + b"9" * 5000 + b"}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["manifest.json", "case.json", "findings.json"])
def test_json_that_is_none_or_too_much(name: str, text: bytes, raw: bytes, file: Path) -> None:
    parts = members(raw)
    if name == "manifest.json":
        broken = packed({**parts, name: text}, "f")
    else:
        broken = signed({**parts, name: text})
    assert refusal(file, broken).startswith(name)


def test_a_case_that_is_none_has_its_own_errors(raw: bytes, file: Path) -> None:
    line = refusal(file, altered(raw, "case.json", lambda told: told.pop("pact")))
    assert "case.json" in line
    assert "missing key 'pact'" in line
    more = {f"x{k}": {"says": "?"} for k in range(9000)}
    line = refusal(file, altered(raw, "case.json", lambda told: told.update(indicators=more)))
    assert line == "case.json holds more than 20,000 keys and values"


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.pop("question"),
        lambda told: told.update(words=1),
        lambda told: told.update(probability=0.5),
        lambda told: told["probability"].update(low="0"),
    ],
)
def test_findings_that_say_nothing_are_refused(change: Change, raw: bytes, file: Path) -> None:
    assert refusal(file, altered(raw, "findings.json", change)).startswith("findings.json: ")


def npy(array: Any, **how: Any) -> bytes:
    held = io.BytesIO()
    np.lib.format.write_array(held, array, version=(1, 0), **how)
    return held.getvalue()


def test_a_table_of_another_kind_is_refused(raw: bytes, file: Path) -> None:
    parts = members(raw)
    good = np.load(io.BytesIO(parts["table.npy"]))
    for other in (
        npy(np.array([[None]]), allow_pickle=True),
        npy(good.astype(np.float32)),
        npy(good.astype(">f8")),
        npy(np.asfortranarray(good)),
        npy(good.T.copy()),
        npy(good[:-1]),
        parts["table.npy"][:-1],
        parts["table.npy"] + b"\0",
        header(10**9, 10**9),
        b"",
    ):
        assert "is not the table of 16 draws" in refusal(
            file, signed({**parts, "table.npy": other})
        )


@pytest.mark.parametrize("number", [np.nan, np.inf, 0.5, 2.0**60])
def test_draws_have_whole_numbers(number: float, raw: bytes, file: Path) -> None:
    def change(table: np.ndarray, names: list[str]) -> None:
        table[4, names.index("draw")] = number

    assert "whole numbers as draw" in refusal(file, with_table(raw, change))


def test_columns_have_different_names(raw: bytes, file: Path) -> None:
    for names in (["weight"], ["draw", "draw"]):
        changed = altered(
            raw,
            "manifest.json",
            lambda told, names=names: told.update(columns=names + told["columns"][len(names) :]),
        )
        assert "columns of different names" in refusal(file, changed)


# Anything at all


def outcome(path: Path, raw: bytes) -> SavedRun | None:
    """The run in a file, or nothing if it is refused as it should be."""
    path.write_bytes(raw)
    try:
        return load_run(path)
    except (SavedRunError, CaseError) as error:
        said, lines = str(error), isinstance(error, CaseError)
    assert said.startswith(str(path))
    assert lines or "\n" not in said
    return None


@settings(PROFILE, max_examples=300)
@given(data=st.data())
def test_bytes_put_in_and_cut_out(
    data: st.DataObject, raw: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    places = st.integers(0, len(raw)) | st.integers(len(raw) - 400, len(raw)) | st.integers(0, 60)
    broken = raw
    for _ in range(data.draw(st.integers(1, 3))):
        at, length = data.draw(places), data.draw(st.integers(0, 9))
        broken = broken[:at] + data.draw(st.binary(max_size=9)) + broken[at + length :]
    run = outcome(tmp_path_factory.getbasetemp() / "fuzz.foedus", broken)
    if run is not None:  # what no reader looks at may be anything
        good = load_run_of(raw, tmp_path_factory.getbasetemp() / "good.foedus")
        assert run.findings == good.findings
        assert {k: v.tobytes() for k, v in run.columns.items()} == {
            k: v.tobytes() for k, v in good.columns.items()
        }


def load_run_of(raw: bytes, path: Path) -> SavedRun:
    path.write_bytes(raw)
    return load_run(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from([10**400, -1, 2**63, 1e308, "auto", "endurance", "a\nb", "\u2028"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def places_in(value: Any) -> list[tuple[Any, Any]]:
    """Every container of data with each of its keys."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        here = waiting.pop()
        keys = list(here) if isinstance(here, dict) else range(len(here))
        for key in keys:
            found.append((here, key))
            if isinstance(here[key], dict | list):
                waiting.append(here[key])
    return found


@settings(PROFILE, max_examples=100)
@given(data=st.data(), name=st.sampled_from(["manifest.json", "manifest.json", "case.json"]))
def test_values_put_in_and_keys_taken_out(
    data: st.DataObject, name: str, raw: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def change(told: dict[str, Any]) -> None:
        where, key = data.draw(st.sampled_from(places_in(told)))
        if data.draw(st.booleans()):
            where[key] = data.draw(JSON)
        else:
            del where[key]

    outcome(tmp_path_factory.getbasetemp() / "fuzz.foedus", altered(raw, name, change))


@settings(PROFILE, max_examples=150)
@given(data=st.data())
def test_findings_differ_where_their_json_does(data: st.DataObject, few: Analysis) -> None:
    saved = json.loads(json.dumps(few.to_dict()))
    changed = json.loads(json.dumps(saved))
    finite = JSON.filter(lambda value: value == plain(value) and "1" + "0" * 400 not in repr(value))
    where, key = data.draw(st.sampled_from(places_in(changed)))
    where[key] = data.draw(finite)
    same = json.dumps(changed) == json.dumps(saved)
    found = list(of_findings(changed, saved))
    if changed["version"] == saved["version"]:
        assert (found == []) is same
    assert list(of_findings(saved, saved)) == []


def test_numbers_far_apart_are_compared() -> None:
    def one(*values: float) -> Columns:
        return {"draw": np.arange(len(values)), "a": np.array(values)}

    (found,) = of_tables(one(1.7e308, 1.0), one(-1.7e308, 1.0))
    assert (found.draw, found.by, found.near) == (0, np.inf, False)
    (found,) = of_tables(one(np.nan, 1.0), one(np.nan, np.inf))
    assert (found.draw, found.by, found.near) == (1, None, False)
    (found,) = of_tables(one(0.0, np.nan), one(-0.0, np.nan))
    assert (found.draw, found.by, found.near) == (0, 0.0, True)
    assert list(of_tables(one(np.nan, np.inf), one(np.nan, np.inf))) == []
