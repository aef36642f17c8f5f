"""The words that hedge, stress, deny, doubt or make conditional, by their first word."""

from __future__ import annotations

PHRASES: dict[str, str] = {
    "negation": """
        not|never|no|none|nobody|no one|nothing|nowhere|neither|nor|without|no longer|cannot|
        barely|scarcely|hardly|by no means|in no way|not at all|under no circumstances|
        rather than|instead of|far from|anything but|
        fail to|fails to|failed to|failing to|failure to|has failed|have failed|
        refuse to|refuses to|refused to|refusing to|refusal to|
        decline to|declines to|declined to|declining to|unable to|unwilling to|inability to|
        deny|denies|denied|denying|denial|lack of|lacks|lacked|absence of|stopped short of|
        ruled out|rules out|rule out|ruling out|yet to|nothing of the kind
    """,
    "hedge": """
        may|might|could|perhaps|maybe|possibly|probably|likely|unlikely|apparently|seemingly|
        seem|seems|seemed|appear|appears|appeared|presumably|potentially|conceivably|plausibly|
        arguably|roughly|largely|mostly|partly|in part|to some extent|to a degree|to some degree|
        up to a point|more or less|for the most part|generally|typically|usually|often|sometimes|
        tend to|tends to|tended to|almost certainly|almost certain|not necessarily|
        it is possible|it is likely|it is unlikely|it is conceivable|it is thought|
        it is believed|is thought to|are thought to|is believed to|are believed to|
        was believed to|were believed to|widely believed|is expected to|are expected to|
        was expected to|were expected to|is said to|are said to|was said to|were said to|
        is likely to|are likely to|in all likelihood|in all probability|
        suggest|suggests|suggested|suggesting|indicate|indicates|indicated|indicating|
        imply|implies|implied|hint|hints|hinted|
        unclear|not clear|uncertain|far from certain|not certain|unsure|not sure|
        remains to be seen|open question|an open question|too early to|too soon to|
        cannot be ruled out|can't be ruled out|cannot be excluded|cannot rule out|
        as far as is known|as far as we know|to the best of our knowledge|
        by some accounts|by most accounts|by all accounts|in theory|in principle|
        in my view|in our view|in my opinion|i think|we think|i believe|we believe|i suspect|
        we assess|we judge|i assume|we assume|some say|some believe|
        reportedly|reported to|reports suggest|reports indicate|unnamed|on condition of anonymity|
        estimated|nearly|almost|at least in part|
        as it were|a sense that|not yet clear|hard to say|difficult to say|hard to tell
    """,
    "booster": """
        clearly|certainly|surely|undoubtedly|indisputably|indeed|obviously|of course|no doubt|
        without doubt|without a doubt|without question|beyond doubt|beyond question|beyond dispute|
        definitely|absolutely|explicitly|plainly|evidently|unquestionably|unequivocally|
        unmistakably|categorically|undeniably|firmly|emphatically|inevitably|invariably|always|
        in fact|as a matter of fact|to be sure|by any measure|must|bound to|sure to|certain to|
        it is clear|it is certain|it is obvious|there is no question|there is no doubt|
        no question that|little doubt|fully|entirely|wholly|completely|strongly|decisively|
        truly|simply put|manifestly|demonstrably|self-evidently|nothing less than|
        at all costs|under any circumstances
    """,
    "conditional": """
        if|unless|provided|provided that|providing that|providing|as long as|so long as|
        on condition that|on the condition that|on condition of|in the event|in the event of|
        in the event that|in case|in case of|assuming|assuming that|on the assumption that|
        supposing|even if|only if|if and only if|whether or not|regardless of whether|
        otherwise|contingent on|contingent upon|conditional on|conditional upon|depends on|
        depend on|depended on|depending on|dependent on|hinges on|hinge on|hinged on|subject to|
        but for|were it not for|had it not been for|until and unless|in return for|
        in exchange for|would have|failing that|barring|insofar as|in so far as|
        as long|to the extent that|on the understanding that|given the right
    """,
    "doubt": """
        so-called|so called|self-styled|self-proclaimed|self-declared|self-described|would-be|
        purported|purportedly|purports|purport|alleged|allegedly|supposed|supposedly|ostensible|
        ostensibly|rumoured|rumored|rumours|rumors|unconfirmed|unverified|unsubstantiated|
        unproven|unfounded|baseless|groundless|not been confirmed|not been verified|
        not be verified|not be confirmed|not be independently|no independent confirmation|
        could not be verified|could not be independently|without evidence|without proof|
        no evidence|little evidence|without offering evidence|without providing evidence|
        false|falsely|wrongly|misleading|misleadingly|dubious|dubiously|doubtful|questionable|
        disputed|discredited|debunked|implausible|implausibly|far-fetched|
        pretend|pretends|pretended|pretending|profess|professes|professed|
        claim to|claims to|claimed to|claiming to|claim that|claims that|claimed that|
        claiming that|claims|claimed|claiming|rightly or wrongly|if true|if confirmed|
        true or not|believe it or not|at least on paper|on paper|at least officially|
        nominally|in name only|lip service|would have us believe|doubt that|doubts that|
        doubted that|doubt whether|doubts whether|casting doubt|casts doubt|cast doubt|
        throws doubt|in doubt|sceptical|skeptical|scepticism|skepticism|denounced as false|
        disinformation|hearsay|spurious|bogus|sham|fictitious
    """,
    "question": """
        whether|question of|the question is
    """,
}
"""Phrases by type of cue. Where several start at a word, the longest holds."""

CONTRACTIONS = (
    "don doesn didn isn aren wasn weren hasn haven hadn won wouldn can couldn shouldn mustn needn "
    "mightn ain"
)


def wordset(told: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(told.split())


def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, told in PHRASES.items():
        for phrase in told.split("|"):
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, kind))
    for stem in CONTRACTIONS.split():
        for sign in "'’":
            word = f"{stem}{sign}t"
            table.setdefault(word, []).append(((word,), "negation"))
    for sign in "'’":
        cannot = f"can{sign}t"
        table.setdefault(cannot, []).append(((cannot, "be", "ruled", "out"), "hedge"))
    return {
        first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
        for first, entries in table.items()
    }


FIRST = _phrases()
"""First word → (words, type), longest first."""
