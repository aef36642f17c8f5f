"""What a line is by its shape: caption, credit, date, rule, note, tail or running text."""

from __future__ import annotations

import re

from foedus.reading.opening.dateline import MONTHS, edtf
from foedus.reading.voices.names import is_name

CAPTION = re.compile(
    r"[\[(]?(?:(?:TOP|FILE|COVER|FEATURED|LEAD|MAIN|Top|File|Cover|Featured|Lead|Main|Above|"
    r"ABOVE)\s+)?"
    r"(?:PHOTO|IMAGE|PICTURE|CAPTION|VIDEO|MAP|GRAPHIC|ILLUSTRATION|CHART|GALLERY|CARTOON|"
    r"Photo|Image|Picture|Caption|Video|Map|Graphic|Illustration|Chart|Gallery|Cartoon|Photograph|"
    r"Figure \d+|FIGURE \d+|Fig\. ?\d+|Table \d+)s?"
    r"(?:\s+(?:[Cc]redit|CREDIT|[Cc]aption|[Bb]y|[Cc]ourtesy)\b)?\s*(?:[:|]|[–—]|\bby\b|\s-\s|\.\s)"
)
CREDITED = re.compile(
    r"(?:[(\[|/–—]\s*|(?:Photo|Image|Credit|Picture)s?:?\s+[^.]{0,60})"
    r"(?:[\w .’'-]{0,40}[/|]\s*)*(?:AFP|AP|Reuters|EPA|Getty(?: Images)?|Shutterstock|Wikimedia"
    r"(?: Commons)?|TASS|Xinhua|Anadolu(?: Agency)?|SANA|Flickr|iStock|Alamy|"
    r"Handout)\b[^.]{0,40}[)\]]?\.?$"
)
TAIL = re.compile(
    r"[\[(»>→•*#\s]*(?:"
    r"(?:Read|Continue|Keep) (?:reading|the (?:full|whole|entire|rest|original|complete|"
    r"article|report)|"
    r"full|more|on\b|original|next|also|here)|"
    r"(?:See|View|Show) (?:also|more|full|all|the (?:full|original)|original|comments)|"
    r"(?:Click|Tap) (?:here|to|on)|Learn more|Find out more|Sign up|Log in|Subscribe|"
    r"Share (?:this|on|via|with)|Share$|Tweet(?: this)?$|Follow (?:us|him|her|them|me|@|our|"
    r"the author)|"
    r"Advertisement|ADVERTISEMENT|Sponsored|Related(?: (?:articles?|stor(?:y|ies)|content|posts?|"
    r"reading|topics?|links?))?:?(?:$| )|RELATED|Recommended(?: for you)?:?$|Most (?:read|popular)|"
    r"More (?:on this|from|stories|in)\b|Also read|Read also|Filed under|Tags?\s*:|Tagged|"
    r"Topics?\s*:|"
    r"Categor(?:y|ies)\s*:|Keywords\s*:|Leave a (?:comment|reply)|\d+ (?:comments?|shares?|"
    r"min read)|"
    r"Comments?(?: \(\d+\))?$|Copyright|©|\(c\)|All rights reserved|"
    r"Print(?: this)?(?: article| page)?$|"
    r"E-?mail this|Download (?:the|this|as|PDF)|Skip (?:to|advertisement)|Story continues|"
    r"Support (?:us|our)|"
    r"Donate|Source\s*:|Link\s*:|Via\s*:|(?:This (?:article|post|piece|story|essay) (?:was |"
    r"has been )?)?"
    r"(?:[Oo]riginally|[Ff]irst) (?:published|appeared|posted)|Back to top|Next (?:article|"
    r"post|page)|"
    r"Previous (?:article|post|page)|Page \d+(?: of \d+)?$|https?://\S+$|www\.\S+$"
    r")",
    re.I,
)
TAIL_WORDS = 18
CAPTION_WORDS = 70
NOTE = re.compile(
    r"[\[(*_\s]*(?:(?:the )?editor(?:s|[’']s|s[’'])?[’']? note|note from the editors?|"
    r"publisher[’']s note|"
    r"translator[’']s note|correction|update|disclaimer)\b\s*(?:\([^)]{0,40}\))?\s*[:.—–-]|"
    r"[\[(]\s*(?:ed|eds|editor|editors|n\.b)\.?\s*[:.—–]",
    re.I,
)
CREDITS = re.compile(r"\(?(?:additional )?(?:reporting|writing|editing|translation) by\b", re.I)
RULE = re.compile(r"[\s*_=~#•·.–—-]{3,}|\*")
SENTENCES = re.compile(r"[a-z]{3}[.!…][\"”’]? [A-Z]|[.?!]”[.?!]? [A-Z]")
STOPPED = re.compile(r"[.!?…:;][\"'”’»)\]*_]*$")
BESIDE_DATE = frozenset({
    "published", "posted", "updated", "last", "on", "at", "modified", "date", "of", "the", "st",
    "nd", "rd", "th", "am", "pm", "gmt", "utc", "est", "edt", "et", "bst", "cet", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed",
    "thu", "thurs", "fri", "sat", "sun", "written", "first", "issued", "release", "released", "t",
    "z",
})  # fmt: skip
SHORT = 25
"""Words that a headline has at most."""
PROSE = 12


