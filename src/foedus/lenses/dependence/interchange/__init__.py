"""Games in plain tables: worths of sets, weighted votes, and who would rather stand with whom.

CSV (cut at `,`, `;` or tab) with a head. In any order, with other columns passed over:

- `coalition`, `worth`: a row for every set of members, written `A+B` (or with & or ;, or, where no
  set has one of these, with spaces);
- `member`, `weight`, and `veto` if need be: a vote, for which a quota has to be given;
- `member`, `partner`, `value`: what each member is to each, added up over a set;
- `member`, `coalition`, `value`: what every set is to each of its members.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.case.nearest import nearest, quoted
from foedus.lenses.cells import Row, TableError, bytes_of, rows_of
from foedus.lenses.dependence.game import Game, GameError, Hedonic
from foedus.lenses.dependence.interchange import preferences, voting, worths
from foedus.lenses.dependence.interchange.head import Columns, columns_of

__all__ = ["FORMS", "MISSING", "Found", "TableError", "read_game"]

FORMS = {
    "worths": ("coalition", "worth"),
    "vote": ("member", "weight"),
    "partners": ("member", "partner", "value"),
    "sets": ("member", "coalition", "value"),
}
"""Forms of table, by the columns that tell them."""
MISSING = ("refuse", "zero")
"""What becomes of a table that lacks some sets: refused, or those counted as 0."""


@dataclass(frozen=True, eq=False)
class Found:
    """The game in a file: one with transferable utility, or a hedonic one."""

    form: str
    game: Game | None = None
    hedonic: Hedonic | None = None


def read_game(
    path: str | os.PathLike[str], *, missing: str = "refuse", quota: float | None = None
) -> Found:
    """The game in a file, of any of `FORMS`.

    Raises TableError, with line and column, and GameError for an option that does not fit the form.
    """
    if missing not in MISSING:
        raise GameError(f"what is missing is one of {', '.join(MISSING)}, not {quoted(missing)}")
    rows = rows_of(bytes_of(path), str(path))
    form = _form(rows[0])
    columns = columns_of(rows)
    if quota is not None and form != "vote":
        raise GameError(f"{path}: is no vote (member, weight), so there is no quota")
    if missing != "refuse" and form not in ("worths", "sets"):
        raise GameError(f"{path}: is no table of sets, so --missing has nothing to say")
    return _found(form, rows[1:], columns, missing == "zero", quota)


def _found(
    form: str, rows: Sequence[Row], columns: Columns, fill: bool, quota: float | None
) -> Found:  # fmt: skip
    if form == "worths":
        return Found(form, game=worths.game_of(rows, columns, fill=fill))
    if form == "vote":
        return Found(form, game=voting.game_of(rows, columns, quota))
    if form == "partners":
        return Found(form, hedonic=preferences.of_partners(rows, columns))
    return Found(form, hedonic=preferences.of_sets(rows, columns, fill=fill))


def _form(head: Row) -> str:
    heads = [text.lower() for text in head.texts]
    for form, needed in FORMS.items():
        if set(needed) <= set(heads):
            return form
    # the form of which most is there says what was meant
    needed = max(FORMS.values(), key=lambda names: sum(name in heads for name in names))
    lacking = next(name for name in needed if name not in heads)
    near = nearest(lacking, [text for text in heads if text not in needed])
    hint = f", did you mean it by {quoted(near)}?" if near else "; there should be " + ", or ".join(
        f"{' and '.join(names)}" if len(names) == 2 else f"{', '.join(names[:-1])} and {names[-1]}"
        for names in FORMS.values()
    )  # fmt: skip
    raise TableError(head.file, f"line {head.line}", f"has no column {quoted(lacking)}{hint}")
