"""Where a clause begins, which words are its verb, and who is its subject."""

from __future__ import annotations

from foedus.reading.statements.phrases import (
    Group,
    acting,
    mentions_from,
    phrase_to,
)
from foedus.reading.statements.pronouns import resolved
from foedus.reading.statements.scene import REACH, View
from foedus.reading.statements.words import (
    AUXILIARY,
    BREAK,
    CLOSING,
    CONJUNCTION,
    DETERMINER,
    LINKED,
    NEGATION,
    PREPOSITION,
    STOP,
    adverbial,
)

SUBJECTS = frozenset(["it", "he", "she", "they", "we", "i", "you"])


def verb_start(view: View, at: int) -> int:
    """The first word of the verb that a word belongs to: auxiliaries, adverbs, negations."""
    low, earliest = view.low, max(at - REACH, 0)
    while at > earliest:
        word = low[at - 1]
        if (word in AUXILIARY or word in NEGATION or adverbial(word)) and word != "both":
            at -= 1
        elif word == "to" and at > 1 and low[at - 2] in LINKED:
            at -= 2
        else:
            break
    return at


def subject(view: View, at: int) -> Group | None:
    """Who does what the verb at a word says."""
    low, begin = view.low, verb_start(view, at)
    before = begin - 1
    while before >= 0 and low[before] in CLOSING and low[before] != "'":
        before -= 1
    gerund = low[at].endswith("ing") and begin == at
    if before < 0:
        return _after_opening(view, at) if gerund else None
    word = low[before]
    if word == "to":
        return None
    if word in CONJUNCTION or word in ("but", "then", "yet"):
        return clause_subject(view, before)
    if word in ("who", "which", "that"):
        return _antecedent(view, before)
    if word in (",", "—", "–", "-"):
        if gerund:
            return clause_subject(view, before)
        opened = _opened(low, before)
        return phrase_to(view, opened - 1) if opened > 0 else clause_subject(view, before)
    if gerund and (word in PREPOSITION or word in BREAK):
        return clause_subject(view, before) or _after_opening(view, at)
    return phrase_to(view, before)


def clause_subject(view: View, before: int) -> Group | None:
    """The subject of the clause that a word stands in: its first actor not behind a preposition."""
    begin = clause_start(view, before)
    second: Group | None = None
    for one in view.between(begin, before):
        if not acting([one]):
            continue
        at = one.first - 1
        while at >= begin and view.low[at] in DETERMINER:
            at -= 1
        group = mentions_from(view, one.first)
        if group is None:
            continue
        if at < begin or view.low[at] not in PREPOSITION:
            return _pronoun(view, begin, one.first) or group
        second = second or group
    return _pronoun(view, begin, before) or second


def _pronoun(view: View, begin: int, before: int) -> Group | None:
    """The first subject pronoun in a stretch; it names nobody where it is open whom it means."""
    for at in range(begin, before):
        if view.low[at] in SUBJECTS:
            return Group(resolved(view, at), at, at)
    return None


def clause_start(view: View, before: int) -> int:
    """The first word of the clause that a word stands in."""
    low = view.low
    for at in range(before - 1, max(before - REACH, 0) - 1, -1):
        word = low[at]
        if word in STOP or word in BREAK or word in ("said", "says", "if", "whether", "that"):
            return at + 1
    return max(before - REACH, 0)


def _antecedent(view: View, relative: int) -> Group | None:
    last = relative - 1
    if last >= 0 and view.low[last] == ",":
        last -= 1
    if last < 0 or view.low[last] in ("those", "anyone", "all", "everyone", "one"):
        return None
    return phrase_to(view, last)


def _opened(low: tuple[str, ...], closed: int) -> int:
    """Where the aside that closes at a word began; 0 if it did not."""
    sign = low[closed]
    for at in range(closed - 1, max(closed - REACH, 0), -1):
        if low[at] == sign:
            return at
        if low[at] in STOP and low[at] != sign:
            return 0
    return 0


def _after_opening(view: View, at: int) -> Group | None:
    """The subject after an opening phrase: `Blaming Moscow for it, Iranian officials said`."""
    for comma in range(at + 1, min(at + REACH, len(view.low) - 1)):
        if view.low[comma] == ",":
            return mentions_from(view, comma + 1)
    return None
