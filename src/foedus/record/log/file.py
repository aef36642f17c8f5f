"""The file of a forecast log: read whole, added to at its end, never changed otherwise."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from foedus.record.log.appending import append, check_plain, made, whole
from foedus.record.log.entry import Forecast, Judgement, Resolution, Result
from foedus.record.log.errors import refuse
from foedus.record.log.reading import Log
from foedus.record.log.rules import misfit


def read(path: str | os.PathLike[str]) -> Log:
    """The log in a file.

    Raises LogError if it is not there, is too large, or has a line that is wrong or was changed,
    and OSError as the system does.
    """
    return whole(Path(path))


def add(
    path: str | os.PathLike[str],
    judgement: Judgement,
    *,
    source: str,
    note: str | None = None,
    late: bool = False,
    now: dt.datetime | None = None,
) -> Forecast:
    """Append a forecast to a log, which is begun if it is not there.

    `source` says how it will be found out whether the pact held. With `late` it may be made after
    its horizon, and is marked. `now` is the time it is made, with its zone; the system's if not
    given. Raises LogError if the log cannot be used or the forecast comes too late, and OSError as
    the system does.
    """
    place = Path(path)

    def write(log: Log, time: dt.datetime) -> tuple[str, Mapping[str, Any]]:
        past = time.date() > judgement.horizon
        if past and not late:
            raise refuse(log.file, None, too_late(judgement.horizon, time.date()))
        content = judgement.model_dump(mode="json")
        return "forecast", {**content, "resolution_source": source, "note": note, "late": past}

    # tried first, so that what is refused does not leave an empty file
    made(Log(str(place)), write, now)
    entry = append(place, write, now)
    assert isinstance(entry, Forecast)
    return entry


def too_late(horizon: dt.date, today: dt.date) -> str:
    """What is said of a forecast that is made after its horizon."""
    return (
        f"the horizon, {horizon}, is over: it is {today} (UTC). A forecast made afterwards is no"
        " forecast; with --late it is kept, marked, and reported apart"
    )


def resolve(
    path: str | os.PathLike[str],
    forecast: str,
    result: Result,
    *,
    on: dt.date,
    source: str,
    note: str | None = None,
    correct: bool = False,
    now: dt.datetime | None = None,
) -> Resolution:
    """Append to a log what came of a forecast, named as `Log.find` finds it.

    `on` is the day on which the pact broke, or was known to have held. A forecast is resolved once;
    with `correct` a further resolution takes the place of the last, and both stay in the log.
    Raises LogError if the log cannot be used, there is no such forecast, or the resolution does not
    fit it, and OSError as the system does.
    """
    check_plain(Path(path))

    def write(log: Log, time: dt.datetime) -> tuple[str, Mapping[str, Any]]:
        of = log.find(forecast)
        earlier = log.resolutions.get(of.id, ())
        if earlier and not correct:
            last = earlier[-1]
            message = (
                f"{of.id} is resolved: {last.result} on {last.on}; to correct it add --correct"
            )
            raise refuse(log.file, None, message)
        if correct and not earlier:
            message = f"{of.id} is not resolved yet, so there is nothing to correct"
            raise refuse(log.file, None, message)
        if fault := misfit(of, result, on, time.date()):
            raise refuse(log.file, None, fault)
        return "resolution", {
            "forecast": of.id,
            "result": result,
            "on": on.isoformat(),
            "source": source,
            "note": note,
            "corrects": earlier[-1].id if earlier else None,
        }

    entry = append(Path(path), write, now)
    assert isinstance(entry, Resolution)
    return entry
