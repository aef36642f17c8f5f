"""Bytes from an address or a folder into a file: bounded in size and time, whole or refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from foedus.record.data.errors import DataError

MOST_BYTES = 500_000_000
"""The largest file that is taken."""
MOST_SECONDS = 3600.0
"""The longest that one file may take."""
PATIENCE = (15.0, 60.0)
"""Seconds to wait for a connection, and for the next bytes."""
MOST_REDIRECTS = 8
CHUNK = 1 << 16

Progress = Callable[[int, int | None], None]
"""Told the bytes received, and how many there will be if that is known."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """What pooch calls to download: writes the bytes of an address, or of a file, to a file.

    Raises DataError, in one line that names the address, for whatever keeps the file from being
    received whole.
    """

    progress: Progress | None = None
    most_bytes: int = MOST_BYTES
    most_seconds: float = MOST_SECONDS
    patience: tuple[float, float] = PATIENCE

    def __call__(self, url: str, output_file: str, pooch: object = None) -> None:
        """Write what is at ``url`` to ``output_file``; ``pooch`` is not needed."""
        with Path(output_file).open("wb") as out:
            if url.lower().startswith(("http://", "https://")):
                self._download(url, out)
            elif "://" in url:
                raise DataError(f"{url}: should begin with http:// or https://, or be a path")
            else:
                self._copy(Path(url), out)

    def _copy(self, path: Path, out: BinaryIO) -> None:
        with path.open("rb") as file:
            size = path.stat().st_size
            self._write(str(path), iter(lambda: file.read(CHUNK), b""), out, size)

    def _download(self, url: str, out: BinaryIO) -> None:
        import requests

        headers = {"Accept-Encoding": "identity", "User-Agent": "foedus"}
        try:
            with requests.Session() as session:
                session.max_redirects = MOST_REDIRECTS
                answer = session.get(url, stream=True, timeout=self.patience, headers=headers)
                with answer:
                    if answer.status_code != 200:
                        raise DataError(f"{url}: {_refusal(answer.status_code, answer.reason)}")
                    size = None
                    with suppress(KeyError, ValueError):
                        size = int(answer.headers["Content-Length"])
                    self._write(url, answer.iter_content(CHUNK), out, size)
        except (requests.exceptions.RequestException, UnicodeError) as wrong:
            raise DataError(f"{url}: {_trouble(wrong)}") from None

    def _write(self, where: str, chunks: Iterator[bytes], out: BinaryIO, size: int | None) -> None:
        too_much = f"{where}: has more than {self.most_bytes:,} bytes, the most that is taken"
        if size is not None and size > self.most_bytes:
            raise DataError(too_much)
        got, end = 0, time.monotonic() + self.most_seconds
        for chunk in chunks:
            got += len(chunk)
            if got > self.most_bytes:
                raise DataError(too_much)
            if time.monotonic() > end:
                raise DataError(f"{where}: took longer than {self.most_seconds:.0f} seconds")
            out.write(chunk)
            if self.progress is not None:
                self.progress(got, size)
        if size is not None and got != size:
            raise DataError(f"{where}: the download broke off, {got:,} of {size:,} bytes came")


def _trouble(wrong: Exception) -> str:
    from requests import exceptions
    from urllib3.exceptions import ReadTimeoutError

    stalled = bool(wrong.args) and isinstance(wrong.args[0], ReadTimeoutError)
    if isinstance(wrong, exceptions.TooManyRedirects):
        return "leads on and on to other addresses, and to no file"
    if isinstance(wrong, exceptions.Timeout) or stalled:
        return "did not answer in time; try again later"
    if isinstance(wrong, exceptions.ChunkedEncodingError):
        return "the download broke off; try again"
    if isinstance(wrong, exceptions.SSLError):
        return "its certificate cannot be verified"
    if isinstance(wrong, exceptions.ConnectionError):
        return (
            "cannot be reached; see whether you are online, or download the file yourself and "
            "give its folder with --from"
        )
    return "is no address that can be downloaded from"


def _refusal(code: int, reason: str | None) -> str:
    said = f"answered {code}" + (f" {reason}" if reason else "")
    if code in (404, 410):
        return f"{said}: the file is no longer there; give its new address with --from"
    return f"{said}, and not with the file"
