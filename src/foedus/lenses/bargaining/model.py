"""The bargaining section of a case: issues, and who wants what on each, how much, with what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from foedus.case import Head, Quantity, Range, Section
from foedus.case.fields import Id, Ids, Text
from foedus.case.nearest import did_you_mean, quoted
from foedus.case.part import Part
from foedus.case.quantity import Number
from foedus.case.tree import Place

Share = Annotated[Quantity, Range(0, 1)]
Positive = Annotated[Quantity, Range(0, open_least=True)]

VariantName = Literal[
    "pce",
    "pce:conditional",
    "pce:markov-incentive",
    "wmean",
    "wmedian",
    "nbs",
    "smp:ktab",
    "smp:abstain",
    "eum:scholz-code",
    "eum:printed",
    "eum:eu-first",
]
"""The models there are, as `foedus.lenses.bargaining.variants` has them."""


class Point(Part):
    """What a place on a scale means, in words."""

    at: Number
    says: Text


class Scale(Part):
    """The line an issue is about, with the places on it that mean something."""

    low: Number
    high: Number
    points: dict[Id, Point] = Field(default_factory=dict, max_length=100)

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if not self.low < self.high:
            raise ValueError(f"low {self.low:g} is not below high {self.high:g}")
        return self

    @property
    def span(self) -> Range:
        """From end to end."""
        return Range(self.low, self.high)


class Accepts(Part):
    """The settlements an actor can live with; beyond are its red lines."""

    least: Quantity | None = None
    most: Quantity | None = None
    because: Ids = ()
    note: Text | None = None


class Stand(Part):
    """Where an actor stands on an issue."""

    position: Quantity | None = None
    """What it works for, on the issue's scale."""
    salience: Share | None = None
    """How much of its attention and means it would spend on this issue."""
    capability: Positive | None = None
    """What it can bring to bear on this issue, where that differs from its capability at large."""
    accepts: Accepts | None = None
    note: Text | None = None


class Issue(Part):
    """One thing that is bargained over: a line, and where everybody stands on it."""

    says: Text
    scale: Scale
    reference_point: Quantity | None = None
    """What holds if there is no agreement."""
    actors: dict[Id, Stand] = Field(default_factory=dict, max_length=250)
    because: Ids = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _ranged(self) -> Self:
        """Give everything on the scale the scale as its legal range, so that draws keep to it.

        What lies outside is told with its own place by `problems`.
        """
        span = self.scale.span
        actors = {actor: _on(stand, span) for actor, stand in self.actors.items()}
        # frozen is for readers; the object is still being made
        object.__setattr__(self, "actors", actors)
        object.__setattr__(self, "reference_point", _within(self.reference_point, span))
        return self

    def on_scale(self) -> Iterator[tuple[Place, Quantity]]:
        """Every quantity that is a place on the scale, with its place in the issue."""
        if self.reference_point is not None:
            yield ("reference_point",), self.reference_point
        for actor, stand in self.actors.items():
            if stand.position is not None:
                yield ("actors", actor, "position"), stand.position
            if stand.accepts is not None:
                for end in ("least", "most"):
                    value = getattr(stand.accepts, end)
                    if value is not None:
                        yield ("actors", actor, "accepts", end), value


def _within(quantity: Quantity | None, span: Range) -> Quantity | None:
    if quantity is None:
        return None
    try:
        return span.on(quantity)
    except ValueError:
        return quantity


def _on(stand: Stand, span: Range) -> Stand:
    accepts = stand.accepts
    if accepts is not None:
        ends = {end: _within(getattr(accepts, end), span) for end in ("least", "most")}
        accepts = accepts.model_copy(update=ends)
    return stand.model_copy(update={"position": _within(stand.position, span), "accepts": accepts})


class Bargaining(Section):
    """What the bargaining lens needs.

    Every issue is a game of its own: an actor's saliences over the issues need not sum to 1, and
    nothing is traded between issues.
    """

    capability: dict[Id, Positive] = Field(default_factory=dict)
    """What each actor can bring to bear, in any unit; an issue may overrule it."""
    issues: dict[Id, Issue] = Field(default_factory=dict, max_length=50)
    variant: VariantName = "pce"
    """The model whose settlement is the headline's."""

    def capability_of(self, issue: str, actor: str) -> tuple[str, Quantity] | None:
        """An actor's capability on an issue, with its path; None if nobody judged it."""
        own = self.issues[issue].actors[actor].capability
        if own is not None:
            return f"bargaining.issues.{issue}.actors.{actor}.capability", own
        at_large = self.capability.get(actor)
        return None if at_large is None else (f"bargaining.capability.{actor}", at_large)

    def lacking(self) -> tuple[str, ...]:
        """The parts without which there is no game, as paths."""
        if not self.issues:
            return ("bargaining.issues",)
        out = []
        for name, issue in self.issues.items():
            here = f"bargaining.issues.{name}"
            if len(issue.actors) < 2:
                out.append(f"{here}.actors: at least two")
            for actor, stand in issue.actors.items():
                for key in ("position", "salience"):
                    if getattr(stand, key) is None:
                        out.append(f"{here}.actors.{actor}.{key}")
                if self.capability_of(name, actor) is None:
                    out.append(f"bargaining.capability.{actor}")
        return tuple(dict.fromkeys(out))

    def problems(self, head: Head) -> Iterator[tuple[Place, str]]:
        """What lies outside its scale, and who is no actor of the case."""
        known = tuple(head.actors)
        for actor in self.capability:
            if actor not in head.actors:
                yield ("capability", actor), _nobody(actor, known)
        for name, issue in self.issues.items():
            for actor in issue.actors:
                if actor not in head.actors:
                    yield ("issues", name, "actors", actor), _nobody(actor, known)
            for place, message in _misplaced(issue):
                yield ("issues", name, *place), message


def _nobody(actor: str, known: tuple[str, ...]) -> str:
    return f"there is no actor {quoted(actor)}{did_you_mean(actor, known)}"


def _misplaced(issue: Issue) -> Iterator[tuple[Place, str]]:
    span = issue.scale.span
    for name, point in issue.scale.points.items():
        if point.at not in span:
            yield ("scale", "points", name, "at"), f"{point.at:g} should be {span}"
    for place, quantity in issue.on_scale():
        try:
            span.on(quantity)
        except ValueError as error:
            yield place, f"{error}, the issue's scale"
    for actor, stand in issue.actors.items():
        ends = stand.accepts
        if ends is None or ends.least is None or ends.most is None:
            continue
        least, most = ends.least.mode, ends.most.mode
        if least > most:
            yield (
                ("actors", actor, "accepts"),
                f"least {least:g} is above most {most:g}; least ≤ most would be right",
            )


def points_of(scale: Scale) -> Mapping[str, Point]:
    """The labelled points, from low to high."""
    return dict(sorted(scale.points.items(), key=lambda pair: pair[1].at))
