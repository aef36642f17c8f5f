"""From bytes to characters: by byte order mark, as UTF-8, as declared, or by guess."""

from __future__ import annotations

import codecs
import re

from foedus.reading.opening.opened import OpeningError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32 before UTF-16, whose mark begins alike."""
BINARY = (
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a rich text document"),
)
SAVE = "save it as plain text, HTML, Markdown or PDF"
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I
)
LOOKED_AT = 4096
SAMPLE = 100_000
"""Bytes that a guess looks at."""
WESTERN = re.compile(
    r"[A-Za-z][‘’“”–—…àâäáãåæçèéêëìíîïñòóôöõøœùúûüßšžÀÂÄÁÅÆÇÈÉÊËÎÏÑÓÔÖØŒÚÜŠŽ]|[\s\d(][“‘„–—£€§©«ÀÁÉÖÜØÅ]|[.,?!…]”"
)
NUL_SHARE = 0.3
BOGUS = 0.02
"""Share of control bytes above which it is no text."""
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(name: str, data: bytes, *, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The characters of a text, and notes on what was wrong with its bytes.

    A byte order mark decides; then whether it is UTF-8; then what is declared (by a server or in a
    page's head); then Windows-1252 if that gives Western letters; then a guess. Raises
    `OpeningError` for binary data and for bytes in which nothing can be read.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _as(name, data[len(mark) :], encoding)
    _refuse_binary(name, data)
    if b"\0" in data:
        return _without_mark(name, data)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as wrong:
        if wrong.end >= len(data) and wrong.reason == "unexpected end of data":
            return _as(name, data, "utf-8")
    text = _declared(data, declared or _in_head(data))
    if text is None:
        text = _western(data)
    if text is not None:
        return text, ()
    return _as(name, data, "utf-8") if _mostly_utf8(data) else _guess(name, data)


def _refuse_binary(name: str, data: bytes) -> None:
    for magic, what in BINARY:
        if data.startswith(magic):
            raise OpeningError(name, f"this is {what}, not a text; {SAVE}")
    head = data[:LOOKED_AT]
    if b"\0" not in data and len(CONTROL.findall(head)) > BOGUS * len(head):
        raise OpeningError(name, f"this is binary, not a text; {SAVE}")


def _without_mark(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-16 of Western letters has a NUL in every other byte; any other NUL is binary."""
    head = data[: LOOKED_AT - LOOKED_AT % 2]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        there, other = head[first::2].count(0), head[1 - first :: 2].count(0)
        if there > NUL_SHARE * len(head) and not other:
            return _as(name, data, encoding)
    raise OpeningError(name, f"this holds NUL bytes: binary, not a text; {SAVE}")


def _as(name: str, data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    """Decode although something may be amiss, and say what."""
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as wrong:
        at_end = wrong.end >= len(data) and wrong.start >= len(data) - 4
        if at_end and wrong.reason in ("unexpected end of data", "truncated data"):
            note = "the last character is cut off: the file may be incomplete"
            return data[: wrong.start].decode(encoding), (note,)
    text = data.decode(encoding, errors="replace")
    bad = text.count("�")
    if bad * 2 > len(text):
        raise OpeningError(name, f"this cannot be read as {encoding.upper()}; {SAVE} in UTF-8")
    return text, (f"{bad} places were not {encoding.upper()} and stand as �",)


def _in_head(data: bytes) -> str | None:
    found = DECLARED.search(data, 0, LOOKED_AT)
    return found.group(1).decode("ascii") if found else None


def _declared(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        known = codecs.lookup(encoding).name
        if known == "iso8859-1":
            known = "cp1252"
        if known.startswith(("utf", "idna", "punycode", "raw_unicode", "unicode_escape")):
            return None
        return data.decode(known)
    except (LookupError, UnicodeError, ValueError):
        return None


def _western(data: bytes) -> str | None:
    """As Windows-1252, if nearly all its high bytes are letters and signs where those belong."""
    sample = data[:SAMPLE]
    try:
        text = sample.decode("cp1252")
        high = sum(sign > "\x7f" for sign in text)
        if len(WESTERN.findall(text)) >= 0.7 * high:
            return data.decode("cp1252")
    except UnicodeDecodeError:
        pass
    return None


def _mostly_utf8(data: bytes) -> bool:
    text = data[:SAMPLE].decode("utf-8", errors="replace")
    bad = text.count("�")
    return sum(sign > "\x7f" for sign in text) >= 10 * bad


def _guess(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise OpeningError(name, f"no encoding fits these bytes; {SAVE} in UTF-8")
    text, notes = _as(name, data, best.encoding)
    return text, (f"read as {best.encoding}, by guess", *notes)
