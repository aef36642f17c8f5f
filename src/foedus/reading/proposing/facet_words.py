"""The words that tell what an item of evidence is about."""

from __future__ import annotations

from foedus.reading.statements.content import stem
from foedus.reading.statements.words import words


def stems_of(line: str) -> frozenset[str]:
    """The stems of the words of a line."""
    return frozenset(stem(word) for word in words(line))


LOW = stems_of(
    "hardly little mildly choice peripheral secondary marginal unimportant irrelevant expendable "
    "dispensable slightly less not never no scarcely barely lukewarm"
)
WORRY = stems_of(
    "worry fear mired stuck trapped quagmire burden losses casualties cost costs expensive bled "
    "exhausted overstretched drain dead killed wounded"
)
TALKS = stems_of(
    "negotiations negotiate negotiating talks diplomacy diplomatic peace deal bargain settlement "
    "truce ceasefire conference mediation transition summit"
)
SKILL = stems_of(
    "commanders commander quality competence effectiveness ineffective weak feeble dysfunctional "
    "inexperienced incompetent poor performance capable effective dependable army"
)
KEEPING = stems_of(
    "keep keeping preserve save saving rescue prop shore defend defending protect support back "
    "stay remain maintain survive survival fight regime state"
)
LEAVING = stems_of(
    "leave leaving withdraw withdrawal quit abandon pull exit part drop resign resigning "
    "distancing desert defect end"
)
BENDING = stems_of(
    "flexible concede concession politics participate yield moderate compromise intransigence "
    "stubbornness refusal obstinate nudging"
)
GAIN = stems_of("gain gains advance win victory recapture retake success recover prevented improve")
LOSS = stems_of(
    "defeat defeats lose loss reverse setback casualties collapse retreat fall killed advance"
)
QUARREL = stems_of(
    "tension tensions strain strained quarrel frustrated frustration rift mistrust distrust "
    "dispute row feud recrimination friction unstable"
)
DIFFER = stems_of(
    "difference differences nuance nuances disagreement disagree differ diverge distancing split"
)
STRAIN = QUARREL | DIFFER | stems_of("doubt doubts blame uncertain difficult intransigence part")
UNION = stems_of(
    "alliance ally together mutual dependence effective collaboration coordinated committed "
    "shared common united partnership joint support backing vital brokered save preserve"
)
BEATEN = stems_of("defeat defeats loss losses reverse setback casualties killed wounded dead rout")
FRIENDLY = frozenset(["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE"])
BREAKING = stems_of("fall break collapse split apart leave lose unravel")
