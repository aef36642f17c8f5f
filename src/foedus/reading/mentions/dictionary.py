"""Actor dictionaries in the form that PETRARCH and TABARI read, of users who have one.

A record is a phrase, its words joined by underscores, with a code in brackets; synonyms below it
begin with `+`; lines that begin with white space and a bracket give codes for a time:
`[CODE <date]` before it, `[CODE >date]` after it, `[CODE date-date]` between, `[CODE]` otherwise.
Dates are YYYYMMDD or YYMMDD. `#`, `;` and `<!-- -->` begin comments. (PETRARCH documentation,
dictionary formats; Schrodt, TABARI manual, chapter 5.) No dictionary comes with the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from foedus.reading.mentions.entry import Entry, parts
from foedus.reading.mentions.known import by_code, states
from foedus.reading.mentions.tables import listed

LARGEST = 32 * 1024 * 1024
"""Bytes a dictionary may have."""
_LINE, _WORDS, _CODE = 2000, 16, 24
_PAIR = 8
_CENTURY = 30
"""Two digits up to here are a year after 2000, as the programs read them."""
_CODED = re.compile(r"\[([^\[\]]*)\]")
_NAME = re.compile(r"[A-Za-z*-]+[A-Za-z0-9*-]*$")
_SMALL = listed("small")
_BODIES = frozenset({"IGO", "NGO", "NGM", "MNC", "INT", "IMG"})
_FIGHTS = ("REB", "SEP", "INS", "UAF", "RAD")


class DictionaryError(ValueError):
    """A dictionary that cannot be read: where, what is wrong and what would be right."""

    bad_input = True


@dataclass(slots=True)
class _Record:
    phrases: list[str] = field(default_factory=list)
    code: str | None = None
    timed: list[tuple[str, str, str]] = field(default_factory=list)
    """Code, first day and last day it holds for; empty for no limit."""


def entries(path: str | Path, on: str | None = None) -> Iterator[Entry]:
    """Every name of a dictionary, with the code that holds on a day (YYYYMMDD), else the last one.

    Raises ``DictionaryError`` if the file is no such dictionary.
    """
    for record in _records(Path(path)):
        code = _holding(record, on)
        if code is None:
            continue
        state = by_code().get(code)
        actor = state or _id(record.phrases[0])
        letters = code[:3] if code[:3] in by_code() or code[:3] in _BODIES else code
        for phrase in record.phrases:
            words = parts(phrase.replace("_", " "))
            if not 0 < len(words) <= _WORDS or not any(w[0].isalpha() for w in words):
                continue
            written = tuple(w.lower() if w.lower() in _SMALL else w.capitalize() for w in words)
            name = states()[state][0] if state is not None else " ".join(written)
            kind = _kind(code, record)
            form = "name" if kind == "state" else kind
            yield Entry(actor, name, kind, letters, form, "table", written)


def _records(path: Path) -> Iterator[_Record]:
    record: _Record | None = None
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        where = f"{path}: line {number}"
        if len(line) > _LINE:
            raise DictionaryError(f"{where}: {len(line)} characters; {_LINE} at most are read")
        if line.lstrip().startswith("["):
            if record is None:
                raise DictionaryError(f"{where}: a code without a phrase above it")
            record.timed.append(_timed(line, where))
        elif line.lstrip().startswith("+"):
            if record is None:
                raise DictionaryError(f"{where}: a synonym (+) without a phrase above it")
            record.phrases.append(_phrase(line.lstrip()[1:], where)[0])
        else:
            if record is not None:
                yield record
            phrase, code = _phrase(line, where)
            record = _Record([phrase], code)
    if record is None:
        raise DictionaryError(
            f"{path}: holds no names; a line such as `SOME_STATE_ [ABC]` would be right"
        )
    yield record


def _lines(path: Path) -> Iterator[str]:
    """The lines of the file without comments; those within a long comment are empty."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise DictionaryError(f"{path}: {size} bytes; {LARGEST} at most are read")
        data = path.read_bytes()
    except OSError as error:
        raise DictionaryError(f"{path}: cannot be read: {error.strerror}") from error
    if b"\0" in data:
        raise DictionaryError(f"{path}: is no text; an actor dictionary is a plain text file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    inside = False
    for line in text.splitlines():
        if inside:
            _, closed, line = line.partition("-->")
            inside = not closed
        kept = ""
        while line and not inside:
            before, opened, rest = line.partition("<!--")
            kept += before
            _, closed, line = rest.partition("-->")
            inside = bool(opened) and not closed
        yield re.split(r"[#;]", kept, maxsplit=1)[0].rstrip()


def _phrase(text: str, where: str) -> tuple[str, str | None]:
    """A phrase and its code, if it has one."""
    phrase, bracket, rest = text.partition("[")
    phrase = phrase.strip().strip("_").strip()
    if not phrase:
        raise DictionaryError(f"{where}: no phrase; `SOME_STATE_ [ABC]` would be right")
    if not bracket:
        return phrase, None
    code, closed, _ = rest.partition("]")
    if not closed:
        raise DictionaryError(f"{where}: a bracket is not closed; `[ABC]` would be right")
    return phrase, _code(code.strip(), where)


def _timed(line: str, where: str) -> tuple[str, str, str]:
    found = _CODED.search(line)
    if found is None:
        raise DictionaryError(
            f"{where}: a bracket is not closed; `[ABC 19700101-19801231]` is right"
        )
    code, _, when = found.group(1).strip().partition(" ")
    return (_code(code, where), *_days(when.strip(), where))


def _code(text: str, where: str) -> str:
    if set(text) <= {"-", "*"}:
        return ""
    if len(text) > _CODE or not _NAME.match(text):
        raise DictionaryError(f"{where}: {text[:40]!r} is no code; letters such as ABCGOV are")
    return text.upper()


def _days(when: str, where: str) -> tuple[str, str]:
    if not when:
        return "", ""
    if when[0] in "<>":
        day = _day(when[1:].strip().rstrip(">"), where)
        return ("", day) if when[0] == "<" else (day, "")
    first, dash, last = when.partition("-")
    if not dash:
        raise DictionaryError(
            f"{where}: {when[:40]!r} is no time; <date, >date or date-date would be right"
        )
    return _day(first.strip(), where), _day(last.strip(), where)


def _day(text: str, where: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) in (6, 8)):
        raise DictionaryError(
            f"{where}: {text[:40]!r} is no date; YYYYMMDD or YYMMDD would be right"
        )
    if len(text) == _PAIR:
        return text
    return f"{'20' if int(text[:2]) <= _CENTURY else '19'}{text}"


def _holding(record: _Record, on: str | None) -> str | None:
    """The code for a day; without a day the last one given, and the default if there is none."""
    if on is not None:
        for code, first, last in record.timed:
            if (first or last) and (not first or first <= on) and (not last or on <= last):
                return code or None
    free = [code for code, first, last in record.timed if not first and not last]
    default = record.code or (free[-1] if free else None)
    if default is None and on is None and record.timed:
        return record.timed[-1][0] or None
    return default


def _kind(code: str, record: _Record) -> str:
    if len(code) == 3 and code in by_code():
        return "state"
    if code[:3] in _BODIES or not code[3:]:
        return "organisation"
    if code[3:6] in _FIGHTS:
        return "movement"
    return "person" if record.timed or "GOV" in code or "ELI" in code else "organisation"


def _id(phrase: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", phrase.lower()).strip("-")
