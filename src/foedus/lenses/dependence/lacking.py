"""What a case must still say before its members' games are known."""

from __future__ import annotations

from foedus.case import Case
from foedus.lenses.dependence.kernel.tables import inside
from foedus.lenses.dependence.model import Dependence
from foedus.lenses.dependence.setting import section_of

FEW = 4
"""Sets without a worth that are named, if there are no more."""


def unsaid(case: Case) -> tuple[str, ...]:
    """What a case's section must still say, as paths or short sentences."""
    section = section_of(case)
    members = tuple(case.pact.members)
    source = section.source("endurance" in case.sections)
    if source is None:
        both = section.given is not None
        return (
            "dependence.worth: given or technology"
            if both
            else "a section `endurance`, or dependence.given or dependence.technology",
        )
    if source == "endurance":
        return () if "endurance" in case.sections else ("a section `endurance`",)
    lacks = _without_worth(section, members) if source == "given" else _unable(section, members)
    if section.payoffs:
        lacks += [f"dependence.payoffs.{m}" for m in members if m not in section.payoffs]
    return tuple(lacks)


def _without_worth(section: Dependence, members: tuple[str, ...]) -> list[str]:
    """The sets of members whose worth is not given."""
    sets = section.given.sets.values() if section.given else ()
    known = {frozenset(item.members) for item in sets}
    lacking = []
    for row in inside(len(members))[1:]:
        here = [member for member, is_in in zip(members, row, strict=True) if is_in]
        if frozenset(here) not in known:
            lacking.append("+".join(here))
    if len(lacking) > FEW:
        lacking[FEW - 1 :] = [f"{len(lacking) - FEW + 1} more"]
    return [f"dependence.given.sets: the worth of {', '.join(lacking)}"] if lacking else []


def _unable(section: Dependence, members: tuple[str, ...]) -> list[str]:
    """The members of whom the technology does not know what they bring."""
    technology = section.technology
    if technology is None:
        return ["dependence.technology"]
    here = "dependence.technology"
    lacking = [f"{here}.capability.{m}" for m in members if m not in technology.capability]
    if technology.share:
        lacking += [f"{here}.share.{m}" for m in members if m not in technology.share]
    return lacking
