"""Bare model files: a conflict without a case around it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from foedus.case import CaseError, Problem
from foedus.case.case import nearest_line
from foedus.case.fields import Id, Title
from foedus.case.guard import checked, decoded
from foedus.case.nearest import did_you_mean
from foedus.case.part import Part
from foedus.case.reading import file_bytes
from foedus.case.translate import found
from foedus.case.tree import Place, dotted, read
from foedus.case.validation import MOST_FAULTS, typed
from foedus.lenses.stability.coding.checks import faults
from foedus.lenses.stability.coding.shape import Fault
from foedus.lenses.stability.model import Stability, StabilityError


class Around(Part):
    """What a case would say around the section."""

    title: Title | None = None
    decision_makers: dict[Id, Title] = Field(default_factory=dict)
    """What people call them."""


@dataclass(frozen=True, eq=False)
class BareModel:
    """A stability section in a file of its own."""

    section: Stability
    title: str
    names: Mapping[str, str]
    """What people call the decision makers, for those of which the file says it."""
    file: str
    marks: Mapping[Place, int] = field(repr=False)

    def line(self, place: Place) -> int:
        """On which line does a place of the section stand?"""
        return nearest_line(self.marks, place)

    def blamed(self, error: StabilityError) -> CaseError:
        """The error with the file and the line it is about."""
        return _error(self.file, self.marks, [(error.place, error.message)])


def read_model(path: str | os.PathLike[str]) -> BareModel:
    """Return the model in a file: the content of a section `stability` at top level.

    It may also hold a `title` and, as `decision_makers`, their ids and names. Raises `CaseError`
    with every problem of the file.
    """
    return _model(decoded(file_bytes(Path(path)), str(path)), str(path))


def model_of(text: str, name: str = "<text>") -> BareModel:
    """Return the model in a text; `name` stands for the file in errors. Raises `CaseError`."""
    return _model(checked(text, name), name)


def _model(text: str, file: str) -> BareModel:
    tree = read(text, file)
    if not isinstance(tree.data, dict):
        said = "is empty" if tree.data is None else f"should be a mapping, not {found(tree.data)}"
        raise _error(file, tree.marks, [((), f"{said}; a model begins with 'options:'")])
    wrong: list[Fault] = []
    head = {key: value for key, value in tree.data.items() if key in Around.model_fields}
    rest = {key: value for key, value in tree.data.items() if key not in head}
    around = typed(Around, head, (), wrong)
    section = typed(Stability, rest, (), wrong)
    if around is not None and section is not None:
        wrong += _judged(section, around)
        if not wrong:
            names = around.decision_makers
            return BareModel(section, around.title or "", names, file, tree.marks)
    raise _error(file, tree.marks, wrong[:MOST_FAULTS])


def _judged(section: Stability, around: Around) -> list[Fault]:
    """What does not fit together; who only watches has to be among the `decision_makers`."""
    movers = [option.by for option in section.options.values()] or list(section.moves)
    people = tuple(around.decision_makers or dict.fromkeys(movers))
    wrong = list(faults(section, people, "decision maker"))
    for name in around.decision_makers:
        if name not in section.decision_makers:
            hint = did_you_mean(name, section.decision_makers)
            message = f"'{name}' has neither options nor preferences{hint}"
            wrong.append((("decision_makers", name), message))
    for path in section.lacking():
        key = path.removeprefix("stability.")
        wrong.append(((key.split(".")[0],), f"missing key '{key}'"))
    return wrong


def _error(file: str, marks: Mapping[Place, int], wrong: list[Fault]) -> CaseError:
    problems = (Problem(file, nearest_line(marks, p), dotted(p), message) for p, message in wrong)
    return CaseError(sorted(problems, key=lambda problem: problem.line or 0))
