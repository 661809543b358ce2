"""``csweek template``: cards, sheets and announcements to look at, to copy into the workspace, to change."""

from pathlib import Path
from typing import Literal

import click

from csweek import folder
from csweek.cli import complete, options
from csweek.cli.sources import workspace
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import columns, give_json, say
from csweek.cli.themes.kinds import KINDS, Kind, names_of
from csweek.errors import OutputError, UsageError
from csweek.names import guessed
from csweek.render.screen.text import wrap

_kind = click.Choice(list(KINDS))


@click.group(epilog="Example: csweek template list sheet")
def template() -> None:
    """List what cards, sheets and announcements there are, copy one to change it, or try a card."""


@template.command(
    "list",
    epilog="Example: csweek template list sheet",
    short_help="List cards, sheets and motifs; your own are marked.",
)
@click.argument("kind", type=_kind, required=False)
@options.as_json
def list_(kind: Kind | None) -> None:
    """List cards, sheets, motifs and announcements, or one KIND of them; your own are marked."""
    root = workspace.root(session())
    kinds: tuple[Kind, ...] = (kind,) if kind else tuple(KINDS)
    found = [
        (one, name, _said(one, name, root), _own(one, name, root))
        for one in kinds
        for name in names_of(one, root)
    ]
    if session().json:
        give_json([dict(zip(("kind", "name", "title", "own"), one, strict=True)) for one in found])
        return
    width = max(len(name) for _, name, _, _ in found)
    for one, name, title, own in found:
        said = "; ".join(part for part in (title, "your own" if own else "") if part)
        beside = "" if kind else f"{one.ljust(max(map(len, KINDS)))}  "
        first = f"{beside}{name.ljust(width)}  "
        lines = list(wrap(said, max(columns() - len(first), 16))) or [""]
        for number, line in enumerate(lines):
            say(f"{' ' * len(first) if number else first}{line}".rstrip())


@template.command(
    epilog="Example: csweek template copy card thank-you",
    short_help="Copy a template into the workspace, to change it.",
)
@click.argument("kind", type=_kind)
@click.argument("name", shell_complete=complete.templates)
def copy(kind: Kind, name: str) -> None:
    """Copy the template NAME into the workspace, where it goes before the bundled one."""
    root = workspace.root(session())
    if root is None:
        raise UsageError("there is no workspace to copy into", "csweek init makes one")
    names = names_of(kind, None)
    if name not in names:
        raise UsageError(
            f"there is no {kind} '{name}'", guessed(name, names, f"there are {', '.join(names)}")
        )
    where, suffixes = KINDS[kind]
    for suffix in suffixes:
        data = folder.template(f"{where}/{name}{suffix}")
        if data is not None:
            say(str(_put(root / "templates" / where / f"{name}{suffix}", data)))


@template.command(
    epilog="Example: csweek template show templates/cards/thank-you.html",
    short_help="Print a card's template with sample data.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--sheet",
    metavar="NAME",
    shell_complete=complete.sheets,
    default="a4-4up",
    help="On this sheet, else a4-4up.",
)
@click.option(
    "--format", "form", type=click.Choice(["pdf", "png", "html"]), default="pdf", help="What to make."
)
@options.out("Write into DIR instead of out/samples.")
@options.today
def show(file: Path, sheet: str, form: Literal["pdf", "png", "html"], out: Path | None) -> None:
    """Print a card's template FILE, or a card by its name, with sample data."""
    from csweek.cli.themes import samples

    samples.show(file, sheet, form, out)


def _own(kind: Kind, name: str, root: Path | None) -> bool:
    where, suffixes = KINDS[kind]
    files = (f"{name}{suffix}" for suffix in suffixes)
    return root is not None and any((root / "templates" / where / file).is_file() for file in files)


def _said(kind: Kind, name: str, root: Path | None) -> str:
    """Return what a sheet says of itself in its title; others say nothing."""
    if kind != "sheet":
        return ""
    text = (folder.template(f"sheets/{name}.yaml", root) or b"").decode("utf-8", "replace")
    first = {line.partition(":")[0]: line.partition(":")[2].strip() for line in text.splitlines()}
    return first.get("title") or (f"the same as {first['same_as']}" if "same_as" in first else "")


def _put(path: Path, data: bytes) -> Path:
    """Write a file that is not there yet."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise OutputError(f"{path} is there already; nothing was changed", "rename it first") from None
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror}", "see to that and run this again"
        ) from None
    return path
