"""A text on the screen, with who speaks, events and cues marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text as Line

from foedus.case.fields import partial_date
from foedus.cli.printing import say
from foedus.reading.marking import Note, Paragraph, paragraphs
from foedus.reading.model import Blame, Claim, Commitment, Event, Quote, Stake, Thesis

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from foedus.case import Case
    from foedus.reading.marking import Piece
    from foedus.reading.model import Reading
    from foedus.reading.proposing import Proposal
    from foedus.reading.wording import Called

MOST = 60
"""Paragraphs that are shown."""
MOST_NOTES = 24
"""Findings shown of one paragraph."""
LONGEST = 5000
"""Characters shown of one paragraph."""
WIDEST = 100
STYLES = {"event": "bold", "cue": "italic", "speaker": "cyan", "quote": "cyan"}
COUNTED = (
    (Claim, "claim", "claims"), (Event, "event", "events"), (Quote, "quotation", "quotations"),
    (Commitment, "commitment", "commitments"), (Blame, "complaint", "complaints"),
    (Thesis, "thesis", "theses"), (Stake, "stake or aim", "stakes and aims"),
)  # fmt: skip
LEGEND = (
    "¹ an event, told below its paragraph   ⟨…⟩ who says the words before it\n"
    "~ hedge   ¬ negation   + booster   ◊ condition   ‽ question   % doubt, each after its word"
)


def show(reading: Reading, called: Called, notes: Sequence[str], out: Console) -> None:
    """Print the text paragraph by paragraph, what was found below each, a legend, and numbers.

    `notes` are what a person should know of how it was opened.
    """
    width = min(out.width, WIDEST)
    shown = paragraphs(reading, called)
    voice: str | None = None
    for paragraph in shown[:MOST]:
        if paragraph.voice != voice:
            voice = paragraph.voice
            label = f"── {voice or 'nobody’s text'} "
            out.print(Line(label + "─" * max(0, width - len(label)), style="dim"))
        _paragraph(paragraph, width, out)
    if len(shown) > MOST:
        rest = len(shown) - MOST
        say(out, f"and {rest} more paragraphs; --out FILE.html shows them all", "dim")
    out.print(Line("─" * width, style="dim"))
    for line in LEGEND.splitlines():
        say(out, line, "dim")
    for told in notes:
        say(out, f"! {told}")
    say(out, f"{summary(reading)}.", "bold")


def show_proposed(
    found: Sequence[Proposal], case: Case, kept: Path | None, date: str | None, out: Console
) -> None:
    """Print how much is proposed for a case, where it went, and what to do next."""
    new = sum(one.repeats is None for one in found)
    count = plural(len(found), "proposal", "proposals")
    say(out, f"{count} for {case.id}: {new} new, {len(found) - new} repeat evidence that is there.",
        "bold")  # fmt: skip
    bears = len({bearing.on for one in found if one.repeats is None for bearing in one.bears})
    if bears:
        say(out, f"The new ones bear on {bears} of its numbers, assumptions and hypotheses.")
    day = partial_date(date) if date else None
    if day is not None and day > case.as_of:
        say(out, f"! It was published {date}, after the case's as_of, {case.as_of}: move as_of"
                 " before you accept any of it.")  # fmt: skip
    if kept is None:
        say(out, f"{case.id} is a packaged case, and nothing was kept. To go on: foedus new FILE"
                 f" --from {case.id}, and read with --case FILE.")  # fmt: skip
    else:
        say(out, f"Kept in {kept}. Next: foedus review {case.file}")


def summary(reading: Reading) -> str:
    """What was found, in numbers."""
    told = []
    for kind, one, many in COUNTED:
        if count := len(reading.of(kind)):
            told.append(plural(count, one, many))
    return ", ".join(told) or "nothing was found in it"


def _paragraph(paragraph: Paragraph, width: int, out: Console) -> None:
    gutter = f"{paragraph.number:>3} "
    body = _marked(paragraph.pieces)
    if len(body) > LONGEST:
        body.truncate(LONGEST)
        body.append("…")
    for n, line in enumerate(body.wrap(out, width - len(gutter))):
        line.rstrip()
        out.print(Line.assemble((gutter if n == 0 else " " * len(gutter), "dim"), line))
    for note in paragraph.notes[:MOST_NOTES]:
        _note(note, len(gutter), width, out)
    if len(paragraph.notes) > MOST_NOTES:
        rest = len(paragraph.notes) - MOST_NOTES
        out.print(Line(f"{' ' * len(gutter)}and {rest} more", style="dim"))


def _marked(pieces: Sequence[Piece]) -> Line:
    line = Line()
    for piece in pieces:
        line.append(piece.text, style=" ".join(STYLES[one] for one in piece.marks))
        if piece.after:
            line.append(piece.after, style="dim")
    return line


def _note(note: Note, indent: int, width: int, out: Console) -> None:
    lead = f"{note.mark or '·'} {note.kind}"
    body = Line.assemble((lead, "bold" if note.mark else "dim"), "  ", note.says)
    for n, line in enumerate(body.wrap(out, width - indent - 2)):
        line.rstrip()
        out.print(Line(" " * (indent if n == 0 else indent + 2)) + line)


def plural(count: int, one: str, many: str) -> str:
    """So many of something."""
    return f"{count} {one if count == 1 else many}"
