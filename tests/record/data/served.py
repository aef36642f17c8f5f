"""A server on this machine, with good files and every way in which a download can go wrong."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock

PAGE = b"\n<!DOCTYPE html><html><body>Please log in</body></html>"


@dataclass
class Served:
    """The server's address, what it serves, and what it was asked for."""

    url: str
    files: dict[str, bytes]
    asked: list[str] = field(default_factory=list)


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[Served]:
    """Serve these files while the block runs, and the trouble that `Handler` makes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told = Served(f"http://127.0.0.1:{server.server_address[1]}/", dict(files))
    server.served = told  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    direct = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    try:
        with mock.patch.dict(os.environ, direct):
            yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Handler(BaseHTTPRequestHandler):
    """`/cut/NAME` breaks off, `/loop` leads to itself, `/hop/NAME` to the file, and so on."""

    def log_message(self, *_: object) -> None:
        """Nothing on the screen."""

    def do_GET(self) -> None:
        """Answer as the path asks."""
        served: Served = self.server.served  # type: ignore[attr-defined]
        served.asked.append(self.path)
        how, _, name = self.path.strip("/").partition("/")
        content = served.files.get(name or how, b"")
        with suppress(BrokenPipeError, ConnectionResetError):
            if how == "cut":
                self._begin(len(content) + 1000)
                self.wfile.write(content[: len(content) // 2])
            elif how == "loop":
                self._lead("/loop")
            elif how == "hop":
                self._lead(f"/{name}")
            elif how == "page":
                self._begin(len(PAGE))
                self.wfile.write(PAGE)
            elif how == "empty":
                self._begin(0)
            elif how == "huge":
                self._begin(10**12)
            elif how == "endless":
                self._begin(None)
                for _ in range(10_000):
                    self.wfile.write(b"x" * 1000)
            elif how == "broken":
                self.send_error(503)
            elif how == "silent":
                time.sleep(1.0)
            elif name or how not in served.files:
                self.send_error(404)
            else:
                self._begin(len(content))
                self.wfile.write(content)

    def _begin(self, size: int | None) -> None:
        self.send_response(200)
        if size is not None:
            self.send_header("Content-Length", str(size))
        self.end_headers()

    def _lead(self, path: str) -> None:
        self.send_response(302)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.end_headers()
