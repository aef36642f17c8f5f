"""A first wording of what an item says: the text's own words in plain order, marked as a draft."""

from __future__ import annotations

import re

from foedus.reading.model import Blame, Commitment, Item, Stake, Thesis
from foedus.reading.proposing.folk import Folk
from foedus.reading.proposing.proposal import DRAFT
from foedus.reading.proposing.units import Unit
from foedus.reading.text import Span

LONGEST = 600
DENIED = re.compile(r"\b(?:never|not)(?:\s+\w+ly)?\s+$")
"""Right before what a promise or refusal is about: what is not to be."""
STOPPED = re.compile(r"[?!…][\"”’»)\]]*$|[.?!…][\"”’»)\]]+$")
"""Words that end a sentence by themselves."""


def draft(unit: Unit, text: str, folk: Folk) -> str:
    """Say who does what about what, in words that stand in the text, marked to be edited."""
    said = _said(unit, text, folk) or _words(text, unit.span)
    plain = said[:LONGEST].rstrip(" .,;:—–")
    stop = "" if STOPPED.search(plain) else "."
    return f"{DRAFT}{plain[:1].upper()}{plain[1:]}{stop}"


def _said(unit: Unit, text: str, folk: Folk) -> str | None:
    item: Item = unit.items[0]
    if isinstance(item, Commitment) and item.about is not None:
        denied = DENIED.search(text, item.start, item.about.start)
        whole = Span(denied.start() if denied else item.about.start, item.about.end)
        return f"{item.type} of {_names(item.by, folk)}: {_words(text, whole)}"
    if isinstance(item, Blame):
        about = f": {_words(text, item.about)}" if item.about else ""
        by = f" of {_names(item.by, folk)}" if item.by else ""
        return f"complaint{by} against {_names(item.at, folk)}{about}"
    if isinstance(item, Thesis):
        return _thesis(unit, item, text)
    if isinstance(item, Stake) and item.type == "aim" and item.about is not None:
        actors = tuple(dict.fromkeys(i.actor for i in unit.items if isinstance(i, Stake)))
        return f"aim of {_names(actors, folk)}: {_words(text, item.about)}"
    return None


def _thesis(unit: Unit, item: Thesis, text: str) -> str:
    if unit.kind in ("premise", "challenge"):
        return _words(text, unit.span)
    if unit.kind == "proviso":
        return f"The conclusion is limited to the case that {_words(text, unit.span)}"
    parts = [f"If {_words(text, item.antecedent)}"] if item.antecedent else []
    parts.append(_words(text, item.consequent))
    if item.proviso:
        parts.append(f"on the condition: {_words(text, item.proviso)}")
    return ", ".join(parts)


def _words(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


def _names(ids: tuple[str, ...], folk: Folk) -> str:
    names = [folk.case.actors[i].name if i in folk.case.actors else i for i in ids]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
