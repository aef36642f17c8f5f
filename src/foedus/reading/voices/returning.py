"""Where an excerpt ends: the signs that the one who quotes is speaking again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.reading.voices.names import PARTICLES

THING = (
    r"(?:reading|analysis|argument|assumption|assessment|claim|conclusion|point|view|piece|"
    r"article|essay|"
    r"study|paper|account|observation|suggestion|warning|verdict|thesis|interpretation|"
    r"judg(?:e)?ment|"
    r"diagnosis|prediction|forecast|optimism|pessimism|case|reasoning|logic|take|statement|"
    r"letter|report|"
    r"communiqué|communique|tweet|speech|remarks?|comments?|interview|quotation|quote|passage|"
    r"excerpt|"
    r"words|way|idea|notion|theory|answer|picture|explanation|announcement|declaration|"
    r"critique|summary|author|writer|analyst)"
)
VERDICT = re.compile(
    rf"(?:And |But |Yet |So |Still,? )?(?:It|That|This|Such|These|Those)(?:[’']s| is| are| was|"
    rf" were| seems?| may be| "
    rf"might be| sounds?)\s(?:\S+\s){{0,5}}?{THING}s?\b"
)
"""What judges a text: "It's a bold reading", "That is a fair point"."""
WRITTEN = (
    r"(?:reading|analysis|assessment|article|essay|piece|paper|study|author|writer|analyst|"
    r"excerpt|passage|quotation|words)"
)
SPOKEN = (
    r"(?:statement|letter|tweet|speech|remarks?|comments?|interview|announcement|declaration|"
    r"communiqu[eé]|message|call|warning|words)"
)
LEAD = r"(?:And |But |Yet |However, )?(?:The|This|That|His|Her|Their|Such an?|Both|These)"
OF_WRITTEN = re.compile(rf"{LEAD} (?:\w+ )?{WRITTEN}\b")
OF_SPOKEN = re.compile(rf"{LEAD} (?:\w+ )?{SPOKEN}\b")
"""What speaks of the text itself: "The essay leaves out …", "The statement came …"."""
GOES_ON = re.compile(
    r"(?:(?:And|But|Yet|So|Still),? )?(?:Is|is|Can|can|Will|will) (?:that|this|it|he|she)\b"
    r"[^.!?]{0,80}\?|Notice\b|Note how\b|"
    r"What (?:this|that|he|she|it) (?:misses|leaves out|overlooks|ignores)|"
    r"(?:He|She|They|The (?:author|writer|analyst)s?) (?:also |then |further )?"
    r"(?:adds?|added|concludes?|concluded|continues?|continued|goes on|went on|writes?|wrote|"
    r"notes?|noted|argues?|argued)\b"
)
MINE = re.compile(
    r"(?:(?:And|But|Yet|So|Still),? )?"
    r"(?:I|We) (?:would|agree|disagree|think|am not|are not|doubt|wonder|suspect)\b"
)
"""Counts only where nobody speaks of himself in the excerpt."""
QUOTED = re.compile(r"[“\"]([^“”\"\n]{8,200})[”\"]")
FIRST = re.compile(r"\b(?:I|we|our|us|my|We|Our|My)\b")
REPORTS = re.compile(r"\b(?:said|told|added|according to|announced|replied|reported)\b")
OPENING = ("“", '"', "„", "«", "‘")
SURNAME_WITHIN = 12
QUOTATIONS = 20
EDGE = " .,;:!?…"


def returns(
    paragraph: str, speaker: str | None, quoted: Sequence[str], *, writing: bool = True
) -> bool:
    """Whether a paragraph is by the one who quotes, not by the one quoted.

    It judges the text, speaks of it or of its author by name near its start, or quotes words that
    stand in the excerpt (`quoted`).
    """
    begin = paragraph[:1000].lstrip("\"'“‘([ ")
    about = OF_WRITTEN if writing else OF_SPOKEN
    if VERDICT.match(begin) or about.match(begin) or GOES_ON.match(begin):
        return True
    if MINE.match(begin) and not any(FIRST.search(given[:3000]) for given in quoted):
        return True
    if speaker and _names(begin, speaker):
        return True
    return any(
        len(words.split()) >= 3 and any(words.strip(EDGE) in given for given in quoted)
        for words in QUOTED.findall(paragraph[:5000])[:QUOTATIONS]
    )


def _names(begin: str, speaker: str) -> bool:
    surname = speaker.split()[-1]
    if not surname[0].isupper() or surname.lower() in PARTICLES:
        return False
    for word in begin.split(None, SURNAME_WITHIN)[:SURNAME_WITHIN]:
        if re.sub(r"[’']s?$", "", word.strip(EDGE + '()“”"')) == surname:
            return True
    return False


def in_quotes(paragraphs: Sequence[str]) -> int:
    """How many paragraphs, from the first, are one quotation in quotation marks.

    Each begins with an opening mark and only the last ends with a closing one; or the first opens
    and a later one closes. 0 if the first does not begin with one, or none closes.
    """
    if not paragraphs or not paragraphs[0].startswith(OPENING):
        return 0
    for n, paragraph in enumerate(paragraphs, 1):
        last = paragraph.rstrip()
        if n > 1 and not last.startswith(OPENING) and not last.endswith(("”", '"', "»")):
            return 0
        if last.endswith(("”", '"', "»", "“")) and len(last) > 1:
            return n
    return 0


def is_report(paragraph: str) -> bool:
    """Whether a paragraph tells what others said, and nobody speaks of himself in it."""
    told = paragraph[:3000]
    return REPORTS.search(told) is not None and FIRST.search(told) is None
