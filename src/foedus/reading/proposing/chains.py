"""Who said it and through whom, as the fields of the case want it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.reading.model import Blame, Commitment
from foedus.reading.proposing.folk import NOBODY, Folk
from foedus.reading.proposing.sources import Origin
from foedus.reading.proposing.units import Unit


@dataclass(frozen=True, slots=True)
class Chain:
    """`by` and `through` of an evidence item, and whom the case does not know."""

    by: str | None
    through: tuple[str, ...]
    unknown: tuple[str, ...]


def chain(unit: Unit, origin: Origin, folk: Folk) -> Chain:
    """Turn holders, outermost first, into by (the innermost) and through (those who passed it on).

    The text's own author stands in it if the case has him as an actor. What is excerpted in
    another's text has that text's source before it. A voice the case does not know is named by its
    source, so `unknown` leaves it out.
    """
    names = [one for one in unit.holders if one not in NOBODY]
    voice = origin.speaker
    if voice is None and origin.container is None:
        names = [*(name for name in NOBODY[::-1] if name in folk.case.actors), *names]
        names = names[:1] + [n for n in names[1:] if n not in NOBODY]
    elif voice is not None:
        at = next((n for n, name in enumerate(names) if folk.kin(name, voice)), None)
        names = names[at:] if at is not None else [voice, *names]
    if (accuser := _accuser(unit, folk, names)) is not None:
        names.append(accuser)
    known = [folk.id(name) for name in names]
    unknown = tuple(
        name for name, id_ in zip(names, known, strict=True) if id_ is None and name != voice
    )
    kept = list(dict.fromkeys(id_ for id_ in known if id_ is not None))
    by = kept[-1] if kept and known[-1] is not None else None
    passed = kept[:-1] if by is not None else kept
    front = (origin.container,) if origin.container is not None else ()
    return Chain(by, (*front, *passed), unknown)


def _accuser(unit: Unit, folk: Folk, names: list[str]) -> str | None:
    """Who lays a charge or draws a line says so himself, also where the text only sums it up."""
    for item in unit.items[:1]:
        said = isinstance(item, Blame) or (isinstance(item, Commitment) and item.type == "red line")
        by = getattr(item, "by", ())
        if said and by and not any(folk.kin(name, by[0]) for name in names):
            return str(by[0])
    return None
