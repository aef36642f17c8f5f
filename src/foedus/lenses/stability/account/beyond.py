"""What a model says beyond rankings: unknown and strong preferences, foresight, views of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from foedus.lenses.stability.account.account import UNKNOWN, attempted, everybody

if TYPE_CHECKING:
    from foedus.lenses.stability.account.account import Account
    from foedus.lenses.stability.concepts.relations import Reading

Facts = dict[str, Any]
WORDS = {1: "positive", 0: "neutral", -1: "negative"}


def readings(account: Account) -> Facts | str | None:
    """Stability under each reading of unknown preferences, or under the one asked for."""
    from foedus.lenses.stability.concepts.relations import READINGS, uncertain

    if account.conflict.unknown is None:
        return None
    chosen = READINGS if account.reading is None else (cast("Reading", account.reading),)
    out: Facts = {}
    for reading in chosen:
        found = attempted(lambda r=reading: uncertain(account.conflict, r, limit=account.bits))  # type: ignore[misc]
        if isinstance(found, str):
            return found
        out[reading] = account.sets(found)
    return out


def strong(account: Account) -> Facts | str | None:
    """Strong stability, where some states are much preferred to others."""
    from foedus.lenses.stability.concepts.relations import strong as strong_in

    if account.conflict.much is None:
        return None
    reading = cast("Reading", account.main_reading or "b")
    found = attempted(lambda: strong_in(account.conflict, reading, limit=account.bits))
    return found if isinstance(found, str) else account.sets(found)


def weak(account: Account) -> Facts | str | None:
    """Weak stability: in general, but not strongly; an equilibrium is weak if it is so for one."""
    from foedus.lenses.stability.concepts.relations import strong as strong_in
    from foedus.lenses.stability.concepts.relations import uncertain

    if account.conflict.much is None:
        return None
    reading = cast("Reading", account.main_reading or "b")
    firm = attempted(lambda: strong_in(account.conflict, reading, limit=account.bits))
    if isinstance(firm, str):
        return firm
    general = uncertain(account.conflict, reading, limit=account.bits)
    return {
        "stable": {c: account.by_dm(table & ~firm[c]) for c, table in general.items()},
        "equilibria": {
            c: account.ids.of(everybody(table) & ~everybody(firm[c]))
            for c, table in general.items()
        },
    }


def limited(account: Account) -> Facts | str | None:
    """Limited-move stability at the horizon asked for."""
    from foedus.lenses.stability.concepts.foresight import limited as limited_by

    horizon = account.horizon
    if horizon is None:
        return None
    if account.main_reading is not None:
        return UNKNOWN
    found = attempted(lambda: limited_by(account.conflict, horizon))
    return found if isinstance(found, str) else {"horizon": horizon, **_foreseen(account, found)}


def non_myopic(account: Account) -> Facts | str | None:
    """Non-myopic stability, if foresight was asked for."""
    from foedus.lenses.stability.concepts.foresight import non_myopic as non_myopic_in

    if account.horizon is None:
        return None
    if account.main_reading is not None:
        return UNKNOWN
    found = attempted(lambda: non_myopic_in(account.conflict))
    return found if isinstance(found, str) else _foreseen(account, found)


def _foreseen(account: Account, table: Any) -> Facts:
    return {
        "stable": account.by_dm(table),
        "equilibria": account.ids.of(everybody(table)),
    }


def misperception(account: Account) -> Facts | None:
    """The states that each decision maker does not perceive."""
    blind = account.opened.blind
    return None if blind is None else {"not_perceived": account.by_dm(blind)}


def attitudes(account: Account) -> Facts | str | None:
    """Attitudes, and the stability that follows from them."""
    from foedus.lenses.stability.concepts.relations import attitudes as relational

    stance = account.opened.stance
    if stance is None:
        return None
    found = attempted(lambda: relational(account.conflict, stance, limit=account.bits))
    if isinstance(found, str):
        return found
    dms = account.conflict.dms
    told = {
        dm: {other: WORDS[int(stance[i, j])] for j, other in enumerate(dms)}
        for i, dm in enumerate(dms)
    }
    return {"stance": told, **account.sets(found)}
