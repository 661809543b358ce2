"""``csweek check``: every problem in every input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csweek import folder
from csweek.cli import options
from csweek.cli.sources import workspace
from csweek.cli.terminal.called import again, called
from csweek.cli.terminal.progress import working
from csweek.cli.terminal.session import as_json, counted, painted, session
from csweek.cli.terminal.streams import give_json, list_out, tell
from csweek.errors import Problem, UsageError
from csweek.folder import is_ours, own_templates
from csweek.model.basics import Place
from csweek.model.cards import LINK, PHOTO
from csweek.names import fold
from csweek.render.screen.text import many

if TYPE_CHECKING:
    from csweek.model.inputs import Inputs
    from csweek.read.columns import Column


@click.command(epilog="Example: csweek check people.csv")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@options.as_json
@options.strict
@click.pass_context
def check(ctx: click.Context, /, files: tuple[Path, ...]) -> None:
    """Find every problem in the workspace, or in FILES (.yaml, .csv, .xlsx, .ics).

    Each is shown with its file, line and column. Exits with 1 when there is an error.
    """
    problems, read = _of_files(files) if files else _of_workspace()
    errors = sum(problem.is_error for problem in problems)
    if session().json:
        give_json([as_json(problem) for problem in problems])
    else:
        for problem in problems:
            list_out(painted(problem))
    warnings = len(problems) - errors
    found = counted(problems) if problems else "nothing is wrong"
    tell(f"{', '.join(read)}: {found}." if len(read) < 6 else f"{many(len(read), 'file')}: {found}.")
    session().warned = bool(warnings)
    if errors:
        ctx.exit(1)


def _of_files(files: Iterable[Path]) -> tuple[Sequence[Problem], Sequence[str]]:
    files = tuple(files)
    problems = [problem for path in files for problem in _of_file(path)]
    if not session().json:
        from csweek.read.checks import columns_of

        for columns in map(columns_of, files):
            for line in _columns(columns) if any(one.field for one in columns) else ():
                tell(line)
    return list(dict.fromkeys(problems)), [str(path) for path in files]


def _of_file(path: Path) -> Sequence[Problem]:
    from csweek import icscheck
    from csweek.read.checks import check_file  # brings pydantic
    from csweek.read.source import Files

    if path.is_dir():
        hint = f"{again(path)} check looks at the workspace in it"
        return [Problem(Place(str(path)), "this is a folder, not a file", hint)]
    if path.suffix.lower() != ".ics":
        return check_file(path)
    data, problems = Files(None).read(path)
    if data is None:
        return problems
    with working("Checking"):
        problems = icscheck.check(data, str(path))
        return problems if any(p.is_error for p in problems) else (*problems, *_second_opinion(data, path))


def _second_opinion(data: bytes, path: Path) -> Sequence[Problem]:
    from csweek.icscheck.library import unreadable  # brings icalendar

    return unreadable(data, str(path))


def _of_workspace() -> tuple[Sequence[Problem], Sequence[str]]:
    from csweek.read.workspace import METRICS, read  # brings pydantic

    root = workspace.root(session())
    if root is None:
        hint = f"name the files to check, or make a workspace: {called()} init"
        raise UsageError("there is no csweek.yaml here or above", hint)
    reading = read(root, days=workspace.planned(session()), known=partial(workspace.known, root))
    if not session().json:
        for line in _columns(reading.columns):
            tell(line)
    problems = (*reading.problems, *_of_templates(reading.inputs, root))
    read_too = [METRICS] if (root / METRICS).is_file() else []
    return problems, [*(name for name in reading.files if not is_ours(name)), *read_too]


def _of_templates(inputs: Inputs | None, root: Path) -> Iterator[Problem]:
    """Yield what themes name in vain, and what is wrong in the workspace's own cards and sheets."""
    from csweek.cli.printing import designs

    if inputs is not None:
        yield from designs.unknown(inputs, root)
    if own_templates("cards", root) or own_templates("sheets", root):
        from csweek.cli.themes import samples

        yield from samples.problems(inputs, root)
    if inputs is not None:
        yield from _of_announcements(inputs, root)


def _of_announcements(inputs: Inputs, root: Path) -> Iterator[Problem]:
    """Yield what is wrong in the workspace's own announcements, and texts that a language lacks."""
    from csweek.cli.themes import wordless

    yield from wordless.of_themes(inputs)
    if own := own_templates("announcements", root):
        from csweek.render.announcements.specimen import tried  # brings the languages

        channels = ("html", "pdf") if any(name.endswith("poster.html") for name in own) else ("html",)
        yield from tried(inputs, partial(folder.template, root=root), channels, session().today.year)


WANTED = ("team", "manager")
"""What makes a plan much better, and is asked for where no column has it."""


def _columns(columns: Iterable[Column]) -> Iterator[str]:
    """Yield for each people file which columns are used, as what, and which are only kept."""
    from csweek.read.column_words import GIVEN

    printed = set(map(fold, (*PHOTO, *LINK)))
    by_file: dict[str, list[Column]] = {}
    columns = tuple(columns)
    for column in columns:
        by_file.setdefault(column.place.file, []).append(column)
    for file, found in by_file.items():
        used = [
            one.header if one.header == one.field else f"{one.header} as {one.field}"
            for one in found
            if one.field
        ]
        others = [one.header for one in found if one.header and not one.field]
        kept = [header for header in others if fold(header) not in printed]
        used += [f"{header} on cards" for header in others if header not in kept]
        yield f"{file}: used: {', '.join(used) or 'none'}"
        if kept:
            yield f"{file}: not used: {', '.join(kept)}"
            known = {one.field for one in columns}
            if known & {"name", GIVEN} and (lacking := [field for field in WANTED if field not in known]):
                asked = f"columns: {{{lacking[0]}: {kept[0]}}}"
                yield f"  is the {' or the '.join(lacking)} among them? Then say so in csweek.yaml: {asked}"
