"""HTML: the main text of a page, with headline, byline, block quotations and captions marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from foedus.reading.model import Source
from foedus.reading.opening.cleaning import clean, one_line
from foedus.reading.opening.decoding import decode
from foedus.reading.opening.opened import Opened, OpeningError
from foedus.reading.opening.page_facts import Facts, facts_of, stamped
from foedus.reading.opening.page_tree import CAPTION, CREDIT, is_small, mark_roles, tree_of
from foedus.reading.opening.page_walk import walk
from foedus.reading.opening.pieces import Pieces

Piece = tuple[str, str | None]
"""A paragraph and its role, None for running text."""
SIGNS = re.compile(f"(?:{re.escape(CAPTION)}|{re.escape(CREDIT)}) ?")
PULLED = 400
"""Characters of a block quotation up to which it may be one pulled out of the text."""
QUOTES, LOOKED_AT = 100, 200_000
"""Block quotations, and characters of text, that are looked at for it."""
DEEP = 2_000
"""Tags from which a page without text may owe that to how deep they are nested."""
FEW = 60
"""Characters of main text under which the whole page is read instead."""
WHOLE = "the page is too large for telling its main text apart: all its paragraphs were read"


def open_page(name: str, data: bytes, declared: str | None = None) -> Opened:
    """The main text of a page. Its headline and byline come first, then its paragraphs in order.

    Scripts and styles are never part of it. Raises `OpeningError` if it has no text, or if the
    library that reads pages is missing.
    """
    text, notes = decode(name, data, declared=declared)
    text, more = clean(text)
    try:
        tree = tree_of(text)
    except ImportError:
        raise OpeningError(name, "reading HTML needs: pip install 'foedus[reading]'") from None
    if tree is None:
        raise OpeningError(name, "there is no text in this page")
    small = is_small(tree)
    facts = facts_of(tree, thorough=small)
    if small:
        mark_roles(tree)
    body = list(_extracted(tree)) if small else []
    if sum(len(told) for told, _ in body) < FEW:
        body = list(walk(tree))
    pieces = _put_together(facts, _without_pulled(body))
    if not any(told.strip() and role in (None, "quote") for told, role in body):
        deep = "; what is nested too deep is not read" if text.count("<") > DEEP else ""
        raise OpeningError(name, f"there is no text in this page{deep}")
    date = facts.date or stamped(text)
    source = Source(facts.title, facts.author, facts.publisher, date, facts.url)
    return Opened(pieces.text, source, pieces.marks, notes + more + (() if small else (WHOLE,)))


def _extracted(tree: Any) -> Iterator[Piece]:
    """The paragraphs that the extractor takes for the main text; none if it fails on them."""
    import copy

    import trafilatura

    try:
        got = trafilatura.bare_extraction(
            copy.deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False
        )
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return
    body = getattr(got, "body", None)
    if body is not None:
        for element in body:
            yield from _paragraphs(element, quoted=False)


def _paragraphs(element: Any, *, quoted: bool) -> Iterator[Piece]:
    """The paragraphs of an element of the extractor's: it nests quotes, lists, tables, breaks."""
    tag = element.tag
    if tag == "row":
        cells = [one_line(" ".join(cell.itertext())) for cell in element]
        yield " | ".join(cell for cell in cells if cell), "row"
        return
    quoted = quoted or tag == "quote"
    role = "heading" if tag == "head" else "quote" if quoted else None
    so_far = element.text or ""
    for child in element:
        if child.tag in ("lb", "p", "quote", "list", "item", "table", "row", "head", "code"):
            yield so_far, role
            so_far = ""
            if child.tag != "lb":
                yield from _paragraphs(child, quoted=quoted)
        else:
            so_far += " ".join(child.itertext())
        so_far += child.tail or ""
    yield so_far, role


def _without_pulled(body: list[Piece]) -> list[Piece]:
    """Without block quotations that repeat words of the text itself."""
    rest = "\n".join(one_line(told) for told, role in body if role is None)[:LOOKED_AT]
    out: list[Piece] = []
    quotes = 0
    for told, role in body:
        line = one_line(told)
        quotes += role == "quote"
        short = role == "quote" and len(line) < PULLED and quotes <= QUOTES
        if line and not (short and line.strip('“”"‘’ .…') in rest):
            out.append((line, role))
    return out


def _put_together(facts: Facts, body: list[Piece]) -> Pieces:
    pieces = Pieces()
    pieces.add(facts.title or "", "headline")
    if facts.author:
        pieces.add(f"By {facts.author}", "byline")
    known = {_bare(facts.title or ""), _bare(facts.author or ""), _bare(f"By {facts.author}")}
    for n, (told, role) in enumerate(body):
        line = SIGNS.sub("", told)
        if n < 6 and _bare(line) in known:
            continue
        if told.startswith(CAPTION):
            role = "caption"
        elif told.startswith(CREDIT):
            role = "credit"
        pieces.add(line, role)
    return pieces


def _bare(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))
