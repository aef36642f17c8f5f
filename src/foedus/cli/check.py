"""`foedus check`: is a case file right, and which lenses can look at it."""

from __future__ import annotations

from typing import Any

import click

from foedus.cli.options import json_option


def pieces(count: int) -> str:
    """So much evidence."""
    return f"{count} {'piece' if count == 1 else 'pieces'} of evidence"


@click.command("check")
@click.argument("case")
@json_option
def command(case: str, as_json: bool) -> None:
    """Check CASE; say what each lens still needs."""
    from foedus.lenses.table import LENSES, load
    from foedus.verdict.setting_aside import on_retracted_alone

    loaded = load(case)
    missing = {name: lens.missing(loaded) for name, lens in LENSES.items()}
    quantities = loaded.quantities()
    bare = [path for path, q in quantities.items() if not q.because]
    retracted = on_retracted_alone(loaded)
    if as_json:
        import json

        told: dict[str, Any] = {
            "case": loaded.id,
            "case_hash": loaded.hash,
            "quantities": len(quantities),
            "without_evidence": bare,
            "on_retracted_evidence": list(retracted),
            "lenses": {n: {"ready": not what, "needs": list(what)} for n, what in missing.items()},
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(
        f"{loaded.file}: fine ({pieces(len(loaded.evidence))}, {len(quantities)}"
        f" quantities, {len(bare)} of them resting on no evidence)"
    )
    for path in retracted:
        click.echo(f"  {path}: all the evidence it rests on is retracted; judge it anew")
    for name, what in missing.items():
        click.echo(f"  {name}: " + (f"still needs {', '.join(what)}" if what else "ready"))
