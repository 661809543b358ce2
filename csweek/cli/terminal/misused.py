"""What click finds wrong in a command line, told as everything else is: what is wrong, what to type."""

import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import click

from csweek.cli.terminal.called import called
from csweek.errors import UsageError

FEW = 10
"""Commands of a group that a hint lists."""


def misused(error: click.UsageError) -> UsageError:
    """Return it as an error of csweek's own."""
    path = error.ctx.command_path if error.ctx else "csweek"
    message, hint = _told(error, path)
    return UsageError(message, hint or f"{_typed(path)} --help says more")


def _told(error: click.UsageError, path: str) -> tuple[str, str | None]:
    """Return what is wrong, and what to type where that is known."""
    match error:
        case click.exceptions.NoSuchCommand():
            hint = _asked_for_help(error, path) or _program(error, path) or _further_down(error, path)
            hint = hint or _week(error) or _option_for(error.command_name, error.ctx)
            hint = hint or _meant(error) or _few(error)
            told = f"there is no command '{path} {error.command_name}'", hint
        case click.NoSuchOption():
            told = (
                f"{path} has no option {error.option_name}",
                _page(error) or _begun(error) or _known_as(error) or _meant(error),
            )
        case click.MissingParameter():
            told = f"{_named(error)} is missing", _like(error.ctx)
        case click.BadParameter():
            told = _wrong(error)
        case click.BadOptionUsage():
            told = (
                f"{error.option_name} needs a value",
                f"write {_values(error)} behind, or leave the option out",
            )
        case _:
            told = _other(error, path)
    return told


def _other(error: click.UsageError, path: str) -> tuple[str, str | None]:
    message = error.format_message()
    extra = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", message)
    if not extra:
        return _plain(message), None
    table = path == "csweek cards" and Path(extra[1]).is_file()
    hint = f"{_typed(path)} --data {extra[1]} makes a card for each of its rows" if table else None
    hint = hint or _option_for(extra[1], error.ctx)
    return f"{path} can do nothing with '{extra[1]}'", hint


_OPTIONS = {
    "--week": r"[1-9]|[1-4]\d|5[0-3]|\d{4}-W\d\d",
    "--year": r"20\d\d",
    "--day": r"20\d\d-\d\d-\d\d",
    "--person": r"\D+",
    "--name": r"\D+",
}
"""What is told by its form alone: weeks, years and days, else names."""


def _option_for(typed: str, ctx: click.Context | None) -> str | None:
    """Return the option that a week, year, day or name without one belongs to."""
    known = {name for param in (ctx.command.params if ctx else ()) for name in param.opts}
    said = re.sub(r"^(?:(?:week|w|year) ?)(?=\d)", "", typed)
    fitting = [name for name, form in _OPTIONS.items() if name in known and re.fullmatch(form, said)]
    if ctx is None or not fitting:
        return None
    value = f'"{said}"' if " " in said else said
    also = f", or --team {value}" if fitting[0] == "--person" and "--team" in known else ""
    return f"{_typed(ctx.command_path)} {fitting[0]} {value}{also}"


def _typed(path: str) -> str:
    """Return a command's path as this program is called."""
    return f"{called()}{path.removeprefix('csweek')}"


def _meant(error: click.exceptions.NoSuchCommand | click.NoSuchOption) -> str | None:
    likely = [one for one in error.possibilities or () if one != "--help"]
    return f"did you mean {' or '.join(likely)}?" if likely else None


def _begun(error: click.NoSuchOption) -> str | None:
    """Return the only option that begins so: --org."""
    options = (name for param in (error.ctx.command.params if error.ctx else ()) for name in param.opts)
    likely = [name for name in options if name.startswith(error.option_name) and name.startswith("--")]
    return f"did you mean {likely[0]}?" if len(likely) == 1 else None


_KNOWN_AS = {
    **dict.fromkeys(("--lang", "--language"), "--locale"),
    **dict.fromkeys(("--file", "--from", "--csv", "--names"), "--data"),
    **dict.fromkeys(("--paper", "--size"), "--sheet"),
    **dict.fromkeys(("--design", "--template"), "--card"),
    **dict.fromkeys(("--duplex", "--double-sided"), "--two-sided"),
    "--format": "--channel",
    **{f"--{form}": f"--format {form}" for form in ("pdf", "png", "html")},
    "--date": "--day",
    "--people": "--data",
    **dict.fromkeys(("--name", "--company"), "--organisation"),
    **{f"--{one}": f"--for {one}s" for one in ("team", "owner", "site")},
    "--person": "--for people",
}
"""What options are called elsewhere."""


def _known_as(error: click.NoSuchOption) -> str | None:
    """Return the option of this command that other programs call so: --lang."""
    options = {name for param in (error.ctx.command.params if error.ctx else ()) for name in param.opts}
    likely = _KNOWN_AS.get(error.option_name)
    return f"did you mean {likely}?" if likely and likely.split()[0] in options else None


def _page(error: click.NoSuchOption) -> str | None:
    """Return the command of this group that shows what was typed as an option: show --week."""
    ctx, name = error.ctx, error.option_name.removeprefix("--")
    if ctx is None or not isinstance(ctx.command, click.Group) or name not in ctx.command.list_commands(ctx):
        return None
    below = ctx.command.resolve_command(ctx, [name])[1]
    return _like(click.Context(below)) if below else None


