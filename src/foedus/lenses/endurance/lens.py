"""The endurance lens: case and draws to outcome to finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from foedus.case import Case
from foedus.lenses.endurance.anchoring import UNANCHORED, by_base_rate, rates, solve_anchor
from foedus.lenses.endurance.games import Setting
from foedus.lenses.endurance.kernel import (
    Equilibrium,
    Start,
    at,
    beside,
    clock,
    forecast,
    mixture,
    read,
    solve,
    start_trust,
)
from foedus.lenses.endurance.model import Endurance
from foedus.lenses.endurance.modes import shapley_split, strength_curves
from foedus.lenses.lens import Draws, Finding, Floats, Outcome, Picture

ANCHORED, INSIDE = 0, 1
"""Views, in the order of every view axis: with the anchor's number, and without."""
AGAIN = 100
"""One draw in so many is solved again from precision 0, to see whether equilibria are several."""


class EnduranceLens:
    """Will the members stay, and who leaves first?"""

    name = "endurance"
    question = "Will the members stay, and who leaves first?"
    Section = Endurance

    def needs(self, case: Case) -> tuple[str, ...]:
        """The base rate, where the anchor has no rate of its own."""
        section = case.sections.get("endurance")
        anchor = section.anchor if isinstance(section, Endurance) else None
        return ("base_rate",) if anchor is not None and anchor.yearly_exit is None else ()

    def missing(self, case: Case) -> tuple[str, ...]:
        """What the case must still say before this lens can look."""
        section = case.sections.get("endurance")
        if not isinstance(section, Endurance):
            return ("a section `endurance`",)
        members = case.pact.members
        lacks = []
        if not 2 <= len(members) <= 6:
            lacks.append(f"2 to 6 members (the pact has {len(members)})")
        if section.position.now is None:
            lacks.append("endurance.position.now")
        if section.opponents.strength is None:
            lacks.append("endurance.opponents.strength")
        if self.needs(case) and "base_rate" not in case.sections:
            lacks.append("endurance.anchor.yearly_exit, or a section `base_rate`")
        for member in members:
            judged = section.members.get(member)
            for key in ("stake", "capability", "effort_cost", "exit_cost"):
                if judged is None or getattr(judged, key) is None:
                    lacks.append(f"endurance.members.{member}.{key}")
        return tuple(lacks)

    def run(
        self, case: Case, draws: Draws, inputs: Mapping[str, Outcome], start: Outcome | None = None
    ) -> Outcome:
        """Solve and follow every draw's game, anchored and not.

        Among the arrays, for lenses that ask who needs whom: `values` `(P, 2**n, n)`, what the pact
        and the contest are worth to each member at today's position and trust when a set of members
        is in and the others are gone, and `exit_cost` `(P, n)`, both in average units a period.

        A case that is compared with another (it starts from the other's outcome) is looked at in
        the anchored view alone. Raises AnchorError when the
        anchor's rate cannot be reached.
        """
        setting = Setting.of(case)
        modes = bool(np.all(draws.index < 0))
        if start is None and not modes:
            start = self.run(case, Draws.at_modes(case), inputs)
        games = setting.games(draws)
        shape = setting.layout[:3]
        plain = games.packed()
        if start is None:
            base = solve(plain[0], setting.layout)
            anchor, anchored = UNANCHORED, base
            if setting.section.anchor is not None:
                anchor, anchored = solve_anchor(setting, games, base, inputs)
            known = np.stack([anchored.play, base.play])[None]
        else:
            anchor, known = start.shared["anchor"], start.carry["play"]
            if anchor.numbers.size == 1 and by_base_rate(setting):
                central = setting.games(Draws.at_modes(case))
                base = solve(central.packed()[0], setting.layout)
                anchor = solve_anchor(setting, central, base, inputs)[0]
            if start.shared["members"] != setting.members or start.shared["layout"] != shape:
                known = None  # another pact's policies are no place to start from
        rate = rates(setting, draws.size, inputs, modes)
        with_anchor = games._replace(leave_bonus=anchor.of(rate)).packed()
        same = start is not None and np.array_equal(start.index, draws.index)
        own = modes or start is None or start.shared["case"] == case.hash
        views = (with_anchor, plain) if own else (with_anchor,)
        rows, plays = [], []
        for d, begun in enumerate(setting.starts(draws)):
            near = (None, None) if known is None else known[d if same else 0]
            solved = [
                solve(view[d], setting.layout, before)
                for view, before in zip(views, near, strict=False)
            ]
            again = draws.index[d] >= 0 and draws.index[d] % AGAIN == 0
            rows.append(_row(solved, begun, again))
            plays.append([equilibrium.play for equilibrium in solved])
        arrays = {key: np.stack([row[key] for row in rows]) for key in rows[0]}
        arrays["anchor_rate"] = rate
        arrays["exit_cost"] = (1.0 - games.patience)[:, None] * games.exit_cost
        shared = {"case": case.hash, "anchor": anchor, "members": setting.members, "layout": shape}
        if modes:
            game = games._replace(leave_bonus=np.array([anchor.number]))
            shared["at_modes"] = float(arrays["held"][0, ANCHORED])
            shared["split"] = shapley_split(setting, game, begun, solved[ANCHORED])
            shared["strengths"] = strength_curves(setting, game, begun, solved[ANCHORED])
        elif start is not None and start.shared["case"] == case.hash:
            shared |= {key: start.shared[key] for key in ("at_modes", "split", "strengths")}
        return Outcome("endurance", draws.index, arrays, shared, {"play": np.array(plays)})

    def find(self, case: Case, draws: Draws, outcome: Outcome) -> Finding:
        """Say what the outcome means."""
        from foedus.lenses.endurance.finding import find

        return find(case, draws, outcome)

    def pictures(self, case: Case, finding: Finding) -> tuple[Picture, ...]:
        """Draw the finding."""
        from foedus.lenses.endurance.pictures import pictures

        return pictures(case, finding)

    def template(self, members: Sequence[str]) -> str:
        """A commented section to fill in."""
        from foedus.lenses.endurance.template import template

        return template(members)


