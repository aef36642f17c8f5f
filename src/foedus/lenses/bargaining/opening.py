"""A table of actors from a file, or from an issue of a case, ready to be played."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from foedus.case import Case, packaged, quantities
from foedus.case.nearest import did_you_mean, quoted
from foedus.lenses.bargaining.game import GameError
from foedus.lenses.bargaining.interchange.table import Scale, Table
from foedus.lenses.bargaining.model import Bargaining
from foedus.lenses.bargaining.setting import Ground, Setting
from foedus.lenses.bargaining.tables import read_table
from foedus.lenses.bargaining.variants import NAMES
from foedus.lenses.cells import bytes_of
from foedus.lenses.lens import Draws

if TYPE_CHECKING:
    from foedus.lenses.bargaining.account import ActorAccount

CASES = (".yaml", ".yml", "")
MOST_ROUNDS = 1_000
"""The most rounds of the expected-utility model."""


@dataclass(frozen=True, eq=False)
class OpenedTable:
    """A table with what its file says beside it."""

    table: Table
    title: str
    names: Mapping[str, str]
    """What people call the actors."""
    issue: str | None = None
    """The issue of a case it is of; None for a file that is a table."""
    at_modes: bool = False
    """Some numbers are uncertain, and each counts at its most likely value."""
    scale_from: str = "positions"
    """Where the ends of the scale are from: `given`, `file`, or the outermost `positions`."""
    reference: tuple[float, ...] | None = None
    """What holds without agreement, on the scale of the file."""
    labels: Mapping[float, str] = field(default_factory=dict)
    """What places on the scale mean."""

    def account(
        self,
        *,
        variants: Sequence[str] = (),
        rounds: int | None = None,
        reference: Sequence[float] | None = None,
    ) -> ActorAccount:
        """What the models make of it; all of them, or those named.

        `rounds` is of the expected-utility model, `reference` what holds without agreement, a point
        for each dimension. Raises GameError for a variant there is not, and for what does not fit.
        """
        from foedus.lenses.bargaining.account import ActorAccount

        for name in variants:
            if name not in NAMES:
                raise GameError(f"there is no variant {quoted(name)}{did_you_mean(name, NAMES)}")
        if rounds is not None and not 1 <= rounds <= MOST_ROUNDS:
            raise GameError(f"rounds should be from 1 to {MOST_ROUNDS:,}, not {rounds}")
        at = self.reference if reference is None else tuple(reference)
        game = self.table.game(at)
        _refuse_peace(self.table, self.scale_from)
        chosen = tuple(name for name in NAMES if name in variants or not variants)
        return ActorAccount(self, game, chosen, rounds)


def of_file(
    path: str | os.PathLike[str],
    *,
    case: str | None = None,
    issue: str | None = None,
    salience_unit: str = "auto",
    scale: Scale | None = None,
) -> OpenedTable | None:
    """The table in a file; None if it is no such file but a case, or the id of one.

    Raises TableError with the place in the file, and GameError.
    """
    file = Path(path)
    if str(path) in packaged() or file.suffix.lower() in CASES:
        if case is not None or scale is not None or salience_unit != "auto":
            raise GameError(
                f"{path}: is a case, in which --issue chooses and which has its own scale and unit"
            )
        return None
    if issue is not None:
        raise GameError(f"{path}: is a table, in which --case chooses; --issue is of a case")
    table = read_table(path, case=case, salience_unit=salience_unit, scale=scale)
    said = "given" if scale is not None else "file" if _of_ktab(path) else "positions"
    names = {actor: actor for actor in table.actors}
    return OpenedTable(table, table.name, names, scale_from=said)


def of_case(case: Case, issue: str | None = None) -> OpenedTable:
    """The table of a case's issue, every number at its most likely value.

    Raises GameError if the case has none, or several of which none is chosen.
    """
    section = case.sections.get("bargaining")
    if not isinstance(section, Bargaining):
        raise GameError(f"{case.file}: the case has no section bargaining, so no actor table")
    lacking = section.lacking()
    if lacking:
        raise GameError(f"{case.file}: still needs {', '.join(lacking)}")
    ground = _chosen(case, Setting.of(case), issue)
    games = ground.games(Draws.at_modes(case))
    here = ground.issue.scale
    table = Table(
        ground.id, ground.actors, (ground.id,), ground.back(games.positions[0]),
        games.capability[0], games.salience[0], ((here.low, here.high),), "share",
    )  # fmt: skip
    reference = None
    if games.reference is not None:
        reference = tuple(ground.back(games.reference[0]).tolist())
    return OpenedTable(
        table,
        ground.issue.says,
        {actor: case.actors[actor].name for actor in ground.actors},
        ground.id,
        any(not quantity.fixed for _, quantity in quantities(section, "bargaining")),
        "file",
        reference,
        {point.at: point.says for point in here.points.values()},
    )


def _chosen(case: Case, setting: Setting, issue: str | None) -> Ground:
    known = setting.by_id
    if issue is None:
        if len(known) > 1:
            said = did_you_mean("", known, "choose one of them with --issue")
            raise GameError(f"{case.file}: the case has {len(known)} issues{said}")
        return setting.grounds[0]
    if issue not in known:
        raise GameError(
            f"{case.file}: there is no issue {quoted(issue)}{did_you_mean(issue, known)}"
        )
    return known[issue]


def _of_ktab(path: str | os.PathLike[str]) -> bool:
    """Whether a file that was read is one of KTAB, whose scale is from 0 to 100."""
    from foedus.lenses.bargaining.interchange import ktab_csv
    from foedus.lenses.cells import rows_of

    raw = bytes_of(path)
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return True
    return ktab_csv.is_ktab(rows_of(raw, str(path)))


def _refuse_peace(table: Table, scale_from: str) -> None:
    """Where all want the same there is nothing to forecast; one alone settles where it stands."""
    if len(table.actors) < 2:
        if scale_from != "positions":
            return
        raise GameError(
            "there is one actor only, so its position makes no scale; give --scale LOW,HIGH"
        )
    if not np.ptp(table.positions, axis=0).any():
        told = ", ".join(f"{at:g}" for at in table.positions[0])
        raise GameError(f"all actors are at one position, {told}: there is nothing to bargain over")
