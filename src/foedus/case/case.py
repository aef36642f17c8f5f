"""A case: everything known about one pact at one date."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from foedus.case.errors import CaseError, Problem
from foedus.case.labels import label
from foedus.case.models import (
    Actor,
    Assumption,
    Evidence,
    Hypothesis,
    Indicator,
    Outcome,
    Pact,
    Pooling,
    Scenario,
    Source,
)
from foedus.case.nearest import did_you_mean, quoted
from foedus.case.placing import placed
from foedus.case.quantity import Quantity, quantities
from foedus.case.section import Head, Section
from foedus.case.tree import Place, dotted
from foedus.case.validation import Faults, validated


@dataclass(frozen=True, eq=False)
class Case:
    """Everything known about one pact at one date, with a question and a horizon."""

    head: Head
    sections: Mapping[str, Section]
    data: Mapping[str, Any] = field(repr=False)
    marks: Mapping[Place, int] = field(repr=False)
    path: Path | None
    sections_known: Mapping[str, type[Section]] = field(repr=False)

    @property
    def id(self) -> str:
        """The id of the case."""
        return self.head.id

    @property
    def title(self) -> str:
        """Its title."""
        return self.head.title

    @property
    def question(self) -> str:
        """The question it asks."""
        return self.head.question

    @property
    def as_of(self) -> dt.date:
        """The date of the judgement."""
        return self.head.as_of

    @property
    def horizon(self) -> dt.date:
        """The date the question asks about."""
        return self.head.horizon

    @property
    def sources(self) -> Mapping[str, Source]:
        """Where the evidence comes from."""
        return self.head.sources

    @property
    def evidence(self) -> Mapping[str, Evidence]:
        """The reported facts and claims."""
        return self.head.evidence

    @property
    def actors(self) -> Mapping[str, Actor]:
        """Who takes part."""
        return self.head.actors

    @property
    def pact(self) -> Pact:
        """The alliance in question."""
        return self.head.pact

    @property
    def assumptions(self) -> Mapping[str, Assumption]:
        """The statements the judgement rests on."""
        return self.head.assumptions

    @property
    def hypotheses(self) -> Mapping[str, Hypothesis]:
        """The rival answers."""
        return self.head.hypotheses

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """What to watch for."""
        return self.head.indicators

    @property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The named what-ifs."""
        return self.head.scenarios

    @property
    def pooling(self) -> Pooling:
        """How the lenses that speak of the pact's survival are put together."""
        return self.head.pooling

    @property
    def outcome(self) -> Outcome | None:
        """What came of it, if it is known."""
        return self.head.outcome

    @cached_property
    def hash(self) -> str:
        """A fingerprint of what the case says; comments, order and spelling do not change it.

        The outcome is left out: a judgement stays the same when its end becomes known.
        """
        head = self.head.model_copy(update={"outcome": None})
        content = {
            name: part.model_dump(mode="json", exclude_defaults=True)
            for name, part in {"": head, **self.sections}.items()
        }
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def quantities(self) -> dict[str, Quantity]:
        """Which quantities does the case hold? Path to quantity, sorted by path."""
        found = (pair for name, part in self.sections.items() for pair in quantities(part, name))
        return dict(sorted(found))

    def with_values(self, values: Mapping[str, object]) -> Case:
        """Return the case with values set at dotted paths, validated from scratch.

        A plain number set on a quantity replaces it by a fixed number. Raises ``CaseError`` that
        names each wrong value as ``--set PATH``.
        """
        return self._with(values, "--set", None, ())

    def scenario(self, name: str) -> Case:
        """Return the case as a named scenario changes it.

        Raises ``CaseError`` if there is no such scenario.
        """
        if name not in self.scenarios:
            hint = did_you_mean(name, self.scenarios) or ", the case has none"
            message = f"there is no scenario {quoted(name)}{hint}"
            raise CaseError([Problem(self.file, None, "scenarios", message)])
        at: Place = ("scenarios", name)
        return self._with(self.scenarios[name].values, self.file, self.line(at), at)

    def without_outcome(self) -> Case:
        """Return the case without what came of it, as lenses are given it."""
        if self.outcome is None:
            return self
        data = {key: value for key, value in self.data.items() if key != "outcome"}
        return replace(self, head=self.head.model_copy(update={"outcome": None}), data=data)

    def label(self, path: str) -> str:
        """Say the path of a quantity as people do: ``Russia: stake``."""
        return label(path, self.sections, {key: actor.name for key, actor in self.actors.items()})

    @property
    def file(self) -> str:
        """The name of the file the case was read from, or its id."""
        return str(self.path) if self.path is not None else self.id

    def line(self, place: Place) -> int:
        """On which line does a place of the case stand? The nearest place above it that has one."""
        return nearest_line(self.marks, place)

    def _with(self, values: Mapping[str, object], file: str, line: int | None, at: Place) -> Case:
        data: dict[str, Any] = dict(self.data)
        problems: list[Problem] = []
        prefix = f"{dotted(at)}." if at else ""
        for path, value in values.items():
            try:
                data = placed(data, path, value)
            except KeyError as error:
                message = f"{quoted(error.args[0])} holds no further keys"
                problems.append(Problem(file, line, prefix + path, message))
            except TypeError as error:
                problems.append(Problem(file, line, prefix + path, str(error)))
        try:
            head, sections = validated(data, self.sections_known)
        except Faults as error:
            problems += [self._blame(f, m, values, (file, line, prefix)) for f, m in error.faults]
        if problems:
            raise CaseError(problems)
        return replace(self, head=head, sections=sections, data=data)

    def _blame(
        self,
        place: Place,
        message: str,
        values: Mapping[str, object],
        setter: tuple[str, int | None, str],
    ) -> Problem:
        """Lay a fault on the value set there, or near there: without the values there was none."""
        file, line, prefix = setter
        where = dotted(place)
        near = [path for path in values if _related(path, where)] or list(values)
        path = max(near, key=len, default="")
        if where and not f"{path}.".startswith(f"{where}."):
            message = f"{where}: {message}"
        return Problem(file, line, prefix + path, message)


def _related(path: str, where: str) -> bool:
    return f"{path}.".startswith(f"{where}.") or f"{where}.".startswith(f"{path}.")


def nearest_line(marks: Mapping[Place, int], place: Place) -> int:
    """Return the line of a place, or of the nearest place above it that has one."""
    while place and place not in marks:
        place = place[:-1]
    return marks.get(place, 1)
