"""A folder read: the same lines for any number of workers, and after any end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from foedus.reading.running import Job, Options, run, stream
from foedus.reading.running.journal import RunError, journal_of
from foedus.reading.running.work import Done, documents

SENTENCES = (
    "Iran attacked rebel positions near Aleppo on 3 May 2016.",
    "Russia pledged to support Turkey, but France rejected the offer.",
    "“We will not leave,” the Russian foreign minister said.",
)
BROKEN = {"b/picture.png": b"\x89PNG\r\n\x1a\n" + bytes(50), "empty.txt": b""}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "texts"
    for n in range(9):
        path = place / "abc"[n % 3] / f"{n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(SENTENCES[: n % 3 + 1] * (n + 1)), "utf-8")
    for name, raw in BROKEN.items():
        (place / name).write_bytes(raw)
    (place / ".hidden").write_text("no", "utf-8")
    return place


def job_of(folder: Path, **options: Any) -> Job:
    return Job(folder, Options(**options))


def lines(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


@pytest.fixture
def whole(folder: Path, tmp_path: Path) -> bytes:
    """What a run that nothing disturbed writes."""
    out = tmp_path / "whole.jsonl"
    run(job_of(folder), out)
    return out.read_bytes()


def test_every_item_is_a_line_that_names_its_document(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"
    told = run(job_of(folder), out)
    found = lines(out)
    assert (told.documents, told.before, told.items) == (11, 0, len(found))
    assert dict(told.failed).keys() == BROKEN.keys()
    names = list(dict.fromkeys(data["document"] for data in found))
    assert names == sorted(names)
    assert set(names) == set(documents(folder)) - BROKEN.keys()
    for data in found:
        text = (folder / data["document"]).read_text("utf-8")
        assert text[data["start"] : data["end"]] == data["exact"]
    assert {"event", "mention", "claim", "voice"} <= {data["kind"] for data in found}


def test_options_hold_for_every_document(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"
    run(job_of(folder, events=False), out)
    assert "event" not in {data["kind"] for data in lines(out)}


def test_the_lines_are_the_same_for_any_number_of_workers(
    folder: Path, tmp_path: Path, whole: bytes
) -> None:
    out = tmp_path / "two.jsonl"
    told = run(job_of(folder), out, workers=2)
    assert out.read_bytes() == whole
    assert dict(told.failed).keys() == BROKEN.keys()
    assert b"".join(done.lines for done in stream(job_of(folder))) == whole


def test_a_run_that_is_done_does_nothing_more_and_finds_what_is_new(
    folder: Path, tmp_path: Path, whole: bytes
) -> None:
    out = tmp_path / "events.jsonl"
    first = run(job_of(folder), out)
    again = run(job_of(folder), out)
    assert out.read_bytes() == whole
    assert (again.before, again.items, again.failed) == (11, first.items, first.failed)
    (folder / "new.txt").write_text(SENTENCES[0], "utf-8")
    more = run(job_of(folder), out)
    assert (more.documents, more.before) == (12, 11)
    assert out.read_bytes().startswith(whole)
    assert {data["document"] for data in lines(out)[first.items :]} == {"new.txt"}


def test_progress_is_told(folder: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    run(job_of(folder), tmp_path / "out.jsonl", progress=lambda *told: seen.append(told))
    assert seen == [(n, 11) for n in range(12)]


@pytest.mark.parametrize("at", range(0, 12))
@pytest.mark.parametrize("settled", [True, False])
def test_a_run_that_is_ended_anywhere_is_taken_up(
    at: int, settled: bool, folder: Path, tmp_path: Path, whole: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Killed after a document was written, with the journal up to date or behind."""
    out = tmp_path / "events.jsonl"

    def killed(done: int, _: int) -> None:
        if done == at:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("foedus.reading.running.folder.EVERY", 0.0 if settled else 1e9)
        if not settled:
            settle = "foedus.reading.running.journal.Writer.settle"
            patch.setattr(settle, lambda self: self._out.flush())
        with pytest.raises(KeyboardInterrupt):
            run(job_of(folder), out, progress=killed)
    told = run(job_of(folder), out)
    assert told.before == (at if settled else 0)
    assert out.read_bytes() == whole


