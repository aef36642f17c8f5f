"""The argument lens: case and draws to outcome to finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus.case import Case
from foedus.lenses.argument.finding import QUESTION
from foedus.lenses.argument.matrix import evidence_spent, lacking, of_case
from foedus.lenses.argument.model import Argument
from foedus.lenses.argument.weighing import solved
from foedus.lenses.lens import Draws, Finding, Outcome, Picture


class ArgumentLens:
    """Which hypothesis does the evidence favour, and which items decide?"""

    name = "argument"
    question = QUESTION
    Section = Argument

    def needs(self, case: Case) -> tuple[str, ...]:
        """No other lens."""
        return ()

    def missing(self, case: Case) -> tuple[str, ...]:
        """What the case must still say before this lens can look."""
        return lacking(case)

    def run(
        self, case: Case, draws: Draws, inputs: Mapping[str, Outcome], start: Outcome | None = None
    ) -> Outcome:
        """Weigh every draw's matrix; H hypotheses, E items in the order of the case.

        Arrays: `prior`, `likelihood` (log, up to what is the same for all) and `posterior`
        `(P, H)`; `strength` `(P, E)`, how far each item sets hypotheses apart as a log ratio, and
        `counts`, what is left of it for what it shares with its group; `moves` `(P, E)`, what
        changes hands between hypotheses if it is left out, and `leader_changes`, 1 where none of
        the likeliest leads then; `by_evidence` `(P, H)`, the chances from a flat prior. With
        hypotheses on both sides, `holds`, `log_ratio` and `log_ratio_unused` `(P,)`, and
        `holds_without` and `ratio_without` `(P, E)`.

        Evidence that numbers of the case compared with rest on counts as used here, too: a number
        that a scenario sets rests on nothing, and its evidence is not new for that.
        """
        if start is not None and start.shared["case"] == case.hash:
            matrix, spent = start.shared["matrix"], start.shared["spent"]
        else:
            spent = evidence_spent(case) | (start.shared["spent"] if start else frozenset())
            matrix = of_case(case, spent)
        shared = {"case": case.hash, "matrix": matrix, "spent": spent}
        return Outcome("argument", draws.index, solved(matrix, draws), shared)

    def find(self, case: Case, draws: Draws, outcome: Outcome) -> Finding:
        """Say what the outcome means."""
        from foedus.lenses.argument.finding import find

        return find(draws, outcome)

    def pictures(self, case: Case, finding: Finding) -> tuple[Picture, ...]:
        """Draw the finding."""
        from foedus.lenses.argument.pictures.lens import pictures

        return pictures(finding.data)

    def template(self, members: Sequence[str]) -> str:
        """A commented section to fill in, with two hypotheses to hold against the evidence."""
        from foedus.lenses.argument.template import template

        return template(members)
