"""Heads of noun groups: mentions, and nouns for people."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from foedus.reading.events.group import OWN, Group
from foedus.reading.events.lexicon import Lexicon
from foedus.reading.events.qualifying import CLOSED
from foedus.reading.events.tables import listed
from foedus.reading.events.words import AUXILIARIES, PRONOUNS
from foedus.reading.model import Mention
from foedus.reading.text import Sentence

POSSESSIVE = ("’s", "'s", "’", "'", "s’", "s'")
QUALIFYING = listed("qualifying")
"""Nouns for people that, before another noun, are only what kind it is."""


def heads_of(
    sentence: Sentence, w: list[str], found: Sequence[Mention], lexicon: Lexicon
) -> list[Group]:
    """A group for each mention and each noun for people, in order."""
    out: list[Group] = []
    taken = [False] * len(w)
    for mention in found:
        first = bisect_right(sentence.starts, mention.start) - 1
        last = bisect_right(sentence.starts, mention.end - 1) - 1
        if first < 0 or (any(taken[first : last + 1]) and first == last and not out):
            continue
        word_end = sentence.starts[last] + len(sentence.words[last])
        rest = sentence.words[last][len(sentence.words[last]) - (word_end - mention.end) :]
        if mention.end >= word_end:
            rest = ""
        lead = sentence.words[first][: mention.start - sentence.starts[first]].lower()
        own = rest in POSSESSIVE or (not rest and last + 1 < len(w) and w[last + 1] in {"’", "'"})
        out.append(_of_mention(sentence, w, mention, first, last, rest, lead, own, lexicon))
        for k in range(first, last + 1):
            taken[k] = True
    for k, word in enumerate(w):
        base = word[:-2] if word.endswith(("’s", "'s")) else word
        if taken[k]:
            continue
        if word in PRONOUNS and word not in {"himself", "itself", "themselves"}:
            out.append(Group(k, k + 1, sentence.words[k], pronoun=True))
        elif base in lexicon.agents and not _no_one(w, k, lexicon):
            own = base != word or (k + 1 < len(w) and w[k + 1] in {"’", "'"} and word.endswith("s"))
            out.append(
                Group(
                    k, k + 1 + (own and base == word), sector=lexicon.agents[base], possessive=own
                )
            )
    return sorted(out, key=lambda group: group.start)


def _of_mention(
    sentence: Sentence, w: list[str], mention: Mention, first: int, last: int, rest: str, lead: str,
    own: bool, lexicon: Lexicon,
) -> Group:  # fmt: skip
    """The group of a mention: a name, a nationality that qualifies, or people by what they are."""
    sector = next(
        (lexicon.agents[w[k]] for k in range(last, first - 1, -1) if w[k] in lexicon.agents), None
    )
    nation = mention.type == "nationality"
    own = own or w[last] in OWN
    plural = nation and not rest and sentence.words[last].endswith("s")
    generic = mention.actor is None and mention.code is None and sector is not None
    against = lead in {"anti-", "counter-"}
    return Group(
        first, last + 1 + (own and not rest),
        " ".join(sentence.words[first : last + 1]) if lead else mention.name, mention.actor,
        None if against else mention.code,
        sector or ("GOV" if mention.type == "state" else "CVL" if plural else None),
        possessive=own, place=mention.role == "place" or mention.type == "place",
        adjective=(nation and not plural) or rest.startswith("-"),
        named=not (generic and mention.by == "shape"), pronoun=mention.by == "pronoun",
        against=against, person=mention.type == "person",
        nation=plural,
    )  # fmt: skip


def _no_one(w: list[str], k: int, lexicon: Lexicon) -> bool:
    """Whether a noun for people is a verb here, qualifies a thing, or is a `state of emergency`."""
    entry, after = lexicon.words.get(w[k]), w[k + 1] if k + 1 < len(w) else "."
    if entry and entry.verb and k > 0 and (w[k - 1] == "to" or w[k - 1] in AUXILIARIES):
        return True
    if w[k] in {"state", "unit"} and after == "of" and (k == 0 or w[k - 1] != "of"):
        return True
    return w[k] in QUALIFYING and after not in CLOSED and after not in lexicon.agents