@pytest.mark.parametrize("cut", [1, 7, 40])
def test_torn_ends_are_cut_off(cut: int, folder: Path, tmp_path: Path, whole: bytes) -> None:
    out = tmp_path / "events.jsonl"
    run(job_of(folder), out)
    journal = journal_of(out)
    journal.write_bytes(journal.read_bytes()[:-cut])
    with out.open("ab") as stream_:
        stream_.write(b'{"document": "c/8.txt", "ki')
    run(job_of(folder), out)
    assert out.read_bytes() == whole
    assert all(json.loads(line) for line in journal.read_text("utf-8").splitlines())


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs signals")
def test_a_killed_process_loses_and_doubles_nothing(folder: Path, tmp_path: Path) -> None:
    for n in range(60):
        (folder / f"more-{n:03}.txt").write_text("\n\n".join(SENTENCES * 6), "utf-8")
    out = tmp_path / "events.jsonl"
    code = (
        "import pathlib, sys\n"
        "from foedus.reading.running import Job, Options, folder, run\n"
        "folder.EVERY = 0.05\n"
        "if __name__ == '__main__':\n"
        "    run(Job(pathlib.Path(sys.argv[1]), Options()), pathlib.Path(sys.argv[2]), workers=2)\n"
    )
    script = tmp_path / "script.py"
    script.write_text(code, "utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script), str(folder), str(out)], stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < end:
            if out.exists() and out.stat().st_size > 100_000:
                break
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    finally:
        process.wait()
    told = run(job_of(folder), out)
    assert 0 < told.before < 71
    names = [data["document"] for data in lines(out)]
    order = [name for n, name in enumerate(names) if n == 0 or names[n - 1] != name]
    assert len(order) == len(set(order)) == 69
    fresh = tmp_path / "fresh.jsonl"
    run(job_of(folder), fresh)
    assert sorted(out.read_bytes().splitlines()) == sorted(fresh.read_bytes().splitlines())


def test_a_document_that_takes_its_process_down_is_told(
    folder: Path, tmp_path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from foedus.reading.running import pool

    monkeypatch.setattr(pool, "work", deadly)
    out = tmp_path / "events.jsonl"
    told = run(job_of(folder), out, workers=2)
    assert dict(told.failed)["b/4.txt"] == pool.DIED
    expected = [line for line in whole.splitlines() if b'"document": "b/4.txt"' not in line]
    assert out.read_bytes().splitlines() == expected


def deadly(document: str) -> Done:
    """As `work`, but for one document that its process does not outlive."""
    from foedus.reading.running.work import work

    if document == "b/4.txt":
        os._exit(9)
    return work(document)


def test_a_fault_of_ours_does_not_end_the_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import foedus.reading.reader as reader

    read = reader.read

    def stumbling(text: str, *rest: Any, **more: Any) -> Any:
        if "offer" in text:
            raise IndexError("out of\nplace")
        return read(text, *rest, **more)

    monkeypatch.setattr(reader, "read", stumbling)
    told = run(job_of(folder), tmp_path / "out.jsonl")
    assert any("the fault is ours: IndexError" in why for _, why in told.failed)
    assert {name for name, _ in told.failed} > BROKEN.keys()


def test_the_output_of_another_is_not_touched(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"
    out.write_text("mine\n", "utf-8")
    with pytest.raises(RunError, match="is there already and has no journal"):
        run(job_of(folder), out)
    assert out.read_text("utf-8") == "mine\n"
    assert not journal_of(out).exists()
    journal_of(out).touch()
    with pytest.raises(RunError, match="is not what"):
        run(job_of(folder), out)
    assert out.read_text("utf-8") == "mine\n"


def test_a_run_of_other_options_or_another_case_is_not_taken_up(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "events.jsonl"
    run(job_of(folder), out, case="a")
    before = out.read_bytes()
    with pytest.raises(RunError, match="other options or another case"):
        run(job_of(folder), out, case="b")
    with pytest.raises(RunError, match="other options or another case"):
        run(job_of(folder, events=False), out, case="a")
    assert out.read_bytes() == before


def test_an_output_that_lost_lines_is_not_taken_up(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"
    run(job_of(folder), out)
    out.write_bytes(out.read_bytes()[:100])
    with pytest.raises(RunError, match="is shorter than"):
        run(job_of(folder), out)


@pytest.mark.parametrize("raw", [b"{}\n", b"x\n", b"[1]\n", b'{"run": {}}\n{"document": 1}\n'])
def test_what_is_no_journal_is_told(raw: bytes, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"
    journal_of(out).write_bytes(raw)
    with pytest.raises(RunError, match="journal"):
        run(job_of(folder), out)
    assert journal_of(out).read_bytes() == raw


def test_an_output_in_the_folder_is_not_read(folder: Path) -> None:
    out = folder / "events.jsonl"
    told = run(job_of(folder), out)
    assert told.documents == 11
    assert run(job_of(folder), out).documents == 11


def test_a_folder_without_files_is_told(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(RunError, match="there are no files"):
        run(job_of(tmp_path / "none"), tmp_path / "out.jsonl")
    with pytest.raises(RunError, match="there are no files"):
        list(stream(job_of(tmp_path / "none")))


def test_two_at_once_are_refused(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"

    def second(done: int, _: int) -> None:
        if done == 1:
            with pytest.raises(RunError, match="another foedus is writing"):
                run(job_of(folder), out)

    run(job_of(folder), out, progress=second)
    assert len({data["document"] for data in lines(out)}) == 9
