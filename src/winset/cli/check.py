"""``winset check``: is the file in order, and what does it rest on?"""

from __future__ import annotations

import json

import click

from winset.cli.options import case_argument, json_option, what_if_options


@click.command(
    epilog="Example: winset check my-case.yaml", short_help="Is the file in order; what lacks a source?"
)
@case_argument
@what_if_options
@json_option
def check(case: str, changes: tuple[str, ...], without: tuple[str, ...], as_json: bool) -> None:
    """Read CASE, say every error at once, and list the judgements without a source."""
    from winset.case.checks import assumed, unsourced
    from winset.workflow import load

    negotiation = load(case, changes=changes, without=without)
    missing = unsourced(negotiation)
    counts = assumed(negotiation)
    if as_json:
        document = {
            "case": negotiation.id,
            "changes": list(negotiation.changes),
            "errors": [],
            "judgements": counts,
            "unsourced": [{"path": item.path, "what": item.what} for item in missing],
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for words in negotiation.changes:
        click.echo(f"What if: {words}")
    space = negotiation.space
    click.echo(f"{negotiation.title}: no errors.")
    click.echo(
        f"{len(negotiation.party_ids)} parties, {len(space.issues)} issues, {space.size:,} outcomes; "
        f"accounts: {len(negotiation.accounts)}."
    )
    amounts = [
        f"{count} {kind.removesuffix('s') if count == 1 else kind}" for kind, count in counts.items() if count
    ]
    click.echo(f"Judgements: {', '.join(amounts)}.")
    if missing:
        click.echo(f"\nWithout a source or a reason ({len(missing)}):")
        for item in missing:
            click.echo(f"  {item.path}  {item.what}")
    else:
        click.echo("Every judgement has a source or a reason.")
