from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from made_server import asked, envelope, filled, serving
from made_text import ITEMS, PLEDGED, SHELLED, STRAIT, TEXT, put, reasons

from foedus.reading.asking import Answers, AskingError, Config, ask
from foedus.reading.text import Text


def answer(body: dict[str, Any], *_: Any) -> Any:
    if asked(body)["paragraph"].startswith("Turkey"):
        wrong = {**SHELLED, "type": "SHELLING"}
        return envelope(filled(body, events=[SHELLED, wrong], commitments=[PLEDGED]))
    return 418, {}, b'{"error": "a teapot"}'


@pytest.fixture
def tape(tmp_path: Path) -> tuple[Path, Answers]:
    path = tmp_path / "tape.jsonl"
    with serving(answer) as seen:
        return path, put(Config(seen.url, "made"), record=path)


def lines(answers: Answers) -> bytes:
    told = [item.to_dict() for item in (*answers.items, *answers.refused)]
    return "\n".join(json.dumps(one, sort_keys=True) for one in told).encode()


def test_a_record_replays_byte_for_byte_without_server_or_configuration(
    tape: tuple[Path, Answers], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, answers = tape
    monkeypatch.setattr("foedus.reading.asking.sending.send", None)
    assert reasons(answers) == [
        ("event", "wrong-label"), ("commitment", "not-found"), ("piece", "http"),
    ]  # fmt: skip
    for config in (None, Config("https://example.org/v1", "made", "another-key")):
        again = put(config, replay=path)
        assert again == answers
        assert lines(again) == lines(answers)


def test_it_holds_hashes_and_what_came_and_no_more(tape: tuple[Path, Answers]) -> None:
    path, _ = tape
    first, second = map(json.loads, path.read_text().splitlines())
    names = {"form", "request", "model", "prompt", "actors", "text"}
    assert set(first) == names | {"content"}
    assert set(second) == names | {"reason", "detail"}
    assert len(first["request"]) == 64
    assert "deaths" not in path.read_text()


def test_two_recordings_of_the_same_are_the_same_bytes(
    tape: tuple[Path, Answers], tmp_path: Path
) -> None:
    path, _ = tape
    other = tmp_path / "other.jsonl"
    with serving(answer) as seen:
        put(Config(seen.url, "made", workers=1), record=other)
    assert other.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("options", "text", "told"),
    [
        ({"model": "newer"}, STRAIT, "changed since it was recorded: model"),
        ({"seed": 1}, STRAIT, "changed since it was recorded: prompt"),
        ({}, STRAIT.replace("Tuesday", "Monday"), "no question about this text"),
    ],
)
def test_a_changed_question_is_told(
    tape: tuple[Path, Answers], options: dict[str, Any], text: str, told: str
) -> None:
    path, _ = tape
    config = Config("http://127.0.0.1:9/v1", **{"model": "made", **options})
    answers = ask(Text.of(text), ITEMS, config, replay=path)
    first = answers.refused[0]
    assert (first.of, first.reason) == ("piece", "unrecorded")
    assert told in first.detail
    assert answers.items == ()


def test_changed_actors_and_kinds_are_told(tape: tuple[Path, Answers]) -> None:
    path, _ = tape
    fewer = [item for item in ITEMS if getattr(item, "actor", "") != "greece"]
    assert "actors" in ask(TEXT, fewer, None, replay=path).refused[0].detail
    assert "prompt" in put(None, replay=path, kinds=("event",)).refused[0].detail


def test_a_record_is_added_to_and_the_last_word_counts(tape: tuple[Path, Answers]) -> None:
    path, answers = tape

    def silent(body: dict[str, Any], *_: Any) -> bytes:
        return envelope(filled(body))

    with serving(silent) as seen:
        put(Config(seen.url, "made"), record=path)
    assert len(path.read_text().splitlines()) == 4
    assert put(None, replay=path).items == ()
    assert answers.items != ()


def test_a_last_line_cut_short_is_passed_over_and_written_after(tape: tuple[Path, Answers]) -> None:
    path, answers = tape
    path.write_bytes(path.read_bytes()[:-10])
    assert [r.reason for r in put(None, replay=path).refused][-1] == "unrecorded"
    with serving(answer) as seen:
        put(Config(seen.url, "made"), record=path, paragraphs={2})
    text = path.read_text().splitlines()
    path.write_text("\n".join([text[0], text[2]]) + "\n")
    assert put(None, replay=path) == answers


@pytest.mark.parametrize(
    "bad",
    [
        "{}\n", "[1]\n", "prose\n", '{"form": "foedus-asking-1", "request": 3}\n',
        '{"form": "foedus-asking-1", "request": "a", "content": 3}\n',
        '{"form": "foedus-asking-1", "request": "a", "reason": "because", "detail": ""}\n',
        "[" * 100_000 + "\n",
    ],
)  # fmt: skip
def test_what_is_no_record_is_said_with_its_line(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "tape.jsonl"
    path.write_text("\n" + bad)
    for options in ({"replay": path}, {"record": path}):
        with pytest.raises(AskingError, match=r"tape\.jsonl:2: no recorded answer"):
            put(Config("http://127.0.0.1:9/v1", "made"), **options)
    assert path.read_text() == "\n" + bad


def test_what_cannot_be_both(tape: tuple[Path, Answers], tmp_path: Path) -> None:
    path, _ = tape
    with pytest.raises(AskingError, match="not both"):
        put(None, replay=path, record=tmp_path / "x")
    with pytest.raises(AskingError, match="FOEDUS_LLM_URL and FOEDUS_LLM_MODEL"):
        put(None)
    with pytest.raises(FileNotFoundError):
        put(None, replay=tmp_path / "none.jsonl")
    other = json.loads(path.read_text().splitlines()[0]) | {"model": "b", "text": "t"}
    with path.open("a") as file:
        file.write(json.dumps(other) + "\n")
    with pytest.raises(AskingError, match="answers of made, b; set FOEDUS_LLM_MODEL"):
        put(None, replay=path)
