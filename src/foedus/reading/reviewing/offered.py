"""The proposals that wait beside a case, in a file of JSON Lines."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from foedus.case import write_atomically
from foedus.reading.proposing import Bearing, NewSource, Proposal
from foedus.reading.reviewing.errors import ReviewError
from foedus.reading.reviewing.jsonl import objects

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Offered:
    """A proposal, and the text it was read in."""

    key: str
    """A hash of the text, the place in it and what is said: read again, the key is the same."""
    text: str
    """The name of the text that was read."""
    sha256: str
    """Of its bytes."""
    proposal: Proposal

    def to_dict(self) -> dict[str, Any]:
        """As plain data, its kind first."""
        own = self.proposal.to_dict()
        head = {"kind": own.pop("kind"), "key": self.key, "text": self.text, "sha256": self.sha256}
        return {**head, **own}


def offers(proposals: Iterable[Proposal], text: str, sha256: str) -> tuple[Offered, ...]:
    """The proposals of one text, ready to be kept."""
    seen: Counter[str] = Counter()
    out = []
    for one in proposals:
        place = f"{sha256}:{one.start}:{one.end}:{'+'.join(one.kinds)}"
        # one sentence may hold several aims: they are told apart by their order
        again = f":{seen[place]}" if seen[place] else ""
        seen[place] += 1
        key = hashlib.sha256(f"{place}{again}".encode()).hexdigest()[:12]
        out.append(Offered(key, text, sha256, one))
    return tuple(out)


def read_offers(path: Path) -> tuple[Offered, ...]:
    """What a file holds. Raises `ReviewError`, and `OSError` as the system does."""
    return tuple(_offered(data, str(path), number) for number, data in objects(path))


def keep_offers(path: Path, new: Sequence[Offered], text: str, sha256: str) -> None:
    """Put the proposals of a text into a file, wholly or not at all.

    Those of other texts stay; those of the same text, by its bytes or its name, are replaced.
    """
    old = read_offers(path) if path.exists() else ()
    kept = [one for one in old if one.sha256 != sha256 and (one.text != text or text == STDIN)]
    lines = [json.dumps(one.to_dict(), ensure_ascii=False) + "\n" for one in (*kept, *new)]
    write_atomically(path, "".join(lines))


def _offered(data: Mapping[str, Any], file: str, number: int) -> Offered:
    try:
        given = {f.name: data[f.name] for f in fields(Proposal) if f.name in data}
        given["bears"] = tuple(Bearing(**one) for one in given.get("bears", ()))
        if given.get("new_source") is not None:
            given["new_source"] = NewSource(**given["new_source"])
        for name in ("kinds", "through", "unknown"):
            given[name] = tuple(str(one) for one in given.get(name, ()))
        made = Proposal(**given)
        words = (data["key"], data["text"], data["sha256"], made.id, made.says, made.quoted)
        if data.get("kind") != "proposal" or not all(isinstance(one, str) for one in words):
            raise ValueError
    except (KeyError, TypeError, ValueError):
        message = "is no proposal as foedus read writes them"
        raise ReviewError(file, number, message) from None
    return Offered(data["key"], data["text"], data["sha256"], made)
