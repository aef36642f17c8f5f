"""What a case is: models, quantities, evidence, reading and writing files, the packaged cases."""

from foedus.case.case import Case
from foedus.case.errors import CaseError, Problem
from foedus.case.packages import packaged
from foedus.case.quantity import Quantity, Range, quantities
from foedus.case.reading import load, loads
from foedus.case.schema import schema
from foedus.case.section import Head, Section
from foedus.case.writing import edit, write_atomically

__all__ = [
    "Case",
    "CaseError",
    "Head",
    "Problem",
    "Quantity",
    "Range",
    "Section",
    "edit",
    "load",
    "loads",
    "packaged",
    "quantities",
    "schema",
    "write_atomically",
]
