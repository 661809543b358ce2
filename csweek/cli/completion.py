"""``csweek completion``: scripts that let a shell complete commands, options, names and ids."""

import click

from csweek.cli.terminal.streams import give

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command(epilog="Example: csweek completion bash >> ~/.bashrc")
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script that lets SHELL complete commands, options, names and ids.

    \b
    bash        csweek completion bash >> ~/.bashrc
    zsh         csweek completion zsh >> ~/.zshrc
    fish        csweek completion fish > ~/.config/fish/completions/csweek.fish
    PowerShell  csweek completion powershell >> $PROFILE
    """  # noqa: D301 (click keeps the lines after a backspace as they are)
    from click.shell_completion import get_completion_class

    from csweek.cli.group import csweek

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"this click has no completion for {shell}; install click 8.5 or newer")
    give(found(csweek, {}, "csweek", "_CSWEEK_COMPLETE").source().encode())
