"""A graph model on one screen: its states, its equilibria, and the ways to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.cells import cell_len
from rich.markup import escape
from rich.text import Text

from foedus.cli.stability import CONCEPTS

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.lenses.table import Account

STATES = 24
"""Rows of the table of states."""
ROWS = 8
"""Rows of any other table."""
LISTED = 16
"""States listed on one line."""
JOINT = ("cnash", "cgmr", "csmr", "cseq")
WORDS = {c: c.upper() for c in (*CONCEPTS, *JOINT)} | {"nash": "Nash", "cnash": "CNash"}
PARTS = {
    "reached": "ways from the status quo",
    "jumps": "coalition jumps",
    "structure": "acting together",
    "strong": "strong equilibria",
    "weak": "weak equilibria",
    "limited": "limited-move stability",
    "non_myopic": "non-myopic stability",
    "witnesses": "why",
    "inverse": "inverse analysis",
}
"""What parts of the answer are called where they are left out."""
MARKS = ascii_uppercase.replace("E", "")
"""Signs of decision makers; E is for equilibria, and numbers are for states."""
WAYS = {"both": "", "forward": " →", "backward": " ←"}


def show(account: Account, out: Console, every: bool = False) -> None:
    """Print the model, then what was asked of it: one state looked at closely, or all of them."""
    _head(account, out)
    if account.state is not None or account.inverse is not None:
        _witnesses(account, out)
        _inverse(account, out, every)
        _together(account, out, every)
        _foresight(account, out, every)
        _left_out(account, out, ("witnesses", "inverse", "structure", "limited", "non_myopic"))
        return
    marks = letters(account.opened.names)
    _people(account, out, marks)
    _states(account, out, marks, every)
    _equilibria(account, out, every)
    _reached(account, out, every)
    _jumps(account, out, every)
    _beyond(account, out, every)
    _left_out(account, out)


def letters(names: Sequence[str]) -> tuple[str, ...]:
    """A sign for each decision maker: a letter of its name, if there are enough of them."""
    if all(len(name) == 1 and name.isalnum() and name != "E" for name in names):
        return tuple(names)
    taken: list[str] = []
    for name in names:
        # words that are written large are what a name is known by: the Syrian government
        wanted = _initials(name, str.isupper) + _initials(name, str.islower) + name.upper()
        taken += [letter for letter in wanted if letter in MARKS and letter not in taken][:1]
    if len(taken) == len(names):
        return tuple(taken)
    return tuple(MARKS[k] if k < len(MARKS) else "?" for k in range(len(names)))


def _initials(name: str, kind: Callable[[str], bool]) -> str:
    return "".join(word[0] for word in name.split() if kind(word[0])).upper()


def listed(ids: Sequence[object], every: bool, most: int = LISTED) -> str:
    """States by id, and how many more there are."""
    if not ids:
        return "none"
    shown = ids if every or len(ids) <= most + 1 else ids[:most]
    told = ", ".join(str(state) for state in shown)
    return told if len(shown) == len(ids) else f"{told} and {len(ids) - len(shown):,} more"


def _rows(out: Console, rows: Iterable[tuple[str, str]], gap: int = 2) -> None:
    """Two columns: what it is, and what is said of it; each goes on beneath itself."""
    lines = list(rows)
    room = max(out.width // 3, 12)
    left = min(max((cell_len(name) for name, _ in lines), default=0), room)
    for name, said in lines:
        heads = Text(name, style="dim").wrap(out, left)
        told = Text(said).wrap(out, max(out.width - left - gap, 20))
        for head, line in zip_longest(heads, told, fillvalue=Text()):
            head.rstrip()
            line.rstrip()
            head.pad_right(left - cell_len(head.plain) if line else 0)
            out.print(Text.assemble(head, " " * gap if line else "", line))


def _say(out: Console, text: Text) -> None:
    """A paragraph, without blanks at the ends of its lines."""
    for line in text.wrap(out, out.width):
        line.rstrip()
        out.print(line)


def _more(out: Console, left: int) -> None:
    if left > 0:
        out.print(f"[dim]and {left:,} more; --all shows them[/dim]")


def _head(account: Account, out: Console) -> None:
    conflict = account.conflict
    if conflict.title:
        out.print(f"[bold]{escape(conflict.title)}[/bold]")
    parts = [_count(len(conflict.dms), "decision maker"), _count(conflict.states, "state")]
    if conflict.options:
        parts.insert(1, _count(len(conflict.options), "option"))
    told = ", ".join(parts)
    if conflict.status_quo is not None:
        quo = conflict.status_quo
        pattern = f" ({_pattern(account, quo)})" if conflict.options else ""
        told += f"; status quo {account.ids.one(quo)}{pattern}"
    out.print(escape(told))
    if account.opened.at_modes:
        out.print("[dim]every uncertain number at its most likely value[/dim]")
    if account.main_reading is not None:
        least = ", in which the least is stable" if account.reading is None else ""
        out.print(f"[dim]unknown preferences by reading {account.main_reading}{least}[/dim]")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _people(account: Account, out: Console, marks: Sequence[str]) -> None:
    """Who decides on what."""
    conflict = account.conflict
    rows = []
    for i, name in enumerate(account.opened.names):
        own = [
            f"{o + 1} {option.name or option.id}{WAYS[option.direction]}"
            for o, option in enumerate(conflict.options)
            if option.owner == i
        ]
        called = name if name == marks[i] else f"{marks[i]}  {name}"
        rows.append((called, ", ".join(own)))
    out.print()
    _rows(out, rows)
    if any(option.direction != "both" for option in conflict.options):
        out.print("[dim]→ once chosen, for good; ← once dropped, for good[/dim]")


def _pattern(account: Account, state: int) -> str:
    """A state's choices, those of each decision maker together."""
    conflict = account.conflict
    whole = conflict.pattern(state)
    groups = [
        "".join(whole[o] for o, option in enumerate(conflict.options) if option.owner == i)
        for i in range(len(conflict.dms))
    ]
    return " ".join(group for group in groups if group)


