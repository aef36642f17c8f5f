from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from forecasts_toy import AFTER, HORIZON, MADE, judgement, lines, log, resealed, rewrite

from foedus.record.log import Forecast, LogError, Resolution, add, appending, locking, read, resolve


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "forecasts.jsonl"


def told(path: Path) -> str:
    with pytest.raises(LogError) as wrong:
        read(path)
    (problem,) = wrong.value.problems
    return str(problem)


# What a log holds


def test_what_is_added_is_read_back(path: Path) -> None:
    made = log(path, 2, views={"base_rate": {"value": 0.5, "low": 0.4, "high": 0.6}})
    kept = read(path)
    assert list(kept.entries) == made
    assert list(kept.forecasts) == [one.id for one in made]
    assert kept.numbers == (1, 2)
    one = kept.entries[0]
    assert isinstance(one, Forecast)
    assert (one.made_at, one.horizon, one.case) == (MADE, HORIZON, "league")
    assert one.chances == {"headline": 0.7, "base_rate": 0.5}
    assert (one.late, one.hindsight, one.note) == (False, False, None)
    assert one.resolution_source == "the gazette, page 0"


def test_a_line_is_one_json_object_chained_to_the_one_before(path: Path) -> None:
    log(path, 3)
    raw = path.read_bytes().split(b"\n")
    assert raw.pop() == b""
    data = lines(path)
    assert data[0]["previous"] is None
    for before, line in zip(raw, data[1:], strict=False):
        assert line["previous"] == hashlib.sha256(before).hexdigest()
    for line in data:
        content = {key: value for key, value in line.items() if key != "id"}
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert line["id"] == hashlib.sha256(canonical.encode()).hexdigest()[:10]
        assert line["made_at"].endswith("Z")
    assert read(path).head == hashlib.sha256(raw[-1]).hexdigest()


def test_adding_and_resolving_leave_earlier_bytes_alone(path: Path) -> None:
    first, *_ = log(path, 2)
    before = path.read_bytes()
    resolve(path, first.id, "held", on=HORIZON, source="a", now=AFTER)
    resolve(path, first.id, "broken", on=HORIZON, source="b", correct=True, now=AFTER)
    assert path.read_bytes().startswith(before)
    one, other = read(path).resolutions[first.id]
    assert (one.result, one.corrects) == ("held", None)
    assert (other.result, other.corrects) == ("broken", one.id)
    assert isinstance(other, Resolution)


# The chain


def test_a_changed_line_is_told(path: Path) -> None:
    log(path, 3)
    for k in range(3):
        data = lines(path)
        data[k]["probability"]["value"] = 0.5
        changed = path.with_name("changed.jsonl")
        rewrite(changed, data)
        said = told(changed)
        assert said.startswith(f"{changed}:{k + 1}: id: ")
        assert "it was changed" in said


def test_a_changed_line_with_a_new_id_is_told_by_the_next(path: Path) -> None:
    log(path, 3)
    data = lines(path)
    data[1] = resealed({**data[1], "note": "I knew it"})
    rewrite(path, data)
    said = told(path)
    assert said.startswith(f"{path}:3: previous: the line before it is not the one")
    assert "put back the file as it was" in said


@pytest.mark.parametrize(
    ("order", "line"), [((1, 2), 1), ((0, 2), 2), ((1, 0, 2), 1), ((0, 0, 1, 2), 2)]
)
def test_a_line_that_is_gone_moved_or_doubled_is_told(
    order: tuple[int, ...], line: int, path: Path
) -> None:
    log(path, 3)
    data = lines(path)
    rewrite(path, [data[k] for k in order])
    assert told(path).startswith(f"{path}:{line}: previous: ")


def test_last_lines_that_are_gone_are_told_by_a_fingerprint_kept_elsewhere(path: Path) -> None:
    log(path, 3)
    kept = read(path)
    assert kept.head is not None
    for fingerprint in (kept.head, kept.head[:10], kept.head.upper(), kept.hashes[0]):
        kept.check_holds(fingerprint)
    rewrite(path, lines(path)[:2])
    read(path)  # by themselves the other lines do not know
    with pytest.raises(LogError, match="lines that it had are gone"):
        read(path).check_holds(kept.head)
    with pytest.raises(LogError, match="at least 10 digits"):
        kept.check_holds(kept.head[:9])


