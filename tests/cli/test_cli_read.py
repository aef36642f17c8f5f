from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from foedus import __version__
from foedus.reading import Names, open_text, read
from foedus.reading.annotation import from_annotations
from foedus.reading.events.plover import from_plover
from foedus.reading.model import KINDS, Event, Reading
from foedus.reading.telling import items

Command = Callable[..., tuple[int, str, str]]
TEXT = """\
A day on the strait
By Ann Writer
3 May 2016

Iran may have attacked Turkish ships near Hormuz on 2 May 2016. It was not confirmed.

“We will never leave Damascus,” Russian foreign minister Sergei Lavrov said. He blamed Turkey for the attack.

If Russia stays, the pact holds, as long as Iran is paid.
"""  # noqa: E501


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("FOEDUS_LLM_URL", "FOEDUS_LLM_MODEL", "FOEDUS_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "day.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def case(text: Path, foedus: Command) -> Path:
    assert foedus("new", "my-pact.yaml", "--from", "syria-2016")[0] == 0
    return text.with_name("my-pact.yaml")


def reading_of(path: Path) -> Reading:
    opened = open_text(path)
    return read(opened.text, opened.source, Names.of(), opened.hints)


def objects(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def refused(foedus: Command, *arguments: object) -> str:
    """The one line a refusal gets; with --json the same as an object."""
    code, out, err = foedus("read", *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    code, out, silent = foedus("read", *arguments, "--json")
    assert (code, silent) == (2, "")
    (error,) = json.loads(out)["errors"]
    assert error["message"] in err
    return err


# for programs


def test_json_is_an_item_a_line_and_nothing_else(text: Path, foedus: Command) -> None:
    code, out, err = foedus("read", text, "--json")
    assert (code, err) == (0, "")
    found = objects(out)
    assert {data["kind"] for data in found} <= {kind.kind for kind in KINDS}
    assert {"voice", "mention", "quote", "claim", "cue", "date", "event"} <= {
        d["kind"] for d in found
    }
    for data in found:
        assert TEXT[data["start"] : data["end"]] == data["exact"]
    assert items(out.splitlines()).items == reading_of(text).items


def test_events_can_be_left_out(text: Path, foedus: Command) -> None:
    _, out, _ = foedus("read", text, "--json", "--no-events")
    assert "event" not in {data["kind"] for data in objects(out)}


def test_the_names_are_those_of_the_case(case: Path, text: Path, foedus: Command) -> None:
    code, out, err = foedus("read", text, "--case", case, "--json")
    assert (code, err) == (0, "")
    actors = {data["actor"] for data in objects(out) if data["kind"] == "mention"}
    assert {"russia", "iran", "turkey", "lavrov"} <= actors


def test_standard_input_is_read(
    text: Path, foedus: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Input:
        buffer = io.BytesIO(TEXT.encode())

    monkeypatch.setattr(sys, "stdin", Input())
    code, out, _ = foedus("read", "-", "--json")
    assert code == 0
    assert items(out.splitlines()).items == reading_of(text).items


def test_the_date_of_publication_may_be_said(text: Path, foedus: Command) -> None:
    text.write_text("Iran attacked Turkey on Friday.\n", "utf-8")
    _, out, _ = foedus("read", text, "--json", "--published", "2016-06-12")
    (date,) = [data for data in objects(out) if data["kind"] == "date"]
    assert date["edtf"] == "2016-06-10"


# for people


def test_the_screen_shows_the_text_with_marks_and_a_legend(text: Path, foedus: Command) -> None:
    code, out, err = foedus("read", text)
    assert (code, err) == (0, "")
    assert all(cell_len(line) <= 80 for line in out.splitlines())
    flat = " ".join(out.split())
    assert "may~ have attacked¹ Turkish ships" in flat
    assert re.search(r"¹ ASSAULT\s+Iran → ", out)
    assert "⟨Sergei Lavrov⟩" in out
    assert "not¬" in out
    assert "── author: Ann Writer ──" in out
    assert "~ hedge" in out
    assert re.search(r"^\d+ claims, \d+ events, \d+ quotations", out, re.MULTILINE)
    assert "\x1b" not in out


def test_a_long_text_is_cut_on_the_screen(text: Path, foedus: Command) -> None:
    text.write_text("\n\n".join(["Iran met Turkey in Geneva."] * 300), "utf-8")
    _, out, _ = foedus("read", text)
    assert "and 240 more paragraphs" in out
    assert out.count("Iran met") == 60


def test_a_long_paragraph_is_cut_on_the_screen(text: Path, foedus: Command) -> None:
    text.write_text("Iran attacked Turkey. " * 2000, "utf-8")
    _, out, _ = foedus("read", text)
    assert len(out.splitlines()) < 200
    assert "and 1976 more" in out


def test_what_was_odd_about_the_text_is_told(text: Path, foedus: Command) -> None:
    text.write_text("Iran met Turkey.\u202e gnissap ni\u202c Again.\n", "utf-8")
    _, out, _ = foedus("read", text)
    assert "! 2 characters that cannot be seen were taken out" in " ".join(out.split())
    assert "\u202e" not in out


def test_proposals_are_kept_beside_the_case_and_counted(
    case: Path, text: Path, foedus: Command
) -> None:
    before = case.read_bytes()
    code, out, _ = foedus("read", text, "--case", case)
    assert code == 0
    kept = objects(case.with_name("my-pact.reading.jsonl").read_text("utf-8"))
    new = [data for data in kept if data["repeats"] is None]
    told = f"{len(kept)} proposals for syria-2016: {len(new)} new, {len(kept) - len(new)} repeat"
    assert told in " ".join(out.split())
    assert "Next: foedus review" in out
    assert case.read_bytes() == before
    assert foedus("read", text, "--case", case)[0] == 0
    again = objects(case.with_name("my-pact.reading.jsonl").read_text("utf-8"))
    assert again == kept  # the same text takes its own place
    for data in kept:
        assert data["quoted"] in TEXT
        assert all(set(b) == {"on", "label", "direction", "why"} for b in data["bears"])


def test_proposals_go_where_they_are_asked_to(case: Path, text: Path, foedus: Command) -> None:
    code, _, _ = foedus("read", text, "--case", case, "--proposals", "mine.jsonl", "--json")
    assert code == 0
    assert Path("mine.jsonl").exists()
    assert not case.with_name("my-pact.reading.jsonl").exists()


def test_a_packaged_case_gets_no_file(text: Path, foedus: Command) -> None:
    code, out, _ = foedus("read", text, "--case", "syria-2016")
    assert code == 0
    assert "is a packaged case, and nothing was kept" in " ".join(out.split())
    assert [path.name for path in Path.cwd().iterdir()] == [text.name]


def test_news_from_after_the_judgement_are_pointed_out(
    case: Path, text: Path, foedus: Command
) -> None:
    _, out, _ = foedus("read", text, "--case", case, "--published", "2016-07")
    assert "after the case's as_of" in " ".join(out.split())


# files


def test_every_file_can_be_asked_for_at_once(case: Path, text: Path, foedus: Command) -> None:
    names = ["a.jsonl", "a.html", "a.jsonld", "a.csv", "a.plover.json"]
    asked = [part for name in names for part in ("--out", name)]
    code, out, _ = foedus("read", text, "--case", case, *asked)
    assert code == 0
    assert "Written: a.jsonl, a.html, a.jsonld, a.csv, a.plover.json" in out
    reading = items(Path("a.jsonl").read_text("utf-8").splitlines())
    assert (reading.text, reading.source.author) == (TEXT.strip(), "Ann Writer")
    data = json.loads(Path("a.jsonld").read_text("utf-8"))
    assert from_annotations(data, reading.text, reading.source) == reading
    rows = list(csv.DictReader(io.StringIO(Path("a.csv").read_text("utf-8"))))
    events = reading.of(Event)
    assert {(row["source"], row["type"]) for row in rows} == {
        (one, event.type) for event in events for one in event.source or ("",)
    }
    told = json.loads(Path("a.plover.json").read_text("utf-8"))
    assert [from_plover(one) for one in told] == events
    assert "Reading sheet for" in Path("a.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.txt"], "nowhere.txt: there is no such file"),
        (["https://example.org/a"], "allow fetching it"),
        (["day.txt", "--out", "a.doc"], "--out a.doc: should end in .jsonl"),
        (["day.txt", "--out", "a.csv", "--out", "b.csv"], "one .csv file is enough"),
        (["day.jsonl", "--out", "day.jsonl"], "is the file that is read"),
        (["day.txt", "--out", ""], "--out"),
        (["day.txt", "--out", "no/such/a.csv"], "no/such/a.csv"),
        (["day.txt", "--case", "nothing.yaml"], "nothing.yaml"),
        (["day.txt", "--proposals", "p.jsonl"], "--proposals goes with --case"),
        (["day.txt", "--published", "May"], "'May' should be a date"),
        (["day.txt", "--model"], "no language model is configured"),
        (["day.txt", "--no-model", "--replay", "r.jsonl"], "do not go with --no-model"),
        (["day.txt", "--record", "r.jsonl"], "no language model is configured"),
        ([".", "--model"], "goes with one text at a time"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(
    arguments: list[str], says: str, text: Path, foedus: Command
) -> None:
    text.with_name("day.jsonl").write_text(TEXT, "utf-8")
    assert says in refused(foedus, *arguments)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "this is empty"),
        (b" \n\n ", "this is empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"%PDF-1.7\n%%EOF\n", "day.txt"),
    ],
)
def test_what_is_no_text_is_refused_in_a_line(
    raw: bytes, says: str, text: Path, foedus: Command
) -> None:
    text.write_bytes(raw)
    assert says in refused(foedus, text)


def test_a_broken_file_of_proposals_is_not_written_over(
    case: Path, text: Path, foedus: Command
) -> None:
    kept = case.with_name("my-pact.reading.jsonl")
    kept.write_text("mine\n", "utf-8")
    assert "my-pact.reading.jsonl:1: is not JSON" in refused(foedus, text, "--case", case)
    assert kept.read_text("utf-8") == "mine\n"


# a folder


@pytest.fixture
def folder(text: Path) -> Path:
    place = text.parent / "texts"
    (place / "deep").mkdir(parents=True)
    for name in ("a.txt", "b.md", "deep/c.txt"):
        (place / name).write_text(TEXT, "utf-8")
    (place / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return place


def test_a_folder_is_read_into_a_file(folder: Path, foedus: Command) -> None:
    code, out, err = foedus("read", folder, "--out", "events.jsonl", "--workers", 1)
    assert (code, err) == (0, "")
    found = objects(Path("events.jsonl").read_text("utf-8"))
    assert list(dict.fromkeys(d["document"] for d in found)) == ["a.txt", "b.md", "deep/c.txt"]
    assert f"3 of 4 documents read, {len(found)} items: events.jsonl" in out
    assert "not read: x.png: this is a picture" in out
    code, out, _ = foedus("read", folder, "--out", "events.jsonl", "--workers", 1)
    assert "3 of 4 documents read (4 of them before)" in out
    code, out, _ = foedus("read", folder, "--out", "events.jsonl", "--workers", 1, "--json")
    told = json.loads(out)
    assert (told["version"], told["documents"], told["items"]) == (__version__, 4, len(found))
    assert [one["document"] for one in told["failed"]] == ["x.png"]


def test_a_folder_is_read_to_standard_output(folder: Path, foedus: Command) -> None:
    code, out, err = foedus("read", folder, "--json", "--workers", 1, "--case", "syria-2016")
    assert code == 0
    assert "x.png: this is a picture" in err
    found = objects(out)
    assert {data["document"] for data in found} == {"a.txt", "b.md", "deep/c.txt"}
    assert "lavrov" in {data.get("actor") for data in found}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "give --out FILE.jsonl, or --json"),
        (["--out", "a.csv"], "give --out FILE.jsonl, or --json"),
        (["--case", "syria-2016", "--proposals", "p.jsonl"], "--proposals goes with one text"),
    ],
)
def test_what_a_folder_cannot_be_asked_for(
    arguments: list[str], says: str, folder: Path, foedus: Command
) -> None:
    code, out, err = foedus("read", folder, *arguments)
    assert (code, out) == (2, "")
    assert says in err


