"""What it is about: the words from a verb to the end of its clause."""

from __future__ import annotations

from foedus.reading.statements.clauses import clause_start
from foedus.reading.statements.phrases import Group, mentions_from
from foedus.reading.statements.scene import REACH, View
from foedus.reading.statements.words import (
    BREAK,
    CLOSING,
    DETERMINER,
    OPENING,
    PRONOUN,
    RELATIVE,
    STOP,
    words,
)
from foedus.reading.text import Span

AFTER_COMMA = words(
    "and but or while whereas although though because since which who where when yet so as with "
    "despite having according"
)
"""Words that after a comma start something else."""
SUBORDINATE = RELATIVE | words("while when although though because since if whereas")
AGENT_REACH = 14
JOINED_VERBS = words("is are was were has have had will would can could")


def clause_end(view: View, at: int) -> int:
    """The number of the first word that no longer belongs to the clause a word stands in."""
    low, last = view.low, min(at + REACH, len(view.low))
    first = clause_start(view, at)
    opener = low[first - 1] if first else ""
    for word in range(at, last):
        sign = low[word]
        if sign == "," and opener in SUBORDINATE and _main(view, word + 1, opener):
            return word
        if sign in STOP or (sign in CLOSING and word > at) or sign in ("while", "whereas"):
            return word
        if sign == "," and word + 1 < len(low) and _starts_anew(view, word + 1):
            return word
    return last


def rest(view: View, at: int, end: int | None = None) -> Span | None:
    """From a word to the end of its clause, without quotation marks and commas at its edges."""
    last = clause_end(view, at) if end is None else end
    while at < last and (view.low[at] in OPENING or view.low[at] in (",", ":", "—", "–")):
        at += 1
    last = max(last, at)
    while last > at and (view.low[last - 1] in CLOSING or view.low[last - 1] in STOP | {","}):
        last -= 1
    return view.span(at, last)


def agent(view: View, at: int) -> tuple[Group | None, int]:
    """Who did what is said in the passive (`by …`), and the word where the agent starts."""
    for word in range(at, min(at + AGENT_REACH, len(view.low) - 1)):
        sign = view.low[word]
        if sign in STOP or sign in BREAK:
            break
        if sign == "by":
            return mentions_from(view, word + 1), word
    return None, at


def find(view: View, at: int, words: frozenset[str], reach: int = REACH) -> int | None:
    """The first of some words in the clause from a word on."""
    for word in range(at, min(at + reach, clause_end(view, at))):
        if view.low[word] in words:
            return word
    return None


def _main(view: View, at: int, opener: str) -> bool:
    """Whether the main clause begins after the comma that ends a subordinate one."""
    if at >= len(view.low) or view.low[at] in ("and", "or"):
        return False
    if opener in RELATIVE:
        return True
    if at in view.starting:
        after = max(one.last for one in view.starting[at]) + 1
        return after < len(view.low) and view.low[after] not in (",", "and", "or")
    return view.low[at] in PRONOUN or view.low[at] in DETERMINER


def _starts_anew(view: View, at: int) -> bool:
    word = view.low[at]
    if word in ("and", "but", "or"):
        return word == "but" or not (in_list(view, at - 2) or _listed(view, at + 1))
    if word in AFTER_COMMA or word in JOINED_VERBS:
        return True
    if word.endswith("ing") and len(word) > 5:
        return True
    return word in PRONOUN or (at in view.starting and _acts(view, at))


def _listed(view: View, at: int) -> bool:
    """Whether what follows `, and` only goes on with the list: no verb of its own soon."""
    low = view.low
    if at < len(low) and low[at] == "to":
        return True
    if at in view.starting:
        after = max(one.last for one in view.starting[at]) + 1
        return after >= len(low) or low[after] in STOP or low[after] in (",", "and", "or")
    for word in range(at, min(at + 6, len(low))):
        if low[word] in JOINED_VERBS:
            return False
        if low[word] in STOP or low[word] == ",":
            return True
    return at not in view.starting and low[min(at, len(low) - 1)] not in PRONOUN


def in_list(view: View, before: int) -> bool:
    """Whether a name behind another comma stands there: `Oslo, Bergen, and …`."""
    return any(one.first and view.low[one.first - 1] == "," for one in view.ending.get(before, ()))


def _acts(view: View, at: int) -> bool:
    """Whether a mention after a comma is the subject of a verb: a new clause, not a list."""
    after = max(one.last for one in view.starting[at]) + 1
    return after < len(view.low) and (
        view.low[after] in JOINED_VERBS or view.low[after] in ("said", "says", "and'")
    )
