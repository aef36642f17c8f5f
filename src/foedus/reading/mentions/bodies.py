"""Organisations by their shape: ministries and armies act for the state in their name."""

from __future__ import annotations

from foedus.reading.mentions.found import NATIONAL, Found
from foedus.reading.mentions.names import Names
from foedus.reading.mentions.offices import governing
from foedus.reading.mentions.shapes import state_body
from foedus.reading.mentions.tokens import Tokens


def body(cut: Tokens, names: Names, out: list[Found], first: int, end: int, head: int) -> Found:
    """An organisation by its shape: a ministry or army acts for the state in its name."""
    code, actor, by = None, None, "shape"
    inside = names.at(cut.lower, cut.words, first)
    bearer = out[-1] if out and out[-1].last == first - 1 else None
    if inside is not None and inside[1].form in NATIONAL:
        state: Found | None = Found.of(inside[1], first, inside[0])
    elif (
        bearer is not None
        and bearer.form in NATIONAL
        and (cut.owns[bearer.last] or bearer.form in ("adjective", "face"))
    ):
        state, first = bearer, bearer.first
        out.pop()
    else:
        state = None
    if state is not None:
        code = state.code
        if state_body(cut.lower[head]) and state.actor is not None:
            actor, by = governing(names, state), state.by
    name = cut.spelled(first, end)
    return Found(
        first, end - 1, actor, name, "organisation", code, "organisation", by,
        head=cut.lower[head],
    )  # fmt: skip
