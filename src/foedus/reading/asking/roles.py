"""Whether a sentence says it the other way round: who acts, and to whom.

The order of words tells in plain cases: who stands before an act did it, unless the one behind it
stands after `by`. Where the order is silent the rules' own reading of the same act is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from foedus.reading.asking.people import Named
from foedus.reading.asking.refused import Refusal
from foedus.reading.model import Blame, Event, Item
from foedus.reading.text import Span

AGENT = re.compile(r"\bby\s+(?:[\w’'-]+\s+){0,3}$", re.IGNORECASE)
"""Ends right before a name: the one by whom it was done."""
LED_IN = re.compile(
    r"\b(?:by|of|from|with|between|among|to|under|via|according|said|says|told|added|warned|insisted|"
    r"argued|claimed|complained|declared|stated)\b|[”\"»]",
    re.IGNORECASE,
)
"""Behind an act, words after which its doer can stand."""
NEAR = 60
"""Characters between an act and the `by` of its doer."""


def check(
    text: str,
    trigger: Span,
    first: Collection[str],
    second: Collection[str],
    named: Sequence[Named],
    rules: Sequence[Item],
) -> None:
    """Refuse roles that a sentence contradicts.

    `named` is everybody in it, `rules` what was read there.
    """
    acts, done_to = set(first) - set(second), set(second) - set(first)
    if not acts or not done_to:
        return
    order = _order(text, trigger, _at(named, acts), _at(named, done_to))
    if order is False or (order is None and _contradicts(trigger, acts, done_to, rules)):
        raise Refusal(
            "swapped-roles", f"{', '.join(first)} → {', '.join(second)}: the other way round"
        )


def _at(named: Sequence[Named], who: Collection[str]) -> list[Named]:
    return [one for one in named if one.who in who and not one.speaks]


def _order(text: str, trigger: Span, acts: list[Named], done_to: list[Named]) -> bool | None:
    """True if the order of words bears the roles out, False if it turns them round, else None."""
    if _agent(text, trigger, done_to) and not _agent(text, trigger, acts):
        return False
    if _agent(text, trigger, acts):
        return True
    before = [one for one in acts if one.end <= trigger.start]
    behind = [one for one in done_to if one.start >= trigger.end]
    if before and behind:
        return True
    if before or behind or not acts or not done_to:
        return None
    if any(one.start < trigger.end for one in acts) or any(
        one.end > trigger.start for one in done_to
    ):
        return None
    between = text[trigger.end : min(one.start for one in acts)]
    return None if LED_IN.search(between) else False


def _agent(text: str, trigger: Span, who: list[Named]) -> bool:
    for one in who:
        between = text[trigger.end : one.start] if one.start >= trigger.end else ""
        owner = text[one.end : one.end + 2].lower() in ("'s", "’s", "s'", "s’")
        if len(between) <= NEAR and AGENT.search(between) and not owner:
            return True
    return False


def _contradicts(trigger: Span, acts: set[str], done_to: set[str], rules: Sequence[Item]) -> bool:
    for item in rules:
        if isinstance(item, Event) and item.trigger is not None:
            place, first, second = item.trigger, item.source, item.target
        elif isinstance(item, Blame):
            place, first, second = Span(item.start, item.end), item.by, item.at
        else:
            continue
        if place.end <= trigger.start or place.start >= trigger.end:
            continue
        if not done_to.isdisjoint(first) and not acts.isdisjoint(second) and acts.isdisjoint(first):
            return True
    return False
