"""A workspace: everything in the folder of a csweek.yaml, read together."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from csweek.errors import Problem
from csweek.folder import DEFAULT_THEME, WORKSPACE
from csweek.model.basics import Place, Span
from csweek.model.inputs import Inputs, Metric, Settings, Story
from csweek.model.theme import ThemeTurn
from csweek.read.columns import Column
from csweek.read.cross import Whole, across
from csweek.read.finder import finder
from csweek.read.layers import Layer
from csweek.read.metrics import read_metrics
from csweek.read.relations import Known, nobody
from csweek.read.roster import read_people
from csweek.read.settings import Workspace, default_settings, parse_workspace
from csweek.read.source import IN_EXCEL, Files, Problems, decode, failed, in_order, warning
from csweek.read.stories import read_stories
from csweek.read.tables import Table, read_csv
from csweek.read.theme import Own, load_theme
from csweek.read.theme_shapes import ThemeShape

STORIES = "stories.csv"
METRICS = "metrics.csv"
Days = Callable[[Settings], Span]
"""Says which days a workspace with these settings plans."""


class Reading(Struct, frozen=True, dict=True):
    """What a workspace says: ``inputs`` is None exactly when one of the problems is an error."""

    inputs: Inputs | None
    problems: Problems
    files: Mapping[str, str]
    """SHA-256 by name of every file that was read."""
    columns: tuple[Column, ...] = ()
    """Every column of every people file, used or not."""


def read(
    root: Path | None, *, theme: str | None = None, days: Days | None = None, known: Known = nobody
) -> Reading:
    """Return everything that a workspace says, or every problem in it.

    Without a root the default theme and settings, and no people. ``theme`` goes before the
    workspace's own. ``days`` says on which days owners' calendars matter; None: on none. ``known``
    gives those whom the last plan knew.
    """
    files = Files(root)
    workspace, problems = _workspace(root, files)
    themes, found = _themes(workspace, theme, files) if workspace or root is None else ((), ())
    problems = (*problems, *found)
    people, columns, found = read_people(workspace, files, known)
    problems = (*problems, *found)
    known_people = workspace is not None and (len(people) > 0 or not failed(problems))
    stories, found = _stories(root, finder(people).find if known_people else str, files)
    metrics, wrong = _metrics(root)
    settings = workspace.settings if workspace else default_settings()
    inputs = Inputs(settings, themes, people, stories, metrics=metrics)
    problems = (*problems, *found, *wrong, *across(Whole(inputs, workspace, columns)))
    if workspace is not None and settings.owner_busy:
        inputs, found = _with_busy(inputs, workspace, files, days)
        problems = (*problems, *found)
    first = files.shown(root / WORKSPACE) if root else ""
    good = not failed(problems)
    return Reading(inputs if good else None, in_order(problems, first), files.digests, columns)


def _with_busy(
    inputs: Inputs, workspace: Workspace, files: Files, days: Days | None
) -> tuple[Inputs, Problems]:
    from csweek.read.busy import read_busy  # noqa: PLC0415 - only for those who name a calendar

    span = days(inputs.settings) if days else None
    busy, problems = read_busy(inputs, workspace.tree, files, span)
    return replace(inputs, busy=busy), problems


def _workspace(root: Path | None, files: Files) -> tuple[Workspace | None, Problems]:
    if root is None:
        return None, ()
    content, problems = files.read(root / WORKSPACE)
    if content is None:
        return None, problems
    file = files.shown(root / WORKSPACE)
    text, problems = decode(content, file)
    return (None, problems) if text is None else parse_workspace(text, file)


def read_themes(root: Path | None, *, theme: str | None = None) -> tuple[tuple[ThemeTurn, ...], Problems]:
    """Return the themes of a workspace as it changes them, whatever its other files say."""
    files = Files(root)
    workspace, problems = _workspace(root, files)
    if root is not None and workspace is None:
        return (), problems
    themes, found = _themes(workspace, theme, files)
    return themes, (*problems, *found)


def _themes(
    workspace: Workspace | None, theme: str | None, files: Files
) -> tuple[tuple[ThemeTurn, ...], Problems]:
    own = _own(workspace) if workspace else Own()
    if theme is not None or workspace is None:
        one, problems = load_theme(DEFAULT_THEME if theme is None else theme, files, None, own)
        return ((ThemeTurn(one),) if one else ()), problems
    wanted, at = workspace.shape.theme, workspace.tree.at
    read = [
        load_theme(turn.theme, files, at("theme", number, "theme"), own) for number, turn in enumerate(wanted)
    ]
    turns = (ThemeTurn(one, turn.since) for (one, _), turn in zip(read, wanted, strict=True) if one)
    return tuple(turns), tuple(_of_any([found for _, found in read]))


def _of_any(found: Sequence[Problems]) -> Iterator[Problem]:
    """Yield what is wrong with themes; what only warns only where it holds for every one of them."""
    for problem in dict.fromkeys(problem for problems in found for problem in problems):
        if problem.is_error or len(found) == 1 or all(problem in problems for problems in found):
            yield problem


def _own(workspace: Workspace) -> Own:
    """Return what csweek.yaml says of its themes."""
    shape, at = workspace.shape, workspace.tree.at
    said = {name: getattr(shape, name) for name in ("actions", "celebration") if getattr(shape, name)}
    layer = Layer("", workspace.tree, ThemeShape.model_construct(**said)) if said else None
    address = shape.address or {}
    return Own(layer, address, {locale: at("address", locale) for locale in address})


def _stories(
    root: Path | None, who: Callable[[str], str], files: Files
) -> tuple[tuple[Story, ...], Problems]:
    table, problems = _table(root, STORIES, files)
    if table is None:
        return (), problems
    stories, found = read_stories(table, who)
    return stories, (*problems, *found)


def _metrics(root: Path | None) -> tuple[tuple[Metric, ...], Problems]:
    """Return the months' figures; no plan hangs on them, so that their digest is not kept."""
    table, problems = _table(root, METRICS, Files(root))
    if table is None:
        return (), problems
    metrics, found = read_metrics(table)
    return metrics, (*problems, *found)


def _table(root: Path | None, name: str, files: Files) -> tuple[Table | None, Problems]:
    """Return a file that a workspace may lack, None without it."""
    if root is None:
        return None, ()
    if not os.path.lexists(root / name):
        return None, tuple(_as_workbook(root, name, files))
    content, problems = files.read(root / name)
    if content is None:
        return None, problems
    file = files.shown(root / name)
    text, problems = decode(content, file, hint=IN_EXCEL)
    return (None, problems) if text is None else read_csv(text, file)


def _as_workbook(root: Path, name: str, files: Files) -> Iterator[Problem]:
    """Yield a warning where a text file is there as a workbook."""
    book = (root / name).with_suffix(".xlsx")
    if book.is_file():
        hint = f"save it from Excel as 'CSV UTF-8', by the name {name}"
        yield warning(Place(files.shown(book)), "this file is not read", hint)
