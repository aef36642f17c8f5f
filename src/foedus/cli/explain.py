"""`foedus explain`: one quantity, what it rests on, and what it does to the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from foedus.cli.options import (
    DrawsType,
    cluster_option,
    json_option,
    progress_bar,
    seed_option,
    set_option,
    settings_of,
    workers_option,
)

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.case import Case
    from foedus.verdict.explain import Explanation


@click.command("explain")
@click.argument("case")
@click.argument("path")
@click.option(
    "--draws", type=DrawsType(automatic=False), default=128, show_default=True, help="How many."
)
@seed_option
@set_option
@json_option
@workers_option
@cluster_option
def command(
    case: str, path: str, draws: int, seed: int, settings: tuple[str, ...], as_json: bool,
    workers: int | None, cluster: str | None,
) -> None:  # fmt: skip
    """Explain the quantity at PATH of CASE: range, evidence, and its effect."""
    from foedus.lenses.table import load
    from foedus.verdict.able import NoLensError
    from foedus.verdict.explain import explain, find_quantity

    loaded = load(case).with_values(settings_of(settings))
    find_quantity(loaded, path)
    told = None
    lacking = ""
    try:
        with progress_bar(as_json) as progress:
            told = explain(
                loaded, path, draws=draws, seed=seed, workers=workers, cluster=cluster,
                progress=progress,
            )  # fmt: skip
    except NoLensError as error:
        lacking = str(error)
    facts = as_dict(loaded, path, told)
    if as_json:
        import json

        click.echo(json.dumps(facts, ensure_ascii=False, allow_nan=False))
        return
    from foedus.cli.screen import page

    with page() as out:
        show(facts, lacking, out)


def as_dict(case: Case, path: str, told: Explanation | None) -> dict[str, Any]:
    """What is known of the quantity, as plain data."""
    quantity = case.quantities()[path]
    evidence = []
    for item in quantity.because:
        piece = case.evidence[item]
        source = case.sources[piece.source]
        evidence.append(
            {
                "id": item,
                "rating": f"{source.reliability}{piece.credibility}",
                "says": piece.says,
                "by": case.actors[piece.by].name if piece.by else None,
                "source": source.title,
                "where": piece.where,
                "retracted": piece.retracted,
            }
        )
    return {
        "path": path,
        "label": case.label(path),
        "mode": quantity.mode,
        "low": quantity.low,
        "high": quantity.high,
        "note": quantity.note,
        "evidence": evidence,
        "as_judged": told.as_judged.to_dict() if told else None,
        "effect": [{"at": at, **i.to_dict()} for at, i in told.at] if told else [],
        "lens": told.lens if told else None,
        "measure": told.measure if told else None,
        "draws": told.draws if told else 0,
        "seed": told.seed if told else None,
    }


def show(facts: dict[str, Any], lacking: str, out: Console) -> None:
    """Print it."""
    from rich.markup import escape

    from foedus.cli.screen import print_table
    from foedus.lenses.lens import percent

    out.print(f"[bold]{escape(facts['label'])}[/bold]  [dim]{escape(facts['path'])}[/dim]")
    out.print(f"most likely {facts['mode']:g}, 5 % {facts['low']:g}, 95 % {facts['high']:g}")
    if facts["note"]:
        out.print(escape(facts["note"]))
    out.print()
    for piece in facts["evidence"]:
        by = f"{piece['by']}: " if piece["by"] else ""
        where = f", {piece['where']}" if piece["where"] else ""
        gone = " [bold]retracted[/bold]" if piece["retracted"] else ""
        out.print(
            f"[bold]{piece['rating']}[/bold] {escape(piece['id'])}{gone}  {escape(by)}"
            f"{escape(piece['says'])} [dim]({escape(piece['source'])}{escape(where)})[/dim]"
        )
    if not facts["evidence"]:
        out.print("It rests on no evidence in the case.")
    if lacking:
        out.print(f"What it does to the answer cannot be said yet: {escape(lacking)}")
        return
    judged = facts["as_judged"]
    rows = [
        (at, percent(row["value"]), percent(row["low"]), percent(row["high"]))
        for at, row in [(f"{r['at']:g}", r) for r in facts["effect"]] + [("as judged", judged)]
    ]
    said = "the pact holds" if facts["measure"] == "holds" else f"{facts['lens']}: share holding"
    print_table(out, ("with it at", said, "5 %", "95 %"), rows)
    out.print(f"[dim]{facts['draws']} shared draws, seed {facts['seed']}[/dim]")
