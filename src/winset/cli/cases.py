"""``winset cases``: the cases that ship with winset."""

from __future__ import annotations

import json

import click

from winset.cli.options import json_option


@click.command(epilog="Example: winset cases", short_help="List the shipped cases.")
@json_option
def cases(as_json: bool) -> None:
    """List the cases that ship with winset. Analyse one by its id; copy one with winset new --from."""
    from winset.workflow import shipped_cases

    found = shipped_cases()
    if as_json:
        document = [{"id": info.id, "title": info.title, "as_of": info.as_of} for info in found]
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    width = max(len(info.id) for info in found)
    for info in found:
        click.echo(f"{info.id:<{width}}  {info.title}")
