"""The lines of a forecast log: forecasts, and what came of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from foedus.case.fields import Day, Id, Text, Title
from foedus.case.guard import unseen
from foedus.case.part import Part

FORMAT = 1
"""The format of lines that this version writes and reads."""
SHORT = 10
"""Hexadecimal digits of an id."""
INSTANT = "%Y-%m-%dT%H:%M:%SZ"

Result = Literal["held", "broken", "void"]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
EntryId = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{SHORT}}}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[^\n\r\t]*$", min_length=1, max_length=400)]
Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]

_WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def _instant(value: Any) -> dt.datetime:
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(dt.UTC).replace(microsecond=0)
    if isinstance(value, str) and _WRITTEN.fullmatch(value):
        try:
            return dt.datetime.strptime(value, INSTANT).replace(tzinfo=dt.UTC)
        except ValueError:
            pass
    raise ValueError("should be a time in UTC, YYYY-MM-DDThh:mm:ssZ")


def _seen(value: str) -> str:
    if not value.strip():
        raise ValueError("is blank; write something")
    if fault := unseen(value):
        raise ValueError(fault[1])
    return value


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        raise ValueError("holds what JSON cannot: give numbers, texts, lists, mappings") from None
    return value


def _no_view(views: dict[str, Any]) -> dict[str, Any]:
    taken = [name for name in ("headline", "pooled") if name in views]
    if taken:
        raise ValueError(f"{taken[0]} is no view: it has its own place in a forecast")
    return views


Instant = Annotated[dt.datetime, BeforeValidator(_instant)]
Said = Annotated[Text, AfterValidator(_seen)]


class Chance(Part):
    """A probability: its mean over draws, and their 5 % and 95 % points."""

    value: Share
    low: Share
    high: Share

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low {self.low:g} is above high {self.high:g}")
        return self


class Judgement(Part):
    """What is forecast of one pact: the probability that it holds to its horizon.

    `probability` is the headline, of the lens `lens`; `views` are the others by name. `case_hash`
    is of the case as judged, `set` what was changed in the file for it. `hindsight` says that the
    case told its own end.
    """

    case: Id
    case_hash: Digest
    title: Title
    question: Text
    as_of: Day
    horizon: Day
    version: Word
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    draws: Annotated[int, Field(ge=1)]
    set: Annotated[dict[Word, Any], AfterValidator(_plain)] = Field(default_factory=dict)
    lens: Word
    probability: Chance
    views: Annotated[dict[Word, Chance], AfterValidator(_no_view)] = Field(default_factory=dict)
    pooled: Chance | None = None
    hindsight: bool = False

    @property
    def chances(self) -> dict[str, float]:
        """Every probability of it by name: `headline`, the views, `pooled` if there is one."""
        told = {"headline": self.probability.value}
        told |= {name: view.value for name, view in self.views.items()}
        return told | ({"pooled": self.pooled.value} if self.pooled is not None else {})


class Entry(Part):
    """What every line says: its format, its id, the line before, and when it was written.

    `id` is the beginning of the SHA-256 of the line's content, `previous` the SHA-256 of the whole
    line before, None on the first.
    """

    format: Literal[1]
    id: EntryId
    previous: Digest | None
    made_at: Instant

    @property
    def made_on(self) -> dt.date:
        """The day it was written, in UTC."""
        return self.made_at.date()


class Forecast(Entry, Judgement):
    """A line that says what will be, and how that will be found out.

    `late`: it was made after its horizon.
    """

    kind: Literal["forecast"]
    resolution_source: Said
    note: Said | None = None
    late: bool = False


class Resolution(Entry):
    """A line that says what came of a forecast: the pact held, broke, or cannot be told (void).

    `on` is the day it was known to hold, or broke; `corrects` the resolution that it takes the
    place of.
    """

    kind: Literal["resolution"]
    forecast: EntryId
    result: Result
    on: Day
    source: Said
    note: Said | None = None
    corrects: EntryId | None = None


KINDS: Mapping[str, type[Forecast] | type[Resolution]] = {
    "forecast": Forecast,
    "resolution": Resolution,
}


def content_id(data: Mapping[str, Any]) -> str:
    """The id of an entry: of all it says but the id, whatever the order of its keys."""
    content = {key: value for key, value in data.items() if key != "id"}
    told = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    # halves of letters are refused where the entry is checked, not here
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:SHORT]


def sealed(
    content: Mapping[str, Any], kind: str, previous: str | None, made_at: dt.datetime
) -> dict[str, Any]:
    """The content of an entry with what every line says, as plain data."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "kind": kind,
        "id": "",
        "previous": previous,
        "made_at": made_at.astimezone(dt.UTC).strftime(INSTANT),
        **content,
    }
    return {**data, "id": content_id(data)}


def line_of(data: Mapping[str, Any]) -> bytes:
    """An entry as the bytes of its line, without the line's end."""
    return json.dumps(dict(data), ensure_ascii=False, allow_nan=False).encode()


def texts(value: Any) -> Iterator[str]:
    """Every text in plain data, keys too; without recursion, however deep it is."""
    level = [value]
    while level:
        one = level.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            level.extend(one)
            level.extend(one.values())
        elif isinstance(one, list):
            level.extend(one)
