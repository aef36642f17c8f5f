from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from made_server import Answer, Handler, Seen, asked, envelope, filled, serving
from made_text import ITEMS, SHELLED, STRAIT, TEXT, put, reasons

from foedus.reading.asking import Answers, AskingError, Config, ask, trying
from foedus.reading.text import Text

KEY = "sk-of-nobody-4711"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "FIRST_WAIT", 0.01)


def good(body: dict[str, Any], *_: Any) -> bytes:
    """A right answer to each of the paragraphs."""
    events = [SHELLED] if asked(body)["paragraph"].startswith("Turkey") else []
    return envelope(filled(body, events=events))


def on_the_first(answer: Answer) -> Answer:
    """So on the first paragraph, and well on the second."""

    def both(body: dict[str, Any], handler: Handler, seen: Seen) -> Any:
        first = asked(body)["paragraph"].startswith("Turkey")
        return answer(body, handler, seen) if first else good(body)

    return both


def put_to(answer: Answer, **options: Any) -> tuple[Answers, Seen]:
    with serving(answer) as seen:
        return put(Config(seen.url, "made", **options)), seen


def raw(handler: Handler, body: bytes, length: int | None = None) -> None:
    handler.send_response(200)
    if length is not None:
        handler.send_header("content-length", str(length))
    handler.end_headers()
    handler.wfile.write(body)
    handler.wfile.flush()


def stalls(_: Any, __: Handler, seen: Seen) -> None:
    seen.stopping.wait(20)


def stalls_half_way(_: Any, handler: Handler, seen: Seen) -> None:
    raw(handler, b'{"choices": [', 1_000)
    seen.stopping.wait(20)


def drips(_: Any, handler: Handler, seen: Seen) -> None:
    raw(handler, b"", 1_000_000)
    while not seen.stopping.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def drips_headers(_: Any, handler: Handler, seen: Seen) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not seen.stopping.wait(0.02):
        handler.wfile.write(b"x-more: 1\r\n")
        handler.wfile.flush()


def streams_garbage(_: Any, handler: Handler, seen: Seen) -> None:
    raw(handler, b"")
    while not seen.stopping.is_set():
        handler.wfile.write(b"\x00\xff garbage \xfe" * 1_000)


def bytes_of_nothing(*_: Any) -> bytes:
    return bytes(range(256)) * 8


def breaks_off(_: Any, handler: Handler, __: Seen) -> None:
    raw(handler, envelope("{}")[:20], 500)


def no_http(_: Any, handler: Handler, __: Seen) -> None:
    handler.wfile.write(b"\x16\x03\x01 nothing of the kind\r\n\r\n")


def events_stream(*_: Any) -> bytes:
    return b'data: {"choices":[{"delta":{"content":"{"}}]}\n\ndata: [DONE]\n\n'


HELD_UP: dict[str, tuple[Answer, str]] = {
    "stalls": (stalls, "timeout"),
    "stalls half way": (stalls_half_way, "timeout"),
    "drips": (drips, "timeout"),
    "drips headers": (drips_headers, "timeout"),
    "streams garbage without end": (streams_garbage, "oversize"),
    "an answer too large": (lambda *_: envelope(" " * 300_000), "oversize"),
    "bytes": (bytes_of_nothing, "garbage"),
    "an event stream": (events_stream, "garbage"),
    "nothing": (lambda *_: b"", "garbage"),
    "no choices": (lambda *_: b'{"choices": []}', "garbage"),
    "choices that are none": (lambda *_: b'{"choices": [7]}', "garbage"),
    "a list": (lambda *_: b"[1]", "garbage"),
    "empty content": (lambda *_: envelope("  "), "garbage"),
    "no content": (lambda *_: b'{"choices": [{"message": {"content": null}}]}', "garbage"),
    "a tool": (lambda *_: envelope("{}", tool_calls=[{"id": "1"}]), "garbage"),
    "packed": (lambda *_: (200, {"content-encoding": "gzip"}, b"\x1f\x8b"), "garbage"),
    "too long for it": (lambda *_: envelope('{"claims": [', "length"), "cut-off"),
    "no": (lambda *_: envelope("", refusal="I would rather not."), "declined"),
    "a filter": (lambda *_: envelope("", "content_filter"), "declined"),
    "breaks off": (breaks_off, "http"),
    "no http": (no_http, "http"),
}


