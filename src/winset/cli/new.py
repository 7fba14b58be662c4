"""``winset new``: a case file to start from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from winset.cli.options import complete_case, write_new

SCHEMA_FILE = "winset.schema.json"


@click.command(
    epilog="Examples: winset new orchard    winset new my-alaska --from alaska-2025",
    short_help="Write a case file to start from.",
)
@click.argument("id_", metavar="ID")
@click.option("--title", help="Title for readers.")
@click.option("--from", "origin", shell_complete=complete_case, help="Start from a copy of this shipped case.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="Where to write.",
)
def new(id_: str, title: str | None, origin: str | None, folder: Path) -> None:
    """Write ID.yaml, and beside it the JSON Schema with which editors complete and check it."""
    from winset.case.schema import json_schema
    from winset.case.template import header, template
    from winset.errors import InputError

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", id_):
        raise InputError.single(
            "E806",
            "not a case id",
            found=id_[:100],
            allowed="lower-case letters, digits and hyphens, at most 64",
        )
    if origin is None:
        text = template(id_, title or id_.replace("-", " ").capitalize())
    else:
        text = header() + _copied(origin, id_, title)
    target = folder / f"{id_}.yaml"
    write_new(target, text)
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    write_new(folder / SCHEMA_FILE, schema, replace=True)
    click.echo(f"Wrote {target} and {folder / SCHEMA_FILE}. Next: winset check {target}")


def _copied(origin: str, id_: str, title: str | None) -> str:
    from winset.case.shipped import shipped_path

    lines = shipped_path(origin).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("# yaml-language-server:")]
    text = re.sub(r"(?m)^case: .*$", f"case: {id_}", "".join(kept), count=1)
    if title is not None:
        quoted = json.dumps(title, ensure_ascii=False)
        text = re.sub(r"(?m)^title: .*$", lambda match: f"title: {quoted}", text, count=1)
    return text
