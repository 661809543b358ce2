"""The workspace that a command works in, and what it reads there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from csweek.cli.terminal.session import Session
from csweek.errors import InputError, UsageError
from csweek.folder import WORKSPACE, find, misnamed
from csweek.model.basics import Span

if TYPE_CHECKING:
    from csweek.model.inputs import Inputs, Settings
    from csweek.model.people import Former
    from csweek.read.workspace import Days


class Read(NamedTuple):
    """What the user wrote, valid, and the digest of each file."""

    inputs: Inputs
    files: Mapping[str, str]


def root(session: Session) -> Path | None:
    """Return the workspace's folder: the one given with ``-C``, else the nearest upwards; None: a preview.

    Raises UsageError when the folder given is in no workspace, and when a csweek.yaml goes by another name.
    """
    here = session.folder or Path.cwd()
    found = find(here)
    if found is None and (other := misnamed(here)):
        raise UsageError(f"there is no {WORKSPACE} here, but a {other}", f"rename it {WORKSPACE}")
    if found is None and session.folder is not None:
        from csweek.cli.terminal.called import called  # needed only once something is wrong

        hint = f"{called()} init {session.folder} makes one"
        raise UsageError(f"there is no {WORKSPACE} in {session.folder}", hint)
    return found


def read(
    session: Session,
    folder: Path | None,
    theme: str | None = None,
    *,
    days: Days | None = None,
    plans: bool = False,
) -> Read:
    """Read a workspace (None: the default theme), tell its warnings, and apply ``--year``.

    ``days`` says on which days owners' calendars matter; None: on none. What the last plan has warned
    of is not told again while the files are the same, unless this one ``plans``. Raises InputError with
    every problem at once.
    """
    from csweek.read import workspace  # brings pydantic

    reading = workspace.read(folder, theme=theme, days=days, known=partial(known, folder))
    if reading.inputs is None:
        raise InputError(reading.problems)
    if reading.problems and (plans or not reading.files.items() <= _planned(folder).items()):
        session.warn(reading.problems)
    settings = with_year(reading.inputs.settings, session.year)
    return Read(replace(reading.inputs, settings=settings), reading.files)


def _planned(folder: Path | None) -> Mapping[str, str]:
    """Return the digests of the files that a workspace was last planned from."""
    from csweek.store import Store

    if folder is None:
        return {}
    with Store.open(folder, create=False) as store:
        return store.files()


def known(folder: Path | None) -> Iterable[Former]:
    """Return those whom the workspace's last plan knew."""
    from csweek.model.people import Former
    from csweek.store import Store

    if folder is None:
        return ()
    with Store.open(folder, create=False) as store:
        persons = store.directory().persons.values()
    return [Former(one.id, one.name, one.email, one.manager) for one in persons]


def planned(session: Session) -> Days:
    """Return what says which days a workspace plans, as of today and with ``--year``."""

    def days(settings: Settings) -> Span:
        from csweek.plan.when.year import year_for  # brings the holidays

        year = year_for(with_year(settings, session.year), session.today)
        return Span(year.first, year.last)

    return days


def with_year(settings: Settings, label: str | None) -> Settings:
    """Return the settings with the year that ``--year`` names: 2027, or csw-2026.

    Raises UsageError for anything else.
    """
    if label is None:
        return settings
    from csweek.model.basics import YEARS
    from csweek.model.inputs import YearWanted

    found = re.fullmatch(r"(csw-)?([0-9]{4})", label)
    if found and int(found[2]) not in YEARS:
        raise UsageError(f"csweek knows the years {YEARS[0]} to {YEARS[-1]}", "take one of them")
    if found is None:
        raise UsageError(f"{label!r} is no year", "write 2027, or csw-2026 for the weeks from CSW to CSW")
    number = int(found[2])
    return replace(settings, year=YearWanted(from_csw=number) if found[1] else YearWanted(iso=number))
