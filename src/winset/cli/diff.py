"""``winset diff``: what changed between two cases or results?"""

from __future__ import annotations

import json
import sys

import click

from winset.cli.options import (
    complete_case,
    json_option,
    quiet_option,
    terminal_progress,
    what_if_options,
)


@click.command(
    epilog="Examples: winset diff old.yaml new.yaml    winset diff old.json new.json",
    short_help="What changed between two cases or results?",
)
@click.argument("before", metavar="A", shell_complete=complete_case)
@click.argument("after", metavar="B", shell_complete=complete_case)
@what_if_options
@click.option("--draws", type=int, help="Readings of each case to draw.  [default: 2000, or a result's]")
@click.option("--seed", type=int, help="Same seed, same answer.  [default: 0, or a result's]")
@click.option("--agreements", default=5, show_default=True, help="How many agreements of each to rank.")
@click.option("--no-analysis", is_flag=True, help="Compare the files only.")
@json_option
@quiet_option
def diff(  # one parameter an option: click passes them by name
    before: str,
    after: str,
    changes: tuple[str, ...],
    without: tuple[str, ...],
    draws: int | None,
    seed: int | None,
    agreements: int,
    no_analysis: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Say what changed from A to B: in the file, judgement by judgement, and in the answer.

    A and B are cases (as for winset analyse) or results (what winset analyse --json wrote). Of results only the
    answers are compared. --set and --without hold for B, which then has to be a case. The exit status is 0
    whether or not anything changed.
    """
    from winset.report.difference import text
    from winset.report.terminal import encodable
    from winset.workflow import diff as run
    from winset.workflow import load

    found = run(
        before,
        load(after, changes=changes, without=without) if changes or without else after,
        draws=draws,
        seed=seed,
        agreements=agreements,
        analysis=not no_analysis,
        progress=terminal_progress(quiet),
    )
    if as_json:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        click.echo(encodable(text(found), sys.stdout.encoding), nl=False)