def _states(account: Account, out: Console, marks: Sequence[str], every: bool) -> None:
    """States by concept: for whom each is stable."""
    states = account.conflict.states
    chosen = np.arange(states)
    if states > STATES and not every:
        chosen = _weighty(account)
    concepts = [c for c in CONCEPTS if c in account.solution.stable]
    joint = [c for c in JOINT if c in account.equilibria]
    header, rows = _table(account, chosen, marks, concepts, joint)
    if _width(header, rows) > out.width and joint:
        header, rows = _table(account, chosen, marks, concepts, [])
    out.print()
    _print_table(out, header, rows)
    _more(out, states - chosen.size)
    told = "E: stable for all; else those for whom it is; · only because it has no move"
    out.print(f"[dim]{told}[/dim]")


def _weighty(account: Account) -> Any:
    """The states to show where there are many: the status quo, then the most lasting."""
    score = np.zeros(account.conflict.states)
    for concept, table in account.equilibria.items():
        score += table * (len(account.equilibria) if concept == account.concept else 1)
    if account.conflict.status_quo is not None:
        score[account.conflict.status_quo] += 1000
    return np.sort(np.argsort(-score, kind="stable")[:STATES])


def _table(
    account: Account, chosen: Any, marks: Sequence[str], concepts: Sequence[str], joint: list[str]
) -> tuple[list[str], list[list[str]]]:
    conflict, labels = account.conflict, account.opened.labels
    coded = conflict.codes is not None
    labelled = any(int(s) in labels for s in chosen)
    header = ["state", *(["code", "choices"] if coded else [])]
    header += [WORDS[c] for c in (*concepts, *joint)] + ([""] if labelled else [])
    rows = []
    for s in chosen.tolist():
        row = [str(account.ids.one(s))]
        if conflict.codes is not None:
            row += [str(conflict.codes[s]), _pattern(account, s)]
        row += [_cell(account, concept, s, marks) for concept in concepts]
        row += ["E" if account.equilibria[concept][s] else "" for concept in joint]
        rows.append(row + ([labels.get(s, "")] if labelled else []))
    return header, rows


