"""How stakes and aims are worded."""

from __future__ import annotations

from foedus.reading.statements.lexicon import Lexicon
from foedus.reading.statements.words import words

WEIGHTY = """
vital|crucial|essential|fundamental|indispensable|critical|pivotal|paramount|imperative to|for
important|existential|central|key|precious|valuable|irreplaceable to|for
unimportant|peripheral|secondary|marginal|irrelevant|expendable|dispensable to|for
vital|great|strategic|existential|little|no|utmost importance|interest|value to|for
lifeline for|to
matter of survival for
matter of life and death for
existential threat|danger to|for
threat to
burden on|for
red line for
priority for
"""
"""Y is vital to X: X has Y at stake."""
SEEN = """
SEE
"""
"""X regards Y as vital."""
CHOICE = """
war of choice|necessity
wars of choice|necessity
"""
HAVING = """
stand* to lose|gain
have|has|had much|everything|nothing|most|more|little|less|a? lot? to lose|gain
have|has|had at? stake|stakes
have|has|had a|an|no|little? great|strong|vital|strategic|direct|clear? interest|stake in
have|has|had great|strong|vital|strategic|direct|no? interests|stakes in
have|has|had ample|good|every|much|little|no reason to worry|fear
BE interested|invested in
BE at stake
place*|put* great|high|much|little value on
attach* great|high|much|little|no? importance|value to
care|cares|cared much|little|deeply about
care|cares|cared about
fear|fears|feared
worry|worries|worried about|that
cannot|can't afford to? lose
could not afford to? lose
BE dependent on|upon
depend|depends|depended on|upon
rely|relies|relied on|upon
cannot do without
need|needs|needed
"""
"""X has Y at stake, or leans on it."""
MATTERS = """
matter|matters|mattered much|more|most|little|less? to|for
"""
OWNED = """
stake|stakes in
vital|core|national|strategic|key|main|central|security interest|interests
interest|interests in|lie|lies
survival depends|rests on
"""
AIM = """
seek* to?
want|wants|wanted
aim|aims|aimed|aiming to|at|for
intend* to?
hope|hopes|hoped|hoping to|for|that
prefer* to|that|a|an|the
try* to
strive* to|for
attempt|attempts|attempted|attempting to
wish|wishes|wished to|for
plan* to|on
desire|desires|desired
would like to?
would rather
would prefer to?
BE determined|eager|keen|anxious|bent|intent|resolved to|on|for
BE pursuing
pursue|pursues|pursued
push|pushes|pushed|pushing for
press|presses|pressed|pressing for
work* assiduously|hard|tirelessly to
work* to|towards|toward
have|has|had set itself|himself|themselves the? goal|aim of
be|is|are|was|were after
look|looks|looked|looking to
insist|insists|insisted|insisting on|that
strive for
"""
PURPOSE = """
in order to
so as to
with the aim|goal|intention|purpose of
in pursuit of
"""
GOAL = """
goal|aim|objective|ambition|intention|priority|purpose|desire|wish is|was|remains to?
goals|aims|objectives|ambitions|intentions|priorities are|were|include|remain to?
goal|aim|objective|ambition|intention|desire|wish of|to
"""
STAKES = Lexicon.of(
    [
        ("weighty", WEIGHTY),
        ("seen", SEEN),
        ("choice", CHOICE),
        ("having", HAVING),
        ("matters", MATTERS),
        ("owned", OWNED),
        ("aim", AIM),
        ("purpose", PURPOSE),
        ("goal", GOAL),
    ]
)
WEIGHTS = words(
    "vital crucial essential fundamental indispensable critical important existential central key "
    "priority pivotal paramount lifeline asset burden liability pillar cornerstone threat bulwark "
    "buffer interest necessity peripheral secondary marginal unimportant strategic lever tool "
    "bargaining precious valuable"
)
"""Words that make `regards Y as …` a stake."""
