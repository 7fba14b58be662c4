"""``winset schema``: the JSON Schema of case files."""

from __future__ import annotations

import json

import click


@click.command(
    epilog="Example: winset schema > winset.schema.json", short_help="Print the JSON Schema of case files."
)
def schema() -> None:
    """Print the JSON Schema of case files, version 1, for editors and other tools."""
    from winset.case.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