def _cell(account: Account, concept: str, state: int, marks: Sequence[str]) -> str:
    stable = account.solution.stable[concept][:, state]
    stuck = account.solution.stuck[:, state]
    if stable.all():
        return "E" + "·" * int(np.count_nonzero(stuck))
    if stable.size > 9:
        return f"{np.count_nonzero(stable)} of {stable.size}"
    return "".join("·" if stuck[i] else marks[i] for i in np.flatnonzero(stable).tolist())


def _width(header: list[str], rows: list[list[str]]) -> int:
    """How wide the table is without what is written at its right."""
    columns = zip(header, *rows, strict=True)
    widths = [max(cell_len(cell) for cell in column) for column in columns]
    last = 0 if header[-1] else widths.pop()
    return sum(widths) + 2 * (len(widths) - 1) + min(last, 14)


def _print_table(out: Console, header: list[str], rows: list[list[str]]) -> None:
    """A table of short cells, its last column cut where there is no room; equilibria are bold."""
    widths = [max(cell_len(cell) for cell in column) for column in zip(header, *rows, strict=True)]
    for place, row in enumerate([header, *rows]):
        line = Text(style="dim" if place == 0 else "")
        for k, (cell, width) in enumerate(zip(row, widths, strict=True)):
            text = cell.rjust(width) if k == 0 or header[k] == "code" else cell.ljust(width)
            line.append(text, style="bold" if place and cell.startswith("E") and k > 1 else "")
            line.append("  ")
        line.rstrip()
        line.truncate(out.width, overflow="ellipsis")
        out.print(line)


def _equilibria(account: Account, out: Console, every: bool) -> None:
    """The equilibria; concepts that have the same ones share a line."""
    out.print("\n[bold]Equilibria[/bold]")
    _sets(account, out, dict(account.equilibria), every)


def _sets(account: Account, out: Console, tables: dict[str, Any], every: bool) -> None:
    groups: list[tuple[list[str], Any]] = []
    for concept, table in tables.items():
        same = next((names for names, other in groups if np.array_equal(other, table)), None)
        if same is None:
            groups.append(([WORDS[concept]], table))
        else:
            same.append(WORDS[concept])
    rows = []
    for names, table in groups:
        places = np.flatnonzero(table)
        count = f"{places.size:,} states: " if places.size > LISTED else ""
        shown = places if every else places[: LISTED + 2]
        told = listed(account.ids.of(shown), every) if every or places.size <= LISTED + 1 else ""
        if not told:
            first = listed(account.ids.of(places[:LISTED]), True)
            told = f"{first} and {places.size - LISTED:,} more"
        rows.append((", ".join(names), count + told))
    _rows(out, rows)


def _reached(account: Account, out: Console, every: bool) -> None:
    found = account.part("reached")
    if not isinstance(found, dict):
        return
    concept = WORDS[found["concept"]]
    out.print(f"\n[bold]From the status quo {escape(str(found['start']))}[/bold] ({concept})")
    if found["start_is_equilibrium"]:
        out.print("It is an equilibrium itself.")
    names = _names(account)
    paths = found["paths"] if every else found["paths"][:ROWS]
    rows = []
    for path in paths:
        way = ", ".join(f"{names[step['by']]} to {step['to']}" for step in path["steps"])
        free = " (not all are improvements)" if path["how"] == "moves" else ""
        rows.append((f"to {path['to']}", way + free))
    _rows(out, rows)
    _more(out, len(found["paths"]) - len(paths) + found["paths_left_out"])
    if found["not_reached"]:
        _rows(out, [("not reached", listed(found["not_reached"], every))])
    elif not rows and not found["start_is_equilibrium"]:
        out.print("There is no equilibrium to be reached.")


