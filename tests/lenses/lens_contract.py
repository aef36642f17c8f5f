"""What every lens has to keep: its tests inherit this class and say which lens and which cases."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from itertools import pairwise
from typing import ClassVar

import numpy as np
import pytest
from toy_pact import changed

from foedus.case import Case, loads
from foedus.ensemble.draws import Table
from foedus.ensemble.run import at_modes, in_order, run
from foedus.lenses.lens import Draws, Finding, Lens, Outcome
from foedus.lenses.table import LENSES, SECTIONS
from foedus.verdict.show import plain

SIZE = 32


def drawn(case: Case, size: int = SIZE, seed: int = 1) -> Draws:
    """A case's draws."""
    table = Table.over([case], seed)
    return table.draws(case, table.uniforms(size))


def look(lens: Lens, case: Case, draws: Draws, start: Outcome | None = None) -> Outcome:
    """The lens's outcome, after those of the lenses it needs."""
    inputs = {name: look(LENSES[name], case, draws) for name in lens.needs(case)}
    return lens.run(case, draws, inputs, start)


def told(lens: Lens, case: Case, size: int = SIZE) -> Finding:
    """The lens's finding over a case's draws."""
    draws = drawn(case, size)
    return lens.find(case, draws, look(lens, case, draws))


def written(outcome: Outcome) -> dict[str, bytes]:
    """The bytes of every array."""
    return {key: array.tobytes() for key, array in outcome.arrays.items()}


