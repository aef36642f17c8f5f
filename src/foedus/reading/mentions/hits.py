"""Names that were looked up, joined to what stands before or after them."""

from __future__ import annotations

from foedus.reading.mentions.entry import Entry
from foedus.reading.mentions.found import NATIONAL, Found
from foedus.reading.mentions.memory import Memory
from foedus.reading.mentions.names import Names
from foedus.reading.mentions.shapes import initials
from foedus.reading.mentions.tokens import Tokens
from foedus.reading.mentions.words import (
    NOT_NAMES,
    OWN,
    SHIPS,
    TITLE_WORDS,
    TOLD,
)


def looked_up(
    cut: Tokens, names: Names, memory: Memory, out: list[Found], at: int, size: int, entry: Entry
) -> int:
    """A name that was looked up, joined to what stands before it."""
    if _shouted(cut, at, entry) or (entry.actor == "the-west" and not _the_west(cut, at)):
        return at
    found = Found.of(entry, at, size)
    end = at + size
    if entry.form == "place":
        found.role = "place"
    elif entry.form == "person":
        before = out[-1] if out else None
        if at and cut.lower[at - 1] in SHIPS:
            return end
        if before is not None and before.last == at - 1 and before.actor == found.actor is not None:
            found.first, found.head = before.first, before.head
            out.pop()
        memory.introduce(found, cut, at, end - 1)
        if entry.words and entry.words[0].lower() in TITLE_WORDS:
            found.head = entry.words[0].lower()
            memory.hold([found.head], found.head, found)
    elif entry.form == "group":
        found.head = cut.lower[end - 1]
        found.plural = found.head.endswith("s")
        before = out[-1] if out else None
        if before is not None and before.last == at - 1 and before.form in ("adjective", "face"):
            found.first = before.first
            if size == 1 and before.code is not None and entry.code not in (None, before.code):
                found.actor, found.code = None, before.code
                found.name = cut.spelled(found.first, end)
            out.pop()
        memory.groups[found.head] = found
    elif entry.form in ("organisation", "movement"):
        memory.groups[cut.lower[end - 1]] = found
    elif entry.form in NATIONAL:
        _of_state(cut, names, out, found)
        if entry.form == "institution":
            memory.groups[cut.lower[end - 1]] = found
    if cut.owns[at] and size > 1 and found.type != "person":
        found.inner = _inner(cut, names, at)
    out.append(found)
    return shortened(cut, names, memory, out, end)


def _shouted(cut: Tokens, at: int, entry: Entry) -> bool:
    """Is IS or WHO but a word among words in capitals?"""
    if cut.lower[at] not in ("is", "who", "us") or len(entry.words) > 1:
        return False
    beside = [cut.words[place] for place in (at - 1, at + 1) if 0 <= place < len(cut)]
    return any(
        len(word) > 1 and word.isupper() and word.lower() in NOT_NAMES | TOLD for word in beside
    )


def _the_west(cut: Tokens, at: int) -> bool:
    """The West, and not the west of a land or the West Bank."""
    after = cut.words[at + 1] if at + 1 < len(cut) else "."
    return at > 0 and cut.lower[at - 1] == "the" and not after[0].isupper() and after != "of"


def _inner(cut: Tokens, names: Names, at: int) -> Found | None:
    """The person inside a longer name: Assad in `Assad's government`."""
    own = names.tree.get(cut.lower[at], {}).get("", ())
    people = (entry for entry in own if entry.form == "person")
    entry = next(people, None)
    return None if entry is None else Found.of(entry, at, 1)


def _of_state(cut: Tokens, names: Names, out: list[Found], found: Found) -> None:
    """Join `the Government of Iraq`, `the president of Armenia` to one."""
    at = found.first - 1
    if at > 0 and cut.lower[at] == "the":
        at -= 1
    before = out[-1] if out else None
    if before is None or found.form not in ("name", "capital") or before.last != at - 1:
        return
    if cut.lower[at] == "of" and before.form in ("group", "role") and before.by == "shape":
        state = names.governments.get(found.code or "")
        found.first, found.type = before.first, before.type
        found.form, found.head = before.form, before.head
        if before.form == "group" and before.head not in OWN:
            found.actor, found.name = None, before.name
        elif state is not None:
            found.actor, found.name = state.actor, state.name
        found.plural = before.plural
        out.pop()


def shortened(cut: Tokens, names: Names, memory: Memory, out: list[Found], end: int) -> int:
    """A short form in brackets right after a name: (IRGC)."""
    if end + 2 >= len(cut) or cut.words[end] != "(" or cut.words[end + 2] != ")":
        return end
    short, found = cut.words[end + 1], out[-1]
    if not (2 <= len(short) <= 10 and sum(letter.isupper() for letter in short) >= 2):
        return end
    if found.by == "shape" and not initials(cut, found.first, end, short):
        return end
    memory.shorten(short, found)
    out.append(Found(end + 1, end + 1, found.actor, found.name, found.type, found.code, found.form,
                     found.by, plural=found.plural))  # fmt: skip
    return end + 3
