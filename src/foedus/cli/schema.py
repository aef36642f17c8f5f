"""`foedus schema`: the case file's JSON Schema."""

from __future__ import annotations

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of a case file, for editors."""
    import json

    from foedus.case import schema
    from foedus.lenses.table import SECTIONS

    click.echo(json.dumps(schema(SECTIONS), ensure_ascii=False, indent=2))
