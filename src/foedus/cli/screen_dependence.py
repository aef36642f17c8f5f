"""A game on one screen: how the whole can be shared, who can object, who would rather go where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.markup import escape

from foedus.cli.printing import LEAST, number, print_columns, say

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.lenses.table import WorthAccount

FORMS = {
    "worths": "a table of worths",
    "vote": "a vote: sets that can pass are worth 1",
    "partners": "a set is to each the sum of what the others in it are",
    "sets": "a table of preferences among sets",
    "endurance": "worth from endurance, and taken to pass from hand to hand",
    "given": "worth as the case gives it",
    "technology": "worth from capabilities",
}
SHARES = ("payoffs", "shapley", "banzhaf", "nucleolus", "gately")
"""Divisions that are told by member."""
NOTIONS = {
    "individually_rational": "individually rational",
    "nash": "Nash stable",
    "individual": "individually stable",
    "contractual": "contractually so",
    "core": "in the core",
    "strict_core": "in the strict core",
}
NAMES = {
    "banzhaf": "normalised Banzhaf index",
    "tau": "tau value",
    "gately": "Gately point",
    "nucleolus": "nucleolus",
    "kernel": "point of the kernel",
}
"""What people call divisions that may not be there."""
LEFT_OUT = ("gately", "banzhaf")
"""Divisions by member that go first where there is no room."""
BOUND = 6
"""Sets of a balanced collection that are told."""
ROUNDING = 1e-12
"""What is printed as 0."""
SHORT = 4
"""The most members of sets that are told as an example."""
LISTED = 4
"""Stable partitions, and moves of a path, that are told."""


def show(account: WorthAccount, out: Console) -> None:
    """Print what can be shared and how, what speaks against it, and whether partitions last."""
    _head(account, out)
    if account.solutions is not None:
        _members(account, out)
        _divisions(account, out)
        _core(account, out)
        _kind(account, out)
        _transfers(account, out)
    if account.stability is not None:
        _partition(account, out)
        _partitions(account, out)
        _paths(account, out)


def amount(value: float | None) -> str:
    """A number to four digits, what is but rounding taken for 0."""
    return number(0.0 if value is not None and abs(value) < ROUNDING else value)


def _head(account: WorthAccount, out: Console) -> None:
    opened = account.opened
    if opened.title:
        out.print(f"[bold]{escape(opened.title)}[/bold]")
    many = len(account.members)
    told = [f"{many} member{'' if many == 1 else 's'}"]
    if opened.game is not None:
        told.append(f"worth {amount(float(opened.game.worth[-1]))} together")
    told.append(FORMS[opened.form])
    say(out, "; ".join(told))
    if opened.at_modes:
        say(out, "every uncertain number at its most likely value", "dim")


def _members(account: WorthAccount, out: Console) -> None:
    """What each member has alone, adds, would get, and what its leaving would disrupt."""
    shares = {name: account.divisions[name] for name in SHARES if name in account.divisions}
    threat, whose = _threat(account)
    columns = {
        "member": [account.opened.names[member] for member in account.members],
        "alone": [amount(account.alone[member]) for member in account.members],
        "adds": [amount(account.marginal[member]) for member in account.members],
        **{
            name: [amount(one.payoffs[member]) for member in account.members]
            for name, one in shares.items()
        },
        "threat": [amount(threat[member]) for member in account.members],
    }
    for name in LEFT_OUT:
        if _width(columns) > out.width:
            columns.pop(name, None)
    out.print()
    print_columns(out, list(columns), list(zip(*columns.values(), strict=True)), 1)
    say(
        out,
        "threat: propensity to disrupt, what the others would lose by its leaving for each unit"
        f" it loses itself, {whose}; – where it would lose nothing",
        "dim",
    )


def _threat(account: WorthAccount) -> tuple[Mapping[str, float | None], str]:
    """The propensity to disrupt by member, and in words under which division of the whole."""
    if account.opened.propensity is not None and account.propensity is not None:
        return account.propensity, "as things are today"
    if "payoffs" in account.divisions:
        return account.divisions["payoffs"].propensity, "at the payoffs"
    return account.divisions["shapley"].propensity, "at the Shapley value"


def _width(columns: Mapping[str, Sequence[str]]) -> int:
    """How wide columns of numbers are beside names cut as short as they may be."""
    first, *others = ([name, *cells] for name, cells in columns.items())
    widths = [min(max(map(len, first)), LEAST), *(max(map(len, cells)) for cells in others)]
    return sum(widths) + 2 * len(others)


def _divisions(account: WorthAccount, out: Console) -> None:
    """What speaks against each way to share."""
    rows = []
    for name, one in account.divisions.items():
        missed = ""
        if one.most_missed is not None and one.most_missed[1] > 0.0 and not one.in_core:
            missed = f"{_set(account, one.most_missed[0])} by {amount(one.most_missed[1])}"
        rows.append([
            name, missed, _yes(one.in_core), _yes(one.in_kernel), _yes(one.in_bargaining_set)
        ])  # fmt: skip
    out.print()
    print_columns(out, ["division", "who misses most", "core", "kernel", "bargaining set"], rows, 2)


def _core(account: WorthAccount, out: Console) -> None:
    """Whether the whole can be shared so that no set leaves."""
    found = account.solutions
    assert found is not None
    out.print()
    known = found.properties["balanced"].holds
    if known or any(one.in_core for one in account.divisions.values()):
        say(out, "The core is not empty: the whole can be shared so that no set does better.")
        return
    if found.core is None:
        say(out, f"Whether the core is empty is not known: {found.reasons['core']}.")
        return
    sets = [f"{weight:.3g} × {_set(account, who)}" for who, weight in found.core.binding[:BOUND]]
    more = len(found.core.binding) - len(sets)
    sets += [f"{more} more"] if more > 0 else []
    say(
        out,
        "The core is empty: however the whole is shared, some set does better by itself, by"
        f" {amount(found.core.epsilon)} at least. {amount(found.core.subsidy)} more to share would"
        f" keep all. Together worth more than the whole: {', '.join(sets)}.",
    )


def _kind(account: WorthAccount, out: Console) -> None:
    """What kind of game it is, and what ways to share there are not."""
    found = account.solutions
    assert found is not None
    told = []
    for name, one in found.properties.items():
        if name != "balanced" and one.holds is not None:
            short = 0 < max(len(one.first), len(one.second)) <= SHORT
            sets = [_set(account, who) for who in (one.first, one.second) if who]
            where = f" ({' and '.join(sets)})" if short else ""
            told.append(f"{name if one.holds else f'not {name}'}{where}")
    say(out, f"The game is {', '.join(told)}.")
    for name, called in NAMES.items():
        if name in found.reasons:
            say(out, f"No {called}: {found.reasons[name]}.", "dim")


def _transfers(account: WorthAccount, out: Console) -> None:
    """What would have to change hands."""
    if account.payoffs is None:
        return
    found = account.transfers
    if found is None:
        say(out, f"Least transfers that keep all: none, for {account.reasons['transfers']}.")
        return
    if found.total < ROUNDING:
        say(out, "As it is divided, no set does better by itself: nothing has to change hands.")
        return
    told = [
        f"{account.opened.names[member]} {'gets' if change > 0 else 'gives'} {amount(abs(change))}"
        for member, change in found.by_member.items()
        if abs(change) > ROUNDING
    ]
    say(out, f"Least transfers that keep all: {', '.join(told)}.")


def _partition(account: WorthAccount, out: Console) -> None:
    """Whether the partition lasts, and why not."""
    found = account.stability
    assert found is not None
    out.print(f"\n[dim]{escape('Who stands with whom')}[/dim]")
    say(out, _sets(account, found.partition))
    for notion, reason in found.reasons.items():
        label = f"{NOTIONS[notion]}: "
        say(out, label + (f"no, {account.says(notion, reason)}" if reason else "yes"))


def _partitions(account: WorthAccount, out: Console) -> None:
    """How many partitions last, and which."""
    stable = account.stable
    out.print()
    if stable is None:
        why = account.reasons["hedonic.stable"]
        say(out, f"{why[0].upper()}{why[1:]}; a path still says where single moves lead.")
        return
    counts = ", ".join(f"{stable.count(notion):,} {name}" for notion, name in NOTIONS.items())
    say(out, f"Of all {stable.partitions:,} partitions: {counts}")
    for notion in ("nash", "individual", "core"):
        if listed := stable.listed(notion, LISTED):
            more = stable.count(notion) - len(listed)
            tail = f"; and {more:,} more" if more else ""
            told = "; ".join(_sets(account, each) for each in listed)
            say(
                out,
                f"{NOTIONS[notion]} {'is' if stable.count(notion) == 1 else 'are'}: {told}{tail}",
            )


def _paths(account: WorthAccount, out: Console) -> None:
    """Where single moves lead from here."""
    found = account.paths.get("nash")
    if found is None or not found.steps:
        return
    told = [
        f"{account.opened.names[step.who]} "
        + (f"joins {_set(account, step.joins)}" if step.joins else "goes alone")
        for step in found.steps[:LISTED]
    ]
    more = len(found.steps) - len(told)
    told += [f"{more:,} more"] if more else []
    ends = {
        "stable": f"and it rests at {_sets(account, found.end)}",
        "cycle": f"and it goes round, {found.cycle} moves a turn",
        "cut": "and no end is in sight",
    }
    say(out, f"Best moves from here: {', '.join(told)}, {ends[found.ended]}")


def _set(account: WorthAccount, members: Sequence[str]) -> str:
    return "+".join(account.opened.names[member] for member in members)


def _sets(account: WorthAccount, partition: Sequence[Sequence[str]]) -> str:
    return " | ".join(_set(account, each) for each in partition)


def _yes(holds: bool | None) -> str:
    return "–" if holds is None else "yes" if holds else "no"
