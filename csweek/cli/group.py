"""The table of commands, none of which is imported before it is called."""

import importlib
from pathlib import Path

import click

from csweek import __version__
from csweek.cli.terminal.streams import colour

COMMANDS = {
    "init": ("csweek.cli.init:init", "Make a workspace, by questions or flags."),
    "check": ("csweek.cli.check:check", "Find every problem in every input."),
    "plan": ("csweek.cli.plan:plan", "Build the year, or bring it up to date."),
    "show": ("csweek.cli.show:show", "The year, a week, today, a person, team or event."),
    "report": ("csweek.cli.report:report", "How good the year is, and what would help."),
    "move": ("csweek.cli.hand:move", "Another day, hour or owner for events."),
    "cancel": ("csweek.cli.hand:cancel", "Cancel events; nothing takes their place."),
    "done": ("csweek.cli.hand:done", "Say that events were held."),
    "missed": ("csweek.cli.hand:missed", "Say that events were not held."),
    "undo": ("csweek.cli.hand:undo", "Take the last change back."),
    "history": ("csweek.cli.hand:history", "What was planned and changed, and when."),
    "cards": ("csweek.cli.cards:cards", "Cards to print; this week's unless told otherwise."),
    "announce": ("csweek.cli.announce:announce", "Announcements for mail, Slack, Teams and paper."),
    "send": ("csweek.cli.send:send", "Send announcements by mail, Slack or Teams."),
    "export": ("csweek.cli.export:export", "Calendars (ics), a workbook (xlsx), tables (csv, json)."),
    "ideas": ("csweek.cli.ideas:ideas", "The action library: what can be done, and how."),
    "template": ("csweek.cli.template:template", "Cards and sheets: list, copy, try your own."),
    "theme": ("csweek.cli.theme:theme", "Themes: list, show, and the schema for editors."),
    "demo": ("csweek.cli.demo:demo", "A sample organisation and all that is made from it."),
    "completion": ("csweek.cli.completion:completion", "Let your shell complete commands, names and ids."),
}
"""Where each command lies, and what the list of commands says of it."""


class Stub(click.Command):
    """A command known by its name and short help alone, until it is called."""

    def __init__(self, name: str, where: str, short_help: str) -> None:
        super().__init__(name, short_help=short_help)
        self.where = where

    def load(self) -> click.Command:
        """Import the command itself."""
        module, _, attribute = self.where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


class Commands(click.Group):
    """A group of stubs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name them in the order in which a user meets them."""
        return list(self.commands)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        """Read the command line's own options; what is wrong with them is told within the error boundary."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            from csweek.cli.terminal.boundary import refused  # brings the model, which --version does without
            from csweek.cli.terminal.session import Session

            raise refused(error, Session()) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Load the command that was asked for."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.load() if isinstance(command, Stub) else command, rest

    def invoke(self, ctx: click.Context) -> object:
        """Run a command within the error boundary."""
        from csweek.cli.terminal.boundary import guarded  # brings the model, which --version does without

        return guarded(ctx, super().invoke)


@click.group(cls=Commands, commands=[Stub(name, *about) for name, about in COMMANDS.items()])
@click.version_option(__version__, prog_name="csweek", message="%(prog)s %(version)s")
@click.option(
    "-C", "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Work in the workspace in DIR instead of the current folder.",
)  # fmt: skip
@click.pass_context
def csweek(ctx: click.Context, folder: Path | None) -> None:
    """Plan a year of recognition for the people who serve customers.

    \b
    Start here:
      csweek demo      a sample organisation, planned and printed
      csweek plan      a year for a whole organisation, in any folder
      csweek init      a workspace of your own
    """  # noqa: D301 (click keeps the lines after a backspace as they are)
    try:
        Path.cwd()
    except FileNotFoundError as error:
        from csweek.errors import UsageError  # brings the model, which --version does without

        raise UsageError("the folder that you are in was removed", "go to another one with cd") from error
    ctx.obj.folder = folder
    ctx.color = colour()
