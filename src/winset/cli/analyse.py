"""``winset analyse``: is there a deal, and what blocks it?"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from winset.cli.options import (
    case_argument,
    first_interruption,
    json_option,
    limit_options,
    quiet_option,
    terminal_progress,
    what_if_options,
    write_new,
)

if TYPE_CHECKING:
    from winset.workflow import Answer

MARK = '<meta name="generator" content="winset'
"""How a report of ours is recognised, so that only such a file is ever replaced."""


@click.command(
    epilog="Examples: winset analyse alaska-2025    winset analyse my-case.yaml --json --seed 1",
    short_help="Is there a deal, and what blocks it?",
)
@case_argument
@what_if_options
@click.option("--draws", default=2000, show_default=True, help="Readings of the file to draw.")
@click.option("--seed", default=0, show_default=True, help="Same seed, same answer.")
@click.option("--account", help="Account of the central reading.  [default: the highest credence]")
@click.option("--agreements", default=5, show_default=True, help="How many agreements to rank.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Where to write the HTML page.")
@click.option("--no-report", is_flag=True, help="Write no HTML page.")
@limit_options
@json_option
@quiet_option
def analyse(  # one parameter an option: click passes them by name
    case: str,
    changes: tuple[str, ...],
    without: tuple[str, ...],
    draws: int,
    seed: int,
    account: str | None,
    agreements: int,
    report: Path | None,
    no_report: bool,
    time_limit: float | None,
    memory_limit: float | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Answer for CASE: is there a deal, which ones, and what blocks it?

    CASE is a case file, the id of a shipped case (winset cases), or a folder or file of Genius XML, GeniusWeb
    JSON or NegMAS YAML. Writes the page CASE.html to the current folder unless told otherwise; with --json
    only when --report asks for it. What --set and --without suppose stands at the top of the answer, and the
    page is then CASE-what-if.html.

    When a limit is reached, or on Ctrl-C, what was found until then is the answer: it names the limit, and the
    exit status is 3.
    """
    from winset.analysis.context import Limits
    from winset.errors import LimitReached
    from winset.workflow import analyse as run
    from winset.workflow import load

    negotiation = load(case, changes=changes, without=without)
    name = f"{negotiation.id}-what-if.html" if negotiation.changes else f"{negotiation.id}.html"
    path = None if no_report or (as_json and report is None) else report or Path(name)
    if path is not None and report is None:
        _refuse_to_replace(path)
    size = None if memory_limit is None else math.ceil(memory_limit * 2**20)
    with first_interruption() as interrupted:
        answer = run(
            negotiation,
            draws=draws,
            seed=seed,
            account=account,
            agreements=agreements,
            limits=Limits(time_limit, size, interrupted),
            progress=terminal_progress(quiet),
        )
    if as_json:
        click.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _print(answer)
    if path is not None:
        write_new(path, answer.html(), replace=True)
        if not as_json:
            click.echo(f"Report    {path}")
    if answer.limits_reached:
        raise LimitReached("; ".join(answer.limits_reached))


def _print(answer: Answer) -> None:
    from rich.console import Console

    from winset.report.terminal import render

    class Terminal(Console):
        """rich's console, but that a reader who has gone is left to `main`; rich takes it for an error."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    render(answer, Terminal(highlight=False))


def _refuse_to_replace(path: Path) -> None:
    """Refuse, before any work is done, to replace a file that is no report of ours and was not named."""
    from winset.errors import InputError

    if path.is_file() and MARK in path.read_text(encoding="utf-8", errors="replace")[:4000]:
        return
    if path.exists():
        raise InputError.single(
            "E804",
            "a file of the report's name exists and is no report of winset's",
            found=str(path),
            allowed="--report PATH to replace or name another, or --no-report",
        )
