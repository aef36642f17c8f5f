"""A language model that says what a test wants it to say, on this machine alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LISTS = ("claims", "events", "commitments", "blame", "theses", "stakes")
Handler = BaseHTTPRequestHandler


@dataclass
class Seen:
    """What the server was asked."""

    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)
    stopping: threading.Event = field(default_factory=threading.Event)


def asked(body: Mapping[str, Any]) -> dict[str, Any]:
    """The question about a paragraph, as the model sees it."""
    found: dict[str, Any] = json.loads(body["messages"][-1]["content"])
    return found


def envelope(content: Any, ended: str = "stop", **message: Any) -> bytes:
    """An answer of the protocol."""
    told = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    choice = {"index": 0, "finish_reason": ended, "message": {"content": told, **message}}
    return json.dumps({"choices": [choice]}).encode()


def filled(body: Mapping[str, Any], **lists: Any) -> dict[str, Any]:
    """An answer in form: the lists asked for, empty where nothing is given."""
    return {name: lists.get(name, []) for name in asked(body)["lists"]}


Answer = Callable[[dict[str, Any], Handler, Seen], bytes | tuple[int, dict[str, str], bytes] | None]
"""Body, handler → an answer's bytes; with status and headers; None if it was written already."""


@contextmanager
def serving(answer: Answer) -> Iterator[Seen]:
    """A server that answers so, at `seen.url`."""
    seen = Seen()

    class Speaking(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            with seen.lock:
                seen.bodies.append(body)
                seen.headers.append(dict(self.headers.items()))
                seen.at_once += 1
                seen.most_at_once = max(seen.most_at_once, seen.at_once)
            try:
                told = answer(body, self, seen)
                if told is not None:
                    self._say(*((200, {}, told) if isinstance(told, bytes) else told))
            except (BrokenPipeError, ConnectionResetError):
                pass
            finally:
                self.close_connection = True
                with seen.lock:
                    seen.at_once -= 1

        def _say(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Speaking)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    seen.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield seen
    finally:
        seen.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()
