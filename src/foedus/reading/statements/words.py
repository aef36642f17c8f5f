"""The small closed classes of English words that tell where a phrase begins and ends."""

from __future__ import annotations


def words(line: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(line.split())


AUXILIARY = words(
    "is are was were be been being am has have had having do does did will would can could shall "
    "should may might must 's 're 've 'd 'll it's he's she's that's"
)
BE = words("is are was were be been being am get gets got getting")
NEGATION = words(
    "not never no nor neither cannot hardly scarcely barely isn't aren't wasn't weren't won't "
    "wouldn't can't couldn't shan't shouldn't mustn't don't doesn't didn't hasn't haven't hadn't "
    "nothing nobody"
)
"""Words that turn what follows into its opposite."""
LEANING = words("would could should might may can ought if unless whether")
"""Words after which nothing has been done yet."""
ADVERB = words(
    "also now still again already always even ever just only often once so soon then thus too "
    "very well yet never not almost quite rather perhaps maybe both all each first long far more "
    "most much largely instead indeed however likewise meanwhile today recently"
)
PREPOSITION = words(
    "in at near with against between among on over under from to toward towards of for by during "
    "after before since until without within inside outside across around about despite into onto "
    "through throughout behind beyond beneath amid along upon via as than like including"
)
ORIGIN = words("of from")
"""Prepositions after which an actor still stands for the phrase: officials from Tehran."""
DETERMINER = words(
    "the a an this that these those its his her their our my your some any many several both all "
    "few most other another such each every no"
)
CONJUNCTION = words("and or & nor plus")
RELATIVE = words("who which that whom whose")
LINKED = words(
    "continue continues continued seem seems seemed appear appears appeared begin begins began "
    "begun start starts started tend tends tended come came likely ready going want wants going "
    "used about set said known ought have has had need needs"
)
"""Words before `to` that leave the subject of what follows unchanged: continues to blame."""
SINGULAR = words("it he she")
PLURAL = words("they both these those")
SPEAKER = words("i we us")
PRONOUN = SINGULAR | PLURAL | SPEAKER | frozenset(["this", "that", "you", "him", "them", "her"])
BREAK = words("while whereas although though because but who which when where unless since whose")
"""Words that start another clause."""
STOP = words('. ; : ! ? … — – ( ) [ ] / …. "')
OPENING = words('“ " ‘ « „')
CLOSING = words('” " ’ »')
MARKS = OPENING | CLOSING | frozenset(["'"])


PEOPLE = words(
    "official diplomat officer commander general leader minister president spokesman spokeswoman "
    "spokesperson envoy ambassador adviser advisor critic analyst government regime ministry army "
    "military opposition party parliament congress king queen prince emir sultan group side ally "
    "partner sponsor backer member rebel militia fighter force negotiator mediator chief premier "
    "chancellor secretary cabinet council alliance coalition lawmaker senator deputy politician "
    "source insurgent junta administration leadership company producer exporter supporter "
    "opponent activist resident protester delegate delegation crown court power capital state "
    "country nation people clergy cleric union "
    "firm executive shareholder director chairman chairwoman man woman palace"
)
"""Heads of noun phrases that can say, want or do, where no name is given."""


def person(word: str) -> bool:
    """Whether a noun stands for people who act."""
    single = word[:-3] + "y" if word.endswith("ies") else word.rstrip("s")
    return word in PEOPLE or single in PEOPLE


def adverbial(word: str) -> bool:
    """Whether a word may stand between the parts of a verb without changing who does it."""
    return word in ADVERB or (word.endswith("ly") and len(word) > 4)


def spelled(word: str) -> bool:
    """Whether it is a word and not a sign."""
    return word[0].isalnum()
