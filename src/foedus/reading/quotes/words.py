"""The small words by which the subject of a verb is found, and the nouns of people who speak."""

from __future__ import annotations

from foedus.reading.cues.lexicon import wordset

BLANK = "￼"
"""Stands in a view of a sentence for a quotation."""
AUXILIARY = wordset("""
    is are was were be been being has have had do does did will would can could may might must
    should shall also even then later now once again already still repeatedly often just never not
    recently earlier today yesterday publicly privately first both all himself herself itself
    themselves immediately apparently reportedly therefore thus consistently long since soon so
    too on twice always instead nevertheless nonetheless further merely only simply quickly
    isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't
    isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t doesn’t don’t didn’t won’t wouldn’t can’t
    cannot couldn't couldn’t
""")
NEGATIVE = wordset("""
    not never isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't
    isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t doesn’t don’t didn’t won’t wouldn’t can't
    can’t cannot couldn't couldn’t neither nor
""")
FINITE = wordset("""
    is are was were has have had do does did will would can could may might must should shall
    isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't
    isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t doesn’t don’t didn’t won’t wouldn’t can’t
    cannot couldn't couldn’t it's it’s that's that’s i'm i’m we're we’re they're they’re he's he’s
    she's she’s there's there’s i've i’ve we've we’ve let's let’s i'll i’ll we'll we’ll
""")
PREPOSITION = wordset("""
    of for in at from to with on by near against about after before during under over among between
    since until into through throughout across within without despite amid following outside inside
    toward towards via upon around behind beyond like unlike per as alongside given because
""")
BREAK = wordset("""
    that but although though because when whenever if unless where whereas while after before since
    until which who whom whose whether how why yet than as so
""")
PUNCTUATION = wordset("; : . ! ? … ( ) [ ] — – -- “ ” \" « » ‘ ’ '") | {BLANK}
DETERMINER = wordset("""
    the a an some several many most few two three four five six other another one any all both these
    those this that its his her their our my no certain various numerous unnamed of and but however
    meanwhile then also yet so
""")
PRONOUN = wordset("he she they it")
SELF = wordset("i we us me my our")
TIME = wordset("""
    yesterday today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    week month year night morning afternoon evening time
""")
OFFICIAL = wordset("""
    official officials officer officers minister ministers president presidents premier chancellor
    spokesman spokeswoman spokesperson spokesmen spokespeople ambassador ambassadors envoy envoys
    diplomat diplomats government ministry leader leaders leadership authorities authority commander
    commanders general generals king emir sultan shah parliament military army delegation negotiator
    negotiators representative representatives adviser advisers advisor advisors cabinet regime
    administration department secretary chief chiefs head deputy aide aides side mission embassy
    office command state media tv television agency statement statements forces foreign ruler rulers
    state-run side president's policymakers officialdom
""")
"""Who holds an office speaks for the actor whose office it is."""
DOCUMENT = wordset("""
    statement statements report reports study paper letter communique communiqué article survey
    website release memo cable speech message account channel
""")
"""What speaks for who wrote it."""
PEOPLE = wordset("""
    analyst analysts expert experts activist activists resident residents witness witnesses critic
    critics observer observers scholar scholars economist economists journalist journalists reporter
    reporters opponent opponents dissident dissidents protester protesters refugee refugees doctor
    doctors lawyer lawyers politician politicians lawmaker lawmakers senator senators historian
    historians researcher researchers author authors writer writers columnist source sources people
    others survivor survivors colleague colleagues editor professor director fighter fighters
    veteran veterans villager villagers soldier soldiers rebel rebels militant militants judge
    prosecutor prosecutors investigator investigators inspectors monitors group groups newspaper
    report reports paper study letter communique website pope bishop cleric clerics academic
    academics supporter supporters westerners insiders commentator commentators man woman mother
    father girl boy student students teacher teachers trader traders businessman executive
    executives chairman chairwoman mayor governor prince princess candidate member members ally
    allies team think-tank institute organisation organization commission committee council union
    party opposition coalition policymaker strategist strategists figure figures voice voices
""")
ROLES = OFFICIAL | PEOPLE | DOCUMENT
