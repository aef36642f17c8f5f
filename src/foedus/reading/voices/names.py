"""Which words have the shape of a name, and which names a byline gives."""

from __future__ import annotations

import re

PARTICLES = frozenset({
    "al", "el", "bin", "bint", "ibn", "ben", "abu", "umm", "de", "da", "do", "dos", "das", "del",
    "della", "der", "den", "di", "du", "la", "le", "les", "lo", "van", "von", "zu", "zur", "ter",
    "ten", "y", "e", "st",
})  # fmt: skip
SUFFIXES = frozenset({
    "jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md",
})  # fmt: skip
NOT_NAMES = frozenset({
    "a", "about", "after", "against", "all", "alliance", "amid", "an", "analysis", "and", "are",
    "as", "at", "attack", "back", "battle", "before", "behind", "but", "by", "can", "civil",
    "comment", "commentary", "conflict", "crisis", "deal", "diplomacy", "east", "editorial",
    "elections", "end", "europe", "exclusive", "explained", "explainer", "first", "for", "foreign",
    "friday", "from", "future", "global", "government", "how", "if", "in", "interview", "into",
    "introduction", "is", "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december", "letter", "life", "live", "middle", "monday",
    "more", "most", "movement", "national", "new", "news", "next", "no", "north", "not", "notes",
    "now", "of", "on", "opinion", "or", "out", "over", "overview", "pact", "part", "peace",
    "policy", "politics", "power", "president", "question", "report", "review", "saturday", "say",
    "says", "security", "should", "south", "special", "state", "states", "summary", "summit",
    "sunday", "talks", "that", "the", "their", "these", "this", "three", "thursday", "time", "to",
    "today", "treaty", "tuesday", "two", "union", "update", "us", "war", "was", "wednesday", "week",
    "west", "what", "when", "where", "which", "who", "why", "will", "with", "without", "world",
    "yesterday", "year", "years", "yet", "you", "your", "background", "conclusion", "contents",
})  # fmt: skip
"""Words of headlines, and of days, that no person is called by."""
HOUSES = frozenset({
    "institute", "institution", "university", "college", "school", "center", "centre", "council",
    "foundation", "endowment", "press", "times", "post", "news", "review", "journal", "magazine",
    "agency", "daily", "weekly", "tribune", "herald", "gazette", "service", "network", "group",
    "ministry", "department", "office", "bureau", "think", "fund", "association", "affairs",
    "telegraph", "guardian", "observer", "chronicle", "today", "media", "online", "research",
})  # fmt: skip
"""Words that papers and institutes are called by."""
NOT_ALONE = NOT_NAMES - frozenset(["april", "may", "june", "august", "west", "north", "president"])
AGENCIES = re.compile(
    r"(?:AFP|AP|Reuters|UPI|dpa|Xinhua|TASS|Associated Press|Agence France-Presse)\b.{0,30}|"
    r"(?:the )?[\w’' ]{0,40}\b(?:staff|staff writers?|correspondents?|desk|newsroom|agencies|"
    r"editors?|"
    r"editorial board)",
    re.I,
)
BY = re.compile(
    r"(?:(?:first |re)?(?:written|posted|published|submitted|reported|compiled|story|text|words|"
    r"analysis|opinion|commentary|comment|report|essay|column|guest post|op-ed|interview|review|"
    r"translated|edited)\b,? )?by:? +(?=\S)",
    re.I,
)
AUTHOR = re.compile(r"(?:authors?|writers?|by)\s*:\s*(?=\S)", re.I)
CUT = re.compile(
    r"\s*(?:[|•·–—/(\[]|\s-\s|\b(?:in|for|on|at|from|of|updated|published|posted|correspondent|"
    r"editor|reporter|special|with)\b|,?\s*\b\d|,?\s*\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|"
    r"Sun)day\b|"
    r",?\s*\b(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d)"
)
BETWEEN = re.compile(r"\s*(?:,|;|&)\s*(?:and\s+)?|\s+(?:and|AND)\s+")
LONGEST = 200
MOST_WORDS = 5


def is_name(text: str, fewest: int = 2) -> bool:
    """Whether a piece of text has the shape of a person's name."""
    words = text.split()
    if not fewest <= len(words) <= MOST_WORDS:
        return False
    whole = [w for w in words if w.lower() not in SUFFIXES]
    if not whole or whole[-1].lower() in PARTICLES:
        return False
    return whole[-1].lower() not in HOUSES and all(_part(word) for word in whole)


def _part(word: str) -> bool:
    low = word.lower()
    if low in PARTICLES:
        return True
    if low in NOT_ALONE:
        return False
    plain = low.removeprefix("al-").removeprefix("el-").removeprefix("d’").removeprefix("d'")
    start = word[len(low) - len(plain) :]
    signs = start.replace("-", "").replace("’", "").replace("'", "").replace(".", "")
    return signs.isalpha() and start[0].isupper()


def byline(line: str) -> tuple[str, ...] | None:
    """The names of a line that says who wrote it ("By Ann Other and Jo Public | The Paper").

    None for any other line; an empty tuple where it names an agency or a desk only.
    """
    line = line.strip(" *_")
    if len(line) > LONGEST:
        return None
    start = BY.match(line) or AUTHOR.match(line)
    return _names(line[start.end() :], fewest=1) if start else None


def bare_byline(line: str) -> tuple[str, ...] | None:
    """The names of a line that is nothing but names, as stands beneath many a headline."""
    line = line.strip(" *_")
    if len(line) > LONGEST or line.endswith((".", "!", "?", ":")):
        return None
    if any(word.lower() in NOT_NAMES for word in line.split()[:2]):
        return None
    return _names(line, fewest=2) or None


def _names(rest: str, fewest: int) -> tuple[str, ...] | None:
    if AGENCIES.fullmatch(rest.strip(" .")):
        return ()
    cut = CUT.search(rest)
    kept = (rest[: cut.start()] if cut else rest).strip(" ,;")
    names: list[str] = []
    for part in BETWEEN.split(kept):
        if not is_name(part, fewest):
            break
        names.append(part)
    if not names or (kept != "" and not _rest_is_place(kept, names)):
        return None
    return tuple(names)


def _rest_is_place(kept: str, names: list[str]) -> bool:
    """What stands after the names has capitals too (a paper, a town), or is nothing."""
    after = kept[kept.rfind(names[-1]) + len(names[-1]) :].strip(" ,;&")
    return all(
        w[0].isupper() or w.lower() in PARTICLES or w in ("and", "the") for w in after.split()
    )
