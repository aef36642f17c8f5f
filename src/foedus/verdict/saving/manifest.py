"""What a saved run says of itself, and whether this foedus can read it."""

from __future__ import annotations

import platform
import re
from collections.abc import Mapping
from importlib.metadata import version
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from foedus import __version__
from foedus.case.nearest import quoted
from foedus.case.part import Part
from foedus.case.tree import dotted
from foedus.case.validation import Fault, typed
from foedus.ensemble.draws import FEWEST, MOST
from foedus.lenses.table import LENSES
from foedus.verdict.saving.container import SavedRunError

FORMAT = 1
"""The format of saved runs that this version writes and reads."""

_NUMBERS = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}", re.ASCII)


def _power_of_two(value: int | str) -> int | str:
    if isinstance(value, int) and not (FEWEST <= value <= MOST and value & (value - 1) == 0):
        raise ValueError(f"should be auto or a power of two from {FEWEST} to {MOST}")
    return value


def _there(name: str) -> str:
    if name not in LENSES:
        raise ValueError(f"there is no lens {quoted(name)}; there are: {', '.join(LENSES)}")
    return name


Word = Annotated[str, StringConstraints(pattern=r"^[^\n\r\t]*$", min_length=1, max_length=1000)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Options(Part):
    """What was asked of `analyze`, as plain data; what is not there was not asked."""

    draws: Annotated[int | Literal["auto"], AfterValidator(_power_of_two)] = 512
    scenario: Word | None = None
    set: dict[Word, Any] = Field(default_factory=dict)
    lenses: tuple[Annotated[Word, AfterValidator(_there)], ...] | None = None
    compare_scenarios: bool = True
    tolerance: Annotated[float, Field(gt=0.0, le=1.0)] = 0.01
    most: Annotated[int, AfterValidator(_power_of_two)] = 8192
    evidence: bool = True


class CaseNamed(Part):
    """The case as it was given, by its id and fingerprint."""

    id: Word
    hash: Digest


class Manifest(Part):
    """What a saved run says of itself.

    `case` is the case before a scenario or values changed it, `columns` are the names of the
    table's, `sha256` the fingerprints of the other members.
    """

    format: Literal[1]
    foedus: Word
    versions: dict[Word, Word]
    case: CaseNamed
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    options: Options
    draws: Annotated[int, Field(ge=1, le=MOST)]
    columns: Annotated[tuple[Word, ...], Field(min_length=1)]
    sha256: dict[Word, Digest]


def versions_here() -> dict[str, str]:
    """The versions that numbers may depend on to 1e-9, and the kind of processor."""
    libraries = {name: version(name) for name in ("numpy", "scipy", "numba")}
    return {"python": platform.python_version(), **libraries, "machine": platform.machine()}


def manifest_of(data: dict[str, Any], file: str) -> Manifest:
    """A manifest, checked. Raises SavedRunError with the first thing that is wrong."""
    _check_version(data, file)
    faults: list[Fault] = []
    manifest = typed(Manifest, data, (), faults)
    if manifest is None:
        place, message = faults[0]
        where = f"{dotted(place)}: " if place else ""
        raise SavedRunError(f"{file}: manifest.json: {where}{' '.join(message.splitlines())}")
    return manifest


def _check_version(data: Mapping[str, Any], file: str) -> None:
    """Refuse what a later foedus saved: what it means is not known here."""
    saved, form = data.get("foedus"), data.get("format")
    if not (isinstance(saved, str) and type(form) is int and _NUMBERS.match(saved)):
        raise SavedRunError(f"{file}: manifest.json does not say which foedus saved it")
    here = f"this is foedus {__version__}"
    if form > FORMAT:
        raise SavedRunError(
            f"{file} was saved by foedus {saved[:40]} in format {str(form)[:12]};"
            f" {here}, which reads format {FORMAT}: update foedus"
        )
    if _numbers(saved) > _numbers(__version__):
        raise SavedRunError(f"{file} was saved by foedus {saved[:40]}; {here}: update foedus")


def _numbers(told: str) -> tuple[int, ...]:
    match = _NUMBERS.match(told)
    assert match is not None
    numbers = [int(part) for part in match.group().split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))
