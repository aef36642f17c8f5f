"""All paragraphs of a page, for pages whose main text cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul", "center", "title",
})  # fmt: skip
SKIPPED = frozenset({
    "head", "nav", "footer", "aside", "script", "style", "noscript", "template",
})  # fmt: skip
HEADINGS = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip


def walk(tree: Any) -> Iterator[tuple[str, str | None]]:
    """Each paragraph and its role, in order; time grows with the page's length only."""
    from lxml import etree

    so_far: list[str] = []
    quoted = skipped = 0
    role: str | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag, starts = element.tag, event == "start"
        if tag in SKIPPED:
            skipped += 1 if starts else -1
        if tag in BLOCKS:
            yield "".join(so_far), "quote" if quoted else role
            so_far = []
            role = "heading" if starts and tag in HEADINGS else None
        if tag == "blockquote":
            quoted += 1 if starts else -1
        told = element.text if starts else element.tail
        if told and not skipped and len(so_far) < 1_000_000:
            so_far.append(told)
    yield "".join(so_far), role
