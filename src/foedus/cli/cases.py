"""`foedus cases`: the packaged cases."""

from __future__ import annotations

import click

from foedus.cli.options import json_option


@click.command("cases")
@json_option
def command(as_json: bool) -> None:
    """List the packaged cases."""
    from foedus.case import packaged
    from foedus.lenses.table import load

    cases = [load(name) for name in packaged()]
    if as_json:
        import json

        told = [
            {
                "id": c.id, "title": c.title, "question": c.question,
                "as_of": c.as_of.isoformat(), "horizon": c.horizon.isoformat(),
            }
            for c in cases
        ]  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for c in cases:
        click.echo(f"{c.id}  {c.as_of} to {c.horizon}\n  {c.question}")
