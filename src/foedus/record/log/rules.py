"""When a forecast may be made, and what may be said of its end."""

from __future__ import annotations

import datetime as dt

from foedus.record.log.entry import Forecast, Result


def misfit(forecast: Forecast, result: Result, on: dt.date, today: dt.date) -> str | None:
    """Why a resolution does not fit its forecast; None if it does.

    A pact can be known to hold to the horizon only once the horizon is there; one that broke after
    it held; and one that broke before the case's own date was not in question.
    """
    if on > today:
        return f"{on} is still to come: it is {today} (UTC)"
    if result == "held" and on < forecast.horizon:
        return (
            f"{on} is before the horizon, {forecast.horizon}; that a pact holds to its horizon"
            " can be known from then on"
        )
    if result == "broken" and on > forecast.horizon:
        return (
            f"{on} is after the horizon, {forecast.horizon}: the pact held to it, and"
            " 'held' would be right"
        )
    if result == "broken" and on < forecast.as_of:
        return (
            f"{on} is before as_of, {forecast.as_of}: the pact was broken when the case was"
            " written, and 'void' would be right"
        )
    return None
