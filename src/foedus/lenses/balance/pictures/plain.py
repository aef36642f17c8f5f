"""A plain signed network as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from foedus.lenses.balance.pictures.network import Actor, Tie, specification
from foedus.lenses.balance.sentences import number
from foedus.lenses.drawing import wrapped
from foedus.lenses.lens import Picture

Row = Mapping[str, Any]


def network_picture(told: Row) -> Picture:
    """A plain signed network in its camps.

    `told` has its `title` and `date`, `actors` with id, name, camp (None: no tie), whether a
    member, and cost of moving, `ties` with the ids between which they are, sign, weight and
    whether strained, the `frustration` and the `line_index`. Raises NetworkError where there is no
    tie.
    """
    seen = [row for row in told["actors"] if row["camp"] is not None]
    place = {row["id"]: i for i, row in enumerate(seen)}
    named = [str(row["name"]) for row in seen]
    twice = {name for name, count in Counter(named).items() if count > 1}
    actors = [
        Actor(
            f"{name} ({row['id']})" if name in twice else name,
            row["camp"],
            row["member"],
            (("cost of moving", row["cost_of_moving"]),),
        )
        for name, row in zip(named, seen, strict=True)
    ]
    ties = [
        Tie(
            place[row["between"][0]],
            place[row["between"][1]],
            friends=row["sign"] > 0,
            weight=row["weight"],
            strain=row["weight"] if row["strained"] else 0.0,
        )
        for row in told["ties"]
    ]
    spec, said = specification(actors, ties)
    alone = len(told["actors"]) - len(seen)
    parts = [_found(told), said]
    if alone:
        parts.append(f"{alone:,} actor{'s' if alone > 1 else ''} without ties not drawn.")
    title = " · ".join(wrapped(str(x), 90, 1) for x in (told["title"], told["date"]) if x)
    return Picture(
        "network", f"Who stands with whom?{f' {title}' if title else ''}", " ".join(parts), spec
    )


def _found(told: Row) -> str:
    """The frustration in a sentence."""
    found, index = told["frustration"], told["line_index"]
    least = "" if found["proved"] else f" at most, and {number(found['bound'])} at least,"
    line = "" if index is None else f" (line index {index:.2f})"
    same = found["optima"] if found["optima"] is not None else found["optima_least"]
    others = f" One of {same:,} equally good divisions." if same > 1 else ""
    return (
        f"In {told['question_camps']} camps or fewer a weight of {number(found['value'])}{least} is"
        f" left unexplained{line}: the broad ties in colour, the wider the more weight.{others}"
    )
