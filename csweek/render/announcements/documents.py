"""Announcements: the weekly note 'this week in service', as text, Markdown and HTML."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from csweek.model.basics import iso_week, monday_of
from csweek.model.inputs import Inputs
from csweek.model.plan import Document, Plan
from csweek.names import safe_name
from csweek.render.announcements.note import Note
from csweek.render.announcements.shades import by_day, by_night
from csweek.render.announcements.weekly import note
from csweek.render.templates import Reader, Templates

FORMATS = {
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
}

_MARKS = re.compile(r"([\\`*_\[\]<>~|#&$])")
_LIST = re.compile(r"^(\d+)([.)])(?=\s|$)")
_BULLET = re.compile(r"^([-+=])")


def weekly(
    plan: Plan, inputs: Inputs, monday: date, reader: Reader, *, teams: Collection[str] = ()
) -> Iterator[Document]:
    """Yield the note of the week of a day: for everyone in each language used, else for these teams.

    All of it may be published. Raises TemplateError where a template does not work.
    """
    first = monday_of(monday)
    templates = Templates(reader)
    for name, told in _notes(plan, inputs, first, teams):
        yield from _documents(f"share/announcements/{iso_week(first)}-{name}", told, inputs, first, templates)


def languages(inputs: Inputs) -> tuple[str, ...]:
    """Return the languages that people and sites use, the organisation's first."""
    used = {one.locale for one in (*inputs.people, *inputs.settings.sites.values())}
    return (inputs.locale, *sorted(used - {inputs.locale}))


def _notes(plan: Plan, inputs: Inputs, monday: date, teams: Collection[str]) -> Iterator[tuple[str, Note]]:
    if not teams:
        for locale in languages(inputs):
            yield locale, note(plan, inputs, monday, locale)
    for name in teams:
        team = inputs.people.teams[name]
        yield _team_name(name, inputs), note(plan, inputs, monday, team.locale, team)


def _team_name(team: str, inputs: Inputs) -> str:
    """Return the file name of a team, which must not be that of a language."""
    name = safe_name(team)
    return f"team-{name}" if name in {one.lower() for one in languages(inputs)} else name


def _documents(stem: str, told: Note, inputs: Inputs, monday: date, made: Templates) -> Iterator[Document]:
    look = inputs.theme_on(monday).look
    context = {"day": by_day(look), "night": by_night(look)}
    for ending, media_type in FORMATS.items():
        shown = told.with_texts(markdown) if ending == "md" else told
        text = made.render(f"announcements/weekly.{ending}", {**context, "note": shown})
        yield Document(f"{stem}.{ending}", media_type, text.encode())


def markdown(text: str) -> str:
    """Return a one-line text so that Markdown shows it as it is. Source: CommonMark 0.31, section 2.4."""
    escaped = _MARKS.sub(r"\\\1", text)
    return _BULLET.sub(r"\\\1", _LIST.sub(r"\1\\\2", escaped))
