"""Entry point: the group of commands, and how errors become text and an exit status."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import click

from winset._version import VERSION
from winset.cli.analyse import analyse
from winset.cli.cases import cases
from winset.cli.check import check
from winset.cli.completion import completion
from winset.cli.diff import diff
from winset.cli.explain import explain
from winset.cli.importing import import_case
from winset.cli.new import new
from winset.cli.schema import schema

if TYPE_CHECKING:
    from winset.errors import InputError

EXIT_OK = 0
EXIT_INPUT = 2
EXIT_LIMIT = 3


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: winset analyse alaska-2025",
)
@click.version_option(VERSION, prog_name="winset")
def winset() -> None:
    """Is there a deal, and what blocks it?

    From one file that says who sits at the table and what they want.
    """


for command in (analyse, diff, check, new, cases, import_case, schema, explain, completion):
    winset.add_command(command)


def main() -> None:
    """Run the command line and leave with its exit status.

    0 done; 2 the input or the call was wrong; 3 a limit or an interruption. Anything else is a bug, and is
    shown as one.
    """
    from winset.errors import InputError, LimitReached

    try:
        winset.main(prog_name="winset", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except InputError as error:
        _show(error)
        status = EXIT_INPUT
    except LimitReached as error:
        click.echo(f"winset: {error}", err=True)
        status = EXIT_LIMIT
    except (KeyboardInterrupt, click.Abort):
        click.echo("winset: interrupted", err=True)
        status = EXIT_LIMIT
    except BrokenPipeError:
        # Whoever read our output has gone. Point standard output elsewhere, or Python complains at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = EXIT_OK
    else:
        status = EXIT_OK
    sys.exit(status)


def _show(error: InputError) -> None:
    if "--json" in sys.argv[1:]:
        problems = [
            {
                "code": problem.code,
                "location": problem.location,
                "path": problem.path,
                "message": problem.message,
                "found": problem.found,
                "allowed": problem.allowed,
                "nearest": problem.nearest,
            }
            for problem in error.problems
        ]
        click.echo(json.dumps({"errors": problems}, ensure_ascii=False, indent=2))
    click.echo(str(error), err=True)
    count = len(error.problems)
    codes = sorted({problem.code for problem in error.problems})
    hint = f"more about {codes[0]}: winset explain {codes[0]}"
    click.echo(f"\n{count} error{'' if count == 1 else 's'}; {hint}", err=True)
