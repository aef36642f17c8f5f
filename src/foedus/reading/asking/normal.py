"""Text without its typography, each character with its place in the text as it was.

Two strings are equal here if they differ at most in compatibility forms (NFKC), white space, soft
hyphens and other invisible characters, the shape of quotation marks and of dashes, and the spaces
around dashes. Superscripts, fractions and signs in circles stay what they are: `10²` is not 102.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

QUOTES = "\"'`´‘’‚‛“”„‟«»‹›′″‵‶ʼʻ˝〝〞〟＂＇｀"
DASHES = "-‐‑‒–—―−⁃﹘﹣－"
KEPT = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>")
"""Compatibility forms that mean something."""
PLAIN = {**dict.fromkeys(QUOTES, "'"), **dict.fromkeys(DASHES, "-")}


@dataclass(frozen=True, slots=True)
class Normal:
    """A text as it is compared: of each of its characters, start and end in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def normal(text: str) -> Normal:
    """A text as it is compared."""
    out: list[tuple[str, int, int]] = []
    at = 0
    while at < len(text):
        after = at + 1
        while after < len(text) and _belongs(text[after]):
            after += 1
        for sign in _plain(text[at:after]):
            _add(out, sign, at, after)
        at = after
    while out and out[-1][0] == " ":
        out.pop()
    signs, starts, ends = zip(*out, strict=True) if out else ((), (), ())
    return Normal("".join(signs), starts, ends)


def _add(out: list[tuple[str, int, int]], sign: str, start: int, end: int) -> None:
    """One more character: white space once, none around dashes, and many dashes as one."""
    last = out[-1][0] if out else " "
    if sign == " " and last in " -":
        return
    if sign == "-":
        if last == " " and out:
            out.pop()
        if out and out[-1][0] == "-":
            out[-1] = ("-", out[-1][1], end)
            return
    out.append((sign, start, end))


def _belongs(character: str) -> bool:
    """Whether a character is part of the one before: a combining mark."""
    return character > "\u02ff" and unicodedata.category(character) in ("Mn", "Me")


def _plain(cluster: str) -> str:
    if cluster.isascii():
        return " " if cluster.isspace() else PLAIN.get(cluster, "" if cluster < " " else cluster)
    out = []
    for c in cluster:
        if c in PLAIN:
            out.append(PLAIN[c])
        elif c.isspace():
            out.append(" ")
        elif not invisible(c):
            kept = unicodedata.decomposition(c).startswith(KEPT)
            out.append(c if kept else unicodedata.normalize("NFKD", c))
    told = unicodedata.normalize("NFD", "".join(out))
    return "".join(" " if c.isspace() else PLAIN.get(c, c) for c in told)


def invisible(character: str) -> bool:
    """Whether a character shows nothing: soft hyphens, joiners, marks of direction and variants."""
    if unicodedata.category(character) in ("Cf", "Cc") and not character.isspace():
        return True
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