def _row(solved: Sequence[Equilibrium], start: Start, again: bool) -> dict[str, Floats]:
    """What is kept of one draw."""
    equilibrium = solved[ANCHORED]
    lay = equilibrium.layout
    free = forecast(equilibrium, start)
    held = [at(start.horizon, free.holds), np.nan]
    if len(solved) > 1:
        held[INSIDE] = at(start.horizon, forecast(solved[INSIDE], start, paths=False).holds)
    row, share = clock(start.horizon, free.holds)
    trends = read(row, share, free.trends)
    apart = np.nan
    if again:
        traced = solve(equilibrium.game, lay)
        apart = float(np.abs(traced.play - equilibrium.play).max())
    values = values_of_sets(equilibrium, start)
    even = [0] if lay.states[-1] == 1 else _even_trust(lay.trust, lay.members)
    return {
        "survival": free.survival,
        "holds": free.holds,
        "held": np.array(held),
        "causes": free.causes,
        "firsts": free.firsts,
        "blamed": free.blamed,
        "trend": trends.sum(axis=1),
        "trend_held": trends[:, 1],
        "trend_if": np.array([at(start.horizon, curve) for curve in free.path_holds]),
        "path_survival": free.path_survival,
        "next": mixture(equilibrium, start),
        "play_even": equilibrium.policy()[:, :, even, :],
        "values": values,
        "loss": loss_matrix(values),
        "moved": np.array(max(view.moved.max() for view in solved)),
        "settled": np.array(float(all(view.settled for view in solved))),
        "leapt": np.array(float(any(view.leapt.any() for view in solved))),
        "apart": np.array(apart),
    }


def _even_trust(trust: int, members: int) -> list[int]:
    """The joint trust states in which every member is trusted alike, from lost to full."""
    return [sum(level * trust**i for i in range(members)) for level in range(trust)]


def values_of_sets(equilibrium: Equilibrium, start: Start) -> Floats:
    """What each actor's prospects are worth when a set of members is in: `(2**n, n)`.

    At the start's position and trust, in average units, with those outside the set gone already and
    their exit costs paid.
    """
    lay = equilibrium.layout
    everyone = (1 << lay.members) - 1
    trust = start_trust(start.trust, lay)
    place = beside(start.position, lay)
    out = np.empty((1 << lay.members, lay.members))
    for s in range(1 << lay.members):
        kept = np.zeros(int(lay.states[s]))
        np.add.at(kept, lay.kept[everyone, s, : trust.size], trust)
        worth = equilibrium.worth(s)
        out[s] = sum(weight * worth[:, :, m] @ kept for m, weight in place)
    return out


def loss_matrix(values: Floats) -> Floats:
    """What each member (row) would lose were another (column) gone: `V_i(N) - V_i(N - j)`.

    From `values_of_sets`; the diagonal is what a member itself loses outside the pact, exit costs
    left out.
    """
    n = values.shape[1]
    everyone = (1 << n) - 1
    return values[everyone][:, None] - values[[everyone & ~(1 << j) for j in range(n)]].T
