"""The words that carry what a passage is about, cut to their stems."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from foedus.reading.statements.words import words

EMPTY = words(
    "the a an and or but nor of to in on at by for from with without as is are was were be been "
    "being has have had do does did will would can could shall should may might must not no than "
    "that this these those there here it its he his him she her they their them we our us i my you "
    "your who whom whose which what when where why how if then so such also only even just very "
    "more most much many some any all both each other another same own into onto about over under "
    "out up down off again once long while whereas although though because since until before "
    "after during between among against through one two three says said say one's say still yet "
    "now ever never always already rather quite almost too well however indeed moreover s t"
)
SUFFIXES = (
    "izations", "ization", "fulness", "ousness", "iveness", "ements", "ations", "ingly", "ation",
    "ement", "ments", "ities", "ively", "ances", "ences", "ions", "ment", "ness", "ings", "edly",
    "ance", "ence", "ity", "ies", "ied", "ion", "ing", "ive", "ers", "ous", "ant", "ent", "ism",
    "ist", "ate", "ed", "es", "er", "ly", "al", "ic", "s", "e", "y",
)  # fmt: skip
SHORTEST = 4
"""Letters a stem keeps at least; three before a bare s."""
IRREGULAR = dict(
    pair.split(":")
    for pair in words(
        "paid:pay won:win lost:lose held:hold left:leave kept:keep fought:fight broke:break "
        "broken:break fell:fall fallen:fall rose:rise risen:rise sold:sell bought:buy met:meet "
        "led:lead gave:give given:give went:go gone:go grew:grow grown:grow took:take taken:take "
        "said:say told:tell sent:send spent:spend built:build began:begin begun:begin drew:draw "
        "drawn:draw withdrew:withdraw withdrawn:withdraw sought:seek thought:think brought:bring "
        "stood:stand understood:understand saw:see seen:see ran:run struck:strike shot:shoot "
        "bore:bear borne:bear chose:choose chosen:choose men:man women:woman wrote:write"
    )
)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its endings, so that `improving` and `improve` are one."""
    word = word.removesuffix("'s").removesuffix("s'")
    word = IRREGULAR.get(word, word)
    if word.endswith("s") and len(word) == SHORTEST and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    again = True
    while again:
        again = False
        for suffix in SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST:
                word, again = word[: -len(suffix)], True
                break
    return word


def stems(low: Iterable[str]) -> frozenset[str]:
    """The stems of the words that carry meaning, of words in small letters."""
    return frozenset(stem(word) for word in low if telling(word))


def telling(word: str) -> bool:
    """Whether a word in small letters carries meaning."""
    return len(word) > 2 and word not in EMPTY and word[0].isalpha()
