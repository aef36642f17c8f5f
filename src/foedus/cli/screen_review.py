"""A proposal on the screen, and what a person says to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text as Line

from foedus.cli.outputs import print_screen
from foedus.cli.printing import say
from foedus.reading.reviewing.decisions import ACCEPTED, EDITED, REJECTED, SKIPPED
from foedus.reading.reviewing.review import QUIT, Choice
from foedus.reading.wording import Called

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.reading.proposing import Bearing
    from foedus.reading.reviewing.offered import Offered
    from foedus.reading.reviewing.review import Desk, Reviewed, Turn

KEYS = {"a": ACCEPTED, "e": EDITED, "r": REJECTED, "s": SKIPPED, "q": QUIT}
MENU = "a accept  e edit  r reject  s skip  q quit"
LABEL = 12
EMPTY = "-"
CREDIBILITY = {
    1: "confirmed", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable",
    6: "cannot be judged",
}  # fmt: skip


def asking(repeated: int) -> Callable[[Turn], Choice]:
    """Somebody to ask: shows each proposal and takes what is typed. `repeated` are not asked of."""

    def ask(turn: Turn) -> Choice:
        if turn.problem is None:
            print_screen(lambda out: show_turn(turn, repeated, out), {})
        else:
            click.echo(f"\n{turn.problem}\nNothing was written; change it, or reject it.")
        try:
            return _asked(turn)
        except (click.Abort, EOFError):
            click.echo()
            return Choice(QUIT)

    return ask


def _asked(turn: Turn) -> Choice:
    while True:
        said = click.prompt(MENU, prompt_suffix=" > ", default="", show_default=False)
        decision = KEYS.get(str(said).strip().lower()[:1])
        if decision is None:
            click.echo("Type one of the letters, and Enter.")
        elif decision == EDITED:
            values = _edited(turn)
            return Choice(EDITED if values else ACCEPTED, values)
        elif decision == ACCEPTED:
            return Choice(ACCEPTED, _judged(turn))
        elif decision == REJECTED:
            reason = click.prompt("Why (Enter for no reason)", default="", show_default=False)
            return Choice(REJECTED, {}, str(reason).strip() or None)
        else:
            return Choice(decision)


def _edited(turn: Turn) -> dict[str, Any]:
    """Each field in turn; only what was changed."""
    click.echo(f"Enter keeps what stands in brackets; {EMPTY} takes it out.")
    entry, values = turn.draft.entry, dict[str, Any]()
    fields = ("id", "says", "by", "through", "credibility", "date")
    for name in fields:
        old = turn.draft.id if name == "id" else entry.get(name)
        shown = ", ".join(old) if isinstance(old, list) else str(old or "")
        said = str(click.prompt(name, default=shown)).strip()
        if said != shown:
            values[name] = _value(name, said)
    return values | _judged(turn)


def _value(name: str, said: str) -> Any:
    if said == EMPTY or not said:
        return None
    if name == "through":
        return [part.strip() for part in said.split(",") if part.strip()]
    if name == "credibility" and said.isdecimal():
        return int(said)
    return said


def _judged(turn: Turn) -> dict[str, Any]:
    """How reliable a new source is: nobody but the person can say."""
    if not turn.draft.sources or turn.draft.reliability:
        return {}
    names = ", ".join(one.title for one in turn.draft.sources)
    question = f"New: {names}. How reliable, A to E (F: cannot be judged)"
    said = click.prompt(question, type=click.Choice("ABCDEF", case_sensitive=False), default="F",
                        show_choices=False)  # fmt: skip
    return {"reliability": str(said).upper()}


def show_turn(turn: Turn, repeated: int, out: Console) -> None:
    """Print a proposal: its sentence, who says so through whom, its rating, what it bears on."""
    proposal, entry, called = turn.offered.proposal, turn.draft.entry, Called.of(None, turn.case)
    rest = f"   {repeated} more repeat evidence that is there" if repeated else ""
    out.print(Line("─" * min(out.width, 80), style="dim"))
    head = f"{turn.number} of {turn.total}   {turn.offered.text}, {proposal.where}"
    say(out, f"{head}   {', '.join(proposal.kinds)}{rest if turn.number == 1 else ''}", "dim")
    out.print()
    say(out, f"“{proposal.quoted}”", "italic")
    out.print()
    _row(out, "says", str(entry["says"]), "bold")
    _row(out, "who", called.chain(proposal))
    if proposal.unknown:
        _row(out, "", f"not in the case, so left out: {', '.join(proposal.unknown)}")
    _row(out, "id", turn.draft.id)
    source = turn.case.sources.get(proposal.source)
    title = source.title if source else "new: " + "; ".join(s.title for s in turn.draft.sources)
    _row(out, "source", f"{proposal.source} ({title})")
    if proposal.date:
        _row(out, "date", proposal.date)
    meant = CREDIBILITY[proposal.credibility]
    _row(out, "credibility", f"{proposal.credibility}, {meant}; the rule: {proposal.rule}")
    for n, bearing in enumerate(proposal.bears):
        _row(out, "bears on" if n == 0 else "", f"{bearing.direction} {_bearing(bearing)}")
    if proposal.repeats:
        item = turn.case.evidence.get(proposal.repeats)
        says = f": {item.says}" if item else ""
        _row(out, "repeats", f"{proposal.repeats}{says} ({proposal.because})")


def _bearing(bearing: Bearing) -> str:
    return f"{bearing.label.rstrip('.')}: {bearing.why} [{bearing.on}]"


def _row(out: Console, label: str, text: str, style: str = "") -> None:
    body = Line(text, style=style)
    for n, line in enumerate(body.wrap(out, max(out.width - LABEL, 20))):
        line.rstrip()
        out.print(Line.assemble((f"{label if n == 0 else '':<{LABEL}}", "dim"), line))


def show_end(
    told: Reviewed, bears: Sequence[Bearing], left: Sequence[Offered], desk: Desk,
    keep: str | None, out: Console,
) -> None:  # fmt: skip
    """Print what was decided, what is left, and what is for the person to do now."""
    counts = [(len(told.of(kind)), kind) for kind in (ACCEPTED, EDITED, REJECTED, SKIPPED)]
    said = ", ".join(f"{count} {kind}" for count, kind in counts if count) or "nothing decided"
    new = sum(one.proposal.repeats is None for one in left)
    rest = f"{new} left" + (f", and {len(left) - new} that repeat" if len(left) > new else "")
    say(out, f"{said}; {rest}", "bold")
    if told.decisions:
        say(out, f"decisions are kept in {desk.log}", "dim")
    written = told.of(ACCEPTED, EDITED)
    if not written:
        return
    names = ", ".join(str(one.evidence) for one in written)
    say(out, f"written into {desk.file}: {names}")
    if bears:
        out.print()
        say(out, "They bear on these; how much is for you to judge:")
        for bearing in bears:
            _row(out, "", f"{bearing.direction} {bearing.label} [{bearing.on}]")
    out.print()
    copy = "" if keep else f"Copy {desk.file} to OLD. "
    change = f"{copy}Now change in {desk.file} what you judge otherwise, with the new evidence"
    say(out, f"{change} in its `because`; foedus compare {keep or 'OLD'} {desk.file} says what"
             " moved.")  # fmt: skip
