"""What a page says of itself: title, author, publisher, date, address."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from typing import Any

from foedus.reading.opening.cleaning import one_line
from foedus.reading.opening.dateline import edtf
from foedus.reading.opening.page_tree import text_of

LONGEST = 300
TIME = re.compile(r"<time\b[^<>]{0,300}?\bdatetime\s*=\s*[\"']?([0-9][0-9T:.+Z-]{3,40})", re.I)
DATES = (
    ("property", "article:published_time"),
    ("itemprop", "datePublished"),
    ("name", "dc.date"),
    ("name", "date"),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Title, author (several: "A, B and C"), publisher, date as EDTF, address."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None


def facts_of(tree: Any, *, thorough: bool) -> Facts:
    """What a page says of itself; from its title and meta elements only unless `thorough`."""
    if not thorough:
        return _plain(tree)
    import trafilatura

    try:
        got = trafilatura.extract_metadata(
            copy.deepcopy(tree),
            date_config={"extensive_search": False, "original_date": True},
            extensive=False,
        )
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return _plain(tree)
    if got is None:
        return _plain(tree)
    return Facts(
        title=_short(got.title),
        author=_people(got.author),
        publisher=_short(got.sitename),
        date=edtf(got.date or "") or _meta_date(tree),
        url=_address(got.url),
    )


def _plain(tree: Any) -> Facts:
    title = next((text_of(e) for e in tree.iter("h1")), None) or tree.findtext(".//title")
    return Facts(title=_short(title), date=_meta_date(tree))


def _meta_date(tree: Any) -> str | None:
    for meta in tree.iter("meta"):
        for name, value in DATES:
            if (meta.get(name) or "").lower() == value.lower():
                return edtf(meta.get("content") or "")
    return None


def stamped(text: str) -> str | None:
    """The date of the first `time` element of a page's source, as EDTF."""
    found = TIME.search(text)
    return edtf(found.group(1)[:10]) if found else None


def _short(told: str | None) -> str | None:
    line = one_line(told or "")[:LONGEST].strip()
    return line or None


def _people(told: str | None) -> str | None:
    """Names as a byline has them; what is an address or a sentence is none."""
    names = [one_line(name) for name in re.split(r"[;|]", told or "")]
    names = [n for n in names if n and len(n) < 80 and not re.search(r"https?:|@|www\.", n)][:6]
    if not names:
        return None
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _address(told: str | None) -> str | None:
    url = one_line(told or "")
    return url if re.match(r"https?://[^\s/]+", url) and len(url) < 2000 else None
