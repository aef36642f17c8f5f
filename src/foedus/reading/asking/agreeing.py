"""What both readers read, what only the rules, what only the model."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.reading.model import Blame, Claim, Commitment, Event, Item, Stake, Thesis

OVERLAP = 0.5
"""Of the shorter of two spans: so much has to be in the other, too."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An item, and which reader read it."""

    read_by: str
    """both, rules or model."""
    rules: Item | None
    model: Item | None
    differs: tuple[str, ...] = ()
    """With both: lesser labels they do not share. Else: the labels that kept an item of the other
    reader at the same place from being the same."""

    def to_dict(self) -> dict[str, Any]:
        """As plain data: a line of JSON Lines beside those of the items it names by their ids."""
        item = self.rules or self.model
        assert item is not None
        return {
            "kind": "agreement", "of": item.kind, "start": item.start, "end": item.end,
            "read_by": self.read_by, "rules": self.rules.id if self.rules else None,
            "model": self.model.id if self.model else None, "differs": list(self.differs),
        }  # fmt: skip


def agree(rules: Iterable[Item], model: Iterable[Item]) -> tuple[Mark, ...]:
    """Which items did both readers read? One mark for every item of the kinds that were asked for.

    Two items are the same if they are of one kind, half of the shorter span (of two events: of
    their triggers) lies in the other, and their labels agree: an event's type, polarity and at
    least one source and one target; a claim's last holder and polarity; a commitment's type and
    one of those bound; one of those who blame and of those blamed; a stake's type and actor.
    """
    told = [item for item in model if type(item) in LABELS]
    kinds = {type(item) for item in told}
    read = sorted((item for item in rules if type(item) in kinds), key=lambda item: item.start)
    pairs = sorted(_pairs(read, told), key=lambda pair: (bool(pair.against), -pair.share))
    mate_r: dict[int, _Pair] = {}
    mate_m: dict[int, _Pair] = {}
    for pair in pairs:
        if pair.rules not in mate_r and pair.model not in mate_m:
            mate_r[pair.rules] = mate_m[pair.model] = pair
    marks = [_mark(item, None, mate_r.get(number)) for number, item in enumerate(read)]
    marks += [_mark(None, item, mate_m.get(number)) for number, item in enumerate(told)]
    both = [
        Mark("both", read[p.rules], told[p.model], p.lesser)
        for p in mate_r.values()
        if not p.against
    ]
    return tuple(sorted((*both, *filter(None, marks)), key=_start))


@dataclass(frozen=True, slots=True)
class _Pair:
    rules: int
    model: int
    share: float
    against: tuple[str, ...]
    lesser: tuple[str, ...]


def _mark(rules: Item | None, model: Item | None, pair: _Pair | None) -> Mark | None:
    """The mark of an item that the other reader did not read; None if it did."""
    if pair is not None and not pair.against:
        return None
    return Mark("rules" if rules else "model", rules, model, pair.against if pair else ())


def _start(mark: Mark) -> tuple[int, str]:
    item = mark.rules or mark.model
    assert item is not None
    return item.start, mark.read_by


def _pairs(read: Sequence[Item], told: Sequence[Item]) -> Iterable[_Pair]:
    starts = [item.start for item in read]
    longest = max((item.end - item.start for item in read), default=0)
    for number, item in enumerate(told):
        first = bisect_left(starts, item.start - longest)
        for place in range(first, bisect_left(starts, item.end)):
            other = read[place]
            if type(other) is type(item) and (share := _share(other, item)) >= OVERLAP:
                yield _Pair(place, number, share, *_labels(other, item))


def _share(a: Item, b: Item) -> float:
    first, second = _span(a, b), _span(b, a)
    common = min(first[1], second[1]) - max(first[0], second[0])
    return common / max(min(first[1] - first[0], second[1] - second[0]), 1)


def _span(item: Item, other: Item) -> tuple[int, int]:
    if isinstance(item, Event) and isinstance(other, Event) and item.trigger and other.trigger:
        return item.trigger.start, item.trigger.end
    if isinstance(item, Thesis):
        return item.consequent.start, item.consequent.end
    return item.start, item.end


def _labels(a: Item, b: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Labels that keep two items apart, and lesser ones that differ."""
    against = tuple(name for name, same in LABELS[type(a)].items() if not same(a, b))
    lesser = tuple(n for n in LESSER.get(type(a), ()) if getattr(a, n) != getattr(b, n))
    return against, lesser


def _equal(name: str) -> Callable[[Any, Any], bool]:
    return lambda a, b: getattr(a, name) == getattr(b, name)


def _shared(name: str) -> Callable[[Any, Any], bool]:
    def same(a: Any, b: Any) -> bool:
        one, other = set(getattr(a, name)), set(getattr(b, name))
        return bool(one & other) or one == other

    return same


LABELS: Mapping[type[Item], Mapping[str, Callable[[Any, Any], bool]]] = {
    Event: {"type": _equal("type"), "source": _shared("source"), "target": _shared("target"),
            "polarity": _equal("polarity")},
    Claim: {"holders": lambda a, b: a.holders[-1:] == b.holders[-1:],
            "polarity": _equal("polarity")},
    Commitment: {"type": _equal("type"), "by": _shared("by")},
    Blame: {"by": _shared("by"), "at": _shared("at")},
    Thesis: {},
    Stake: {"type": _equal("type"), "actor": _equal("actor")},
}  # fmt: skip
LESSER: Mapping[type[Item], tuple[str, ...]] = {
    Event: ("source", "target", "modality"), Claim: ("holders",), Commitment: ("by",),
    Blame: ("by", "at"),
}  # fmt: skip
