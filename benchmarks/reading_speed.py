"""How fast texts are read, what importing the reader costs, and the memory of a long run.

The articles are made here: sentences of many kinds (plain statements, speech told directly and
indirectly, chains, conditions, blame, events in verbs and in nouns, dates), with names, places and
numbers drawn anew each time, so that no two are alike. With data, re3d's documents are read too,
joined to articles of a thousand words each. All times are CPU time of one process.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import Row, command, cpu

WORDS, ARTICLES = 1000, 20
RUN, FEW, WORKERS = 2000, 200, 2
"""Articles of the run whose memory is measured, of a short one beside it, and processes."""
FASTEST, FAST = 50.0, 25.0
"""Articles a second that are aimed at: without events, and with all."""

STATES = (
    "Norway", "Sweden", "Turkey", "Egypt", "Iran", "Russia", "China", "Jordan", "France", "Brazil",
    "Kenya", "Vietnam", "Chile", "Peru", "Japan", "Sudan",
)  # fmt: skip
PEOPLE = (
    "Foreign Minister Sergei Lavrov", "President Ingrid Halvorsen", "General Omar Haddad",
    "the foreign ministry", "a senior diplomat", "two officials who asked not to be named",
    "Marta Ruiz, who leads the opposition,", "John Kerry", "the rebels", "Hezbollah",
)  # fmt: skip
PLACES = (
    "Aleppo", "Mosul", "Geneva", "Odessa", "Benghazi", "Kirkuk", "Vienna", "Aden", "Hodeidah",
)  # fmt: skip
DATES = (
    "on Friday", "last week", "in early March", "on 4 May 2016", "since 2011", "three years ago",
    "in the spring of 2015", "this month", "in recent days", "by the end of the year",
)  # fmt: skip
DEEDS = (
    "shelled", "invaded", "recognised", "praised", "blamed", "threatened", "met", "sent aid to",
    "signed an agreement with", "imposed sanctions on", "withdrew its troops from", "accused",
)  # fmt: skip
SENTENCES = (
    "{a} {deed} {b} {when}, and the price of bread rose in {place}.",
    "“We will never give up {place},” {who} told reporters {when}.",
    "{who} said that {a} would not accept a pact without {b}.",
    "According to {who}, {a} has told {b} that it might leave {when}.",
    "The attack by {a} on {b} killed {n} soldiers near {place}.",
    "As long as {a} keeps paying, the pact with {b} will hold; whether it can is another question.",
    "{who} blamed {a} for the failure of the talks in {place}.",
    "For {a}, the harbour is vital, but {b} wants to sell it.",
    "It is a small town of low houses, with one school and a market that opens at noon.",
    "The committee, which has {n} members, meets in a hall that once belonged to the railway.",
    "If {a} attacks {b}, {c} will send {n} troops to {place}, {who} warned.",
    "Perhaps the “friendship” of {a} and {b} was never more than a word, one reader wrote.",
    "{a} denied that its forces had entered {place} {when}.",
    "The withdrawal of {a} from {place}, announced {when}, surprised its allies.",
    "{a} and {b} have pledged to fight together until {c} returns the islands.",
    "He added that both countries would sign “a new chapter” {when}; they did not.",
    "Nobody in {place} believes it, and few say so aloud, because the war has lasted for years.",
    "Support for {a} has fallen from {n} to forty per cent, the poll found.",
    "{who} asked {a} to release {n} prisoners, a demand that {b} has rejected.",
    "Prices, weather and football are what people talk about when the lights go out.",
)
IMPORT = (
    "import foedus.reading as r; r.read, r.open_text, r.Names;"
    "import foedus.reading.claims, foedus.reading.cues, foedus.reading.dates,"
    " foedus.reading.events, foedus.reading.mentions, foedus.reading.quotes,"
    " foedus.reading.statements, foedus.reading.voices"
)
FIRST = (
    f"{IMPORT}; from foedus.reading.model import Source;"
    "r.read('Norway praised Sweden on Friday.', Source(), r.Names.of(None))"
)
LONG_RUN = """
import resource, sys
from pathlib import Path
from foedus.reading.running import Job, Options, run
ended = run(Job(Path(sys.argv[1]), Options()), Path(sys.argv[2]), workers=int(sys.argv[3]))
assert not ended.failed, ended.failed[:3]
peaks = [resource.getrusage(who).ru_maxrss / 1024
         for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(ended.items, *peaks)
"""


def rows(data: Path | None = None) -> list[Row]:
    """Every row of this file; `data` is a folder with re3d in `reading/`."""
    return [*light(), *fast("made articles", [article(n) for n in range(ARTICLES)]),
            *real(data), *memory()]  # fmt: skip


def article(seed: int, words: int = WORDS) -> str:
    """An article of at least so many words: a headline, a byline, and paragraphs of four."""
    rng = random.Random(seed)
    told = [f"Harbour Talks, Part {seed}\n\nBy Ada Brun\n\n12 May 2016"]
    paragraph: list[str] = []
    count = 0
    while count < words:
        a, b, c = rng.sample(STATES, 3)
        said = rng.choice(SENTENCES).format(
            a=a, b=b, c=c, who=rng.choice(PEOPLE), place=rng.choice(PLACES),
            when=rng.choice(DATES), deed=rng.choice(DEEDS), n=rng.randint(2, 900),
        )  # fmt: skip
        paragraph.append(said[0].upper() + said[1:])
        count += len(said.split())
        if len(paragraph) == 4 or count >= words:
            told.append(" ".join(paragraph))
            paragraph = []
    return "\n\n".join(told) + "\n"


def light() -> list[Row]:
    """Importing every room, and reading a first sentence, which builds the tables."""
    nothing = min(command(["-c", "pass"])[1] for _ in range(5))
    out = []
    for what, code, limit in (("import foedus.reading, every room", IMPORT, "0.3 s"),
                              ("the same, and a first sentence read", FIRST, "")):  # fmt: skip
        used = min(command(["-c", code])[1] for _ in range(5))
        peer = "starting Python"
        out.append(Row(what, f"{used:.2f} s CPU", limit, peer, f"{used / nothing:.1f}"))
    return out


def fast(what: str, texts: Sequence[str]) -> list[Row]:
    """Articles of a thousand words a second, with events and without."""
    from foedus.reading import Names, read
    from foedus.reading.model import Source

    source, names = Source(date="2016-05-12"), Names.of(None)
    thousands = sum(len(text.split()) for text in texts) / WORDS
    out = []
    for part, events, aim in (("everything", True, FAST), ("without events", False, FASTEST)):
        used = cpu(lambda: [read(t, source, names, events=events) for t in texts])  # noqa: B023
        told = f"{thousands / used:.0f} a second of CPU ({1e3 * used / thousands:.0f} ms each)"
        name = f"reading, {part}: {what}, a thousand words each"
        out.append(Row(name, told, f"{aim:.0f} a second", "", ""))
    return out


def real(data: Path | None) -> list[Row]:
    """The same on re3d's documents, joined to articles of a thousand words and more."""
    folder = None if data is None else data / "reading" / "re3d"
    if folder is None or not folder.is_dir():
        return [Row("reading: documents of re3d", "not run: no data", "", "", "")]
    texts = [""]
    for path in sorted(folder.glob("*/documents.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            texts[-1] += json.loads(line)["text"].strip() + "\n\n"
            if len(texts[-1].split()) >= WORDS:
                texts.append("")
    return fast("documents of re3d, joined", [text for text in texts if text])


def memory() -> list[Row]:
    """The peak memory of a long run over a folder, beside a short one's.

    Of all processes together: the first one's own peak, and the largest worker's times the workers.
    """
    long, short = run_of(RUN), run_of(FEW)
    what = f"a run of {RUN:,} articles of {WORDS:,} words, {WORKERS} processes beside the first"
    told = f"{long:.0f} MB at most, all processes"
    return [Row(what, told, "300 MB", f"{FEW} articles", f"{long / short:.2f}")]


def run_of(count: int) -> float:
    """Megabytes that all processes of a run over so many articles have at most."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "articles"
        folder.mkdir()
        for n in range(count):
            (folder / f"{n:05}.txt").write_text(article(n), encoding="utf-8")
        asked = [sys.executable, "-c", LONG_RUN, str(folder), f"{place}/out.jsonl", str(WORKERS)]
        said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    _, own, worker = map(float, said.split())
    return own + WORKERS * worker
