"""`foedus review`: what was read becomes evidence, once a person has looked at it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.cli.options import json_option
from foedus.cli.outputs import FILE

if TYPE_CHECKING:
    from foedus.case import Case
    from foedus.reading.reviewing.decisions import Decision
    from foedus.reading.reviewing.offered import Offered
    from foedus.reading.reviewing.review import Desk, Reviewed
    from foedus.reading.reviewing.scripted import Scripted

READ = click.Path(dir_okay=False)


@click.command("review")
@click.argument("case")
@click.option("--proposals", metavar="FILE", type=READ,
              help="What foedus read proposed; default beside the case.")  # fmt: skip
@click.option("--log", metavar="FILE", type=FILE,
              help="Where decisions are kept; default beside the case.")  # fmt: skip
@click.option("--decide", metavar="FILE", type=READ,
              help="Take the decisions from JSON Lines instead of asking.")  # fmt: skip
@click.option("--repeats", is_flag=True, help="Ask about what repeats evidence of the case too.")
@click.option("--by", metavar="NAME", help="Who decides; default the user's name.")
@click.option("--keep", metavar="FILE", type=FILE,
              help="Keep the case as it is now, to compare with.")  # fmt: skip
@json_option
def command(
    case: str, proposals: str | None, log: str | None, decide: str | None, repeats: bool,
    by: str | None, keep: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Go through what was proposed for CASE; write what is accepted into it.

    Nothing else of the file changes. Quit any time: what is decided is kept, and the next review
    goes on from there; what was skipped is asked again.
    """
    from foedus.lenses.table import SECTIONS, load
    from foedus.reading.reviewing.decisions import settled
    from foedus.reading.reviewing.offered import read_offers
    from foedus.reading.reviewing.review import Desk

    loaded = load(case)
    if loaded.path is None:
        raise click.UsageError(
            f"{case} is a packaged case, which is not written to; foedus new FILE --from {case}"
        )
    waiting = Path(proposals) if proposals else beside(loaded.path, "reading")
    if not waiting.exists():
        raise click.UsageError(
            f"{waiting}: there are no proposals; foedus read TEXT --case {case} makes them"
        )
    offered = read_offers(waiting)
    desk = Desk(loaded.path, Path(log) if log else beside(loaded.path, "review"), SECTIONS,
                by or user())  # fmt: skip
    done = settled(desk.log)
    script = _script(decide, offered)
    if keep:
        _keep(loaded.path, keep)
    open_ = tuple(one for one in offered if one.key not in done)
    if script is not None:
        told = _scripted(desk, loaded, script, offered, set(done))
    elif as_json:
        raise click.UsageError("--json goes with --decide: nobody can be asked")
    else:
        told = _asked(desk, loaded, open_, offered, repeats)
    _tell(told, desk, offered, done, as_json, keep)


def beside(case: Path, what: str) -> Path:
    """The file of a kind that belongs to a case: `my-pact.reading.jsonl`."""
    return case.with_name(f"{case.stem}.{what}.jsonl")


def user() -> str:
    """The user's name, as the environment or else the system has it."""
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, ImportError, OSError):  # a user without a name
        return "unknown"


def _script(decide: str | None, offered: tuple[Offered, ...]) -> tuple[Scripted, ...] | None:
    from foedus.reading.reviewing.scripted import scripted

    return scripted(Path(decide), offered) if decide else None


def _keep(case: Path, keep: str) -> None:
    from foedus.case import write_atomically
    from foedus.cli.outputs import check_outputs

    check_outputs(str(case), {"keep": keep})
    if Path(keep).exists():
        raise click.UsageError(f"--keep {keep}: is there already; give another name")
    write_atomically(keep, case.read_bytes())


def _scripted(
    desk: Desk, case: Case, script: tuple[Scripted, ...], offered: tuple[Offered, ...],
    done: set[str],
) -> Reviewed:  # fmt: skip
    from foedus.reading.reviewing.review import Reviewed, news_of, review

    made: list[Decision] = []
    news = news_of(offered)
    for one in script:
        if one.offered.key not in done:
            step = review(desk, case, [one.offered], one.ask, news)
            case, made = step.case, [*made, *step.decisions]
    return Reviewed(case, tuple(made), 0)


def _asked(
    desk: Desk, case: Case, open_: tuple[Offered, ...], offered: tuple[Offered, ...], repeats: bool
) -> Reviewed:
    from foedus.cli.screen_review import asking
    from foedus.reading.reviewing.review import news_of, review

    asked = [one for one in open_ if repeats or one.proposal.repeats is None]
    return review(desk, case, asked, asking(len(open_) - len(asked)), news_of(offered))


def _tell(
    told: Reviewed, desk: Desk, offered: tuple[Offered, ...], done: object, as_json: bool,
    keep: str | None,
) -> None:  # fmt: skip
    from foedus.reading.reviewing.decisions import ACCEPTED, EDITED, settled

    final = settled(desk.log)
    left = [one for one in offered if one.key not in final]
    written = [one.evidence for one in told.of(ACCEPTED, EDITED)]
    if as_json:
        from dataclasses import asdict

        from foedus.cli.outputs import print_json

        print_json({
            "case": told.case.id, "case_hash": told.case.hash, "log": str(desk.log),
            "decisions": [asdict(one) for one in told.decisions],
            "left": len(left), "left_new": sum(one.proposal.repeats is None for one in left),
        })  # fmt: skip
        return
    from foedus.cli.outputs import print_screen
    from foedus.cli.screen_review import show_end

    bears = {b.on: b for one in offered if _evidence(told, one) in written
             for b in one.proposal.bears}  # fmt: skip
    print_screen(lambda out: show_end(told, tuple(bears.values()), left, desk, keep, out), {})


def _evidence(told: Reviewed, offered: Offered) -> str | None:
    return next((d.evidence for d in told.decisions if d.proposal == offered.key), None)
