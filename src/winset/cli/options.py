"""Options and arguments that several commands share."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from winset.analysis.context import Progress

F = TypeVar("F", bound=Callable[..., Any])


def complete_case(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the ids of shipped cases, and files."""
    from winset.case.shipped import shipped

    ids = [CompletionItem(info.id, help=info.title) for info in shipped() if info.id.startswith(incomplete)]
    return [*ids, CompletionItem(incomplete, type="file")]


def case_argument(function: F) -> F:
    """Add the argument CASE."""
    return click.argument("case", shell_complete=complete_case)(function)


def json_option(function: F) -> F:
    """Add ``--json``."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else on standard output."
    )(function)


def quiet_option(function: F) -> F:
    """Add ``--quiet``."""
    return click.option("-q", "--quiet", is_flag=True, help="No progress and no hints.")(function)


def what_if_options(function: F) -> F:
    """Add ``--set`` and ``--without``."""
    aside = click.option(
        "--without",
        multiple=True,
        metavar="DEMAND",
        help="What if this demand were set aside: red_line:PARTY.ID or batna:PARTY. Repeatable.",
    )
    change = click.option(
        "--set",
        "changes",
        multiple=True,
        metavar="PATH=YAML",
        help="What if the file said this: parties.east.batna.value=0.2. Repeatable.",
    )
    return change(aside(function))


def limit_options(function: F) -> F:
    """Add ``--time-limit`` and ``--memory-limit``."""
    memory = click.option(
        "--memory-limit",
        type=click.FloatRange(min=0, min_open=True),
        metavar="MIB",
        help="Memory for the search of the frontier.  [default: for a million partial outcomes]",
    )
    time = click.option(
        "--time-limit",
        type=click.FloatRange(min=0),
        metavar="SECONDS",
        help="Answer as far as it goes in this time; exit status 3 then.  [default: none]",
    )
    return time(memory(function))


@contextmanager
def first_interruption() -> Iterator[Callable[[], bool]]:
    """Give a function that tells whether the user interrupted; a second interruption acts at once, as ever."""
    interruptions: list[int] = []
    before = signal.getsignal(signal.SIGINT)

    def note(number: int, frame: FrameType | None) -> None:
        interruptions.append(number)
        signal.signal(signal.SIGINT, before)

    if before is signal.default_int_handler:  # whoever started us may want interruptions ignored
        signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(interruptions)
    finally:
        signal.signal(signal.SIGINT, before)


def terminal_progress(quiet: bool) -> Progress:
    """Return a progress callback that writes one line to standard error, on a terminal only."""
    from winset.analysis.context import no_progress

    if quiet or not sys.stderr.isatty():
        return no_progress

    def show(what: str, done: int, total: int) -> None:
        line = "" if done >= total else f"{what} … {100 * done // max(total, 1)} %"
        click.echo(f"\r\x1b[2K{line}", nl=False, err=True)

    return show


def write_new(path: Path, text: str, *, replace: bool = False) -> None:
    """Write a file; refuse to replace one unless told to.

    Raises
    ------
    InputError
        When the file exists, or cannot be written.
    """
    from winset.errors import InputError

    if path.exists() and not replace:
        raise InputError.single("E804", "the file exists and is not overwritten", found=str(path))
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError.single(
            "E805", f"the file cannot be written: {error.strerror}", found=str(path)
        ) from error
