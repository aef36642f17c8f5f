"""The bytes of a forecast log become its entries, checked line by line and as a chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from foedus.case.guard import unseen
from foedus.case.nearest import did_you_mean, quoted
from foedus.case.tree import dotted
from foedus.case.validation import Fault, typed
from foedus.record.log.entry import (
    FORMAT,
    KINDS,
    SHORT,
    Forecast,
    Resolution,
    content_id,
    texts,
)
from foedus.record.log.errors import refuse
from foedus.record.log.rules import misfit

LARGEST = 50_000_000
"""The most bytes a log may have."""
FEWEST = 4
"""The fewest digits of an id that stand for the whole."""
RESTORE = "put back the file as it was, or keep it aside and begin another with --log"


@dataclass(frozen=True)
class Log:
    """A forecast log as it was read.

    `entries` are its lines in order, `numbers` where each stands in the file, `hashes` the SHA-256
    of each. `torn` is the number of a last line that is not whole, as a writer that was killed
    leaves it; it is no entry. `size` is how many bytes the whole lines have, `ended` whether the
    last of them has its line end.
    """

    file: str
    entries: tuple[Forecast | Resolution, ...] = ()
    numbers: tuple[int, ...] = ()
    hashes: tuple[str, ...] = ()
    torn: int | None = None
    size: int = 0
    ended: bool = True

    @property
    def head(self) -> str | None:
        """The SHA-256 of the last line; it stands for all lines before it."""
        return self.hashes[-1] if self.hashes else None

    @property
    def forecasts(self) -> dict[str, Forecast]:
        """The forecasts by id, in order."""
        return {one.id: one for one in self.entries if isinstance(one, Forecast)}

    @property
    def resolutions(self) -> dict[str, tuple[Resolution, ...]]:
        """What came of each forecast that is resolved, by its id; the last one counts."""
        out: dict[str, tuple[Resolution, ...]] = {}
        for one in self.entries:
            if isinstance(one, Resolution):
                out[one.forecast] = (*out.get(one.forecast, ()), one)
        return out

    @property
    def backwards(self) -> tuple[int, ...]:
        """Numbers of lines that say they were written before the line above them."""
        pairs = zip(self.entries, self.entries[1:], self.numbers[1:], strict=False)
        return tuple(number for one, other, number in pairs if other.made_at < one.made_at)

    def find(self, given: str) -> Forecast:
        """The forecast of an id, of its first digits, or of a case that has no other.

        Raises LogError unless there is exactly one.
        """
        every = self.forecasts
        found = [every[name] for name in every if len(given) >= FEWEST and name.startswith(given)]
        found = found or [one for one in every.values() if one.case == given]
        if len(found) == 1:
            return found[0]
        if found:
            message = f"{quoted(given)} stands for {', '.join(one.id for one in found)}; give one"
        elif any(one.id == given for one in self.entries):
            message = f"{quoted(given)} is a resolution, not a forecast"
        else:
            known = dict.fromkeys([*every, *(one.case for one in every.values())])
            hint = did_you_mean(given, known, "there are") or "; the log has none yet"
            message = f"there is no forecast {quoted(given)}{hint}"
        raise refuse(self.file, None, message)

    def check_holds(self, fingerprint: str) -> None:
        """See that a line of this SHA-256, or its beginning, is still there, and so all before it.

        Raises LogError if not.
        """
        if len(fingerprint) < SHORT:
            message = f"{quoted(fingerprint)} is too short; give at least {SHORT} digits"
            raise refuse(self.file, None, message)
        if not any(one.startswith(fingerprint.lower()) for one in self.hashes):
            message = f"no line has the SHA-256 {quoted(fingerprint)}: lines that it had are gone"
            raise refuse(self.file, None, f"{message}; {RESTORE}")


def log_of(raw: bytes, file: str) -> Log:
    """The log in the bytes of a file.

    Every line is checked by itself (JSON, keys, values, its own id), against the line before it
    (the SHA-256 it names) and against the forecasts above it. A last line without its end that is
    not whole is left out and told. Raises LogError with the first line that is wrong.
    """
    if len(raw) > LARGEST:
        raise refuse(file, None, f"has {len(raw):,} bytes or more; a log has at most {LARGEST:,}")
    entries: list[Forecast | Resolution] = []
    numbers: list[int] = []
    hashes: list[str] = []
    known = _Known()
    *lines, tail = raw.split(b"\n")
    torn = len(lines) + 1 if tail.strip() and not _is_object(tail) else None
    for number, line in enumerate([*lines, *([] if torn else [tail])], 1):
        if not line.strip():
            continue
        entry = entry_of(_data(line, file, number), file, number)
        before = hashes[-1] if hashes else None
        if entry.previous != before:
            raise refuse(file, number, _broken(entry.previous, before), "previous")
        known.take(entry, file, number)
        entries.append(entry)
        numbers.append(number)
        hashes.append(hashlib.sha256(line.rstrip(b"\r")).hexdigest())
    size = len(raw) - (len(tail) if torn else 0)
    ended = bool(torn) or not tail.strip()
    return Log(file, tuple(entries), tuple(numbers), tuple(hashes), torn, size, ended)


def _broken(named: str | None, before: str | None) -> str:
    """Say how a line does not follow the one before it."""
    if before is None:
        said = f"names a line before it, of SHA-256 {str(named)[:SHORT]}…, that is not there"
    elif named is None:
        said = "says it is the first line, and is not"
    else:
        said = f"the line before it is not the one it was written after ({named[:SHORT]}…)"
    return f"{said}: a line was changed, moved or taken out since; {RESTORE}"


def entry_of(data: dict[str, Any], file: str, number: int | None) -> Forecast | Resolution:
    """The entry that plain data are, with the line on which they stand if they stand on one.

    Raises LogError with the first thing that is wrong.
    """
    form = data.get("format")
    if type(form) is int and form > FORMAT:
        message = f"is of format {str(form)[:12]}; this foedus reads {FORMAT}: update foedus"
        raise refuse(file, number, message, "format")
    named = data.get("kind")
    kind = KINDS.get(named) if isinstance(named, str) else None
    if kind is None:
        raise refuse(file, number, f"should be {' or '.join(KINDS)}", "kind")
    for text in texts(data):
        if fault := unseen(text):
            raise refuse(file, number, fault[1])
    faults: list[Fault] = []
    entry: Forecast | Resolution | None = typed(kind, data, (), faults)
    if entry is None:
        place, message = faults[0]
        raise refuse(file, number, " ".join(message.splitlines()), dotted(place))
    if content_id(data) != entry.id:
        message = f"{entry.id} is not the id of what the line says: it was changed; {RESTORE}"
        raise refuse(file, number, message, "id")
    return entry


def _data(line: bytes, file: str, number: int) -> dict[str, Any]:
    """The JSON object of a line."""
    try:
        data = json.loads(line.decode(), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise refuse(file, number, "is not UTF-8 text") from None
    except _TwiceError as twice:
        raise refuse(file, number, "stands twice; once would be right", str(twice)[:80]) from None
    except (ValueError, RecursionError):
        raise refuse(file, number, "is not JSON: one object a line would be right") from None
    if not isinstance(data, dict):
        raise refuse(file, number, "should be a JSON object, with keys and values")
    return data


class _TwiceError(ValueError):
    """A key that stands twice."""


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in pairs:
        if key in out:
            raise _TwiceError(key)
        out[key] = value
    return out


def _no_constant(word: str) -> float:
    raise ValueError(word)


def _is_object(tail: bytes) -> bool:
    """Whether the bytes are a whole JSON object: no beginning of one is."""
    try:
        return isinstance(json.loads(tail.decode()), dict)
    except (ValueError, RecursionError):
        return False


class _Known:
    """What the lines so far say, for the next to be checked against."""

    def __init__(self) -> None:
        self.forecasts: dict[str, Forecast] = {}
        self.last: dict[str, Resolution] = {}

    def take(self, entry: Forecast | Resolution, file: str, number: int) -> None:
        """Take an entry in. Raises LogError if it does not fit those above it."""
        if isinstance(entry, Forecast):
            self.forecasts[entry.id] = entry
            return
        of = self.forecasts.get(entry.forecast)
        if of is None:
            message = f"no line above has the forecast {entry.forecast}"
            raise refuse(file, number, message, "forecast")
        earlier = self.last.get(of.id)
        if entry.corrects != (earlier.id if earlier else None):
            right = f"should be {earlier.id}, as" if earlier else "should be left out:"
            said = "is resolved above" if earlier else "is not resolved above"
            raise refuse(file, number, f"{right} {of.id} {said}", "corrects")
        if fault := misfit(of, entry.result, entry.on, entry.made_on):
            raise refuse(file, number, fault, "on")
        self.last[of.id] = entry
