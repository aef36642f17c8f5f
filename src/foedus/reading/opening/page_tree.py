"""A page's elements, made fit for extraction: bounded, without scripts, its roles written down."""

from __future__ import annotations

import re
from typing import Any

from foedus.reading.opening.cleaning import one_line

CAPTION, CREDIT = "⟦:caption:⟧", "⟦:credit:⟧"
"""Put before what stands under a picture or a quotation, so that extraction carries it along."""
DROPPED = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "math",
    "canvas", "video", "audio", "form", "button", "input", "select", "textarea", "option", "dialog",
    "map", "frame", "frameset", "noframes", "param", "source", "track",
})  # fmt: skip
INLINE = re.compile(
    r"</?(?:b|i|em|strong|u|s|small|big|span|font|sub|sup|mark|abbr|acronym|dfn|var|kbd|samp|tt|ins|"
    r"time|bdi|bdo|wbr|nobr|data)(?=[\s/>])[^<>]{0,1000}>",
    re.I,
)
"""Tags within a line, taken out of the source: to unwrap them in a tree takes quadratic time."""
UNSEEN_INLINE = re.compile(
    r"<(b|i|em|strong|span|font|small|mark)\b[^<>]{0,300}"
    r"(?:\bhidden\b|display\s*:\s*none|visibility\s*:\s*hidden)[^<>]{0,300}>[^<]{0,2000}</\1\s*>",
    re.I,
)
"""Words within a line that nobody sees."""
LONG_TAG = re.compile(r"<([a-z][a-z0-9-]{0,30})[\s/][^<>]{4000,}>", re.I)
"""A tag with so many attributes is left its name: to read them takes quadratic time."""
OPENED, CLOSED = re.compile(r"<q(?:\s[^<>]{0,1000})?>", re.I), re.compile(r"</q\s*>", re.I)
KEPT = frozenset({
    "class", "id", "href", "rel", "itemprop", "name", "property", "content", "lang", "cite", "type",
    "datetime", "pubdate", "http-equiv",
})  # fmt: skip
HIDDEN = frozenset({
    "hidden", "sr-only", "visually-hidden", "screen-reader-text",
})  # fmt: skip
UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
LONGEST = {"href": 2000, "content": 2000}
ATTRIBUTE = 200
ATTRIBUTES = 60
SCRIPT = 200_000
ELEMENTS, SIBLINGS, DEPTH, TEXT = 6_000, 1_500, 200, 1_000_000
"""Elements of a page, children of one of them, depth and characters up to which the extractor
reads it."""


def tree_of(text: str) -> Any:
    """The elements of a page (an lxml element), or None if there are none.

    Nothing is fetched or run. What is nested deeper than 2,048 elements is lost.
    """
    from lxml import etree, html

    text = LONG_TAG.sub(r"<\1>", text)
    text = UNSEEN_INLINE.sub("", text)
    text = CLOSED.sub("”", OPENED.sub("“", INLINE.sub("", text)))
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    _empty(root)
    return root


def mark_roles(root: Any) -> None:
    """Captions, and who is named beneath a block quotation, become paragraphs that say so."""
    for element in list(root.iter("pre")):
        element.tag = "div"
    _credits(root)
    _captions(root)


def is_small(root: Any) -> bool:
    """Whether a page is so small that the extractor is quick.

    Its time grows with the square of the elements, and it goes down into them by recursion.
    """
    from lxml import etree

    count = depth = size = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        size += len(element.text or "") + len(element.tail or "")
        if count > ELEMENTS or depth > DEPTH or len(element) > SIBLINGS or size > 2 * TEXT:
            return False
    return True


def text_of(element: Any) -> str:
    """All text in an element, as one line."""
    return one_line(" ".join(element.itertext()))


def _empty(root: Any) -> None:
    """Empty what is no text, and take away attributes that say nothing or too much."""
    for element in list(root.iter()):
        linked = element.tag == "script" and "ld+json" in (element.get("type") or "")
        unseen = _unseen(element)
        if unseen or (element.tag in DROPPED and not (linked and len(element.text or "") < SCRIPT)):
            element.clear(keep_tail=True)
        if len(element.attrib) > ATTRIBUTES:
            element.attrib.clear()
        for name, value in element.attrib.items():
            if name not in KEPT or len(value) > LONGEST.get(name, ATTRIBUTE):
                del element.attrib[name]


def _unseen(element: Any) -> bool:
    """Whether a reader of the page would not see an element: its words are not the author's."""
    return bool(
        HIDDEN.intersection((element.get("class") or "").split())
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or UNSEEN.search(element.get("style") or "")
    )


def _credits(root: Any) -> None:
    from lxml.html import Element

    for quote in list(root.iter("blockquote")):
        for named in list(quote.iter("cite", "footer")):
            told = re.sub(r"^[—–―\s-]+", "", text_of(named))
            if told and len(told) <= ATTRIBUTE:
                named.drop_tree()
                line = Element("p")
                line.text = f"{CREDIT} — {told}"
                quote.append(line)


def _captions(root: Any) -> None:
    from lxml.html import Element

    for figure in list(root.iter("figure")):
        told = [text_of(caption) for caption in figure.iter("figcaption")]
        parent = figure.getparent()
        if parent is None or figure.find(".//blockquote") is not None or not any(told):
            continue
        line = Element("p")
        line.text = f"{CAPTION} {' '.join(told)}"
        line.tail, figure.tail = figure.tail, None
        parent.replace(figure, line)