def is_caption(line: str) -> bool:
    """Whether a line is what stands under a picture."""
    if len(line.split(None, CAPTION_WORDS)) > CAPTION_WORDS:
        return False
    return CAPTION.match(line) is not None or CREDITED.search(line[-160:]) is not None


def is_tail(line: str) -> bool:
    """Whether a line is the page's own, and nobody's text: links onward, tags, rights."""
    return TAIL.match(line) is not None and len(line.split(None, TAIL_WORDS)) <= TAIL_WORDS


def is_note(line: str) -> bool:
    """Whether a paragraph is a note of the editor's."""
    return NOTE.match(line) is not None


def is_credits(line: str) -> bool:
    """Whether a line says who helped: "Reporting by …; editing by …"."""
    return CREDITS.match(line) is not None and len(line) < 300


def is_rule(line: str) -> bool:
    """Whether a line only divides."""
    return len(line) < 200 and RULE.fullmatch(line) is not None


def is_date(line: str) -> bool:
    """Whether a line gives a date and nothing else but "Published", a weekday or a time."""
    if len(line) > 80 or not any(sign.isdigit() for sign in line) or edtf(line) is None:
        return False
    words = re.findall(r"[^\W\d_]+", line.lower())
    return all(word in BESIDE_DATE or word in MONTHS for word in words)


def is_stopped(line: str) -> bool:
    """Whether a line ends as a sentence does, or with a colon."""
    return STOPPED.search(line[-12:]) is not None


def is_title(line: str) -> bool:
    """Whether a line may be a headline: short, begun with a capital, not ended as a sentence is."""
    words = line.split(None, SHORT)
    if not words or len(words) > SHORT or len(line) > 250:
        return False
    if SENTENCES.search(line):
        return False
    begin = line.lstrip("\"'“‘«([#*_ ")
    if not begin or begin[0].islower() or not any(sign.isalpha() for sign in begin):
        return False
    return not is_stopped(line) or line.rstrip("\"'”’»").endswith(("?", "!"))


def is_prose(line: str) -> bool:
    """Whether a line is running text: long, or a sentence of some words."""
    words = len(line.split(None, SHORT))
    return words > SHORT or (words >= PROSE and is_stopped(line)) or line.rstrip().endswith(":")


def credit(line: str) -> str | None:
    """Who is named in a line beneath a quotation: "— Ann Other, minister of trade"."""
    if len(line) > 120 or not line.startswith(("—", "–", "-", "―", "~")):
        return None
    told = line.lstrip("—–-―~ ").strip()
    if not told or is_stopped(told.rstrip(".")) or len(told.split()) > 14:
        return None
    first = told.partition(",")[0].partition("(")[0].strip()
    return first if is_name(first, 1) or first[0].isupper() else None
