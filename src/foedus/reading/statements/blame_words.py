"""How blame, accusation, criticism and doubt of another are worded."""

from __future__ import annotations

from foedus.reading.statements.lexicon import Lexicon
from foedus.reading.statements.words import words

DIRECT = """
blame*
accuse*
fault*
criticise*
criticize*
denounce*
condemn*
lambast*
lambaste*
slam*
rebuke*
castigate*
chide*
berate*
censure*
scold*
reproach*
deride*
disparage*
reprimand*
impugn*
distrust*
mistrust*
"""
"""X blames Y (for Z)."""
TOWARDS = """
lash* out at
hit* out at
hit* back at
rail* against|at
find* fault with
point* the a? finger|fingers at
cast* aspersions on
take* issue with
lose|loses|lost|losing patience|faith with|in
BE frustrated with|by|at
become|becomes|became|becoming|grow|grows|grew|growing frustrated with|by|at
BE fed up with
BE exasperated with|by|at
BE impatient|unhappy|dissatisfied|disappointed|annoyed|angry|furious with|at|by|about
BE critical of
complain* of|about|at
grumble* about|at|over
voice*|express*|vent* frustration|anger|dismay|disappointment|impatience with|at|over|about
"""
"""X complains about Y's Z."""
DOUBTING = """
cast* doubt on|upon|over
raise* doubts about|over
throw|throws|threw|thrown|throwing doubt on
question* the competence|quality|loyalty|reliability|sincerity|motives|commitment|ability of
question* the resolve|capability|performance|effectiveness|honesty|will|fighting of
question* their|its|his|her competence|quality|loyalty|reliability|commitment|ability|motives
doubt* the competence|quality|loyalty|reliability|sincerity|commitment|ability|resolve of
have|has|had doubts about
"""
PLACED = """
pin*|put*|lay*|place*|shift*|heap* the|all? blame
"""
"""X puts the blame for Z on Y."""
TASK = """
take* to task
"""
SAID_THAT = """
complain* that
grumble* that
allege* that
charge* that
claim* that
"""
"""X complains that Y did Z."""
GUILTY = """
BE to blame
BE at fault
bear* the? full? blame|responsibility|guilt
BE the culprit|culprits
have|has only itself|themselves|himself to blame
"""
"""Y is to blame (for Z): by whoever says so."""
NOUN = """
complaint|complaints|grievance|grievances|accusation|accusations|criticism|criticisms
allegation|allegations|recrimination|recriminations|reproach|reproaches
frustration|anger|dismay|impatience|irritation|displeasure with|at|over
distrust|mistrust|suspicion|suspicions of|about
doubts about
"""
"""X's complaint about Y's Z, that Y did Z."""
LIES = """
blame lies|lay|rests|rested|falls|fell with|on|squarely
"""
BLAME = Lexicon.of(
    [
        ("direct", DIRECT),
        ("towards", TOWARDS),
        ("doubting", DOUBTING),
        ("placed", PLACED),
        ("held", "hold*"),
        ("task", "take*"),
        ("that", SAID_THAT),
        ("guilty", GUILTY),
        ("noun", NOUN),
        ("lies", LIES),
    ]
)
FOR = words("for of over that about with as")
"""Words before what somebody is blamed for."""
FAILING = words(
    "fail fails failed failing failure failures refuse refuses refused neglect neglects neglected "
    "betray betrays betrayed abandon abandons abandoned withhold withholds withheld violate "
    "violates violated break breaks broke broken breach breaches breached lie lies lied cheat "
    "cheats cheated ignore ignores ignored delay delays delayed undermine undermines undermined "
    "obstruct obstructs obstructed block blocks blocked sabotage attack attacked bomb bombed "
    "not never too nothing little lack lacks lacked"
)
"""What makes a claim about another a charge."""
