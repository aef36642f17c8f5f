"""The `foedus` command, and what becomes of errors."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from foedus import __version__

COMMANDS = (
    "analyze",
    "check",
    "new",
    "explain",
    "compare",
    "rerun",
    "read",
    "review",
    "stability",
    "bargaining",
    "balance",
    "dependence",
    "argument",
    "score",
    "forecast",
    "data",
    "cases",
    "schema",
)
GUESSES = 3


class Commands(click.Group):
    """The commands, each read from its module only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of a user's way through them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of this name."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"foedus.cli.{name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest command suggested."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, GUESSES)
            hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(COMMANDS)}."
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="foedus %(version)s")
def group() -> None:
    """Will this alliance hold? Why, what would break it, and who leaves first?"""


def run(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave: exit code 0 if all went well, 2 for bad input, 1 for our fault."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(_run(given))


def _run(arguments: list[str]) -> int:
    as_json = "--json" in arguments
    try:
        return int(group.main(arguments, prog_name="foedus", standalone_mode=False) or 0)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except SystemExit:
        return 0  # click leaves this way when the reader of our output has had enough
    except click.Abort:
        click.echo("stopped", err=True)
        return 130
    except click.exceptions.NoArgsIsHelpError as bare:
        bare.show()
        return bare.exit_code
    except click.ClickException as wrong:
        return _complain([{"message": wrong.format_message()}], as_json)
    except BrokenPipeError:
        # whoever read our output has had enough; that is no fault, but nothing more may be written
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
        return 130
    except Exception as error:
        problems = bad_input(error)
        if problems is not None:
            return _complain(problems, as_json)
        if os.environ.get("FOEDUS_TRACEBACK"):
            raise
        said = f"{type(error).__name__}: {error}".strip()
        _complain([{"message": f"foedus failed, and the fault is ours: {said}"}], as_json)
        click.echo("Set FOEDUS_TRACEBACK=1 to see where.", err=True)
        return 1


def bad_input(error: Exception) -> list[dict[str, Any]] | None:
    """The problems an error tells of if the input is to blame; None if we are."""
    from foedus.case import CaseError

    if isinstance(error, CaseError):
        return [
            {"file": p.file, "line": p.line, "path": p.path, "message": p.message, "text": str(p)}
            for p in error.problems
        ]
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return [{"message": f"{where}{error.strerror or error}"}]
    if getattr(error, "bad_input", False):
        return [{"message": str(error)}]
    return None


def _complain(problems: list[dict[str, Any]], as_json: bool) -> int:
    if as_json:
        told = [{k: v for k, v in p.items() if k != "text"} for p in problems]
        click.echo(json.dumps({"errors": told}, ensure_ascii=False))
        return 2
    most = 100
    for problem in problems[:most]:
        click.echo(problem.get("text") or f"foedus: {problem['message']}", err=True)
    if len(problems) > most:
        click.echo(f"and {len(problems) - most} more", err=True)
    return 2
