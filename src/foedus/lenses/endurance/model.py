"""The endurance section of a case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from foedus.case import Head, Quantity, Range, Section
from foedus.case.fields import Ids, Text
from foedus.case.part import Part
from foedus.lenses.endurance.kernel.game import MAX_MEMBERS, MAX_TRUST_STATES

DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25}

Signed = Annotated[Quantity, Range(-1, 1)]
Share = Annotated[Quantity, Range(0, 1)]
UpTo2 = Annotated[Quantity, Range(0, 2)]
UpTo3 = Annotated[Quantity, Range(0, 3)]
Positive = Annotated[Quantity, Range(0, open_least=True)]
ExitCost = Annotated[Quantity, Range(0, 20)]


def _at(mode: float) -> Quantity:
    return Quantity(mode=mode, low=mode, high=mode)


class Position(Part):
    """The front: how the contest stands for the pact."""

    now: Signed | None = None
    """Today, from -1 (defeat) to +1 (victory)."""


class Member(Part):
    """What the pact and the contest are to one member."""

    stake: UpTo3 | None = None
    """What the front is worth to it, in units of payoff."""
    capability: Positive | None = None
    """What its full effort adds to the pact's strength."""
    effort_cost: UpTo2 | None = None
    """Flow cost of full effort."""
    exit_cost: ExitCost | None = None
    """Paid once on leaving: credibility, retribution, entanglement."""
    presence_cost: UpTo2 = _at(0.0)
    """Flow cost of being in."""
    gets_from: dict[str, UpTo2] = Field(default_factory=dict)
    """Flow from each partner while both are in: dependence."""
    aim: Share = _at(0.5)
    """Its ideal on the issue that divides the members."""
    outside_option: Signed = _at(0.0)
    """Flow after leaving: side deal less sanctions."""
    stake_outside: Share = _at(1.0)
    """Share of the stake still felt outside (1: the front is a public good)."""
    trust: Share = _at(1.0)
    """The others' belief today that it does its part."""


class Opponents(Part):
    """The other side."""

    strength: Positive | None = None
    """In the units of the members' capability."""


class Front(Part):
    """How the front moves."""

    determinism: Annotated[Quantity, Range(0, 10)] = _at(2.0)
    """How surely the stronger side gains."""
    pace: Share = _at(0.35)
    """Chance that the front moves in a step."""


class Blame(Part):
    """How members come to blame each other."""

    class After(Part):
        """Chance that a partner is blamed, unseen, by what the front did."""

        setback: Share = _at(0.6)
        flat: Share = _at(0.2)
        gain: Share = _at(0.05)

    monitoring: Share = _at(0.4)
    """Chance that a partner's effort is seen for what it is."""
    after: After = After()
    repair: Share = _at(0.3)
    """Chance that trust in an unblamed partner rises a level in a step."""


class Settlement(Part):
    """How likely a negotiated end is."""

    chance: Annotated[Quantity, Range(0, 0.2)] = _at(0.01)
    """In a step, with the front level."""
    width: Positive = _at(0.5)
    """How far from level the front can be for a settlement to be likely."""


class Anchor(Part):
    """A base rate that fixes the level of exits."""

    members: Annotated[Ids, Field(min_length=1)]
    """Whose mean yearly exit chance is fixed: the sponsors, not the client."""
    yearly_exit: float | None = Field(default=None, gt=0, lt=1, strict=True)
    """At a level front, full trust and all in; that of the section base_rate if not given."""
    because: Ids = ()
    note: Text | None = None


class Levels(Part):
    """How finely the front and trust are resolved."""

    front: int = Field(default=11, ge=3, le=41, strict=True)
    trust: int | None = Field(default=None, ge=1, le=5, strict=True)
    """3 for up to four members, 2 for more, unless given."""


class Endurance(Section):
    """What the endurance lens needs: who gains and pays what in the pact, and how the front is."""

    step: Literal["day", "week", "month", "quarter", "year"] = "month"
    """The period in which members decide; flows and chances are per step."""
    position: Position = Position()
    members: dict[str, Member] = Field(default_factory=dict)
    opponents: Opponents = Opponents()
    front: Front = Front()
    token_effort: Share = _at(0.2)
    """Token effort as a share of full effort, in the front and in cost."""
    coordination: UpTo2 = _at(0.5)
    """Gain in strength from trusting coordination."""
    divergence_cost: UpTo2 = _at(0.2)
    """Cost of fighting beside partners with other aims."""
    blame: Blame = Blame()
    settlement: Settlement = Settlement()
    spoils: UpTo3 = _at(0.0)
    """Prize of victory, shared by capability among those in."""
    retribution: UpTo3 = _at(0.0)
    """Extra loss of those in at defeat, times the stake."""
    patience: Annotated[Quantity, Range(0.8, 0.999)] = _at(0.97)
    """Weight of the next step against this one."""
    precision: Annotated[Quantity, Range(0, 200)] = _at(14.0)
    """How surely members take the better action."""
    anchor: Anchor | None = None
    defeat_counts_as: Literal["broken", "held"] = "broken"
    levels: Levels = Levels()

    def trust_levels(self, members: int) -> int:
        """How many levels of trust are told apart with so many members."""
        if self.levels.trust is not None:
            return self.levels.trust
        return 3 if members <= 4 else 2

    def problems(self, head: Head) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What does not fit the pact."""
        pact = head.pact.members
        known = ", ".join(pact)
        for member, judged in self.members.items():
            if member not in pact:
                yield ("members", member), f"{member!r} is no member of the pact; one of: {known}"
            for partner in judged.gets_from:
                if partner not in pact or partner == member:
                    others = ", ".join(m for m in pact if m != member)
                    yield (
                        ("members", member, "gets_from", partner),
                        f"{partner!r} is no partner of {member!r}; one of: {others}",
                    )
        if self.anchor is not None:
            for member in self.anchor.members:
                if member not in pact:
                    yield ("anchor", "members"), f"{member!r} is no member of the pact: {known}"
                elif self.anchor.yearly_exit is None and member not in head.pact.holds_while:
                    counted = ", ".join(head.pact.holds_while)
                    yield (
                        ("anchor", "members"),
                        f"the base rate speaks of those in pact.holds_while ({counted}) and not of"
                        f" {member!r}; leave it out, or give a yearly_exit",
                    )
            for item in self.anchor.because:
                if item not in head.evidence:
                    yield ("anchor", "because"), f"there is no evidence {item!r}"
        if len(pact) <= MAX_MEMBERS:
            joint = self.trust_levels(len(pact)) ** len(pact)
            if joint > MAX_TRUST_STATES:
                yield (
                    ("levels", "trust"),
                    f"{joint} joint states of trust are too many; give fewer levels"
                    f" (levels to the power of {len(pact)} members: at most {MAX_TRUST_STATES})",
                )
