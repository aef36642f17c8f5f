"""What differs between two cases: quantities, in groups, and all else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from foedus.case import Case, Quantity

BY = ("quantity", "actor", "section")
"""What changed quantities can be put together by."""

Changes = dict[str, tuple[Quantity | None, Quantity | None]]


@dataclass(frozen=True)
class Group:
    """Changed quantities that are credited together."""

    name: str
    label: str
    paths: tuple[str, ...]


def changed_quantities(old: Case, new: Case) -> Changes:
    """Quantities whose numbers differ, or that only one of the cases has, by path."""
    before, after = old.quantities(), new.quantities()
    out = {}
    for path in sorted({*before, *after}):
        was, now = before.get(path), after.get(path)
        if was is None or now is None or numbers(was) != numbers(now):
            out[path] = (was, now)
    return out


def grouped(paths: Iterable[str], by: str, case: Case) -> tuple[Group, ...]:
    """Put quantities together: each alone, by the actor whose they are, or by section.

    A quantity belongs to the first actor on its path, and alone to itself if there is none there.
    Groups are sorted by name. Raises ValueError for another way to put them together.
    """
    if by not in BY:
        raise ValueError(f"by {by!r}: one of {', '.join(BY)} would be right")
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        parts = path.split(".")
        actor = next((part for part in parts[1:] if part in case.actors), path)
        name = {"quantity": path, "actor": actor, "section": parts[0]}[by]
        found.setdefault(name, []).append(path)
    return tuple(
        Group(name, _label(name, inside, case), tuple(inside))
        for name, inside in sorted(found.items())
    )


def _label(name: str, paths: list[str], case: Case) -> str:
    if name in paths:
        return case.label(name)
    return case.actors[name].name if name in case.actors else name.replace("_", " ")


def settings(case: Case, section: str) -> dict[str, object]:
    """What a section says besides quantities: dotted path to value."""
    if section not in case.sections:
        return {}
    skip = {path.removeprefix(f"{section}.") for path in case.quantities()}
    return dict(_leaves(case.sections[section].model_dump(mode="json"), "", skip))


def _leaves(value: object, path: str, skip: set[str]) -> Iterator[tuple[str, object]]:
    if path in skip:
        return
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}" if path else str(key), skip)
    elif value is not None and value != {}:
        yield path, value


def numbers(quantity: Quantity) -> tuple[float, float, float]:
    """Mode, low and high."""
    return quantity.mode, quantity.low, quantity.high


def span(quantity: Quantity | None) -> str:
    """A quantity's numbers for people."""
    if quantity is None:
        return "not there"
    if quantity.fixed:
        return f"{quantity.mode:g}"
    return f"{quantity.mode:g} ({quantity.low:g} to {quantity.high:g})"


def other_changes(old: Case, new: Case) -> tuple[str, ...]:
    """What else differs between two cases, in words."""
    out = []
    for key in ("question", "as_of", "horizon"):
        was, now = getattr(old, key), getattr(new, key)
        if was != now:
            out.append(f"{key}: {was} → {now}")
    if old.pact != new.pact:
        out.append("the pact: its members, holds_while or opponents")
    for section in sorted({*old.sections, *new.sections}):
        was, now = settings(old, section), settings(new, section)
        for key in sorted({*was, *now}):
            if was.get(key) != now.get(key):
                out.append(f"{section}.{key}: {was.get(key)} → {now.get(key)}")
    for key in ("evidence", "sources", "assumptions", "hypotheses", "indicators", "scenarios"):
        was, now = getattr(old, key), getattr(new, key)
        added, gone = [i for i in now if i not in was], [i for i in was if i not in now]
        differ = [i for i in now if i in was and now[i] != was[i]]
        for what, ids in (("added", added), ("taken away", gone), ("changed", differ)):
            if ids:
                out.append(f"{key} {what}: {', '.join(ids)}")
    return tuple(out)
