"""A game from a file, or from a case, ready to be solved."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.case import Case, packaged, quantities
from foedus.case.nearest import did_you_mean, quoted
from foedus.lenses.dependence.dividing import divided
from foedus.lenses.dependence.game import Floats, Game, GameError, Hedonic
from foedus.lenses.dependence.interchange import read_game
from foedus.lenses.dependence.interchange.sets import partition_of
from foedus.lenses.dependence.setting import at_modes
from foedus.lenses.lens import Draws, Lens, Outcome

if TYPE_CHECKING:
    from foedus.lenses.dependence.account.account import WorthAccount

CASES = (".yaml", ".yml", "")

Partition = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class OpenedWorths:
    """A game with what its file says beside it: transferable worth, preferences, or both."""

    title: str
    names: Mapping[str, str]
    """What people call the members."""
    form: str
    """`worths`, `vote`, `partners`, `sets`, or where a case has its worth from."""
    game: Game | None
    hedonic: Hedonic | None
    payoffs: Floats | None = None
    """How the whole is divided today, if the case says."""
    partition: Partition | None = None
    """Who stands with whom today, if the case says."""
    propensity: Floats | None = None
    """To disrupt `(n,)`, if more is known than worths: what each loses when another goes."""
    at_modes: bool = False
    """Some numbers are uncertain, and each counts at its most likely value."""

    def account(
        self, *, partition: str | None = None, payoffs: Mapping[str, float] | None = None
    ) -> WorthAccount:
        """What is to be said of it.

        `partition` as in `A+B;C` is who stands with whom, by default what the case says or all
        together; `payoffs` how the whole is divided. Raises GameError for what does not fit.
        """
        from foedus.lenses.dependence.account.account import WorthAccount
        from foedus.lenses.dependence.hedonic import masks_of

        if partition is not None and self.hedonic is None:
            raise GameError("nobody's preferences are known, so no --partition can be judged")
        if payoffs is not None and self.game is None:
            raise GameError("no worth is known that payoffs could divide")
        sets = partition_of(partition) if partition is not None else self.partition
        if self.hedonic is not None:
            sets = (self.hedonic.members,) if sets is None else sets
            masks_of(self.hedonic.members, sets)
        shares = self.payoffs
        if self.game is not None and payoffs is not None:
            shares = _shares(self.game, payoffs)
        return WorthAccount(self, shares, sets)


def of_file(
    path: str | os.PathLike[str], *, missing: str = "refuse", quota: float | None = None
) -> OpenedWorths | None:
    """The game in a table; None if it is no table but a case, or the id of one.

    Raises TableError with the place in the file, and GameError.
    """
    if str(path) in packaged() or Path(path).suffix.lower() in CASES:
        if quota is not None or missing != "refuse":
            raise GameError(f"{path}: is a case; --missing and --quota are of tables")
        return None
    found = read_game(path, missing=missing, quota=quota)
    members = (found.game or found.hedonic).members  # type: ignore[union-attr]
    return OpenedWorths(
        "", {member: member for member in members}, found.form, found.game, found.hedonic
    )  # fmt: skip


def of_case(case: Case, lenses: Mapping[str, Lens]) -> OpenedWorths:
    """The game of a case, every number at its most likely value.

    `lenses` are all there are, by name: its worth may come from another's. Raises GameError for a
    case without the section, and for one that still needs something.
    """
    if "dependence" not in case.sections:
        raise GameError(f"{case.file}: the case has no section dependence, so no worths")
    needed = lenses["dependence"].needs(case)
    behind = [deeper for name in needed for deeper in lenses[name].needs(case)]
    asked = ("dependence", *needed, *behind)
    wanted = [each for name in asked for each in lenses[name].missing(case)]
    lacking = tuple(dict.fromkeys(wanted))
    if lacking:
        raise GameError(f"{case.file}: still needs {', '.join(lacking)}")
    modes = Draws.at_modes(case)
    found = at_modes(case, {name: _outcome(name, case, modes, lenses) for name in needed})
    known = {*found.game.members, *(found.hedonic.members if found.hedonic else ())}
    uncertain = any(
        not quantity.fixed
        for name in asked
        for _, quantity in quantities(case.sections[name], name)
    )
    return OpenedWorths(
        case.title,
        {actor: case.actors[actor].name for actor in case.actors if actor in known},
        found.source,
        found.game,
        found.hedonic,
        found.payoffs,
        found.partition,
        found.propensity,
        uncertain,
    )


def _outcome(name: str, case: Case, draws: Draws, lenses: Mapping[str, Lens]) -> Outcome:
    """A lens's outcome, after those of the lenses that it needs."""
    inputs = {need: _outcome(need, case, draws, lenses) for need in lenses[name].needs(case)}
    return lenses[name].run(case, draws, inputs)


def _shares(game: Game, payoffs: Mapping[str, float]) -> Floats:
    """Payoffs by member `(n,)`. Raises GameError if they do not divide what all are worth."""
    for name in payoffs:
        if name not in game.members:
            raise GameError(
                f"payoffs name {quoted(name)}, who is no member{did_you_mean(name, game.members)}"
            )
    without = [member for member in game.members if member not in payoffs]
    if without:
        raise GameError(f"payoffs leave out {', '.join(map(quoted, without))}")
    return divided(game, [payoffs[member] for member in game.members])
