"""The stability finding in pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.case import Case
from foedus.lenses.drawing import WIDTH, finished, lines_of, names, rows, share, wrapped
from foedus.lenses.lens import Finding, Picture
from foedus.lenses.stability.lens import Setting
from foedus.lenses.stability.pictures.graph_picture import concept_name, graph_picture

STATES, BROKEN = 10, 3
"""How many states are drawn; so many of them, if there are, in which the pact is broken."""
MOVES = 6
"""How many moves that break the pact are drawn."""
SIDE = 300
"""Room for the words at the side."""
ENDS, LASTS = "the conflict ends here", "an equilibrium"


def pictures(case: Case, finding: Finding) -> tuple[Picture, ...]:
    """Draw the finding, in the order in which a reader would ask."""
    drawn = (
        at_modes(case, finding.data),
        states(finding.data),
        breakers(case, finding.data),
    )
    return tuple(picture for picture in drawn if picture is not None)


def at_modes(case: Case, data: Mapping[str, Any]) -> Picture:
    """The graph of the conflict with every number at its most likely value."""
    from foedus.lenses.stability.coding.building import conflict, utilities
    from foedus.lenses.stability.concepts.solving import solve

    setting = Setting.of(case)
    section, form = setting.section, setting.form
    model = conflict(section, form, utilities(section, form)[0], title=case.title)
    called = names(case, form.dms)
    picture = graph_picture(
        model,
        solve(model, (data["concept"],)),
        concept=data["concept"],
        holds=form.holds,
        names=[called[dm] for dm in form.dms],
        labels=form.labels,
    )
    return Picture(
        picture.name,
        picture.title,
        f"Every number at its most likely value. {picture.caption}",
        picture.spec,
    )


def states(data: Mapping[str, Any]) -> Picture | None:
    """In which states the conflict can end, and how often."""
    import altair as alt

    concept = data["concept"]
    seen = _chosen([row for row in data["states"] if row["reached"] > 0])
    if not seen:
        return None
    table = [
        {
            "state": _told(row),
            "in words": _in_words(row, data["options"]),
            ENDS: row["reached"],
            LASTS: row[concept],
            "pact": "holds" if row["holds"] else "broken",
        }
        for row in seen
    ]
    lines = max(row["state"].count("\n") for row in table) + 1
    top = min(1.0, 1.1 * max(row[LASTS] for row in table))
    base = alt.Chart(rows(table)).encode(y=lines_of("state", [row["state"] for row in table]))
    ends = alt.X(**share(ENDS, "share of draws", top))
    lasts = alt.X(**share(LASTS, "share of draws", top))
    right = WIDTH - SIDE + 70
    head = alt.Chart(rows([{"head": "the pact"}])).mark_text(style="note", align="right")
    beside = {"x": alt.value(right), "text": "pact:N"}
    chart = alt.layer(
        base.mark_rule(style="span").encode(x=ends, x2=f"{LASTS}:Q"),
        base.transform_filter(f"datum['{LASTS}'] - datum['{ENDS}'] > 0.004")
        .mark_point(style="hollow", fill="white")
        .encode(x=lasts),
        base.mark_point(style="dot").encode(x=ends),
        base.transform_filter("datum.pact == 'holds'")
        .mark_text(style="strong", align="right", fontSize=12)
        .encode(**beside),
        base.transform_filter("datum.pact == 'broken'")
        .mark_text(style="note", align="right")
        .encode(**beside),
        head.encode(x=alt.value(right), y=alt.value(-8), text="head:N"),
    )
    return Picture(
        "states",
        "Which outcomes can last, and does the pact hold in them?",
        "Filled: the share of draws in which the conflict can end in the state, coming from the"
        f" status quo; hollow: in which it is an equilibrium ({concept_name(concept)}) at all,"
        f" if more.{_shown(seen, data)}",
        finished(chart.properties(width=WIDTH - SIDE, height=alt.Step(12 + 14 * max(lines, 2)))),
    )


def breakers(case: Case, data: Mapping[str, Any]) -> Picture:
    """Who breaks the pact first, and by which move."""
    import altair as alt

    parts = data["breakers"]
    called = names(case, parts)
    who = [{"who": called[dm], "share": value} for dm, value in parts.items()]
    who.sort(key=lambda row: -float(row["share"]))
    who.append({"who": "nobody", "share": max(0.0, 1.0 - sum(parts.values()))})
    above = _bars(who, "who", "share of draws in which this one breaks the pact first")
    moves = [
        {
            "move": wrapped(f"{called[m['by']]}, from {m['from']['id']}: {_change(m)}", 40),
            "share": m["share"],
        }
        for m in data["breaking_moves"][:MOVES]
    ]
    chart = above
    if moves:
        below = _bars(moves, "move", "share of draws in which it is by this move")
        chart = alt.vconcat(above, below, spacing=28)
    return Picture(
        "breakers",
        "Who breaks the pact first?",
        "Whose improvement is the first to end the pact, along improvements from the status quo"
        " that the others cannot deter by a sanction; where several are equally near, each counts"
        " in part above and in full below.",
        finished(chart),
    )


def _bars(table: Sequence[Mapping[str, Any]], field: str, title: str) -> Any:
    import altair as alt

    order = [row[field] for row in table]
    lines = max(str(name).count("\n") for name in order) + 1
    top = min(1.0, 1.15 * max(0.05, *(row["share"] for row in table)))
    base = alt.Chart(rows(table)).encode(
        y=lines_of(field, order), x=alt.X(**share("share", title, top))
    )
    return alt.layer(
        base.mark_bar(style="bar", height=13),
        base.mark_text(style="note", align="left", dx=5).encode(
            text=alt.Text("share:Q", format=".2~p")
        ),
    ).properties(width=WIDTH - SIDE + 60, height=alt.Step(12 + 14 * lines))


def _told(row: Mapping[str, Any]) -> str:
    """A state for the side of a picture: its id, and its label or what is chosen in it."""
    words = row["label"] or ", ".join(row["chosen"]) or "nothing chosen"
    return wrapped(f"{row['id']}: {words}", 44, 3)


def _in_words(row: Mapping[str, Any], options: Mapping[str, str]) -> str:
    chosen = "; ".join(options.get(option) or option for option in row["chosen"])
    return row["label"] or chosen or "nothing chosen"


def _change(move: Mapping[str, Any]) -> str:
    """What a move changes: the options taken up and dropped, or the state it leads to."""
    before, after = move["from"]["chosen"], move["to"]["chosen"]
    changes = [f"−{option}" for option in before if option not in after]
    changes += [f"+{option}" for option in after if option not in before]
    label = move["to"]["label"]
    return label or " ".join(changes) or f"to {move['to']['id']}"


def _chosen(found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The states to draw, most frequent first, with some in which the pact is broken."""
    broken = [row for row in found if not row["holds"]][:BROKEN]
    room = STATES - len(broken)
    others = [row for row in found if not any(row is other for other in broken)][:room]
    return sorted([*broken, *others], key=lambda row: -float(row["reached"]))


def _shown(seen: Sequence[Mapping[str, Any]], data: Mapping[str, Any]) -> str:
    if len(seen) < STATES:
        return ""
    broken = sum(not row["holds"] for row in seen)
    also = f", those in which the pact is broken up to the {broken} most frequent" if broken else ""
    return f" Of {data['feasible_states']:,} states the most frequent are shown{also}."
