"""The stability section of a case: options, what is feasible, and who prefers what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from foedus.case import Head, Quantity, Range, Section
from foedus.case.fields import AsTuple, Id, Ids, Text
from foedus.case.part import Part
from foedus.case.tree import Place, dotted

Positive = Annotated[Quantity, Range(0, open_least=True)]
Worth = Annotated[Quantity, Range(-1e12, 1e12)]
"""What something is worth, in units of its own: sums of it stay numbers."""


def _spelled(value: Any) -> Any:
    """Let `true` and `-3` be statements, which YAML reads as a truth value and a number."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else value


Said = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000),
    BeforeValidator(_spelled, json_schema_input_type=str | int | bool),
]
"""A statement over options, as `foedus.lenses.stability.coding.statements` reads it."""

StateName = int | Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""A state: its id, or a pattern that only it fits."""
Tied = Annotated[tuple[StateName, ...], Field(min_length=1), AsTuple]


class StabilityError(ValueError):
    """A section of which no graph model can be made: where, and what would be right."""

    bad_input = True

    def __init__(self, place: Place, message: str) -> None:
        self.place = place
        """Inside the section."""
        self.message = message
        super().__init__(f"{dotted(('stability', *place))}: {message}")

    def __reduce__(self) -> tuple[type[StabilityError], tuple[Place, str]]:
        return (StabilityError, (self.place, self.message))


class Choice(Part):
    """An option: a yes or no choice of one decision maker."""

    by: Id
    """Whose choice it is."""
    says: Text | None = None
    direction: Literal["both", "forward", "backward"] = "both"
    """`forward`: once chosen it cannot be taken back; `backward`: once dropped it is gone."""
    because: Ids = ()
    note: Text | None = None


class Rule(Part):
    """What every state has to be, or what none can be."""

    never: Said | None = None
    always: Said | None = None
    because: Ids = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.never is None) == (self.always is None):
            raise ValueError("give exactly one of 'never' and 'always'")
        return self


class Ban(Part):
    """Moves that do not exist although the options allow them."""

    by: Ids = ()
    """Whose moves; everybody's if not given."""
    from_: Said = Field(alias="from")
    to: Said
    because: Ids = ()
    note: Text | None = None


class Merge(Part):
    """States that count as one."""

    when: Said
    says: Text | None = None
    because: Ids = ()
    note: Text | None = None


class Term(Part):
    """What it is worth to a decision maker that a statement is true."""

    when: Said
    worth: Worth
    says: Text | None = None
    note: Text | None = None


class Wish(Part):
    """A statement that a decision maker wants to be true."""

    when: Said
    priority: Quantity | None = None
    """1 is wanted most; its place in the list if not given. Equal ones count together."""
    says: Text | None = None
    because: Ids = ()
    note: Text | None = None


class Doubt(Part):
    """Two kinds of states between which it is not known what a decision maker prefers."""

    between: Said
    and_: Said = Field(alias="and")
    because: Ids = ()
    note: Text | None = None


class Preference(Part):
    """What a decision maker prefers, said in one of five ways."""

    ranking: Annotated[tuple[StateName | Tied, ...], Field(min_length=1), AsTuple] | None = None
    """Every state, best first; states in an inner list tie."""
    order: Annotated[tuple[Text, ...], Field(min_length=1, max_length=1000), AsTuple] | None = None
    """Chains such as `4 >> 3 ~ 2 > 1`; what does not follow from them is not known."""
    statements: dict[Id, Wish] = Field(default_factory=dict, max_length=1000)
    """What it wants, most wanted first."""
    weights: dict[Id, Worth] = Field(default_factory=dict)
    """What choosing an option is worth to it, whoever chooses."""
    terms: dict[Id, Term] = Field(default_factory=dict, max_length=1000)
    payoffs: dict[str, Worth] = Field(default_factory=dict)
    """What every state is worth to it."""
    much_above: Positive | None = None
    """From which difference of payoffs on a state is much preferred."""
    unknown: dict[Id, Doubt] = Field(default_factory=dict, max_length=1000)
    because: Ids = ()
    note: Text | None = None

    @property
    def way(self) -> str:
        """Which of the five it is: ranking, order, statements, terms (or weights) or payoffs."""
        ways = {
            "ranking": self.ranking,
            "order": self.order,
            "statements": self.statements,
            "terms": self.weights or self.terms,
            "payoffs": self.payoffs,
        }
        return " and ".join(name for name, said in ways.items() if said)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        meant = "ranking, order, statements, payoffs, or weights and terms"
        if not self.way:
            raise ValueError(f"says no preference; give one of {meant}")
        if " and " in self.way:
            raise ValueError(f"says preferences twice, by {self.way}; give one of {meant}")
        if self.much_above is not None and self.way not in ("terms", "payoffs"):
            raise ValueError(f"'much_above' needs weights, terms or payoffs, not {self.way}")
        return self


class State(Part):
    """A state of a bare graph."""

    says: Text | None = None
    note: Text | None = None


class Blind(Part):
    """States that a decision maker does not perceive: it moves neither to nor from them."""

    when: Said
    because: Ids = ()
    note: Text | None = None


class Stability(Section):
    """What the stability lens needs: who can choose what, what is feasible, who prefers what."""

    options: dict[Id, Choice] = Field(default_factory=dict)
    """In the order in which patterns name them; the first is the lowest bit of a state."""
    feasible: dict[Id, Rule] = Field(default_factory=dict, max_length=1000)
    banned: dict[Id, Ban] = Field(default_factory=dict, max_length=1000)
    coalesce: dict[Id, Merge] = Field(default_factory=dict, max_length=1000)
    preferences: dict[Id, Preference] = Field(default_factory=dict)
    """By decision maker."""
    status_quo: StateName | Ids | None = None
    """Today's state: the chosen options, a pattern, or the id of a state."""
    holds_when: Said | None = None
    """When the pact holds."""
    concept: Literal["nash", "gmr", "smr", "seq"] = "seq"
    """How far decision makers look ahead where one answer is needed."""
    states: dict[Id, State] = Field(default_factory=dict)
    """The states of a bare graph, instead of options."""
    moves: dict[Id, dict[Id, Ids]] = Field(default_factory=dict)
    """Of a bare graph: by decision maker and state, the states it can move to."""
    blind: dict[Id, Blind] = Field(default_factory=dict)
    attitudes: dict[Id, dict[Id, Literal["positive", "neutral", "negative"]]] = Field(
        default_factory=dict
    )
    """How each decision maker feels about the others; else positive to itself, neutral to them."""

    @property
    def atoms(self) -> tuple[str, ...]:
        """What statements speak about: the options, or the states of a bare graph."""
        return tuple(self.states or self.options)

    @property
    def decision_makers(self) -> tuple[str, ...]:
        """Who moves, in the order of the options or moves, then who has preferences only."""
        movers = [option.by for option in self.options.values()] or list(self.moves)
        return tuple(dict.fromkeys([*movers, *self.preferences]))

    def lacking(self) -> tuple[str, ...]:
        """The parts without which no preferences follow, as paths."""
        if not self.options and not self.states:
            return ("stability.options",)
        absent = [dm for dm in self.decision_makers if dm not in self.preferences]
        return tuple(f"stability.preferences.{dm}" for dm in absent)

    def problems(self, head: Head) -> Iterator[tuple[Place, str]]:
        """What does not fit the actors, or makes no graph model."""
        from foedus.lenses.stability.coding.checks import faults

        yield from faults(self, tuple(head.actors))
