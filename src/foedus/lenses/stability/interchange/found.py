"""Files that others wrote, read with a finger on the place: every fault says where it stands."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from foedus.case.guard import unseen
from foedus.lenses.stability.conflict import ConflictError

LARGEST = 64_000_000
"""The most bytes a file may have."""
MOST_VALUES = 10_000_000
"""The most values it may hold."""
LONGEST = 2_000
"""The most characters of a name."""


class FileError(ConflictError):
    """A file that holds no conflict: the file, the place in it and what would be right."""

    def __init__(self, file: str, place: str, message: str) -> None:
        self.file, self.place, self.message = file, place, message
        super().__init__(file, place, message)

    def __str__(self) -> str:
        return ": ".join(part for part in self.args if part)


def shown(value: object) -> str:
    """A value of a file as a message shows it: on one line, printable, and short."""
    if isinstance(value, dict | list):
        return f"a {'mapping' if isinstance(value, dict) else 'list'} of {len(value):,}"
    words = {"None": "null", "True": "true", "False": "false"}
    text = repr(value) if isinstance(value, str) else words.get(str(value), str(value))
    return text if len(text) <= 60 else f"{text[:59]}…"


@dataclass(frozen=True, slots=True)
class Found:
    """A value of a JSON file and where it was found; each reader of it raises FileError."""

    file: str
    place: str
    value: Any

    def fault(self, message: str) -> FileError:
        """The error that says what is wrong with this value."""
        return FileError(self.file, self.place, message)

    def should_be(self, what: str) -> FileError:
        """The error for a value of the wrong kind."""
        return self.fault(f"should be {what}, not {shown(self.value)}")

    def has(self, key: str) -> bool:
        """Is this a mapping with something other than null under the key?"""
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def __getitem__(self, key: str) -> Found:
        """What the mapping has under a key it must have."""
        if not isinstance(self.value, dict):
            raise self.should_be("a mapping")
        if key not in self.value:
            raise FileError(self.file, self._below(key), "is missing")
        return Found(self.file, self._below(key), self.value[key])

    def items(self) -> Iterator[tuple[str, Found]]:
        """The keys of the mapping with what stands under them."""
        if not isinstance(self.value, dict):
            raise self.should_be("a mapping")
        for key, value in self.value.items():
            yield key, Found(self.file, self._below(key), value)

    def entries(self) -> list[Found]:
        """The entries of the list."""
        if not isinstance(self.value, list):
            raise self.should_be("a list")
        return [Found(self.file, f"{self.place}[{k}]", v) for k, v in enumerate(self.value)]

    def text(self) -> str:
        """The words."""
        if not isinstance(self.value, str):
            raise self.should_be("text")
        if len(self.value) > LONGEST:
            raise self.fault(f"has {len(self.value):,} characters; at most {LONGEST:,} are read")
        if found := unseen(self.value):
            raise self.fault(found[1])
        return self.value

    def name(self) -> str:
        """The words, of which there must be some."""
        if not self.text().strip():
            raise self.fault("is empty; it needs a name")
        return self.text()

    def whole(self, low: int, high: int) -> int:
        """The whole number between two bounds, both included."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.should_be("a whole number")
        if not low <= self.value <= high:
            raise self.should_be(f"a whole number from {low} to {high}")
        return self.value

    def truth(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.should_be("true or false")
        return self.value

    def _below(self, key: str) -> str:
        word = key if key.isprintable() and len(key) <= 60 else shown(key)
        return f"{self.place}.{word}" if self.place else word


def bytes_of(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file, reading no more than it may have, and one.

    Raises FileError if it cannot be read or is too large.
    """
    try:
        with Path(path).open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(str(path), "", f"cannot be read: {reason}") from None
    if len(raw) > LARGEST:
        raise FileError(str(path), "", f"has more than {LARGEST:,} bytes, the most that is read")
    return raw


def json_of(raw: bytes, file: str) -> Found:
    """The JSON in the bytes of a file.

    Raises FileError if they are no JSON, hold too much, are nested too deeply or say a key twice.
    """
    # counted before anything is built: a few bytes of text can be a hundred in memory
    if raw.count(b",") + raw.count(b"[") + raw.count(b"{") > MOST_VALUES:
        raise FileError(file, "", f"holds more than {MOST_VALUES:,} values, the most that is read")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(file, "", f"is not UTF-8 text (byte {error.start})") from None
    if not text.strip():
        raise FileError(file, "", "is empty")
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise FileError(file, place, f"is not JSON: {error.msg}") from None
    except RecursionError:
        raise FileError(file, "", "is nested too deeply") from None
    except _RefusedError as error:
        raise FileError(file, "", str(error)) from None
    except ValueError:  # Python's own bound on the digits of a number
        raise FileError(file, "", "holds a number with thousands of digits") from None
    return Found(file, "", data)


class _RefusedError(ValueError):
    """JSON that is read by some and means nothing here."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _RefusedError(f"has the key {shown(twice)} twice in one mapping")
    return out


def _constant(word: str) -> NoReturn:
    raise _RefusedError(f"holds {word}, which is no number of JSON")
