"""The one place where an error becomes an exit code: CsweekError, Ctrl-C, an answer that is not given."""

import json
from collections.abc import Callable

import click

from csweek.cli.session import Session, as_json, painted
from csweek.cli.streams import tell
from csweek.errors import CsweekError


def guarded(ctx: click.Context, invoke: Callable[[click.Context], object]) -> object:
    """Run a command in a new session and return what it returns.

    Exits with the error's own code, with 130 after Ctrl-C, and with 1 when a question got no answer or
    ``--strict`` met a warning.
    """
    session = ctx.ensure_object(Session)
    try:
        result = invoke(ctx)
    except CsweekError as error:
        tell(_told(error, session))
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


def _told(error: CsweekError, session: Session) -> str:
    """Return the problems as lines, or as JSON."""
    if session.json:
        return json.dumps([as_json(problem) for problem in error.problems], ensure_ascii=False, indent=2)
    return "\n".join(map(painted, error.problems))
