"""Open a text: take its bytes, find out what they are, and read them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import replace

from foedus.reading.opening.kinds import KINDS, kind_of
from foedus.reading.opening.opened import LARGEST, Opened, OpeningError
from foedus.reading.opening.taking import take

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
Reader = Callable[[str, bytes, str | None], Opened]


def open_text(
    name: str | os.PathLike[str],
    *,
    fetch: bool = False,
    kind: str | None = None,
) -> Opened:
    """The text of a file, of standard input (`-`), or of an address if `fetch` allows it.

    `kind` is text, markdown, html or pdf; by default it is found out. Raises `OpeningError` (bad
    input) for what cannot be read, one line that says why.
    """
    name = os.fspath(name)
    if kind is not None and kind not in KINDS:
        raise OpeningError(
            name, f"no kind of text is called {kind!r}; there are {', '.join(KINDS)}"
        )
    if not ADDRESS.match(name):
        return open_bytes(name, take(name), kind=kind)
    if not fetch:
        raise OpeningError(
            name, "this is an address: allow fetching it (--fetch), or save it as a file first"
        )
    from foedus.reading.opening.fetching import fetch_url

    got = fetch_url(name)
    opened = open_bytes(got.url, got.data, kind=kind, content_type=got.content_type)
    return replace(opened, source=replace(opened.source, url=got.url))


def open_bytes(
    name: str, data: bytes, *, kind: str | None = None, content_type: str | None = None
) -> Opened:
    """The text of bytes that are here already; `name` serves messages and to tell the kind."""
    if len(data) > LARGEST:
        raise OpeningError(name, f"larger than {LARGEST // 1_000_000} MB")
    if not data.strip():
        raise OpeningError(name, "this is empty")
    opened = _reader(kind or kind_of(name, data, content_type))(name, data, _charset(content_type))
    if not opened.text.strip():
        raise OpeningError(name, "there is no text in this")
    digest = hashlib.sha256(data).hexdigest()
    return replace(opened, source=replace(opened.source, sha256=digest))


def _charset(content_type: str | None) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type or "", re.I)
    return found.group(1) if found else None


def _reader(kind: str) -> Reader:
    if kind == "html":
        from foedus.reading.opening.page import open_page as reader
    elif kind == "pdf":
        from foedus.reading.opening.pdf import open_pdf as reader
    elif kind == "markdown":
        from foedus.reading.opening.markdown import open_markdown as reader
    else:
        from foedus.reading.opening.plain import open_plain as reader
    return reader