class LensContract:
    """Inherit this, and give a lens, a case it can look at, and one it cannot.

    The case has an outcome and at least one uncertain quantity. `by_member` picks from a finding
    what speaks of single members, to be compared when they are listed in another order.
    """

    lens: ClassVar[Lens]
    case: ClassVar[Case]
    incomplete: ClassVar[Case]
    close: ClassVar[float] = 1e-6
    """How far answers that should be equal may lie apart when they are reached by other ways."""

    def by_member(self, finding: Finding) -> Mapping[str, float]:
        """What the finding says of each member, by id."""
        raise NotImplementedError

    @pytest.fixture(scope="class")
    @classmethod
    def draws(cls) -> Draws:
        return drawn(cls.case)

    @pytest.fixture(scope="class")
    @classmethod
    def outcome(cls, draws: Draws) -> Outcome:
        return look(cls.lens, cls.case, draws)

    @pytest.fixture(scope="class")
    @classmethod
    def finding(cls, draws: Draws, outcome: Outcome) -> Finding:
        return cls.lens.find(cls.case, draws, outcome)

    def test_it_stands_in_the_table_under_its_name(self) -> None:
        assert LENSES[self.lens.name] is self.lens
        assert SECTIONS[self.lens.name] is self.lens.Section
        assert self.lens.question.endswith("?")

    def test_arrays_lead_with_the_draws_and_are_frozen(
        self, draws: Draws, outcome: Outcome
    ) -> None:
        assert outcome.lens == self.lens.name
        assert outcome.index.tolist() == draws.index.tolist()
        assert outcome.arrays
        for array in outcome.arrays.values():
            assert array.shape[0] == draws.size
            with pytest.raises(ValueError, match="read-only"):
                array[...] = 0.0
        with pytest.raises(dataclasses.FrozenInstanceError):
            outcome.lens = "another"  # type: ignore[misc]

    def test_the_same_seed_gives_the_same_bytes(self, outcome: Outcome) -> None:
        assert written(look(self.lens, self.case, drawn(self.case))) == written(outcome)

    def test_another_seed_gives_another_answer(self, outcome: Outcome) -> None:
        assert written(look(self.lens, self.case, drawn(self.case, seed=2))) != written(outcome)

    @pytest.mark.parametrize("cuts", [(1,), (8, 16, 24), tuple(range(1, SIZE, 5))])
    def test_slices_joined_are_the_whole(
        self, cuts: tuple[int, ...], draws: Draws, outcome: Outcome
    ) -> None:
        ends = [0, *cuts, SIZE]
        parts = [
            look(self.lens, self.case, draws.part(first, last)) for first, last in pairwise(ends)
        ]
        joined = Outcome.join(parts)
        assert joined.index.tolist() == outcome.index.tolist()
        assert written(joined) == written(outcome)
        assert json.dumps(plain_finding(self.lens.find(self.case, draws, joined))) == json.dumps(
            plain_finding(self.lens.find(self.case, draws, outcome))
        )

    def test_any_number_of_workers_gives_the_same_bytes(self, outcome: Outcome) -> None:
        names = (*self.lens.needs(self.case), self.lens.name)
        lenses = in_order({name: LENSES[name] for name in names}, self.case)
        table = Table.over([self.case], 1)
        modes = at_modes(self.case, lenses)
        for workers in (1, 2):
            runs = run({"": self.case}, lenses, table, table.uniforms(SIZE), modes, SIZE, workers)
            assert written(runs[""].outcomes[self.lens.name]) == written(outcome)

    def test_it_says_what_an_incomplete_case_lacks(self) -> None:
        missing = self.lens.missing(self.incomplete)
        assert missing
        assert all(isinstance(what, str) and what for what in missing)
        assert self.lens.missing(self.case) == ()

    def test_it_asks_for_its_section_by_name(self) -> None:
        data = {key: value for key, value in self.case.data.items() if key in PLAIN}
        bare = loads(json.dumps(data), SECTIONS, "bare.yaml")
        assert self.lens.name in " ".join(self.lens.missing(bare))

    def test_a_certain_case_gives_no_spread(self) -> None:
        loose = {path: q.mode for path, q in self.case.quantities().items() if not q.fixed}
        assert loose
        finding = told(self.lens, self.case.with_values(loose))
        speaks = [i for i in (finding.holds, finding.share_holding) if i is not None]
        for interval in speaks:
            assert interval.low == pytest.approx(interval.value, abs=1e-12)
            assert interval.high == pytest.approx(interval.value, abs=1e-12)
        for column in finding.columns.values():
            assert np.ptp(column) <= 1e-12

    def test_the_order_of_the_members_does_not_matter(self, finding: Finding) -> None:
        members = list(reversed(self.case.pact.members))
        other = told(self.lens, self.case.with_values({"pact.members": members}))
        for one, two in (
            (finding.holds, other.holds),
            (finding.share_holding, other.share_holding),
        ):
            assert (one is None) == (two is None)
            if one is not None and two is not None:
                assert two.to_dict() == pytest.approx(one.to_dict(), abs=self.close)
        assert dict(self.by_member(other)) == pytest.approx(
            dict(self.by_member(finding)), abs=self.close
        )

    def test_what_came_of_it_changes_nothing(self, draws: Draws, outcome: Outcome) -> None:
        assert self.case.outcome is not None
        flipped = self.case.with_values({"outcome.held": not self.case.outcome.held})
        for case in (self.case.without_outcome(), flipped):
            other = look(self.lens, case, draws)
            assert written(other) == written(outcome)
            assert plain_finding(self.lens.find(case, draws, other)) == plain_finding(
                self.lens.find(self.case, draws, outcome)
            )

    @pytest.mark.parametrize("members", [("north", "south"), ("north", "south", "envoy")])
    def test_its_template_loads_and_gives_an_answer(self, members: tuple[str, ...]) -> None:
        start = changed(("[north, south]", f"[{', '.join(members)}]")).split("\nendurance:")[0]
        case = loads(f"{start}\n{self.lens.template(members)}", SECTIONS, "template.yaml")
        assert self.lens.missing(case) == ()
        if len(members) == 2:  # three with fine levels take too long here
            finding = told(self.lens, case, 8)
            assert finding.headline

    def test_the_finding_describes_itself(self, draws: Draws, finding: Finding) -> None:
        assert finding.lens == self.lens.name
        assert finding.question == self.lens.question
        assert finding.headline.endswith(".")
        assert finding.weights.shape == (draws.size,)
        for column in finding.columns.values():
            assert column.shape == (draws.size,)
        assert (finding.holds is None) == ("holds" not in finding.columns)
        assert (finding.holds is None) or (finding.share_holding is None)
        with pytest.raises(dataclasses.FrozenInstanceError):
            finding.lens = "another"  # type: ignore[misc]

    def test_its_data_is_plain(self, finding: Finding) -> None:
        data = plain(dict(finding.data))
        assert json.loads(json.dumps(data, allow_nan=False)) == data


PLAIN = {"foedus", "id", "title", "question", "as_of", "horizon", "actors", "pact"}


def plain_finding(finding: Finding) -> object:
    """What a finding says, as plain data."""
    return plain([finding.headline, finding.reasons, finding.warnings, dict(finding.data)])
