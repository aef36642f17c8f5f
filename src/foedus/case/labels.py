"""The path of a quantity, said as people do."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from foedus.case.section import Section


def label(path: str, sections: Mapping[str, Section], names: Mapping[str, str]) -> str:
    """Say a path in words: ``endurance.members.russia.stake`` is ``Russia: stake``.

    The section and the tables on the way (``members``) say nothing a reader needs; ids of actors
    become names.
    """
    section, *parts = path.split(".")
    whose: list[str] = []
    what: list[str] = []
    here: object = sections.get(section)
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        inner = _inside(here, part)
        if isinstance(here, Mapping) and not last:
            whose.append(_words(part, names))
        elif isinstance(here, Mapping) or not isinstance(inner, Mapping) or index == len(parts) - 2:
            what.append(_words(part, names if isinstance(here, Mapping) else {}))
        here = inner
    return ": ".join(text for text in (", ".join(whose), " ".join(what)) if text) or path


def _inside(here: object, part: str) -> object:
    if isinstance(here, BaseModel):
        return getattr(here, part, None) if part in type(here).model_fields else None
    return here.get(part) if isinstance(here, Mapping) else None


def _words(part: str, names: Mapping[str, str]) -> str:
    return names.get(part) or part.replace("_", " ").replace("-", " ")
