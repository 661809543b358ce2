"""Teams that seem to work at night though nothing says when: by their name, or by a column of shifts."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from csweek.errors import Problem
from csweek.model.basics import Place
from csweek.model.inputs import Inputs
from csweek.model.people import Person
from csweek.names import few, fold
from csweek.read.column_words import SHIFTS, plain
from csweek.read.columns import Column
from csweek.read.settings import Workspace, as_key
from csweek.read.source import warning
from csweek.read.words import TAGS

_SHIFTS = frozenset(map(plain, SHIFTS))
_NIGHT = frozenset({"night", *(fold(word) for word, tag in TAGS.items() if tag == "night")})
HOURS = '{hours: {from: "21:00", to: "07:00"}, tags: [night, quiet]}'


class _Shift(NamedTuple):
    """Who works at night as a column of shifts says, in teams without hours."""

    column: Column
    people: tuple[Person, ...]


def nights(inputs: Inputs, workspace: Workspace, columns: Iterable[Column]) -> Iterable[Problem]:
    """Yield a word on teams at night without hours, and on those at night whose team is not."""
    shifts = list(_shifts(inputs, columns))
    asleep = {one.id for shift in shifts for one in shift.people}
    teams = list(_teams(inputs, asleep))
    if teams:
        text = f"{few(teams)}: at work at night? Without hours meetings are put into the day"
        within = workspace.shape.teams is not None
        hint = "if so, say it under teams: in csweek.yaml" if within else "if so, say it in csweek.yaml"
        lines = [] if within else ["teams:"]
        lines += [f"  {as_key(team)}: {HOURS}" for team in teams]
        place = workspace.tree.at("teams", key=True) if within else Place(workspace.tree.file)
        yield warning(place, text, hint, tuple(lines))
    for column, people in shifts:
        others = [one.name for one in people if one.team not in teams]
        if others:
            text = f"{few(others)}: at work at night, says '{column.header}', which is not read"
            hint = "hours are a team's: give them a team of their own, or their team its hours"
            yield warning(column.place, text, hint)


def _shifts(inputs: Inputs, columns: Iterable[Column]) -> Iterable[_Shift]:
    for column in columns:
        if column.field is None and plain(column.header) in _SHIFTS:
            people = (one for one in inputs.people if one.work.hours is None)
            said = tuple(one for one in people if _is_night(str(one.extra.get(column.header, ""))))
            yield _Shift(column, said)


def _teams(inputs: Inputs, asleep: set[str]) -> Iterable[str]:
    """Yield the teams without hours that are called so, or most of whose people work at night."""
    sizes = Counter(one.team for one in inputs.people)
    late = Counter(one.team for one in inputs.people if one.id in asleep)
    for team in inputs.people.teams.values():
        if team.work.hours is None and (_is_night(team.id) or late[team.id] * 2 > sizes[team.id]):
            yield team.id


def _is_night(text: str) -> bool:
    return not _NIGHT.isdisjoint(re.findall(r"\w+", fold(text)))
