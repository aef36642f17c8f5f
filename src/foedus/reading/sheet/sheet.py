"""A reading as one self-contained page, without scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from foedus.reading.marking import CUES
from foedus.reading.model import Reading
from foedus.reading.proposing.proposal import DRAFT, Proposal
from foedus.reading.sheet.rows import rows
from foedus.reading.wording import Called

if TYPE_CHECKING:
    from foedus.case import Case

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control characters, and those that turn the order of the text around them."""


def render(reading: Reading, proposals: Sequence[Proposal] = (), case: Case | None = None) -> str:
    """The page as HTML text: nothing loaded from anywhere, nothing executed, everything escaped.

    Beside each sentence stand the statements and events found in it or, with a case, the evidence
    proposed, with who says so through whom, its rating, and what it bears on.
    """
    called = Called.of(reading, case)
    new = [one for one in proposals if one.repeats is None]
    template = _environment().get_template("sheet.html")
    return template.render(
        source=reading.source,
        title=reading.source.title or "A reading",
        rows=rows(reading, called, proposals),
        case=case,
        called=called,
        new=len(new),
        repeats=len(proposals) - len(new),
        draft=DRAFT,
        cues=CUES,
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("foedus.reading.sheet"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters["outward"] = outward
    return environment


def _finalize(value: Any) -> Any:
    """What is printed: unseen characters are spelled out, so that none misleads the eye."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", value)
    return value


def outward(url: str | None) -> str | None:
    """An address that may be made a link: http or https, and nothing hidden in it."""
    if not url or UNSEEN.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
