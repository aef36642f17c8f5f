"""A value changed in the text of a file: nothing else in the text moves."""

from __future__ import annotations

from foedus.case.placing import plain
from foedus.case.scalars import written
from foedus.case.tree import Place, Tree


def spliced(text: str, tree: Tree, path: str, value: object) -> str:
    """Return the text with the value at a path changed, or put in where it was missing.

    Only the characters of the value itself change; comments, order, quotes and blank lines stay
    as a person wrote them. ``tree`` is the text as read. Raises ``TypeError`` for a value a case
    file cannot hold.
    """
    place: Place = tuple(path.split("."))
    value = plain(value)
    if place in tree.spans:
        return _changed(text, tree, place, value)
    depth = len(place) - 1
    while place[:depth] not in tree.spans:
        depth -= 1
    parent, missing = place[:depth], place[depth:]
    for part in reversed(missing[1:]):
        value = {part: value}
    holder = _at(tree, parent)
    if isinstance(holder, dict):
        return _added(text, tree, parent, str(missing[0]), value)
    # a plain number is the short spelling of {mode: number}
    whole = {missing[0]: value} if holder is None else {"mode": holder, missing[0]: value}
    return _changed(text, tree, parent, whole)


def _at(tree: Tree, place: Place) -> object:
    here = tree.data
    for part in place:
        here = here[part]
    return here


def _changed(text: str, tree: Tree, place: Place, value: object) -> str:
    span = tree.spans[place]
    new = written(value)
    if span.form in ("block", "text block"):
        return _block_changed(text, tree, place, new)
    if span.start == span.end:
        new = f" {new}" if text[span.start - 1] == ":" else f": {new}"
    return text[: span.start] + new + text[span.end :]


def _block_changed(text: str, tree: Tree, place: Place, new: str) -> str:
    """Write the new value on the line of the key, keep the comment there, take the block out."""
    span = tree.spans[place]
    after = text[_end(tree, place) :]
    rest = after if span.form == "block" else f"\n{after}"
    if span.key_end is None:
        return f"{text[: span.start]}{new}{rest}"
    colon = text.index(":", span.key_end) + 1
    comments = text[colon : span.start].rstrip()
    return f"{text[:colon]} {new}{comments}{rest}"


def _end(tree: Tree, place: Place) -> int:
    """Where do the last characters of a value stand? A block's own end is past its comments."""
    span = tree.spans[place]
    while span.form == "block" and span.last is not None:
        span = tree.spans[span.last]
    return span.end


def _added(text: str, tree: Tree, parent: Place, key: str, value: object) -> str:
    span = tree.spans[parent]
    entry = f"{written(key)}: {written(value)}"
    if span.form == "flow":
        if span.last is None:
            return f"{text[: span.start]}{{{entry}}}{text[span.end :]}"
        at = tree.spans[span.last].end
        return f"{text[:at]}, {entry}{text[at:]}"
    at = _end(tree, parent)
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = " " * span.column
    if text[at - 1 : at] == "\n":
        return f"{text[:at]}{indent}{entry}{newline}{text[at:]}"
    stop = text.find("\n", at)
    if stop < 0:
        return f"{text}{newline}{indent}{entry}{newline}"
    return f"{text[: stop + 1]}{indent}{entry}{newline}{text[stop + 1 :]}"
