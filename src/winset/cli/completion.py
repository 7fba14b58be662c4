"""``winset completion``: the script that makes a shell complete winset's commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command(
    epilog='Example: eval "$(winset completion bash)"', short_help="Print the completion script for a shell."
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for SHELL; put its evaluation into the shell's start-up file."""
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(found(context.find_root().command, {}, "winset", "_WINSET_COMPLETE").source())
