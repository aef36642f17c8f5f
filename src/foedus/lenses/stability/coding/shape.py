"""What is wrong with a section before any state of it is looked at: words, names and places."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.case.nearest import did_you_mean, quoted
from foedus.case.tree import Place
from foedus.lenses.stability.coding.form import understood
from foedus.lenses.stability.coding.statements import WORDS
from foedus.lenses.stability.conflict import MOST_OPTIONS
from foedus.lenses.stability.model import Preference, Stability, StabilityError

Fault = tuple[Place, str]
"""Where in the section, and what is wrong there."""


def shape_faults(section: Stability) -> Iterator[Fault]:
    """What is wrong before any state is looked at."""
    if section.states:
        for key in ("options", "feasible", "coalesce"):
            if getattr(section, key):
                yield (key,), "goes with options; a bare graph has states and moves alone"
        yield from _moves(section)
    elif section.moves:
        yield ("moves",), "goes with states; the moves of options follow from them"
    if len(section.options) > MOST_OPTIONS:
        message = f"{len(section.options)} options; at most {MOST_OPTIONS} can be coded"
        yield ("options",), message
    for key in ("options", "states"):
        for name in getattr(section, key):
            if name in WORDS:
                yield (key, name), f"'{name}' is a word of statements; another id would do"
    yield from _strangers(section)
    what = "state" if section.states else "option"
    for place, said in _statements(section):
        try:
            understood(said, section.atoms, what, place)
        except StabilityError as error:
            yield error.place, error.message
    yield from _options_named(section)


def _moves(section: Stability) -> Iterator[Fault]:
    for dm, rows in section.moves.items():
        for start, there in rows.items():
            place: Place = ("moves", dm, start)
            for end in (start, *there):
                if end not in section.states:
                    hint = did_you_mean(end, section.states)
                    yield place, f"there is no state {quoted(end)}{hint}"
            if start in there:
                yield place, f"{quoted(start)} cannot be left for itself"


def _options_named(section: Stability) -> Iterator[Fault]:
    """Options that weights or the status quo name, and that there are not."""
    for dm, preference in section.preferences.items():
        for name in preference.weights:
            if name not in section.options:
                hint = did_you_mean(name, section.options)
                place = ("preferences", dm, "weights", name)
                yield place, f"there is no option {quoted(name)}{hint}"
    if isinstance(section.status_quo, tuple):
        if section.states:
            yield ("status_quo",), "should be a state, not a list of options"
            return
        for number, name in enumerate(section.status_quo):
            if name not in section.options:
                hint = did_you_mean(name, section.options)
                yield ("status_quo", number), f"there is no option {quoted(name)}{hint}"


def _people(section: Stability) -> Iterator[tuple[Place, str]]:
    """Every place that names a decision maker without making it one."""
    for name, ban in section.banned.items():
        yield from ((("banned", name, "by", n), dm) for n, dm in enumerate(ban.by))
    for dm in section.blind:
        yield ("blind", dm), dm
    for dm, others in section.attitudes.items():
        yield ("attitudes", dm), dm
        yield from ((("attitudes", dm, other), other) for other in others)


def _strangers(section: Stability) -> Iterator[Fault]:
    known = section.decision_makers
    for place, dm in _people(section):
        if dm not in known:
            hint = did_you_mean(dm, known)
            yield place, f"{quoted(dm)} has neither options nor preferences{hint}"


def _statements(section: Stability) -> Iterator[tuple[Place, str]]:
    """Every statement of the section, and where it stands."""
    for name, rule in section.feasible.items():
        if rule.never is not None:
            yield ("feasible", name, "never"), rule.never
        if rule.always is not None:
            yield ("feasible", name, "always"), rule.always
    for name, ban in section.banned.items():
        yield ("banned", name, "from"), ban.from_
        yield ("banned", name, "to"), ban.to
    for name, merge in section.coalesce.items():
        yield ("coalesce", name, "when"), merge.when
    for dm, blind in section.blind.items():
        yield ("blind", dm, "when"), blind.when
    if section.holds_when is not None:
        yield ("holds_when",), section.holds_when
    for dm, preference in section.preferences.items():
        yield from _wanted(preference, ("preferences", dm))


def _wanted(preference: Preference, at: Place) -> Iterator[tuple[Place, str]]:
    for name, term in preference.terms.items():
        yield (*at, "terms", name, "when"), term.when
    for name, wish in preference.statements.items():
        yield (*at, "statements", name, "when"), wish.when
    for name, doubt in preference.unknown.items():
        yield (*at, "unknown", name, "between"), doubt.between
        yield (*at, "unknown", name, "and"), doubt.and_