def test_line_ends_of_another_system_break_no_chain(path: Path) -> None:
    made = log(path, 3)
    hashes = read(path).hashes
    path.write_bytes(b"\n" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    assert read(path).hashes == hashes
    assert read(path).numbers == (2, 3, 4)
    add(path, judgement(), source="x", now=MADE)
    assert [one.id for one in read(path).entries[:3]] == [one.id for one in made]


def test_a_clock_that_went_back_is_told(path: Path) -> None:
    log(path, 3)
    add(path, judgement(), source="x", now=MADE)
    assert read(path).backwards == (4,)


# Writers that are killed, and writers at once


def test_a_torn_last_line_is_told_and_put_aside(path: Path) -> None:
    made = log(path, 3)
    raw = path.read_bytes()
    start = raw.rindex(b"\n", 0, -1) + 1
    for cut in range(start + 1, len(raw) - 1):
        path.write_bytes(raw[:cut])
        kept = read(path)
        assert (kept.torn, list(kept.entries)) == (3, made[:2])
    tails = b""
    for cut in (start + 1, start + 200, len(raw) - 2):
        path.write_bytes(raw[:cut])
        again = add(path, judgement(), source="again", now=AFTER, late=True)
        kept = read(path)
        assert (kept.torn, list(kept.entries)) == (None, [*made[:2], again])
        tails += raw[start:cut] + b"\n"
    assert path.with_name("forecasts.jsonl.torn").read_bytes() == tails


def test_bytes_that_are_no_text_can_be_torn_too(path: Path) -> None:
    (made,) = log(path, 1)
    for tail in ("“".encode()[:2], b"\0" * 100, b"[1]", b"7"):
        path.write_bytes(path.read_bytes() + tail)
        kept = read(path)
        assert (kept.torn, list(kept.entries)) == (2, [made])
        path.write_bytes(path.read_bytes()[: kept.size])


def test_a_whole_line_without_its_end_counts(path: Path) -> None:
    made = log(path, 2)
    path.write_bytes(path.read_bytes()[:-1])
    assert (read(path).torn, list(read(path).entries)) == (None, made)
    log(path, 1)
    assert len(read(path).entries) == 3


def test_a_full_disk_leaves_the_log_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log(path, 2)
    before = path.read_bytes()
    write = os.write

    def full(handle: int, data: bytes) -> int:
        if len(data) < 100:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data[: len(data) // 2])

    monkeypatch.setattr(appending.os, "write", full)
    with pytest.raises(OSError, match="No space") as wrong:
        add(path, judgement(), source="x", now=MADE)
    assert wrong.value.filename == str(path)
    assert path.read_bytes() == before


WRITER = """
import sys; sys.path[:0] = {paths!r}
from forecasts_toy import judgement, MADE
from foedus.record.log import add
from pathlib import Path
print("ready", flush=True); sys.stdin.readline()
for k in range(15):
    add({path!r}, judgement(), source="writer {name}", now=MADE)
"""


def test_writers_at_once_lose_nothing(path: Path) -> None:
    here = str(Path(__file__).parent)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER.format(paths=[here], path=str(path), name=name)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in "ab"
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.communicate("go\n", timeout=60)
    assert [writer.returncode for writer in writers] == [0, 0]
    sources = [one.resolution_source for one in read(path).forecasts.values()]
    assert sorted(sources) == ["writer a"] * 15 + ["writer b"] * 15


def test_a_log_that_another_holds_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log(path, 1)
    monkeypatch.setattr(locking, "PATIENCE", 0.02)
    handle = os.open(path, os.O_RDWR)
    with locking.locked(handle, path):
        for use in (lambda: read(path), lambda: log(path, 1)):
            with pytest.raises(LogError, match="another foedus is writing to it"):
                use()
    with locking.locked(handle, path, shared=True):
        assert len(read(path).entries) == 1
    os.close(handle)
    log(path, 1)


def test_without_the_systems_locks_a_file_is_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "fcntl", None)
    monkeypatch.setattr(locking, "PATIENCE", 0.02)
    log(path, 2)
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    held = path.with_name("forecasts.jsonl.lock")
    held.write_text("")
    assert len(read(path).entries) == 2
    with pytest.raises(LogError, match=r"if none is, take .*forecasts\.jsonl\.lock away"):
        log(path, 1)
    held.unlink()
    log(path, 1)
    assert len(read(path).entries) == 3


def test_a_log_put_in_anothers_place_meanwhile_is_not_written_to(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(path, 1)
    locked = appending.locked

    def late(handle: int, place: Path, shared: bool = False) -> Any:
        place.rename(place.with_name("old"))
        place.write_bytes(place.with_name("old").read_bytes())
        return locked(handle, place, shared)

    monkeypatch.setattr(appending, "locked", late)
    with pytest.raises(LogError, match="try again"):
        add(path, judgement(), source="x", now=MADE)
    assert path.read_bytes() == path.with_name("old").read_bytes()


# Files that cannot be used


def test_what_is_no_log_gets_a_line(path: Path, tmp_path: Path) -> None:
    assert "there is no such forecast log" in told(path)
    with pytest.raises(LogError, match="there is no such"):
        resolve(path, "abcd", "held", on=HORIZON, source="x")
    assert not path.exists()
    assert "is a folder" in told(tmp_path)
    with pytest.raises(LogError, match="is a folder"):
        add(tmp_path, judgement(), source="x", now=MADE)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "is no plain file" in told(pipe)
    with pytest.raises(FileNotFoundError) as wrong:
        add(tmp_path / "nowhere" / "a", judgement(), source="x", now=MADE)
    assert Path(wrong.value.filename) == tmp_path / "nowhere" / "a"
    path.write_bytes(b"")
    assert read(path).entries == ()
    assert read(path).head is None


def test_a_log_has_a_size(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log(path, 2)
    size = path.stat().st_size
    monkeypatch.setattr("foedus.record.log.appending.LARGEST", size)
    monkeypatch.setattr("foedus.record.log.reading.LARGEST", size)
    assert len(read(path).entries) == 2
    with pytest.raises(LogError, match="is full"):
        log(path, 1)
    monkeypatch.setattr("foedus.record.log.appending.LARGEST", size - 1)
    monkeypatch.setattr("foedus.record.log.reading.LARGEST", size - 1)
    assert "a log has at most" in told(path)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "text for a number": ({"seed": "1"}, "seed: should be a whole number, here it is the text '1'"),
    "beyond one": (
        {"probability": {"value": 1.2, "low": 0, "high": 1}},
        "probability.value: should be at most 1.0, here it is 1.2",
    ),
    "low above high": (
        {"probability": {"value": 0.5, "low": 0.6, "high": 0.4}},
        "probability: low 0.6 is above high 0.4",
    ),
    "unknown key": ({"notes": "x"}, "notes: unknown key 'notes', did you mean 'note'?"),
    "no time": ({"made_at": "2020-03-01"}, "made_at: should be a time in UTC"),
    "no such time": ({"made_at": "2020-13-01T00:00:00Z"}, "made_at: should be a time in UTC"),
    "no day": ({"horizon": "2021-02-30"}, "horizon: should be a date, YYYY-MM-DD"),
    "newer format": ({"format": 2}, "format: is of format 2; this foedus reads 1: update foedus"),
    "no kind": ({"kind": "prophecy"}, "kind: should be forecast or resolution"),
    "list as kind": ({"kind": ["forecast"]}, "kind: should be forecast or resolution"),
    "blank": ({"resolution_source": "  "}, "resolution_source: is blank; write something"),
    "unseen": ({"note": "\x1b[2J"}, "holds the unprintable character U+001B"),
    "half a letter": ({"note": "\ud800"}, "holds the unprintable character U+D800"),
    "unseen, deep": ({"set": {"a": [{"\x07": 1}]}}, "holds the unprintable character U+0007"),
    "headline as view": (
        {"views": {"headline": {"value": 0.5, "low": 0, "high": 1}}},
        "views: headline is no view",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_every_line_is_checked(name: str, path: Path) -> None:
    log(path, 3)
    change, message = WRONG[name]
    data = lines(path)
    data[1] = resealed({**data[1], **change})
    rewrite(path, data)
    assert told(path).startswith(f"{path}:2: {message}")


def test_a_missing_key_is_told(path: Path) -> None:
    log(path, 1)
    for key in ("id", "previous", "made_at", "probability", "resolution_source", "kind"):
        data = lines(path)[0]
        del data[key]
        other = path.with_name("other.jsonl")
        rewrite(other, [data])
        assert f"{other}:1" in told(other)
        assert key in told(other)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "is not JSON"),
        (b"[]", "should be a JSON object"),
        (b"7", "should be a JSON object"),
        (b"\xff", "is not UTF-8 text"),
        (b'{"a": NaN}', "is not JSON"),
        (b'{"a": 1, "a": 2}', "a: stands twice"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "is not JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "is not JSON"),
    ],
)
def test_lines_that_are_no_entries_are_told(line: bytes, message: str, path: Path) -> None:
    log(path, 2)
    raw = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(raw[0] + line + b"\n" + raw[1])
    assert told(path).startswith(f"{path}:2: {message}")
    before = path.read_bytes()
    with pytest.raises(LogError):
        log(path, 1)
    assert path.read_bytes() == before


def test_what_is_refused_begins_no_log(path: Path) -> None:
    with pytest.raises(LogError, match="unprintable"):
        add(path, judgement(), source="\x1b[0m", now=MADE)
    with pytest.raises(LogError, match="unprintable"):
        add(path, judgement(), source="\udcff", now=MADE)
    with pytest.raises(LogError, match="the horizon, 2021-01-01, is over"):
        add(path, judgement(), source="x", now=AFTER)
    assert not path.exists()


def test_the_systems_clock_is_used_unless_told_otherwise(path: Path) -> None:
    before = int(time.time())
    far = dt.date(9999, 1, 1)
    one = add(path, judgement(horizon=far), source="x")
    assert before <= one.made_at.timestamp() <= time.time()
    with pytest.raises(LogError, match="is still to come"):
        resolve(path, one.id, "void", on=far, source="x")
