"""Who blames whom, and for what: charges, complaints and doubts, in active, passive and nouns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from foedus.reading.model import Blame, Claim, Cue, Mention
from foedus.reading.statements.blame_words import BLAME, FAILING, FOR
from foedus.reading.statements.builds import Found, owner, sayer, settled, skipped
from foedus.reading.statements.charges import (
    ANSWERABLE,
    AT_REACH,
    ONTO,
    RECIPROCAL,
    about_of,
    charge,
    further,
    whom,
)
from foedus.reading.statements.clauses import subject, verb_start
from foedus.reading.statements.lexicon import Hit
from foedus.reading.statements.phrases import mentions_from
from foedus.reading.statements.scene import View, scene
from foedus.reading.statements.spans import JOINED_VERBS, agent, clause_end, find, rest
from foedus.reading.statements.subjects import subject_words
from foedus.reading.statements.verbs import negated, nominal, passive
from foedus.reading.text import Text


def blame(
    text: Text, mentions: Sequence[Mention], claims: Sequence[Claim], cues: Sequence[Cue]
) -> tuple[Blame, ...]:
    """Who, according to a text, blames whom and for what?

    Charges that are denied are left out. `by` is whoever lays the charge, `holders` who reports it.
    """
    seen = scene(text, mentions, claims, cues)
    return tuple(found for view, hit in seen.hits(BLAME) for found in _read(view, hit))


def _read(view: View, hit: Hit) -> Iterator[Blame]:
    found = READERS[hit.tag](view, hit)
    if found is None or not found.at:
        return
    if found.at == found.by and view.low[hit.end : hit.end + 2] not in RECIPROCAL:
        return
    start, end, holders = settled(view, hit, found)
    by = found.by or (holders[-1:] if hit.tag in ("guilty", "lies") else ())
    yield Blame(start=start, end=end, by=by, at=found.at, about=found.about, holders=holders)


def _direct(view: View, hit: Hit) -> Found | None:
    begin = verb_start(view, hit.start)
    if nominal(view, hit, begin):
        return _noun(view, hit) if view.low[hit.start] == "blame" else None
    if negated(view, begin, hit):
        return None
    if passive(view, begin, hit):
        return _passive(view, hit, begin)
    who = subject(view, hit.start)
    if view.low[hit.end : hit.end + 2] in RECIPROCAL:
        return charge(view, who, who, about_of(view, find(view, hit.end, FOR), None), hit)
    on = find(view, hit.end, frozenset(["on"]))
    stop = find(view, hit.end, FOR)
    if on is not None and stop is None and view.low[hit.start].startswith("blam"):
        at = whom(view, on + 1)
        return charge(view, who, at, (hit.end, on), hit)
    at = whom(view, hit.end, stop)
    return charge(view, who, at, about_of(view, stop, at), hit)


def _passive(view: View, hit: Hit, begin: int) -> Found | None:
    who, by_at = agent(view, hit.end)
    done = subject(view, begin)
    if hit.end < len(view.low) and view.low[hit.end] == "on":
        at = whom(view, hit.end + 1)
        names = who.names if who else sayer(view, hit.start)
        return Found(names, subject_words(view, begin), begin, at.names if at else ())
    stop = find(view, hit.end, FOR)
    names = who.names if who else sayer(view, hit.start)
    last = by_at if who and stop is not None and by_at > stop else None
    about = rest(view, stop + 1, last) if stop is not None else None
    return Found(names, about, begin, done.names if done else ())


def _towards(view: View, hit: Hit) -> Found | None:
    begin = verb_start(view, hit.start)
    if negated(view, begin, hit) or (passive(view, begin, hit) and hit.end - hit.start == 1):
        return None
    at, end = whom(view, hit.end), clause_end(view, hit.end)
    found = charge(view, subject(view, hit.start), at, (hit.end, end), hit)
    if found is None:
        return None
    more = further(view, end, view.low[hit.end - 1])
    return found if more is None else replace(found, at=(*found.at, *more.names))


def _placed(view: View, hit: Hit) -> Found | None:
    stop, on = find(view, hit.end, FOR), find(view, hit.end, ONTO)
    if on is None:
        return None
    if stop is not None and stop < on:
        at = whom(view, on + 1)
        return charge(view, subject(view, hit.start), at, (stop + 1, on), hit)
    at = whom(view, on + 1, stop)
    return charge(view, subject(view, hit.start), at, about_of(view, stop, at), hit)


def _held(view: View, hit: Hit) -> Found | None:
    """X holds Y responsible for Z; Y is held responsible."""
    word = find(view, hit.end, ANSWERABLE, AT_REACH)
    begin = verb_start(view, hit.start)
    if word is None or negated(view, begin, hit):
        return None
    stop = word + 1 if word + 1 < len(view.low) and view.low[word + 1] in FOR else None
    if word == hit.end:
        done = subject(view, begin)
        who, _ = agent(view, word)
        names = who.names if who else sayer(view, hit.start)
        about = rest(view, stop + 1) if stop else None
        return Found(names, about, begin, done.names if done else ())
    at = whom(view, hit.end, word)
    return charge(view, subject(view, hit.start), at, about_of(view, stop, at), hit)


def _task(view: View, hit: Hit) -> Found | None:
    """X takes Y to task for Z."""
    to = find(view, hit.end, frozenset(["to"]), AT_REACH)
    if to is None or view.low[to + 1 : to + 2] != ("task",):
        return None
    stop = find(view, to + 2, FOR, 2)
    at = whom(view, hit.end, to)
    return charge(view, subject(view, hit.start), at, about_of(view, stop, at), hit)


def _that(view: View, hit: Hit) -> Found | None:
    """X complains that Y did Z: a charge if Z is a failing, or the verb is one of complaint."""
    end = clause_end(view, hit.end)
    claiming = view.low[hit.start].startswith(("claim", "alleg"))
    if claiming and not any(word in FAILING for word in view.low[hit.end : end]):
        return None
    who, at = subject(view, hit.start), whom(view, hit.end)
    if at is None or who is None or at.names == who.names:
        return None
    return charge(view, who, at, (hit.end, end), hit)


def _guilty(view: View, hit: Hit) -> Found | None:
    begin = verb_start(view, hit.start)
    if negated(view, begin, hit) or "not" in view.low[hit.start : hit.end]:
        return None
    done, stop = subject(view, begin), find(view, hit.end, FOR, 3)
    about = rest(view, stop + 1) if stop is not None else None
    return Found(sayer(view, hit.start), about, begin, done.names if done else ())


def _noun(view: View, hit: Hit) -> Found | None:
    who = owner(view, hit.start)
    start = hit.end
    after = view.low[start] if start < len(view.low) else ""
    if who is None and after in ("by", "from"):
        who = mentions_from(view, start + 1)
        start = (who.last if who else start) + 1
    elif who is None and after in ("of", "against"):
        who, until = agent(view, start)
        at = whom(view, start, until)
        return charge(view, who, at, (start + 1, until), hit)
    at = whom(view, start)
    if who is None or at is None or at.names == who.names:
        return None
    end = clause_end(view, start)
    if after != "that":
        end = find(view, start, JOINED_VERBS) or end
    return charge(view, who, at, (skipped(view, start), end), hit)


def _lies(view: View, hit: Hit) -> Found | None:
    at = whom(view, hit.end)
    return Found(sayer(view, hit.start), None, hit.start, at.names if at else ())


READERS: Mapping[str, Callable[[View, Hit], Found | None]] = {
    "direct": _direct,
    "towards": _towards,
    "doubting": _towards,
    "placed": _placed,
    "held": _held,
    "task": _task,
    "that": _that,
    "guilty": _guilty,
    "noun": _noun,
    "lies": _lies,
}
