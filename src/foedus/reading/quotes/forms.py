"""Whether words in marks are a quotation, a few words in another's sentence, or a title."""

from __future__ import annotations

from foedus.reading.cues.lexicon import wordset
from foedus.reading.quotes.marks import Pair
from foedus.reading.quotes.verbs import VERBS
from foedus.reading.quotes.words import FINITE, SELF
from foedus.reading.text import Span

TITLED = wordset("""
    book article essay film movie paper novel entitled titled headlined song play poem album podcast
    documentary chapter series journal magazine programme program operation exercise blog album
""")
SIGNS = "\"“”„‟«»‹›‘’‚‛'`「」『』"


def form(text: str, pair: Pair, paragraph: Span) -> str:
    """direct, inline or title.

    Direct words stand by themselves: behind a colon, a comma or a verb of saying, or at the start,
    with a verb or a stop of their own. Inline ones are part of the sentence around them.
    """
    inner = text[pair.start : pair.end].strip(SIGNS + " \u00a0\u202f")
    head = inner[:240].split()
    if not head:
        return "inline"
    before = text[max(paragraph.start, pair.start - 30) : pair.start].rstrip().rstrip(SIGNS + "(")
    words = before.split()
    last = words[-1].lower() if words else ""
    if pair.continued or len(head) > 30:
        return "direct"
    tail = inner[-1] if inner[-1] in ".,!?…—-" else text[pair.end : pair.end + 1]
    stopped = tail in {".", ",", "!", "?", "…", "—"} and (inner[-1] in ".,!?…—-" or tail == ",")
    if _title(head, last) and tail not in {"!", "?"}:
        return "title"
    clausal = _clausal(head)
    starts = not before or before[-1] in ".!?…"
    if starts or before.endswith((":", "—", "–")):
        alone = clausal or stopped or len(head) >= 5
        single = inner[-1] in ",!?." and starts
        return "direct" if (len(head) >= 2 and alone) or single else "inline"
    told = words and words[-1][-1] == "," and words[-1][:-1].lower() in VERBS
    if told and stopped:
        return "direct"
    if before.endswith((",", ";")):
        return "direct" if clausal or (stopped and len(head) >= 2 and _capital(head)) else "inline"
    if last == "that" or (last in VERBS and VERBS[last].says):
        own = clausal and len(head) >= 4
        return "direct" if own or (_capital(head) and stopped and len(head) > 1) else "inline"
    long = len(head) >= 6 and clausal and _capital(head) and inner[-1] in ".!?,"
    return "direct" if long else "inline"


def _capital(head: list[str]) -> bool:
    return head[0][:1].isupper()


def _clausal(head: list[str]) -> bool:
    """Whether words hold a verb of their own, or speak of `I` and `we`."""
    low = [word.lower().strip(".,!?;:" + SIGNS) for word in head]
    return any(word in FINITE or word in SELF for word in low) and len(low) > 2


def _title(head: list[str], last: str) -> bool:
    if len(head) > 14:
        return False
    long = [word.strip(SIGNS + ".,:") for word in head if len(word) > 3]
    capitals = bool(long) and all(word[:1].isupper() or word[:1].isdigit() for word in long)
    if not capitals or not _capital(head):
        return False
    return last in TITLED or (len(long) >= 2 and last not in VERBS and not _clausal(head))
