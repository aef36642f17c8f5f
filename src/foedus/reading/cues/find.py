"""Cues: the words of a text that deny, hedge, stress, doubt, ask or make conditional."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from foedus.reading.cues.lexicon import FIRST, wordset
from foedus.reading.model import Cue
from foedus.reading.text import Sentence, Text

Words = Sequence[str]
Guard = Callable[[Words, Words, int], str | None]
"""Lower-cased words, words as they stand, place → another type, "" for no cue, None as listed."""

MONTHLY = wordset("in early mid late last this next by since until of on during from to")
AFTER_APPEAR = wordset(
    "to that as likely unlikely more less increasingly set ready certain determined to"
)
NAMES = wordset("called calls call described describes terms termed dubs dubbed")
EMBEDDING = wordset(
    "ask asked asks asking know knows knew see sees wonder wonders wondered clear sure unclear"
)
SUBJECTS = wordset("the a an it he she they we you i this that these those any there")


def cues(text: Text) -> tuple[Cue, ...]:
    """Every cue of a text with its place, in order; cues never overlap."""
    out: list[Cue] = []
    for sentence in text.sentences:
        _sentence(sentence, out)
    return tuple(out)


def _sentence(sentence: Sentence, out: list[Cue]) -> None:
    low = [word.lower() for word in sentence.words]
    free = 0
    for place in [place for place, word in enumerate(low) if word in STARTS]:
        found = _match(low, sentence.words, place) if place >= free else None
        if found is None:
            continue
        length, kind = found
        first, last = place, place + length - 1
        if low[place] == "or":
            first = place - 1
            if out and out[-1].end > sentence.starts[first]:
                out.pop()
        end = sentence.starts[last] + len(sentence.words[last])
        out.append(Cue(start=sentence.starts[first], end=end, type=kind))
        free = last + 1


def _match(low: Words, words: Words, place: int) -> tuple[int, str] | None:
    """Length and type of the longest phrase that starts at a word and fits its context."""
    special = SPECIAL.get(low[place])
    if special is not None:
        found = special(low, words, place)
        if found is not None:
            return found
    for phrase, kind in FIRST.get(low[place], ()):
        length = len(phrase)
        if length > 1 and tuple(low[place : place + length]) != phrase:
            continue
        guard = GUARDS.get(phrase[0]) if length == 1 else None
        told = guard(low, words, place) if guard else None
        if told == "":
            continue
        return length, told or kind
    return None


def _at(words: Words, place: int) -> str:
    return words[place] if 0 <= place < len(words) else ""


def _may(low: Words, words: Words, i: int) -> str | None:
    """The month: a capital inside a sentence, or a figure or a month's preposition beside it."""
    if words[i] == "May" and (i > 0 or _at(low, 1)[:1].isdigit()):
        return ""
    return "" if words[i] == "May" and _at(low, i - 1) in MONTHLY else None


def _appear(low: Words, words: Words, i: int) -> str | None:
    """To appear in court is to come; to appear to, or as if, is to seem."""
    following = _at(low, i + 1)
    return None if following in AFTER_APPEAR or low[i + 1 : i + 3] == ["far", "from"] else ""


def _suggest(low: Words, words: Words, i: int) -> str | None:
    """Who suggests a meeting proposes it; who suggests that, or hints that, hedges."""
    return "" if _at(low, i + 1).endswith("ing") else None


def _not(low: Words, words: Words, i: int) -> str | None:
    """`Not only` affirms; `not certain` and `not necessarily` are longer phrases of their own."""
    return "" if _at(low, i + 1) in {"only", "just", "merely", "least"} else None


def _no(low: Words, words: Words, i: int) -> str | None:
    """`No. 10` and `No 10` count; `no less than` stresses."""
    after = _at(low, i + 1)
    return "" if after[:1].isdigit() or (after == "." and _at(low, i + 2)[:1].isdigit()) else None


