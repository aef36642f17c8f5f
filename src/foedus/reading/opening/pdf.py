"""PDF with a text layer: the lines of its pages, put together to paragraphs."""

from __future__ import annotations

import io
import logging
import re
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from foedus.reading.opening.cleaning import clean, one_line
from foedus.reading.opening.heading import source_of
from foedus.reading.opening.opened import LARGEST, Opened, OpeningError

PAGES = 2000
SECONDS = 30.0
"""How long reading may take; the pages read until then are given, with a note."""
LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": 20_000_000,
    "lzw_maximum_output_length": 20_000_000,
    "run_length_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "stream_decoding_work_maximum_length": 50_000_000,
    "stream_parsing_work_maximum_count": 500_000,
    "xform_maximum_invocations_per_extraction": 200,
    "page_tree_maximum_entries": 10_000,
    "page_tree_maximum_page_entries": 100_000,
}
"""Bounds on what a stream may grow to, so that a small file cannot fill the memory."""
FAULTS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, NotImplementedError,
    OSError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What the reader is known to raise on files that are broken, besides errors of its own."""
NO_TEXT = "this PDF has no text layer (a scan?); run it through text recognition first"
EDGE = 2
"""Lines at the top and bottom of a page where running heads and page numbers stand."""
REPEATED = 3
STOP = re.compile(r"[.!?…:][\"'”’»)\]]*$")
BROKEN = re.compile(r"(?<=[a-zß-öø-ÿ])-$")
ITEM = re.compile(r"[•▪◦*–-]\s|\(?\d{1,2}[.)]\s")
NUMBER = re.compile(r"(?:page\s*)?[-–—\s]*(?:\d{1,4}|[ivxl]{1,6})[-–—\s]*(?:(?:of|/)\s*\d+)?", re.I)
FULL = 0.8
"""Share of a page's width from which on a line was broken because it was full."""


def open_pdf(name: str, data: bytes, declared: str | None = None) -> Opened:
    """The text of a PDF's text layer, one paragraph a line, without running heads and page numbers.

    Raises `OpeningError` if it is encrypted, broken, or has no text (a scan, say).
    """
    del declared
    try:
        import pypdf
    except ImportError:
        raise OpeningError(name, "reading PDF needs: pip install 'foedus[reading]'") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings(), pypdf.apply_configuration(**LIMITS):
            warnings.simplefilter("ignore")
            reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
            _unlock(name, reader)
            pages, notes = _pages(reader, pypdf.errors.PyPdfError)
            facts = _facts(reader, pypdf.errors.PyPdfError)
    except (pypdf.errors.PyPdfError, *FAULTS) as wrong:
        if isinstance(wrong, OpeningError):
            raise
        raise OpeningError(name, "this PDF is broken; save it anew, or as plain text") from None
    text, more = clean("\n\n".join(paragraphs([clean(page)[0] for page in pages])))
    if not any(sign.isalnum() for sign in text):
        raise OpeningError(name, f"no text: {notes[0]}" if notes else NO_TEXT)
    source = source_of(text)
    source = replace(source, title=source.title or facts[0], author=source.author or facts[1])
    return Opened(text, source, (), notes + more)


def _unlock(name: str, reader: Any) -> None:
    """Many a PDF is encrypted with no password, only to forbid printing."""
    if not reader.is_encrypted:
        return
    try:
        unlocked = bool(reader.decrypt(""))
    except Exception as wrong:
        if type(wrong).__name__ != "DependencyError" and not isinstance(wrong, FAULTS):
            raise
        unlocked = False
    if not unlocked:
        raise OpeningError(name, "this PDF is encrypted; save it without a password first")


def _pages(reader: Any, fault: type[Exception]) -> tuple[list[str], tuple[str, ...]]:
    """The text of each page, and a note if some could not be read."""
    out: list[str] = []
    end, lost, size = time.monotonic() + SECONDS, 0, 0
    total = len(reader.pages)
    for n in range(min(total, PAGES)):
        if time.monotonic() > end or size > LARGEST:
            break
        try:
            told = reader.pages[n].extract_text()
        except (fault, *FAULTS):
            told, lost = "", lost + 1
        out.append(told)
        size += len(told)
    notes = []
    if lost:
        notes.append(f"{lost} of {total} pages could not be read")
    if len(out) < total:
        notes.append(f"only the first {len(out)} of {total} pages were read")
    return out, tuple(notes)


def _facts(reader: Any, fault: type[Exception]) -> tuple[str | None, str | None]:
    """Title and author as the file's information gives them."""
    try:
        info = reader.metadata
        told = (info.title, info.author) if info else (None, None)
    except (fault, *FAULTS):
        return None, None
    title, author = (one_line(t)[:300] or None if isinstance(t, str) else None for t in told)
    return title, author


def paragraphs(pages: Sequence[str]) -> list[str]:
    """The paragraphs of pages: lines joined, words that a line end broke made whole.

    A paragraph ends at an empty line, and at a line that ends a sentence short of the page's width,
    or that is short and ends none while the next begins with a capital (a heading).
    """
    out: list[str] = []
    goes_on = False
    kept = list(_without_heads([page.split("\n") for page in pages]))
    widths = sorted(len(line) for lines in kept for line in lines if line)
    width = widths[len(widths) * 9 // 10] if widths else 0
    for lines in kept:
        for i, line in enumerate(lines):
            if not line:
                goes_on = goes_on and i in (0, len(lines) - 1)
                continue
            if goes_on and not ITEM.match(line):
                out[-1] = _joined(out[-1], line)
            else:
                out.append(line)
            goes_on = _goes_on(line, next(iter(lines[i + 1 :]), ""), width)
    return out


def _joined(last: str, line: str) -> str:
    """A word that a line end broke is made whole; a compound keeps its hyphen."""
    if BROKEN.search(last) is None:
        return f"{last} {line}"
    return BROKEN.sub("", last) + line if line[0].islower() else last + line


def _goes_on(line: str, following: str, width: int) -> bool:
    short = len(line) < FULL * width
    if STOP.search(line):
        return not short
    return not (short and (following[:1].isupper() or following[:1].isdigit()))


def _without_heads(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """The lines of each page, without page numbers and what many pages have at their edges."""
    stripped = [[line.strip() for line in lines] for lines in pages]
    seen: Counter[str] = Counter()
    for lines in stripped:
        seen.update({_plain(line) for line in _edges(lines)})
    often = max(REPEATED, len(pages) // 3)
    for lines in stripped:
        edge = {line for line in _edges(lines) if seen[_plain(line)] >= often}
        edge |= {line for line in _edges(lines) if NUMBER.fullmatch(line)}
        yield [line for line in lines if line not in edge]


def _edges(lines: Sequence[str]) -> list[str]:
    full = [line for line in lines if line]
    return full[:EDGE] + full[-EDGE:]


def _plain(line: str) -> str:
    return re.sub(r"\d+", "#", line)
