"""``winset explain``: what an error code means."""

from __future__ import annotations

import textwrap

import click


@click.command(epilog="Example: winset explain E030", short_help="Say what an error code means.")
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what the error CODE means and how to mend it; without CODE, list all of them."""
    from winset.case.codes import CODES
    from winset.errors import InputError, Problem, nearest_name

    if code is None:
        for name, (title, _) in sorted(CODES.items()):
            click.echo(f"{name}  {title}")
        return
    if code.upper() not in CODES:
        near = nearest_name(code, sorted(CODES))
        raise InputError([Problem("E807", "no such error code", found=code[:100], nearest=near)])
    title, text = CODES[code.upper()]
    click.echo(f"{code.upper()}  {title}\n")
    click.echo(textwrap.fill(text, 78))