def test_an_empty_folder_is_refused(text: Path, foedus: Command) -> None:
    (text.parent / "none").mkdir()
    assert "there are no files" in refused(foedus, "none", "--out", "a.jsonl")


# a second reader


def test_both_readers_are_told_apart(
    text: Path, foedus: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One answer that stands, and one that the text does not bear out."""
    sys.path.append(str(Path(__file__).parents[1] / "reading" / "asking"))
    from made_server import Seen, asked, envelope, filled, serving

    def answer(body: dict[str, Any], _: Any, __: Seen) -> bytes:
        if "attacked" not in json.dumps(asked(body)):
            return envelope(filled(body))
        return envelope(filled(body, events=[{"quote": "Iran bombed Turkey to rubble"}]))

    with serving(answer) as seen:
        monkeypatch.setenv("FOEDUS_LLM_URL", seen.url)
        monkeypatch.setenv("FOEDUS_LLM_MODEL", "stub")
        code, out, _ = foedus("read", text, "--json", "--record", "tape.jsonl")
        assert code == 0
        found = objects(out)
        refusals = [data for data in found if data["kind"] == "refused"]
        assert refusals
        rest = [data for data in found if data["kind"] != "refused"]
        assert {data["read_by"] for data in rest} == {"rules"}
        assert seen.bodies
        asked_before = len(seen.bodies)
        _, plain, _ = foedus("read", text, "--json", "--no-model")
        assert len(seen.bodies) == asked_before
    assert all("read_by" not in data for data in objects(plain))
    for name in ("FOEDUS_LLM_URL", "FOEDUS_LLM_MODEL"):
        monkeypatch.delenv(name)
    code, again, _ = foedus("read", text, "--json", "--replay", "tape.jsonl")
    assert (code, again) == (0, out)
    code, screen, _ = foedus("read", text, "--replay", "tape.jsonl")
    flat = " ".join(screen.split())
    assert "stub was asked about" in flat
    assert f"{len(refusals)} answers refused" in flat


def test_colours_are_for_terminals_only(text: Path) -> None:
    import subprocess

    environment: Mapping[str, str] = {**os.environ, "COLUMNS": "80"}
    code = "import sys; from foedus.cli.main import _run; sys.exit(_run(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "read", str(text)],
        capture_output=True, text=True, check=True, env=environment,
    )  # fmt: skip
    assert "\x1b" not in done.stdout
    assert "¹ ASSAULT" in done.stdout
