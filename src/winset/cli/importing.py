"""``winset import``: a peer's scenario as a case file."""

from __future__ import annotations

from pathlib import Path

import click

from winset.cli.options import write_new


@click.command(
    "import",
    epilog="Example: winset import EnglandZimbabwe/ england-zimbabwe.yaml",
    short_help="Turn a Genius, GeniusWeb or NegMAS scenario into a case file.",
)
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.argument("destination", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--party", "parties", multiple=True, help="Profile to take, by file name; repeat.  [default: all]"
)
def import_case(source: Path, destination: Path, parties: tuple[str, ...]) -> None:
    """Read SOURCE (Genius XML, GeniusWeb JSON or NegMAS YAML; a folder or a file) and write DESTINATION.

    Preferences keep the peer's own scale. What a case file cannot represent is an error that names it.
    """
    from winset.workflow import import_case as run

    write_new(destination, run(source, parties))
    click.echo(f"Wrote {destination}. Next: winset analyse {destination}")
