"""`confide completion`: the lines that teach a shell to complete commands, options and choices."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")
_COMPLETE_VARIABLE = "_CONFIDE_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what your shell needs to complete commands with Tab.

    \b
    confide completion bash >> ~/.bashrc
    confide completion zsh >> ~/.zshrc
    confide completion fish > ~/.config/fish/completions/confide.fish
    """
    found = get_completion_class(shell)
    root = ctx.find_root().command
    if found is None:
        raise click.UsageError(f"`{shell}` is not known to this version of click")
    click.echo(found(root, {}, "confide", _COMPLETE_VARIABLE).source())