def _if(low: Words, words: Words, i: int) -> str | None:
    """`As if` compares, `ask if` asks."""
    before = _at(low, i - 1)
    if before in {"as", "what"} and before == "as":
        return ""
    if _at(low, i + 1) in {"anything", "ever"}:
        return ""
    return "question" if before in EMBEDDING else None


def _claim(low: Words, words: Words, i: int) -> str | None:
    """Only the verb that takes a clause: not responsibility, lives, a prize or the noun."""
    if _at(low, i - 1) in {"the", "a", "of", "these", "those", "his", "her", "its", "their", "any"}:
        return ""
    if _at(low, i - 1).endswith(("'s", "’s")):
        return ""
    after = _at(low, i + 1)
    if after in {"it", "he", "she", "they"}:
        return None
    return None if after in {"the", "a"} and _finite_after(low, i + 2) else ""


def _finite_after(low: Words, i: int) -> bool:
    return any(w in {"is", "was", "are", "were", "has", "had", "have"} for w in low[i : i + 8])


def _provided(low: Words, words: Words, i: int) -> str | None:
    """`Provided arms` gives; `provided the truce holds` after a comma or first conditions."""
    free = i == 0 or _at(low, i - 1) in {",", "—", "–", "(", ";", "but", "only"}
    return None if free and _at(low, i + 1) in SUBJECTS else ""


def _far(low: Words, words: Words, i: int) -> str | None:
    """`Far from defeated` denies; `far from Damascus` measures."""
    after = _at(words, i + 2)
    return None if after.islower() and after not in {"the", "home", "here", "its", "their"} else ""


def _must(low: Words, words: Words, i: int) -> str | None:
    """A duty is no certainty; `must have` is."""
    return None if _at(low, i + 1) in {"have", "surely"} else ""


def _supposed(low: Words, words: Words, i: int) -> str | None:
    return "" if _at(low, i - 1) in {"i", "we"} else None


def _inverted(low: Words, words: Words, i: int) -> tuple[int, str] | None:
    """`Should the pact fall`, `Were Moscow to leave`, `Had it held`: no `?` at the end."""
    first = i == 0 or (_at(low, i - 1) in {",", "—", "“", '"', "and", "but"} and i < 3)
    subject = _at(low, i + 1) in SUBJECTS or _at(words, i + 1)[:1].isupper()
    if not (first and subject) or low[-1] == "?":
        return None
    if low[i] == "were" and "to" not in low[i + 2 : i + 10]:
        return None
    return 1, "conditional"


def _or_not(low: Words, words: Words, i: int) -> tuple[int, str] | None:
    """`Sincerely or not`, `rightly or not`: told, and doubted."""
    if _at(low, i + 1) != "not" or i == 0:
        return None
    before = low[i - 1]
    return (2, "doubt") if before.endswith("ly") or before in {"true", "real", "fair"} else None


def _what_he_calls(low: Words, words: Words, i: int) -> tuple[int, str] | None:
    """`What he calls`, `what Moscow described as`: another's word, not the writer's."""
    for place in range(i + 2, min(i + 5, len(low))):
        if low[place] in NAMES:
            return place - i + 1, "doubt"
    return None


def _asked(low: Words, words: Words, i: int) -> tuple[int, str]:
    return 1, "question"


SPECIAL: dict[str, Callable[[Words, Words, int], tuple[int, str] | None]] = {
    "?": _asked, "or": _or_not, "what": _what_he_calls,
    "should": _inverted, "were": _inverted, "had": _inverted,
}  # fmt: skip
GUARDS: dict[str, Guard] = {
    "may": _may, "appear": _appear, "appears": _appear, "appeared": _appear,
    "suggest": _suggest, "suggests": _suggest, "suggested": _suggest, "suggesting": _suggest,
    "not": _not, "no": _no, "if": _if, "claims": _claim, "claimed": _claim, "claiming": _claim,
    "provided": _provided, "providing": _provided, "must": _must,
    "supposed": _supposed,
}  # fmt: skip
STARTS = frozenset(FIRST) | frozenset(SPECIAL)