@pytest.mark.parametrize("name", HELD_UP)
def test_an_answer_that_is_none_is_refused_and_listed_and_the_rest_goes_on(name: str) -> None:
    answer, reason = HELD_UP[name]
    begun = time.monotonic()
    answers, _ = put_to(on_the_first(answer), timeout=0.4, reply_bytes=200_000, tries=2)
    assert reasons(answers) == [("piece", reason)]
    assert answers.refused[0].paragraph == 1
    assert answers.asked == 2
    assert time.monotonic() - begun < 10


def test_all_the_time_there_is_is_not_more_than_granted() -> None:
    text = Text.of("\n\n".join(["Turkey left Greece."] * 12))
    begun = time.monotonic()
    with serving(stalls) as seen:
        answers = ask(text, (), Config(seen.url, "made", timeout=60, budget=0.3, workers=2))
        assert time.monotonic() - begun < 10
        assert len(seen.bodies) == 2
    assert reasons(answers) == [("piece", "out-of-time")] * 12


def test_a_busy_server_is_asked_again_and_waited_for() -> None:
    waits: list[float] = []

    def busy(body: dict[str, Any], _: Any, seen: Seen) -> Any:
        waits.append(time.monotonic())
        return good(body) if len(seen.bodies) > 2 else (429, {"retry-after": "1"}, b"slow down")

    with serving(busy) as seen:
        answers = put(Config(seen.url, "made"), paragraphs={1})
    assert answers.refused == ()
    assert len(waits) == 3
    assert waits[1] - waits[0] >= 0.9


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_busy_for_good_is_given_up(status: int) -> None:
    body = json.dumps({"error": {"message": "overloaded"}}).encode()
    answers, seen = put_to(on_the_first(lambda *_: (status, {}, body)), tries=3)
    assert reasons(answers) == [("piece", "http")]
    assert answers.refused[0].detail == f"status {status}: overloaded"
    assert len(seen.bodies) == 3 + 1


@pytest.mark.parametrize(
    "said", ["response_format is not supported", "unknown field", "json_schema: not available"]
)
def test_a_server_that_knows_no_schemas_is_asked_without_once_and_for_all(said: str) -> None:
    def plain(body: dict[str, Any], *_: Any) -> Any:
        told = json.dumps({"error": {"message": said}}).encode()
        return (400, {}, told) if "response_format" in body else good(body)

    answers, seen = put_to(plain, workers=1)
    assert [item.kind for item in answers.items] == ["event"]
    assert answers.refused == ()
    assert ["response_format" in body for body in seen.bodies] == [True, False, False]


def test_a_server_picky_about_more_is_asked_more_plainly() -> None:
    def picky(body: dict[str, Any], *_: Any) -> Any:
        for part in ("temperature", "seed", "max_tokens"):
            if part in body:
                return 400, {}, json.dumps({"error": f"'{part}' is not supported"}).encode()
        return good(body)

    answers, seen = put_to(picky, workers=1)
    assert [item.kind for item in answers.items] == ["event"]
    assert "response_format" in seen.bodies[-1]
    assert len(seen.bodies) == 5


def test_a_server_that_refuses_the_question_all_the_same_is_listed() -> None:
    answers, seen = put_to(on_the_first(lambda *_: (400, {}, b'{"detail": "too long"}')))
    assert reasons(answers) == [("piece", "http")]
    assert answers.refused[0].detail == "status 400: too long"
    assert len(seen.bodies) == 3


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "the key is wrong or missing"),
        (403, "the key may not use it"),
        (404, "often in /v1"),
        (307, "sends elsewhere"),
    ],
)
def test_who_lets_nobody_in_stops_the_run_with_one_clear_line(status: int, said: str) -> None:
    elsewhere = {"location": "http://192.0.2.1/v1/chat/completions"}
    with pytest.raises(AskingError, match=said) as wrong:
        put_to(lambda *_: (status, elsewhere, b"{}"), workers=1)
    assert "\n" not in str(wrong.value)


