from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, cast

import numpy as np
import pytest
from toy_pact import toy

from foedus.case import Case
from foedus.ensemble.draws import Table
from foedus.ensemble.run import BATCH, Run, at_modes, in_order, run
from foedus.lenses.lens import Draws, Lens, Outcome

PLACE = "endurance.position.now"


class Echo:
    """A lens that gives back a quantity, the case's number of members, and what it was given."""

    def __init__(self, name: str = "echo", needs: tuple[str, ...] = (), fails: int = -2) -> None:
        self.name = name
        self.wants = needs
        self.fails = fails
        self.seen: list[list[int]] = []
        self.lock = threading.Lock()

    def needs(self, case: Case) -> tuple[str, ...]:
        return self.wants

    def run(
        self, case: Case, draws: Draws, inputs: Mapping[str, Outcome], start: Outcome | None = None
    ) -> Outcome:
        with self.lock:
            self.seen.append(draws.index.tolist())
        if self.fails in draws.index:
            raise RuntimeError(f"draw {self.fails} is too much")
        for need in self.wants:
            assert inputs[need].index.tolist() == draws.index.tolist()
        arrays = {"place": draws[PLACE] + sum(inputs[n].arrays["place"] for n in self.wants)}
        return Outcome(self.name, draws.index, arrays, {"began": start and start.shared})


def lenses(*given: Echo) -> tuple[Lens, ...]:
    return in_order(cast(dict[str, Lens], {lens.name: lens for lens in given}), toy())


def ran(case: Case, *given: Echo, size: int = 64, **options: Any) -> dict[str, Run]:
    table = Table.over([case], 1)
    ordered = lenses(*given)
    options = {"few": 16, "workers": 1, **options}
    cases = options.pop("cases", {"": case})
    modes = at_modes(case, ordered)
    return run(cases, ordered, table, table.uniforms(size), modes, **options)


def test_lenses_come_after_those_they_need() -> None:
    given = (Echo("c", ("a", "b")), Echo("b", ("a",)), Echo("a"))
    assert [lens.name for lens in lenses(*given)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "given",
    [
        (Echo("a", ("b",)), Echo("b", ("a",))),
        (Echo("a", ("a",)),),
        (Echo("a", ("left-out",)), Echo("b")),
    ],
)
def test_a_circle_or_a_need_left_out_is_refused(given: tuple[Echo, ...]) -> None:
    with pytest.raises(ValueError, match="need each other or one that is left out"):
        lenses(*given)


def test_a_lens_is_given_what_it_needs_on_the_same_draws(pact: Case) -> None:
    out = ran(pact, Echo("b", ("a",)), Echo("a"))[""].outcomes
    assert out["b"].arrays["place"].tolist() == (2 * out["a"].arrays["place"]).tolist()


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_every_draw_is_computed_once_for_any_number_of_workers(workers: int, pact: Case) -> None:
    echo = Echo()
    out = ran(pact, echo, workers=workers)[""]
    assert out.outcomes["echo"].index.tolist() == list(range(64))
    assert out.outcomes["echo"].arrays["place"].tobytes() == out.draws[PLACE].tobytes()
    batches = echo.seen[1:]
    assert sorted(k for batch in batches for k in batch) == list(range(64))
    assert all(len(batch) <= BATCH for batch in batches)


def test_the_other_cases_get_the_first_few_draws(pact: Case) -> None:
    other = pact.with_values({PLACE: 0.25})
    runs = ran(pact, Echo(), cases={"": pact, "other": other}, few=16)
    assert runs[""].draws.size == 64
    assert runs["other"].draws.size == 16
    assert runs["other"].draws.index.tolist() == list(range(16))
    assert np.all(runs["other"].outcomes["echo"].arrays["place"] == 0.25)


def test_more_draws_keep_those_there_are(pact: Case) -> None:
    first = ran(pact, Echo(), size=32, cases={"": pact, "other": pact})
    echo = Echo()
    more = ran(pact, echo, cases={"": pact, "other": pact}, earlier=first)
    whole = ran(pact, Echo(), cases={"": pact, "other": pact})
    assert min(k for batch in echo.seen[1:] for k in batch) == 32
    for name in ("", "other"):
        assert more[name].draws.table.tobytes() == whole[name].draws.table.tobytes()
        assert (
            more[name].outcomes["echo"].arrays["place"].tobytes()
            == whole[name].outcomes["echo"].arrays["place"].tobytes()
        )


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("bad", [0, 40, 63])
def test_what_a_lens_raises_is_raised_and_nothing_hangs(bad: int, workers: int, pact: Case) -> None:
    before = threading.active_count()
    with pytest.raises(RuntimeError, match=f"draw {bad} is too much"):
        ran(pact, Echo(fails=bad), size=1024, workers=workers)
    assert threading.active_count() == before


def test_an_error_calls_off_the_batches_that_have_not_begun(pact: Case) -> None:
    echo = Echo(fails=0)
    with pytest.raises(RuntimeError):
        ran(pact, echo, size=4096)
    assert len(echo.seen) < 4096 / BATCH


def test_progress_is_told(pact: Case) -> None:
    told: list[tuple[int, int]] = []
    ran(pact, Echo(), workers=2, progress=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == [16, 32, 48, 64]
    assert {total for _, total in told} == {64}


def test_who_watches_may_stop_it(pact: Case) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ran(pact, Echo(), size=1024, progress=stop)


def test_a_reference_lends_what_is_shared(pact: Case) -> None:
    ordered = lenses(Echo())
    reference = {"echo": Outcome("echo", np.array([-1]), {"place": np.zeros(1)}, {"a": 0.5})}
    began = at_modes(pact, ordered, reference)["echo"].shared["began"]
    assert began == {"a": 0.5}
    assert at_modes(pact, ordered)["echo"].shared["began"] is None
