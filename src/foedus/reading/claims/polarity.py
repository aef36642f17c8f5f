"""Whether a clause says that something is, or that it is not."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.reading.cues.lexicon import wordset
from foedus.reading.quotes.verbs import DENY, REFUSE, VERBS
from foedus.reading.quotes.words import FINITE

LOOK = 60
"""Words of a clause that are looked through for its negation."""
NOT = wordset("not never cannot neither nor hardly scarcely barely")
NOBODY = wordset("nobody nothing none nowhere no-one")
ENDS = wordset(
    "that which who whom whose because if when whenever while although though unless since whether "
    "as despite rather instead where to before after until ; —"
)
FIRST = wordset("while although though when if since as because given unless after before despite")
NOT_ONLY = wordset("only just merely least")


def denies(verb: str) -> bool:
    """Whether a verb of attribution denies what it covers."""
    form = VERBS.get(verb.lower())
    return (form is not None and form.lemma in DENY) or verb.lower() in REFUSE


def negated(words: Sequence[str]) -> bool:
    """Whether the main verb of a clause, or its subject or object, is negated."""
    low = [word.lower() for word in words[:LOOK]]
    place = _main(low)
    for at in range(place, len(low)):
        word = low[at]
        if word in NOT and low[at + 1 : at + 2] and low[at + 1] not in NOT_ONLY:
            return True
        if word.endswith(("n't", "n’t")) or word in NOBODY:
            return True
        if word == "no" and _has(low, place, at):
            return low[at + 1 : at + 2] not in (["doubt"], ["longer"]) or low[at + 1] == "longer"
        if word in ENDS and at > place:
            return False
    return False


def _main(low: list[str]) -> int:
    """Past a clause that comes first: `While X is weak, …`."""
    start = next((at for at, word in enumerate(low) if word[:1].isalnum()), 0)
    if low and low[start] in {"but", "and", "yet", "so"}:
        start += 1
    if start >= len(low) or low[start] not in FIRST:
        return min(start, len(low))
    verb = False
    for at in range(start, len(low)):
        verb = verb or low[at] in FINITE or low[at].endswith(("ed", "s"))
        if low[at] == "," and verb:
            return at + 1
    return start


def _has(low: list[str], first: int, at: int) -> bool:
    """`there is no`, `has no`, `no state has`."""
    return at - first <= 1 or any(word in FINITE for word in low[max(first, at - 3) : at])
