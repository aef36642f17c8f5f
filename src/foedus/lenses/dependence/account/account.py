"""What is to be said of one game, as plain data: how to share it, and who would stand with whom."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from foedus.case import write_atomically
from foedus.lenses.dependence.account import written
from foedus.lenses.dependence.account.opening import OpenedWorths, Partition
from foedus.lenses.dependence.game import Floats, GameError, named
from foedus.lenses.dependence.hedonic import (
    MOST,
    NOTIONS,
    Reason,
    Stability,
    StablePartitions,
    stability,
    stable_partitions,
)
from foedus.lenses.dependence.kernel import values
from foedus.lenses.dependence.moving import Path, path
from foedus.lenses.dependence.solutions import (
    Division,
    Solutions,
    Transfers,
    judge,
    solve,
    transfers,
)
from foedus.lenses.lens import Picture

POINTS = ("equal", "shapley", "banzhaf", "tau", "gately", "nucleolus", "prenucleolus", "kernel")
"""Ways to share the whole, in the order in which they are told."""
PATHS = ("nash", "individual")
"""The kinds of moves whose paths are followed from the partition asked about."""
WRITTEN = 12
"""The most members whose sets' worths are written out."""

Facts = dict[str, Any]


@dataclass(frozen=True, eq=False)
class WorthAccount:
    """Everything asked about one game. Each part is worked out when it is first looked at."""

    opened: OpenedWorths
    payoffs: Floats | None
    """How the whole is divided, if that is known."""
    partition: Partition | None
    """Who stands with whom; None where nobody's preferences are known."""

    @property
    def members(self) -> tuple[str, ...]:
        """Those whose worth is known, else those whose preferences are."""
        found = self.opened.game or self.opened.hedonic
        assert found is not None
        return found.members

    @cached_property
    def solutions(self) -> Solutions | None:
        """Every solution; None where no worth is known."""
        return None if self.opened.game is None else solve(self.opened.game)

    @cached_property
    def divisions(self) -> dict[str, Division]:
        """The ways to share that there are, the payoffs asked about first."""
        if self.solutions is None or self.opened.game is None:
            return {}
        found = self.solutions.divisions
        today = {} if self.payoffs is None else {"payoffs": judge(self.opened.game, self.payoffs)}
        return today | {name: found[name] for name in POINTS if name in found}

    @cached_property
    def transfers(self) -> Transfers | None:
        """What would have to change hands for nobody to leave; None where that cannot be said."""
        if self.opened.game is None or self.payoffs is None or self._untransferable:
            return None
        return transfers(self.opened.game, self.payoffs)

    @property
    def _untransferable(self) -> str:
        """Why nothing is said of transfers; empty where it is."""
        if self.solutions is None or self.payoffs is None:
            return "no payoffs are given"
        if self.solutions.core is None:
            return self.solutions.reasons.get("core", "")
        return "the core is empty" if self.solutions.core.empty else ""

    @cached_property
    def stability(self) -> Stability | None:
        """What is to be said of the partition."""
        if self.opened.hedonic is None or self.partition is None:
            return None
        return stability(self.opened.hedonic, self.partition)

    @cached_property
    def stable(self) -> StablePartitions | None:
        """Every partition; None with more than 10 members."""
        hedonic = self.opened.hedonic
        if hedonic is None or len(hedonic.members) > MOST:
            return None
        return stable_partitions(hedonic)

    @cached_property
    def paths(self) -> dict[str, Path]:
        """Where single moves lead from the partition, by what moves are made."""
        if self.opened.hedonic is None or self.partition is None:
            return {}
        return {kind: path(self.opened.hedonic, self.partition, kind) for kind in PATHS}

    @cached_property
    def alone(self) -> dict[str, float]:
        """What each member is worth by itself; empty where no worth is known."""
        return self._by_member(values.alone)

    @cached_property
    def marginal(self) -> dict[str, float]:
        """What each adds to the others: their loss if it leaves."""
        return self._by_member(values.marginal)

    def _by_member(self, rule: Any) -> dict[str, float]:
        game = self.opened.game
        if game is None:
            return {}
        return dict(zip(game.members, rule(game.worth[None])[0].tolist(), strict=True))

    @property
    def propensity(self) -> dict[str, float | None] | None:
        """To disrupt, by member: of a case by what each loses, else of the Shapley value's shares.

        None for a member who would lose nothing itself, and where no worths are known.
        """
        given = self.opened.propensity
        if given is None:
            shapley = self.divisions.get("shapley")
            return None if shapley is None else shapley.propensity
        numbers = [float(value) if np.isfinite(value) else None for value in given]
        return dict(zip(self.members, numbers, strict=True))

    @property
    def reasons(self) -> dict[str, str]:
        """By name of what is not told: why."""
        out = {} if self.solutions is None else dict(self.solutions.reasons)
        if self.solutions is None:
            out["solutions"] = "no worth of sets is known, only who would rather stand with whom"
        elif self.transfers is None:
            out["transfers"] = self._untransferable
        if len(self.members) > WRITTEN and self.solutions is not None:
            out["worth"] = f"sets of more than {WRITTEN} members are not written out"
        if self.opened.hedonic is None:
            out["hedonic"] = "nobody's preferences among sets are known"
        elif self.stable is None:
            out["hedonic.stable"] = f"all partitions are gone through for up to {MOST} members"
        return out

    def to_dict(self) -> Facts:
        """As plain data, in the documented shape."""
        found, opened = self.solutions, self.opened
        return {
            "title": opened.title,
            "form": opened.form,
            "at_modes": opened.at_modes,
            "members": list(self.members),
            "names": dict(opened.names),
            "total": None if opened.game is None else float(opened.game.worth[-1]),
            "worth": self._worth(),
            "solutions": None if found is None else self._points(found),
            "divisions": {name: written.of_division(one) for name, one in self.divisions.items()},
            "properties": {} if found is None else {
                name: asdict(one) for name, one in found.properties.items()
            },
            "propensity_to_disrupt": self.propensity,
            "payoffs": self.divisions["payoffs"].payoffs if "payoffs" in self.divisions else None,
            "transfers": self.transfers and asdict(self.transfers),
            "hedonic": self._hedonic(),
            "reasons": self.reasons,
        }  # fmt: skip

    def _worth(self) -> dict[str, float] | None:
        game = self.opened.game
        if game is None or len(game.members) > WRITTEN:
            return None
        return {
            "+".join(named(game.members, mask)): float(game.worth[mask])
            for mask in range(1, game.worth.size)
        }

    def _points(self, found: Solutions) -> Facts:
        out: Facts = {name: self._point(name) for name in POINTS}
        out["banzhaf_raw"] = found.banzhaf_raw
        out["least_core"] = out["core"] = None
        if found.core is not None:
            out["least_core"] = {
                "epsilon": found.core.epsilon,
                "point": found.core.point,
                "binding": written.of_sets(found.core),
            }
            out["core"] = written.of_core(found.core)
        return out

    def _point(self, name: str) -> dict[str, float] | None:
        return self.divisions[name].payoffs if name in self.divisions else None

    def _hedonic(self) -> Facts | None:
        if self.opened.hedonic is None or self.stability is None:
            return None
        stable = self.stable
        return {
            "members": list(self.opened.hedonic.members),
            "partition": written.as_lists(self.stability.partition),
            "utility": dict(self.stability.utility),
            "holds": self.stability.holds,
            "reasons": {
                notion: reason and written.of_reason(reason)
                for notion, reason in self.stability.reasons.items()
            },
            "partitions": stable and stable.partitions,
            "stable": stable and {notion: written.of_stable(stable, notion) for notion in NOTIONS},
            "paths": {kind: written.of_path(one) for kind, one in self.paths.items()},
        }

    def table(self) -> Iterator[Sequence[str | float]]:
        """A head and rows: every division by member, or every partition and how stable it is.

        Raises GameError where there are too many partitions to write.
        """
        if self.solutions is not None:
            yield "division", "member", "payoff"
            for name, one in self.divisions.items():
                for member, payoff in one.payoffs.items():
                    yield name, member, payoff
            return
        if self.stable is None:
            raise GameError(f"all partitions are written for up to {MOST} members")
        yield "partition", *NOTIONS
        for string, code in zip(*self.stable.survey, strict=True):
            sets = ";".join("+".join(each) for each in self.stable.partition(string))
            yield sets, *("no" if code >> k & 1 else "yes" for k in range(len(NOTIONS)))

    def write_table(self, path: str) -> None:
        """Write `table` as CSV. Raises OSError and GameError."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(self.table())
        write_atomically(path, out.getvalue())

    def picture(self) -> Picture:
        """The game as a picture. Raises GameError where there is nothing to draw."""
        from foedus.lenses.dependence.pictures.lens import table_picture

        return table_picture(self.pictured())

    def pictured(self) -> Facts:
        """What a picture is drawn from."""
        told, found = self.to_dict(), self.solutions
        keys = ("title", "members", "names", "worth", "total", "payoffs")
        out: Facts = {key: told[key] for key in keys} | {"solutions": None, "core": None}
        if found is not None:
            out["solutions"] = {name: told["solutions"][name] for name in POINTS}
            out["solutions"]["least_core"] = found.core and found.core.point
        if found is not None and found.core is not None:
            three = len(self.members) == 3 and found.core.corners
            corners = [list(at.values()) for at in found.core.corners or ()] if three else None
            out["core"] = {"empty": found.core.empty, "extreme": corners}
        out["hedonic"] = self._hedonic_pictured(told["hedonic"])
        return out

    def _hedonic_pictured(self, told: Facts | None) -> Facts | None:
        if told is None or self.stability is None:
            return None
        keys = ("partition", "utility", "holds", "stable")
        said = {
            notion: reason and self.says(notion, reason)
            for notion, reason in self.stability.reasons.items()
        }
        return {key: told[key] for key in keys} | {"reasons": said}

    def says(self, notion: str, reason: Reason) -> str:
        """Why a partition is not stable, in words."""
        who = joined([self.opened.names[member] for member in reason.who])
        if notion in ("core", "strict_core"):
            gain = min(reason.gains)
            rest = "" if gain > 0.0 else ", some no worse for it"
            if len(reason.who) == 1:
                return f"{who} would rather be alone (+{gain:.3g})"
            return f"{who} would rather be by themselves (+{gain:.3g} at least{rest})"
        if not reason.joins:
            return f"{who} would rather be alone (+{reason.gains[0]:.3g})"
        to = joined([self.opened.names[member] for member in reason.joins])
        tail = {"individual": ", and is welcome", "contractual": ", and nobody minds"}
        return f"{who} would rather join {to} (+{reason.gains[0]:.3g}){tail.get(notion, '')}"


def joined(names: Sequence[str]) -> str:
    """Names as people say them: `A, B and C`."""
    return " and ".join([*([", ".join(names[:-1])] if len(names) > 1 else []), names[-1]])
