"""What nobody should overlook in a dependence finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from foedus.lenses.dependence.setting import Setting
from foedus.lenses.lens import percent
from foedus.lenses.wording import listed, sentence

Row = Mapping[str, Any]
Names = Mapping[str, str]

NOTABLE = 0.01
"""Shares of draws from which on something is worth a warning."""
FAR = 0.02
"""How far, as a share, payoffs may sum to something else than the whole without a word."""


def warnings(setting: Setting, data: Row, called: Names) -> tuple[str, ...]:
    """Assumptions behind the worths, what is not used, what is no number, what nobody said."""
    return (
        *_left_out(data),
        *_assumed(setting),
        *_unused(setting),
        *_division(setting, data),
        *_unminding(data, called),
        *_cancelled(data),
        *_defaults(setting),
        *_unsaid(setting, called),
    )


def _left_out(data: Row) -> Iterator[str]:
    if data["left_out"] > 0.0:
        yield (
            f"In {percent(data['left_out'])} of draws the endurance lens did not settle; they are"
            " left out."
        )


def _assumed(setting: Setting) -> Iterator[str]:
    if setting.source != "endurance":
        return
    yield (
        "Worths add up what endurance says each member has, as if its units were the same for all"
        " and could be passed on."
    )
    yield (
        "What a set is worth depends on what the others do: here they are gone when two or more go"
        " on without them, and a single member takes the better of going on alone and of leaving"
        " the others to go on."
    )


def _unused(setting: Setting) -> Iterator[str]:
    """Parts of the section that the chosen worth does not look at."""
    section = setting.section
    parts = {
        "given": section.given is not None and setting.source != "given",
        "technology": section.technology is not None and setting.source != "technology",
        "payoffs": bool(section.payoffs) and setting.source == "endurance",
    }
    idle = [f"dependence.{name}" for name, unused in parts.items() if unused]
    if idle:
        verb = "is" if len(idle) == 1 else "are"
        yield f"{sentence(listed(idle))} {verb} not used: worth is from {setting.source}."


def _division(setting: Setting, data: Row) -> Iterator[str]:
    """How the whole is divided, where that is judged or not known."""
    if not setting.divided_today:
        yield (
            "It is not said how the whole is divided today (dependence.payoffs): losses are"
            " reckoned as if it were shared by what each adds (Shapley)."
        )
    elif setting.source != "endurance":
        judged = sum(quantity.mode for quantity in setting.section.payoffs.values())
        whole = data["at_modes"]["worth"]["+".join(setting.members)]
        if abs(judged - whole) > FAR * max(abs(judged), abs(whole)):
            yield (
                f"The payoffs sum to {judged:.3g} and the whole is worth {whole:.3g}: they are"
                " scaled to it in every draw."
            )
        yield (
            "What a member would have in the pact without another is reckoned as if those who stay"
            " shared by what each adds (Shapley)."
        )


def _unminding(data: Row, called: Names) -> Iterator[str]:
    """Members that in some draws would lose nothing by leaving."""
    told = [
        f"{called[member]} ({percent(row['undefined'])})"
        for member, row in data["power"].items()
        if row["undefined"] >= NOTABLE
    ]
    if told:
        yield (
            "Propensity to disrupt is not a number in draws in which a member would lose nothing"
            f" by leaving; they are left out of it: {listed(told)}."
        )


def _cancelled(data: Row) -> Iterator[str]:
    """Draws in which what members add tells no shares."""
    if data["without_banzhaf"] >= NOTABLE:
        yield (
            f"In {percent(data['without_banzhaf'])} of draws there are no normalised Banzhaf"
            " values: what members add to sets sums to the other sign than the whole, or all but"
            " to nothing; these draws are left out of them."
        )


def _defaults(setting: Setting) -> Iterator[str]:
    technology = setting.section.technology
    if setting.source != "technology" or technology is None:
        return
    left = [k for k in ("substitution", "returns") if k not in technology.model_fields_set]
    if left:
        yield f"Left at their defaults in dependence.technology: {listed(left)}."


def _unsaid(setting: Setting, called: Names) -> Iterator[str]:
    """Actors who take part but of whose likings nothing is said."""
    values = setting.section.values
    silent = [called[actor] for actor in setting.actors if actor not in values]
    if silent:
        yield (
            f"Nothing is said of what company is worth to {listed(silent)}: to"
            f" {'it' if len(silent) == 1 else 'them'} all company counts as 0."
        )
    m = len(setting.actors)
    pairs = m * (m - 1) - sum(len(row) for row in values.values())
    rest = pairs - len(silent) * (m - 1)
    if rest > 0:
        one = rest == 1
        yield (
            f"{rest} further value{'' if one else 's'} of one actor for another"
            f" {'is' if one else 'are'} not said and count{'s' if one else ''} as 0."
        )
