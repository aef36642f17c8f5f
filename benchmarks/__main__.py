"""`python -m benchmarks [--data DIR]`: run all and write the table.

The folder holds what may be measured with and not kept; rows that need it are not run without.
"""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path

from benchmarks import (
    argument,
    balance,
    bargaining,
    cluster,
    dependence,
    discovery,
    endurance,
    population,
    reading_events,
    reading_mentions,
    reading_speed,
    record,
    sensitivity,
    stability,
    start,
    uncertainty,
)
from benchmarks.measure import Row
from foedus import __version__
from foedus.case import write_atomically

TABLE = Path(__file__).parent / "results.md"


def table(rows: list[Row]) -> str:
    """The rows in Markdown, with the machine they were measured on."""
    machine = (
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    lines = [
        "# Benchmarks", "",
        f"foedus {__version__} on {machine}. Made by `make bench`.", "",
        "| what | measured | limit | peer | ratio to the peer |", "|---|---|---|---|---|",
    ]  # fmt: skip
    lines += [f"| {r.what} | {r.measured} | {r.limit} | {r.peer} | {r.ratio} |" for r in rows]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run every benchmark, print the table and keep it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--data", type=Path, help="a folder with data that may not be kept")
    data = parser.parse_args().data
    text = table(
        [
            *start.rows(), *endurance.rows(), *stability.rows(), *bargaining.rows(data),
            *balance.rows(), *dependence.rows(), *argument.rows(), *sensitivity.rows(),
            *discovery.rows(), *uncertainty.rows(), *cluster.rows(), *record.rows(data),
            *population.rows(data), *reading_mentions.rows(data), *reading_events.rows(data),
            *reading_speed.rows(data),
        ]
    )  # fmt: skip
    print(text)
    write_atomically(TABLE, text)


if __name__ == "__main__":
    main()
