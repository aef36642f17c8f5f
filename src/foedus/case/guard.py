"""The gate: bytes become text, and text becomes parse events, or a plain reason why not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from foedus.case.errors import CaseError, Problem

if TYPE_CHECKING:
    from ruamel.yaml.events import Event, NodeEvent

LARGEST = 1_000_000
"""The most bytes a case file may have."""
DEEPEST = 64
"""The most levels its mappings and lists may be nested."""
MOST_VALUES = 20_000
"""The most keys and values it may hold."""

# What no editor shows: control characters, line breaks that only YAML 1.1 knows, halves of
# characters, and the marks of byte order.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)

_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*%")


def refuse(file: str, line: int, message: str, path: str = "") -> CaseError:
    """Make the error for one reason."""
    return CaseError([Problem(file, line, path, message)])


def decoded(raw: bytes, file: str) -> str:
    """Return the text of a file.

    Raises ``CaseError`` if it is too large, not UTF-8, or holds characters no editor shows.
    """
    if len(raw) > LARGEST:
        raise refuse(file, 1, f"has {len(raw):,} bytes; a case file has at most {LARGEST:,}")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 text (byte {error.start}); save it as UTF-8"
        raise refuse(file, line, message) from None
    return checked(text, file)


def checked(text: str, file: str) -> str:
    """Return the text without a byte order mark.

    Raises ``CaseError`` if it is too large or holds characters no editor shows.
    """
    text = text.removeprefix("\ufeff")
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > LARGEST:
        raise refuse(file, 1, f"has {size:,} bytes; a case file has at most {LARGEST:,}")
    if found := unseen(text):
        at, message = found
        line = len(re.findall("\r\n|\r|\n", text[:at])) + 1
        raise refuse(file, line, message)
    return text


def unseen(text: str) -> tuple[int, str] | None:
    """Where does a text hold a character that no editor shows? Position and message."""
    match = _UNSEEN.search(text)
    if match is None:
        return None
    name = f"U+{ord(match.group()):04X}"
    return match.start(), f"holds the unprintable character {name}; take it out"


def events(text: str, file: str) -> Iterator[Event]:
    """Yield the parse events of a checked text, streaming.

    Raises ``CaseError`` at the first thing that is not plain YAML of one document, or that is too
    deep or too much, before anything is built from it.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.events import (
        AliasEvent,
        CollectionEndEvent,
        CollectionStartEvent,
        DocumentStartEvent,
        NodeEvent,
        ScalarEvent,
    )

    if _DIRECTIVE.match(text):
        raise refuse(file, 1, "directives (%) are not used in case files")
    depth = documents = values = 0
    line = 1
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            line = event.start_mark.line + 1
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise refuse(file, line, "a second document starts here; one file is one case")
            elif isinstance(event, AliasEvent):
                raise refuse(file, line, f"aliases (*{event.anchor}) are not used in case files")
            elif isinstance(event, NodeEvent):
                values += 1
                _plain(event, file, line)
                if values > MOST_VALUES:
                    raise refuse(file, line, f"holds more than {MOST_VALUES:,} keys and values")
            if isinstance(event, CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    raise refuse(file, line, f"is nested more than {DEEPEST} levels deep")
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            elif isinstance(event, ScalarEvent) and (found := unseen(event.value)):
                raise refuse(file, line, found[1])
            yield event
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = str(error.problem or error.context or "cannot be read").splitlines()[0]
        raise refuse(file, mark.line + 1 if mark else 1, f"is not YAML: {said}") from None
    except (YAMLError, ValueError, OverflowError, AttributeError, IndexError):
        # the parser's own slips on broken text, such as an escape beyond Unicode
        raise refuse(file, line, "is not YAML: cannot be read from here on") from None


def _plain(event: NodeEvent, file: str, line: int) -> None:
    if event.anchor is not None:
        raise refuse(file, line, f"anchors (&{event.anchor}) are not used in case files")
    if getattr(event, "ctag", None) is not None:
        raise refuse(file, line, "tags (!) are not used in case files")
