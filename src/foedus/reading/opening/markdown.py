"""Markdown: headings, paragraphs, lists and block quotations, without the signs that mark them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from foedus.reading.model import Source
from foedus.reading.opening.cleaning import clean, one_line
from foedus.reading.opening.dateline import edtf
from foedus.reading.opening.decoding import decode
from foedus.reading.opening.opened import Opened
from foedus.reading.opening.pieces import Pieces
from foedus.reading.opening.plain import open_plain

LARGEST = 1_000_000
"""Characters of Markdown that are parsed; a larger text is read as plain text."""
TOO_LARGE = "too large to be read as Markdown: read as plain text"
FRONT = re.compile(r"\s*---\n(?P<facts>(?:[^\n]{0,2000}\n){1,60}?)(?:---|\.\.\.)\s*(?:\n|\Z)")
FACT = re.compile(r"(?m)^([A-Za-z_-]{1,30})\s*:\s*(\S[^\n]*)$")
TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--.{0,5000}?-->", re.S)
Piece = tuple[str, str | None]


def open_markdown(name: str, data: bytes, declared: str | None = None) -> Opened:
    """A Markdown text as read: one paragraph a line, roles marked; its first heading the title."""
    text, notes = decode(name, data, declared=declared)
    text, more = clean(text)
    if len(text) > LARGEST:
        plain = open_plain(name, data, declared)
        return Opened(plain.text, plain.source, plain.hints, (*plain.notes, TOO_LARGE))
    facts, text = _front(text)
    body = list(_pieces(text))
    title = facts.get("title") or _first_heading(body)
    pieces = Pieces()
    if title:
        pieces.add(title, "headline")
    author = facts.get("author") or facts.get("authors")
    if author:
        pieces.add(f"By {author}", "byline")
    for n, (told, role) in enumerate(body):
        line = one_line(told)
        if n > 0 or line != title:
            pieces.add(line, role)
    return _with_facts(pieces, facts, title, author, notes + more)


def _with_facts(
    pieces: Pieces, facts: dict[str, str], title: str | None, author: str | None,
    notes: tuple[str, ...],
) -> Opened:  # fmt: skip
    from foedus.reading.opening.heading import source_of

    told = source_of(pieces.text)
    source = Source(
        title=title or told.title,
        author=author or told.author,
        publisher=facts.get("publisher") or facts.get("site"),
        date=edtf(facts.get("date", "")) or told.date,
        url=next((v for v in (facts.get("url"), facts.get("source")) if v and "://" in v), None),
    )
    return Opened(pieces.text, source, pieces.marks, notes)


def _front(text: str) -> tuple[dict[str, str], str]:
    """The facts before the text ("title: …" between lines of "---"), and the text without them."""
    found = FRONT.match(text)
    if not found:
        return {}, text
    facts = {
        key.lower(): one_line(value.strip("\"' []").replace('", "', ", "))
        for key, value in FACT.findall(found["facts"])
    }
    return facts, text[found.end() :]


def _first_heading(body: Sequence[Piece]) -> str | None:
    return one_line(body[0][0]) if body and body[0][1] == "heading" else None


def _pieces(text: str) -> Iterator[Piece]:
    """Each paragraph with its role, code left out."""
    from markdown_it import MarkdownIt

    quoted = heading = 0
    cells: list[str] | None = None
    for token in MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").parse(text):
        if token.type.startswith("blockquote_"):
            quoted += token.nesting
        elif token.type.startswith("heading_"):
            heading += token.nesting
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            yield " | ".join(cells), "row"
            cells = None
        elif token.type == "inline" and cells is not None:
            cells += _lines(token)
        elif token.type == "inline":
            pictured = all(child.type == "image" for child in token.children or ())
            role = "quote" if quoted else "heading" if heading else "caption" if pictured else None
            yield from ((line, role) for line in _lines(token))
        elif token.type == "hr":
            yield "* * *", None
        elif token.type == "html_block":
            yield TAG.sub(" ", _without_scripts(token.content)), None


def _without_scripts(html: str) -> str:
    return re.sub(r"(?is)<(script|style)\b.*?(?:</\1\s*>|\Z)", " ", html)


def _lines(token: Any) -> Iterator[str]:
    """The text of a paragraph; a hard break begins another line, a picture is its description."""
    so_far: list[str] = []
    for child in token.children or ():
        if child.type == "hardbreak":
            yield "".join(so_far)
            so_far = []
        elif child.type == "softbreak":
            so_far.append(" ")
        elif child.type in ("text", "code_inline", "text_special"):
            so_far.append(child.content)
        elif child.type == "image" and child.content:
            so_far.append(f" {child.content} ")
    yield "".join(so_far)
