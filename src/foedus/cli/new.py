"""`foedus new`: a case file to fill in."""

from __future__ import annotations

from pathlib import Path

import click

TEMPLATE = """\
# A case: everything known about one pact at one date. Replace what stands here; `foedus check FILE`
# says what is wrong and `foedus analyze FILE` answers.
#
# A number is 0.7, or {mode: 0.7, low: 0.5, high: 0.9, because: [e1], note: why}: the most likely
# value, the 5 % and 95 % points, and the evidence it rests on.
foedus: 1
id: ID
title: The pact of North and South
question: Will North and South stand together to the end of the year?
as_of: AS_OF
horizon: HORIZON

sources:
  report:
    title: A report you have read
    reliability: B            # A completely reliable ... E unreliable, F cannot be judged

evidence:
  e1:
    source: report
    where: paragraph 3
    by: north                 # who said it; `through: [...]` names those who report it
    says: North calls the southern tie vital.
    credibility: 2            # 1 confirmed ... 5 improbable, 6 cannot be judged

actors:
  north: {name: North, kind: state}
  south: {name: South, kind: state}
  rival: {name: The rival, kind: state}

pact:
  members: [north, south]
  # holds_while: [north]      # whose leaving would answer the question with no; default: all
  opponents: [rival]

SECTIONS
# The judgements this rests on, and when they fail.
assumptions:
  improving:
    says: The front does not turn against the pact.
    fails_when: {front: falling}

# What to watch: one sign that an assumption fails, and the chance that it is seen by the horizon
# while the assumption stands and once it fails.
indicators:
  retreat:
    says: The pact gives up ground two months running.
    assumption: improving
    if_stands: 0.1
    if_fails: 0.7

# Named what-ifs: paths and values.
scenarios:
  setback:
    says: The front turns against the pact
    endurance.position.now: -0.5
"""


@click.command("new")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--from", "source", metavar="CASE", help="Copy a packaged case instead.")
def command(file: str, source: str | None) -> None:
    """Write a case to FILE that passes check and gives an answer, to be changed."""
    from foedus.case import write_atomically
    from foedus.case.packages import text_of

    path = Path(file)
    if path.exists():
        raise click.UsageError(f"{file} is there already; give another name")
    if not path.parent.exists():
        raise click.UsageError(f"the folder {path.parent} is not there")
    write_atomically(path, text_of(source) if source else fresh(path))
    click.echo(f"{file} written. Next: foedus check {file}")


def fresh(path: Path) -> str:
    """The text of a new case, named after its file."""
    import datetime as dt
    import re

    from foedus.case.scalars import written
    from foedus.lenses.table import LENSES

    name = re.sub(r"[^a-z0-9-]+", "-", path.stem.lower()).strip("-")
    name = name if re.match(r"[a-z]", name) else f"case-{name}".rstrip("-")
    today = dt.date.today()
    sections = "\n".join(lens.template(("north", "south")) for lens in LENSES.values())
    return (
        TEMPLATE.replace("SECTIONS", sections)
        .replace("id: ID", f"id: {written(name[:64])}")
        .replace("AS_OF", today.isoformat())
        .replace("HORIZON", (today + dt.timedelta(days=365)).isoformat())
    )
