"""What can be forecast from the record: the tasks, and the columns of their panels."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.case.nearest import did_you_mean, quoted


class TaskError(ValueError):
    """A task that nobody knows; the message says which there are."""

    bad_input = True


@dataclass(frozen=True, slots=True)
class Task:
    """A yes-or-no question about the coming year, asked of every row of a panel.

    ``event`` is the column that answers it (1: it happened); ``cluster`` the column of what fails
    together, which resampling keeps whole; ``unit`` the columns that name a row together with the
    year; ``optional`` the columns that are read where a panel has them.
    """

    name: str
    asks: str
    event: str
    cluster: str
    unit: tuple[str, ...]
    optional: tuple[str, ...]
    clusters: str
    """What clusters are called, in words."""
    year: str = "year"
    age: str = "age"

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which nothing can be fitted or scored."""
        return (self.year, self.age, self.event, self.cluster)


SPONSOR_EXIT = Task(
    name="sponsor-exit",
    asks="Will this state's support be gone next year?",
    event="exit",
    cluster="conf",
    clusters="conflicts",
    unit=("actor", "dyad", "sid"),
    optional=(
        "actor", "oppo", "dyad", "start", "leftcens", "logage", "rebel", "nspons", "lognsp",
        "left_last", "ncommit", "troops", "bases", "weapons", "material", "training", "funding",
        "intel", "access", "opp_nspons", "interstate", "both", "logbd", "bdtrend",
    ),
)  # fmt: skip
"""UCDP External Support (Meier, Karlén, Pettersson & Croicu 2022): sponsors in civil wars."""

ALLIANCE_END = Task(
    name="alliance-end",
    asks="Will this alliance end next year?",
    event="any",
    cluster="atopid",
    clusters="alliances",
    unit=("atopid",),
    optional=(
        "bilat", "nmem", "viol", "logage", "defense", "offense", "neutral", "nonagg", "consul",
        "wartime", "asymm_", "specthrt_", "termlen", "noothall_", "org_", "base_", "lognmem",
        "nmajor", "capchg", "caplog", "capasym", "dem_min", "dem_rng", "regchg", "mid_in",
        "mid_out", "war", "thr", "shared_rival", "rivals_inside",
    ),
)  # fmt: skip
"""ATOP (Leeds, Ritter, Mitchell & Long 2002): treaty alliances."""

TASKS = {task.name: task for task in (SPONSOR_EXIT, ALLIANCE_END)}
"""Every task, by name."""


def task_named(name: str) -> Task:
    """The task of this name; TaskError names the nearest if there is none."""
    if name not in TASKS:
        raise TaskError(f"no task is called {quoted(name)}{did_you_mean(name, TASKS)}")
    return TASKS[name]
