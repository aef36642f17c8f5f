"""What kind of document the bytes are: plain text, Markdown, HTML or PDF."""

from __future__ import annotations

import re
from pathlib import PurePath

KINDS = ("text", "markdown", "html", "pdf")
ENDINGS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
}
TYPES = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
}
"""The content types that are read, and what they are."""
HTML = re.compile(
    rb"(?:\s|<!--.{0,1000}?-->|<\?xml[^>]{0,200}>)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
PDF_WITHIN = 1024
BOMS = b"\xef\xbb\xbf\xff\xfe"


def kind_of(name: str, data: bytes, content_type: str | None = None) -> str:
    """The kind: by the first bytes where they tell, else by content type or the name's end."""
    if b"%PDF-" in data[:PDF_WITHIN]:
        return "pdf"
    head = data[:8192]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")
    if HTML.match(head.lstrip(BOMS)):
        return "html"
    told = TYPES.get((content_type or "").partition(";")[0].strip().lower())
    named = ENDINGS.get(PurePath(name.partition("?")[0]).suffix.lower(), "text")
    return named if told is None or told == "text" else told
