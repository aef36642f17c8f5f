"""Which outcomes can last? The graph model for conflict resolution.

>>> from foedus.lenses.stability import Conflict, option_form, solve

A `Conflict` says who can move where and who prefers what, `solve` finds which states are stable
for whom and under which solution concept. Neither needs a case.
"""

from foedus.lenses.stability.concepts.solving import CONCEPTS, Solution, solve
from foedus.lenses.stability.conflict import Conflict, Moves, Option, graph, option_form

__all__ = ["CONCEPTS", "Conflict", "Moves", "Option", "Solution", "graph", "option_form", "solve"]
