"""One reply, judged: the items that stand, and the rest with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foedus.reading.asking.building import Ground, built
from foedus.reading.asking.instructions import speaks_to_a_machine
from foedus.reading.asking.pieces import Piece
from foedus.reading.asking.prompt import leaked
from foedus.reading.asking.refused import Refusal, Refused, shown
from foedus.reading.asking.replies import Reply
from foedus.reading.asking.spans import everywhere, in_order
from foedus.reading.asking.unwrapping import Told, unwrapped
from foedus.reading.model import Item
from foedus.reading.text import Span


@dataclass(frozen=True, slots=True)
class Judged:
    """What of a reply is used, and what is not."""

    items: tuple[Item, ...] = ()
    refused: tuple[Refused, ...] = ()


def refusal(piece: Piece, of: str, reason: str, detail: str, said: Any = None) -> Refused:
    """A refusal, listed."""
    return Refused(
        start=piece.start, end=piece.end, of=of, paragraph=piece.paragraph, reason=reason,
        detail=detail, said=None if said is None else shown(said),
    )  # fmt: skip


def judged(piece: Piece, reply: Reply, kinds: Sequence[str], ground: Ground) -> Judged:
    """What of a reply about a piece of text can be used."""
    if reply.content is None:
        return Judged((), (refusal(piece, "piece", reply.reason or "", reply.detail),))
    try:
        told = unwrapped(reply.content, kinds)
    except Refusal as why:
        return Judged((), (refusal(piece, "reply", why.reason, why.detail, reply.content),))
    paragraph = ground.text.text[piece.start : piece.end]
    suspect = _suspect(told, paragraph, reply.content)
    if suspect is not None:
        first = refusal(piece, "reply", suspect.reason, suspect.detail, reply.content)
        rest = [refusal(piece, t.kind, suspect.reason, suspect.detail, t.raw) for t in told]
        return Judged((), (first, *rest))
    return _each(piece, told, kinds, ground)


def _suspect(told: Sequence[Told], paragraph: str, content: str) -> Refusal | None:
    """Why nothing in a reply can be believed, if that is so."""
    name = next((n for t in told if (n := leaked(t.raw, paragraph))), None) or leaked(
        content, paragraph
    )
    if name:
        return Refusal("leak", f"names {name}, an actor of the examples")
    words = speaks_to_a_machine(paragraph)
    if words:
        return Refusal("instruction", f"the paragraph speaks to a machine: {shown(words, 80)}")
    return None


def _each(piece: Piece, told: Sequence[Told], kinds: Sequence[str], ground: Ground) -> Judged:
    items: dict[Item, None] = {}
    refused = [_listed(piece, t, t.refusal) for t in told if t.refusal is not None]
    for kind in kinds:
        formed = [t for t in told if t.kind == kind and t.form is not None]
        for one, place in zip(formed, _places(piece, formed, ground), strict=True):
            try:
                if isinstance(place, Refusal):
                    raise place
                item = built(kind, one.form, ground, place)
                if item in items:
                    raise Refusal("duplicate", "said twice")
                items[item] = None
            except Refusal as why:
                refused.append(_listed(piece, one, why))
    return Judged(tuple(items), tuple(refused))


def _places(piece: Piece, formed: Sequence[Told], ground: Ground) -> list[Span | Refusal]:
    """Where each quotation of one list stands, or why it cannot be said."""
    found: dict[int, list[Span]] = {}
    out: dict[int, Span | Refusal] = {}
    for number, one in enumerate(formed):
        assert one.form is not None
        try:
            found[number] = everywhere(ground.text.text, one.form.quote, piece.start, piece.end)
        except Refusal as why:
            out[number] = why
    for number, place in zip(found, in_order(list(found.values())), strict=True):
        many = (
            f"stands there {len(found[number])} times, and the order does not tell which is meant"
        )
        out[number] = Refusal("ambiguous", many) if place is None else place
    return [out[number] for number in range(len(formed))]


def _listed(piece: Piece, one: Told, why: Refusal) -> Refused:
    return refusal(piece, one.kind, why.reason, why.detail, one.raw)
