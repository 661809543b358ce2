"""The one place where an error becomes an exit code: CsweekError, Ctrl-C, an answer that is not given."""

import json
from collections.abc import Callable

import click

from csweek.cli.terminal.misused import misused
from csweek.cli.terminal.session import Session, as_json, counted, painted
from csweek.cli.terminal.streams import tell
from csweek.errors import CsweekError, InputError


def guarded(ctx: click.Context, invoke: Callable[[click.Context], object]) -> object:
    """Run a command in a new session and return what it returns.

    Exits with the error's own code, with 2 for a command line that cannot be meant, with 130 after
    Ctrl-C, and with 1 when a question got no answer or ``--strict`` met a warning.
    """
    session = ctx.ensure_object(Session)
    try:
        result = invoke(ctx)
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise refused(error, session) from error
    except CsweekError as error:
        tell(_told(error, session))
        if isinstance(error, InputError) and not session.json:
            tell(
                f"{counted(error.problems)}: {_UNDONE.get(ctx.invoked_subcommand or '', 'nothing was done')}."
            )
        raise click.exceptions.Exit(error.exit_code) from error
    except click.Abort as stop:  # a question without an answer
        tell("\nStopped. With --yes nothing is asked.")
        raise click.exceptions.Exit(1) from stop
    except KeyboardInterrupt:
        tell("\nStopped.")
        raise click.exceptions.Exit(130) from None
    if session.strict and session.warned:
        raise click.exceptions.Exit(1)
    return result


_UNDONE = {
    "plan": "nothing was planned",
    "send": "nothing was sent",
    **dict.fromkeys(("cards", "announce", "export"), "nothing was made"),
}
"""What a command did not do because of what is wrong in the files."""


def refused(error: click.UsageError, session: Session) -> click.exceptions.Exit:
    """Tell what click found wrong in the command line, and return what ends the program."""
    ours = misused(error)
    tell(_told(ours, session))
    return click.exceptions.Exit(ours.exit_code)


def _told(error: CsweekError, session: Session) -> str:
    """Return the problems as lines, or as JSON."""
    if session.json:
        return json.dumps([as_json(problem) for problem in error.problems], ensure_ascii=False, indent=2)
    return "\n".join(map(painted, error.problems))
