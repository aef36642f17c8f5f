"""Scenario discovery: under which conditions does the pact break? PRIM and CART on plain arrays."""

from foedus.ensemble.discovery.box import Box, Restriction, contains, tradeoff
from foedus.ensemble.discovery.cart import Leaf, Split, Tree, tree
from foedus.ensemble.discovery.choosing import Wanted
from foedus.ensemble.discovery.prim import Discovery, Found, discover
from foedus.ensemble.discovery.resampling import Interval, Recurrence
from foedus.ensemble.discovery.simplifying import Sides

__all__ = [
    "Box",
    "Discovery",
    "Found",
    "Interval",
    "Leaf",
    "Recurrence",
    "Restriction",
    "Sides",
    "Split",
    "Tree",
    "Wanted",
    "contains",
    "discover",
    "tradeoff",
    "tree",
]