def test_nobody_there() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        with pytest.raises(AskingError, match=r"nobody answers at 127\.0\.0\.1; FOEDUS_LLM_URL"):
            put(Config(f"http://127.0.0.1:{port}/v1", "made", tries=2))


def test_who_lets_nobody_in_later_is_asked_no_more() -> None:
    text = Text.of("\n\n".join(["Turkey shelled Greek positions on Tuesday."] * 6))

    def until_then(body: dict[str, Any], _: Any, seen: Seen) -> Any:
        return good(body) if len(seen.bodies) < 3 else (401, {}, b"{}")

    with serving(until_then) as seen:
        answers = ask(text, (), Config(seen.url, "made", workers=1))
    assert len(answers.items) == 2
    assert reasons(answers) == [("piece", "http"), *[("piece", "not-asked")] * 3]
    assert len(seen.bodies) == 3


def test_the_key_is_sent_and_appears_nowhere_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def echoes(body: dict[str, Any], handler: Handler, _: Seen) -> Any:
        key = handler.headers["authorization"]
        if asked(body)["paragraph"].startswith("Turkey"):
            return envelope(filled(body, events=[{**SHELLED, "quote": f"my key is {key}"}]))
        return 418, {}, json.dumps({"error": f"bad key {key}"}).encode()

    tape = tmp_path / "tape.jsonl"
    with serving(echoes) as seen:
        config = Config(seen.url, "made", KEY)
        answers = put(config, record=tape)
    assert seen.headers[0]["authorization"] == f"Bearer {KEY}"
    assert reasons(answers) == [("event", "not-found"), ("piece", "http")]
    told = capfd.readouterr()
    for shown in (repr(config), repr(answers), tape.read_text(), told.out, told.err):
        assert KEY not in shown
    assert "[key]" in repr(answers)


def test_no_key_no_header() -> None:
    _, seen = put_to(good)
    assert all("authorization" not in {name.lower() for name in h} for h in seen.headers)


def test_a_few_are_asked_at_once_and_come_back_in_order() -> None:
    text = Text.of("\n\n".join(f"Turkey shelled {n} Greek positions." for n in range(12)))

    def slow(body: dict[str, Any], _: Any, seen: Seen) -> bytes:
        paragraph = asked(body)["paragraph"]
        number = int(paragraph.split()[2])
        seen.stopping.wait(0.05 if number % 3 else 0.15)
        return envelope(filled(body, events=[{**SHELLED, "quote": paragraph}]))

    with serving(slow) as seen:
        answers = ask(text, (), Config(seen.url, "made"))
    assert [item.start for item in answers.items] == [p.start for p in text.paragraphs]
    assert 2 <= seen.most_at_once <= 4


def test_inside_a_running_loop_as_in_a_notebook() -> None:
    async def cell(url: str) -> Answers:
        return put(Config(url, "made"))

    with serving(good) as seen:
        answers = asyncio.run(cell(seen.url))
    assert len(answers.items) == 1
    with (
        serving(lambda *_: (401, {}, b"{}")) as seen,
        pytest.raises(AskingError, match="key is wrong"),
    ):
        asyncio.run(cell(seen.url))


def test_no_proxy_stands_before_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    answers, _ = put_to(good)
    assert len(answers.items) == 1


def test_without_httpx_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(AskingError, match=r"pip install 'foedus\[llm\]'"):
        put(Config("http://127.0.0.1:9/v1", "made"))


def test_nothing_to_ask_asks_nobody() -> None:
    config = Config("http://127.0.0.1:9/v1", "made")
    assert ask(Text.of(""), (), config).items == ()
    answers = ask(TEXT, ITEMS, config, paragraphs={3})
    assert (answers.asked, answers.silent, answers.refused) == (0, 1, ())
    assert STRAIT


def test_httpx_is_read_only_when_somebody_is_asked() -> None:
    program = "import sys, foedus.reading.asking; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