def _jumps(account: Account, out: Console, every: bool) -> None:
    """Jumps by two or more together; what one alone would do is deterred already."""
    found = account.part("jumps")
    if not isinstance(found, list) or not account.solution.equilibria[account.concept].any():
        return
    concept = WORDS[account.concept]
    together = [jump for jump in found if len(jump["members"]) > 1]
    if not together:
        out.print(f"\nNo coalition would jump from one {concept} equilibrium to another.")
        return
    out.print(f"\n[bold]Coalitions that would jump[/bold] ({concept})")
    names = _names(account)
    shown = together if every else together[:ROWS]
    _rows(
        out,
        [
            (f"{jump['from']} to {jump['to']}", " + ".join(names[dm] for dm in jump["members"]))
            for jump in shown
        ],
    )
    _more(out, len(together) - len(shown))


def _beyond(account: Account, out: Console, every: bool) -> None:
    """What was asked for besides, or what the model says beyond rankings."""
    _together(account, out, every)
    readings = account.part("readings")
    if isinstance(readings, dict) and len(readings) > 1:
        for reading, sets in readings.items():
            said = f"reading {reading} of unknown preferences"
            _section(out, "Equilibria", said, sets["equilibria"], every)
    for key, title in (("strong", "Strong equilibria"), ("weak", "Weak equilibria")):
        sets = account.part(key)
        if isinstance(sets, dict):
            said = f"reading {account.main_reading}" if account.main_reading else ""
            _section(out, title, said, sets["equilibria"], every)
    _foresight(account, out, every)
    attitudes = account.part("attitudes")
    if isinstance(attitudes, dict):
        said = _stances(attitudes["stance"], _names(account))
        _section(out, "With attitudes", said, attitudes["equilibria"], every)
    blind = account.part("misperception")
    if isinstance(blind, dict):
        out.print("\n[bold]Not perceived[/bold] (moves from and to these are left out)")
        names = _names(account)
        rows = [(names[dm], listed(ids, every)) for dm, ids in blind["not_perceived"].items()]
        _rows(out, [row for row in rows if row[1] != "none"])


def _names(account: Account) -> dict[str, str]:
    """What people call the decision makers, by id."""
    return dict(zip(account.conflict.dms, account.opened.names, strict=True))


def _stances(stance: Mapping[str, Mapping[str, str]], names: Mapping[str, str]) -> str:
    """Who feels about whom otherwise than everybody does who only looks to itself."""
    told = []
    for dm, others in stance.items():
        felt = [
            f"{word} to {names[other] if other != dm else 'itself'}"
            for other, word in others.items()
            if word != ("positive" if other == dm else "neutral")
        ]
        if felt:
            told.append(f"{names[dm]}: {', '.join(felt)}")
    return "; ".join(told)


def _together(account: Account, out: Console, every: bool) -> None:
    """What lasts where each block acts as one."""
    structure = account.part("structure")
    if isinstance(structure, dict):
        names = _names(account)
        blocks = "; ".join(
            " + ".join(names[dm] for dm in members) for members in structure["blocks"].values()
        )
        _section(out, "Acting together", blocks, structure["equilibria"], every)


def _foresight(account: Account, out: Console, every: bool) -> None:
    limited, far = account.part("limited"), account.part("non_myopic")
    rows = []
    if isinstance(limited, dict):
        rows.append((f"{limited['horizon']} moves", listed(limited["equilibria"], every)))
    if isinstance(far, dict):
        rows.append(("non-myopic", listed(far["equilibria"], every)))
    if rows:
        out.print("\n[bold]Equilibria with foresight[/bold]")
        _rows(out, rows)


def _section(
    out: Console, title: str, said: str, equilibria: Mapping[str, Sequence[object]], every: bool
) -> None:
    more = f" ({escape(said)})" if said else ""
    out.print(f"\n[bold]{title}[/bold]{more}")
    groups: dict[tuple[object, ...], list[str]] = {}
    for concept, ids in equilibria.items():
        groups.setdefault(tuple(ids), []).append(WORDS[concept])
    _rows(out, [(", ".join(names), listed(ids, every)) for ids, names in groups.items()])


