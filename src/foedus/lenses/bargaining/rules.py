"""The rules by which a spatial model of politics may be played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from foedus.lenses.bargaining.game import GameError

CHOICES: Mapping[str, tuple[str, ...]] = {
    "voting": (
        "proportional",
        "binary",
        "proportional-binary",
        "proportional-cubic",
        "cubic",
        "asymmetric-prospect",
    ),
    "victory": ("linear", "square", "quartic", "octic", "binary"),
    "election": ("conditional", "markov-uniform", "markov-incentive"),
    "third_party": ("semi-commit", "full-commit", "no-commit", "abstain"),
    "risk_range": ("mid", "min", "max"),
    "risk_view": ("one-third", "none", "half", "two-thirds", "full"),
    "interpolation": ("s2p2", "s1p1", "s2pmax"),
    "bargaining": ("initiator", "initiator-receiver", "power-weighted"),
    "choice": ("deterministic", "stochastic"),
}
"""What each rule may be, KTAB's default first."""


@dataclass(frozen=True)
class Rules:
    """The rules of a spatial model of politics, as KTAB names them; the defaults are KTAB's.

    Wise, Lester & Efird, "Multidimensional Bargaining Using KTAB" (KAPSARC, 2015); Efird, Lester &
    Wise, Journal of East Asian Studies 16(1), 2016. Raises GameError for a rule there is not.
    """

    voting: str = "proportional"
    """How a difference of utilities makes a vote: `proportional` to it; `binary`, by its sign;
    `proportional-binary`, 0.8 and 0.2 of these; `cubic`, by its cube; `proportional-cubic`, half
    and half; `asymmetric-prospect`, two thirds for a gain. The last depends on the order of actors,
    since it is each time the later of two positions that is gained or lost, as in KTAB."""
    victory: str = "linear"
    """How strengths make a chance to win: in proportion, by their `square`, fourth (`quartic`) or
    eighth (`octic`) power, or `binary`: from 1.1 times the other's strength on for sure."""
    election: str = "conditional"
    """How chances pair by pair make one of all options: that of beating every other, given that one
    does, or where a chain of challenges rests (`markov-uniform`, or `markov-incentive`)."""
    third_party: str = "semi-commit"
    """What others do when two contend. `semi-commit`, `full-commit` and `no-commit` weigh what
    would become of their own position; the last two are the same by algebra, nobody votes in them.
    Under `semi-commit` one that stands very near to a side votes against it. Under `abstain`, which
    KTAB has not, all vote for the side they prefer, or for none if the difference is under
    `indifference`."""
    risk_range: str = "mid"
    """Which risk attitudes there are: `mid` -0.5 to 1, `min` 0 to 1, `max` -1 to 1."""
    risk_view: str = "one-third"
    """How far others' attitudes are seen rather than taken for one's own: `none`, `one-third`,
    `half`, `two-thirds`, `full`."""
    interpolation: str = "s2p2"
    """Where two meet: weighted by salience and chance to win (`s1p1`), by their squares (`s2p2`),
    or with the likely loser alone moving (`s2pmax`). Rounded to 4 digits but for the last."""
    bargaining: str = "initiator"
    """By whose chances an offer is made: the `initiator`'s; two offers, by either's
    (`initiator-receiver`); or their mean weighted by salience and capability (`power-weighted`).
    In the last two KTAB's program takes the receiver's gain for its chance, and in the last the
    initiator's capability for both's; not so here."""
    choice: str = "deterministic"
    """What an actor takes of its offers: the most probable, or by their probabilities
    (`stochastic`, which needs a seed)."""
    indifference: float = 1e-6
    """Least difference of utilities, on 0 to 1, at which a third party that may abstain votes."""
    most_turns: int = 100
    """After how many turns a game is broken off that has not come to rest."""

    def __post_init__(self) -> None:
        for field in fields(self):
            given: Any = getattr(self, field.name)
            known = CHOICES.get(field.name)
            if known is not None and given not in known:
                name = field.name.replace("_", " ")
                raise GameError(f"{name} is {' or '.join(known)}, not {given!r}")
        if not 0.0 <= self.indifference <= 1.0:
            raise GameError(f"indifference is from 0 to 1, not {self.indifference:g}")
        if self.most_turns < 1:
            raise GameError(f"a game has at least 1 turn, not {self.most_turns}")


KTAB = Rules()
"""The rules as KTAB has them unless told otherwise."""
ABSTAIN = Rules(third_party="abstain")
"""The same, with third parties that side with whom they prefer."""
