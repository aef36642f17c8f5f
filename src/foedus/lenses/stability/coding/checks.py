"""What in a section fits no actor, or makes no graph model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from foedus.case.nearest import did_you_mean, quoted
from foedus.case.tree import Place
from foedus.lenses.stability.coding.building import form, rules_of
from foedus.lenses.stability.coding.feasible import ContradictionError, TooLargeError, factors
from foedus.lenses.stability.coding.form import Form
from foedus.lenses.stability.coding.preferences import worth
from foedus.lenses.stability.coding.shape import Fault, shape_faults
from foedus.lenses.stability.model import Stability, StabilityError

SMALL = 1 << 14
"""Models with so many states are built to be checked; larger ones only when they are used."""
ROOM = 1 << 26
"""Bytes that one table may take while a model is checked."""


def faults(section: Stability, actors: Sequence[str] = (), what: str = "actor") -> Iterator[Fault]:
    """Everything wrong that is quickly found; decision makers must be among the actors, if given.

    A model too large to build on the way is checked further only when it is used.
    """
    unknown = _unknown_actors(section, actors, what) if actors else ()
    found = [*unknown, *shape_faults(section)]
    yield from found
    if found or not (section.options or section.states):
        return
    try:
        with suppress(ContradictionError):  # which the form tells with its place
            factors(len(section.options), rules_of(section), limit=8 * SMALL, dms=1)
        built = form(section, limit=ROOM)
    except TooLargeError:
        return
    except StabilityError as error:
        yield error.place, error.message
        return
    for dm in section.preferences:
        yield from _misfit(section, built, dm)


def _misfit(section: Stability, form: Form, dm: str) -> Iterator[Fault]:
    try:
        worth(section, form, dm)
        for name, doubt in section.preferences[dm].unknown.items():
            for side, said in (("between", doubt.between), ("and", doubt.and_)):
                place = ("preferences", dm, "unknown", name, side)
                form.truth(form.statement(said, place), place)
    except StabilityError as error:
        yield error.place, error.message
    except TooLargeError:
        return


def _unknown_actors(section: Stability, actors: Sequence[str], what: str) -> Iterator[Fault]:
    named: list[tuple[Place, str]] = [
        *((("options", name, "by"), option.by) for name, option in section.options.items()),
        *((("moves", dm), dm) for dm in section.moves),
        *((("preferences", dm), dm) for dm in section.preferences),
    ]
    for place, dm in named:
        if dm not in actors:
            yield place, f"there is no {what} {quoted(dm)}{did_you_mean(dm, actors)}"