def _values(error: click.BadOptionUsage) -> str:
    """Return the few values that an option takes, else what stands for any."""
    ctx = click.get_current_context(silent=True)  # click does not say of which command
    command = ctx.command if ctx else None
    if ctx and ctx.invoked_subcommand and isinstance(command, click.Group):
        command = command.resolve_command(ctx, [ctx.invoked_subcommand])[1]
    kinds = [param.type for param in (command.params if command else ()) if error.option_name in param.opts]
    return " or ".join(map(str, kinds[0].choices)) if kinds and isinstance(kinds[0], click.Choice) else "it"


def _asked_for_help(error: click.exceptions.NoSuchCommand, path: str) -> str | None:
    """Return how a command's page of help is asked for, to whom types `csweek help`."""
    if error.command_name != "help":
        return None
    return f"{_typed(path)} --help lists all commands; {_typed(path)} COMMAND --help tells of one"


_MADE = {
    **dict.fromkeys(
        ("outlook", "ical", "calendar", "calendars", "kalender", "kalendar", "캘린더", "달력"), "ics"
    ),
    **dict.fromkeys(("excel", "엑셀"), "xlsx"),
}


def _program(error: click.exceptions.NoSuchCommand, path: str) -> str | None:
    """Return what is made for a program, to whom names the program."""
    made = _MADE.get(error.command_name.casefold())
    where = {"csweek": " export", "csweek export": ""}.get(path)
    return f"{_typed(path)}{where} {made}" if made and where is not None else None


_WITHIN = ("show", "export")
_DOES = {"print": "cards", "mail": "send", "new": "init"}


def _further_down(error: click.exceptions.NoSuchCommand, path: str) -> str | None:
    """Return the command that does it, to whom leaves out the word before, or names it otherwise."""
    ctx, typed = error.ctx, error.command_name.casefold()
    if path != "csweek" or ctx is None or not isinstance(ctx.command, click.Group):
        return None
    if does := "show " + typed if re.fullmatch(r"e\d+", typed) else _DOES.get(typed):
        return f"{_typed(path)} {does}"
    groups = ((name, ctx.command.resolve_command(ctx, [name])[1]) for name in _WITHIN)
    within = (
        name for name, one in groups if isinstance(one, click.Group) and typed in one.list_commands(ctx)
    )
    return next((f"{_typed(path)} {name} {typed}" for name in within), None)


_WEEK = re.compile(r"(?:v|vecka|week|sed|sedmica)[. ]?(\d{1,2})|(\d{1,2})(?:주|주차|\.)", re.IGNORECASE)


def _week(error: click.exceptions.NoSuchCommand) -> str | None:
    """Return how a week is shown, to whom names it in words or by one of its days: v9, 9주, 2027-03-04."""
    ctx, typed = error.ctx, error.command_name
    pages = ctx.command.list_commands(ctx) if ctx and isinstance(ctx.command, click.Group) else []
    if ctx is None or "week" not in pages:
        return None
    words = _WEEK.fullmatch(typed)
    with suppress(ValueError):
        number = words[1] or words[2] if words else f"{date.fromisoformat(typed):%G-W%V}"
        return f"{_typed(ctx.command_path)} week {number}"
    return None


def _few(error: click.exceptions.NoSuchCommand) -> str | None:
    """Return the commands of a group that has few, or those of them that take a name."""
    ctx = error.ctx
    names = ctx.command.list_commands(ctx) if ctx and isinstance(ctx.command, click.Group) else []
    if ctx and "person" in names:
        show, typed = _typed(ctx.command_path), error.command_name
        return f"{show} person {typed}, or {show} team {typed}; {show} --help lists all pages"
    shown = f"; {_typed(ctx.command_path)} show {error.command_name}?" if ctx and "show" in names else ""
    return f"there are {', '.join(names)}{shown}" if 0 < len(names) <= FEW else None


def _like(ctx: click.Context | None) -> str | None:
    """Return the example on the command's page of help."""
    _, _, example = ((ctx.command.epilog or "") if ctx else "").partition("Example: csweek ")
    return f"type it like: {called()} {example}" if example else None


def _named(error: click.BadParameter) -> str:
    """Return what a parameter is called where it is typed: --week, WHO."""
    param, ctx = error.param, error.ctx
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    if param is not None and ctx is not None:
        words = re.sub(r"[\[\]{}.]", "", param.make_metavar(ctx)).split("|")
        return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
    return str(error.param_hint or "this")


def _wrong(error: click.BadParameter) -> tuple[str, str | None]:
    """Return what is wrong with a value; what stands behind a semicolon is the hint."""
    what, _, hint = _plain(error.message).partition("; ")
    what = re.sub(r"is not in the range (\d+)<=x<=(\d+)", r"is not between \1 and \2", what)
    what = re.sub(r"is not in the range x>=(\d+)", r"is less than \1", what)
    return f"{_named(error)}: {what}", hint or _nearest(error.param, what, error.ctx)


def _nearest(param: click.Parameter | None, what: str, ctx: click.Context | None) -> str | None:
    """Return which of a few values was probably meant by the one that is none of them."""
    typed = re.match(r"'(.*)' is not one of ", what)
    if typed is None or param is None or not isinstance(param.type, click.Choice):
        return None
    from csweek.names import near

    meant = near(typed[1], map(str, param.type.choices))
    return f"did you mean '{meant}'?" if meant else _like(ctx) if isinstance(param, click.Argument) else None


def _plain(message: str) -> str:
    """Return click's sentence as csweek begins and ends its own."""
    text = " ".join(message.split()).removesuffix(".")
    return text[:1].lower() + text[1:]
