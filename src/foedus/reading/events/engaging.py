"""Whether to engage somebody is to fight or to deal with them."""

from __future__ import annotations

from dataclasses import replace

from foedus.reading.events.acts import Act
from foedus.reading.events.group import Words
from foedus.reading.events.lexicon import Frame
from foedus.reading.events.tables import listed

FOUGHT = listed("fought")
"""Whom one engages in battle."""


def engaged(words: Words, act: Act) -> Frame:
    """Its frame; to engage those who fight is to attack them, anybody else to deal with them."""
    entry, target = act.verb.entry, act.target
    if entry is None or entry.lemma != "engage" or act.verb.pair_at >= 0 or target is None:
        return act.frame
    peaceful = FOUGHT.isdisjoint(words.w[target.start : min(target.end + 2, len(words.w))])
    return act.frame if peaceful else replace(act.frame, type="ASSAULT")
