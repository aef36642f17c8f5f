"""Which outcomes can last? The graph model for conflict resolution.

>>> from foedus.lenses.stability import Conflict, option_form, solve

A `Conflict` says who can move where and who prefers what, `solve` finds which states are stable
for whom and under which solution concept. Neither needs a case. What else can be asked of a
`Conflict` is in `concepts` (coalitions, unknown and strong preferences, foresight, many profiles)
and `after` (how states are reached, why they are stable, what would change it); `interchange` reads
and writes files.
"""

from foedus.lenses.stability.concepts.solving import CONCEPTS, Solution, solve
from foedus.lenses.stability.conflict import (
    Conflict,
    ConflictError,
    Moves,
    Option,
    graph,
    option_form,
)

__all__ = [
    "CONCEPTS",
    "Conflict",
    "ConflictError",
    "Moves",
    "Option",
    "Solution",
    "graph",
    "option_form",
    "solve",
]