def _left_out(account: Account, out: Console, keys: Sequence[str] | None = None) -> None:
    """What could not be answered, and why; the same reason once."""
    reasons: dict[str, list[str]] = {}
    for key, why in account.left_out.items():
        if keys is None or key in keys:
            reasons.setdefault(why, []).append(WORDS.get(key) or PARTS.get(key, key))
    if reasons:
        out.print()
    for why, what in reasons.items():
        _say(out, Text.assemble(("!", "bold"), f" left out {', '.join(what)}: {why}"))


def _witnesses(account: Account, out: Console) -> None:
    found = account.part("witnesses")
    if not isinstance(found, dict):
        return
    assert account.state is not None
    state = account.state
    out.print()
    _say(out, _title(account, state, found["state"]))
    for dm, rows in found["dms"].items():
        name = account.opened.names[account.conflict.dms.index(dm)]
        out.print(f"\n[bold]{escape(name)}[/bold]")
        said: dict[str, list[str]] = {}
        for concept, row in rows.items():
            why = account.left_out.get(concept)
            told = row["says"] if row else f"cannot be told{f': {why}' if why else ''}"
            said.setdefault(told, []).append(WORDS[concept])
        _rows(out, [(", ".join(names), told) for told, names in said.items()])
    swap = found["swap"]
    if swap is not None:
        out.print()
        _say(out, Text(_swap(account, swap)))


def _title(account: Account, state: int, name: object) -> Text:
    conflict = account.conflict
    text = Text(f"State {name}", style="bold")
    label = account.opened.labels.get(state)
    if label:
        text.append(f"  {label}", style="not bold")
    if conflict.codes is not None:
        code = int(conflict.codes[state])
        chosen = [o.name or o.id for k, o in enumerate(conflict.options) if code >> k & 1]
        told = f"  {_pattern(account, state)}  {', '.join(chosen) or 'nothing chosen'}"
        text.append(told, style="not bold")
    return text


def _swap(account: Account, swap: Mapping[str, Any]) -> str:
    concept = WORDS[swap["concept"]]
    if swap["left_out"]:
        return f"Which swap would break it under {concept} is left out: {swap['left_out']}"
    if not swap["breakable"]:
        return f"No swap of two states in one ranking would break it under {concept}."
    names = _names(account)
    places = "neighbours" if swap["places"] == 1 else f"{swap['places']} places apart"
    unstable = ", ".join(names[dm] for dm in swap["unstable"])
    return (
        f"Smallest swap that breaks it under {concept}: {swap['better']} and {swap['worse']} change"
        f" places in the ranking of {names[swap['by']]} ({places}). Then it is unstable for"
        f" {unstable}."
    )


def _inverse(account: Account, out: Console, every: bool) -> None:
    found = account.part("inverse")
    if not isinstance(found, dict):
        return
    assert account.inverse is not None
    out.print()
    title = _title(account, account.inverse, found["state"])
    _say(out, Text("Rankings that make it stable: ").append_text(title))
    for dm, rows in found["dms"].items():
        name = account.opened.names[account.conflict.dms.index(dm)]
        out.print(f"\n[bold]{escape(name)}[/bold]")
        said: dict[str, list[str]] = {}
        for concept, row in rows.items():
            said.setdefault(_rankings(row, every), []).append(WORDS[concept])
        _rows(out, [(", ".join(names), told) for told, names in said.items()])


def _rankings(row: Mapping[str, Any], every: bool) -> str:
    if row["left_out"]:
        return f"left out: {row['left_out']}"
    share = f"{100 * row['share']:.3g} %"
    if row["of"] is not None and (every or row["of"] < 10**15):
        share = f"{row['stable']:,} of {row['of']:,} ({share})"
    return f"{share}: {row['condition']}"
