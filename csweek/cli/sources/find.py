"""Persons, teams, events and weeks by the words that a user types."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import tell
from csweek.errors import Problem, Severity, UsageError
from csweek.model.basics import Year, monday_of, week_said
from csweek.model.plan import Contact, Directory
from csweek.names import few, fold, guessed

SHOWN = 10
"""Hits that are listed; the others are counted."""


@contextmanager
def keeping(wrong: list[Problem]) -> Iterator[None]:
    """Keep what is wrong in a list, so that the rest is looked at before all is told."""
    try:
        yield
    except UsageError as error:
        wrong += error.problems


def person(words: str, directory: Directory) -> Contact:
    """Return whom an id, an e-mail address or a name means, case and accents aside.

    Raises UsageError that lists several hits, or says which name was near.
    """
    hits = _persons(words, directory)
    if len(hits) == 1:
        return hits[0]
    if hits:
        raise UsageError(f"{words!r} may be {len(hits)} people", f"take one by id: {_listed(hits)}")
    whole = [one.name for one in directory.persons.values()]
    parts = [part for one in directory.persons.values() for part in (one.id, *one.name.split())]
    raise UsageError(f"nobody is called {words!r}", _meant(words, whole, "people", parts))


def _persons(words: str, directory: Directory) -> list[Contact]:
    everyone = list(directory.persons.values())
    wanted = fold(words)
    parts = set(wanted.split())
    ways: Iterable[Callable[[Contact], bool]] = (
        lambda one: one.id == words,
        lambda one: wanted in {fold(one.id), fold(one.email), fold(one.name)},
        lambda one: parts <= set(fold(one.name).split()),
        lambda one: _letters(wanted) in _letters(fold(one.name)),
    )
    return next((found for fits in ways if _letters(wanted) and (found := list(filter(fits, everyone)))), [])


def _letters(folded: str) -> str:
    """Return a text without its spaces, hyphens and apostrophes: ``obrien``."""
    return "".join(letter for letter in folded if letter.isalnum())


def _listed(hits: Iterable[Contact]) -> str:
    known = [f"{one.id} ({', '.join(part for part in (one.name, one.team) if part)})" for one in hits]
    return few(known, SHOWN)


def team(words: str, directory: Directory) -> str:
    """Return the team that a name means, case and accents aside.

    Raises UsageError that says which one was near, or which there are.
    """
    found = [one for one in directory.teams if fold(one) == fold(words)]
    if not found:
        found = [one for one in directory.teams if words and fold(words) in fold(one)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{words!r} may be several teams", f"take one of {', '.join(found)}")
    raise UsageError(f"no team is called {words!r}", _meant(words, directory.teams, "teams"))


def named(kind: str, words: str, known: Iterable[str]) -> str:
    """Return the one of the known names that is meant, case and accents aside.

    Raises UsageError that says which one was near, or which there are.
    """
    names = sorted(filter(None, known))
    found = [one for one in names if fold(one) == fold(words)]
    if found:
        return found[0]
    listed = f"there are {few(names, SHOWN)}" if names else "there are none"
    raise UsageError(f"no {kind} is called {words!r}", guessed(words, names, listed))


def _meant(words: str, known: Iterable[str], kind: str, also: Iterable[str] = ()) -> str:
    """Return the nearest of what is known, else the first ones; ``also`` is guessed from but not listed."""
    known = list(dict.fromkeys(known))
    if not known:
        return f"this plan knows no {kind}: name the people file in csweek.yaml and run csweek plan"
    return guessed(words, [*known, *also], f"there are {few(known, SHOWN)}")


def event(words: str) -> str:
    """Return the id of an event: ``e412``, whether it was typed so, as E412 or as 412. Raises UsageError."""
    if not is_event(words):
        raise UsageError([no_event(words)])
    return f"e{int(words.strip().casefold().removeprefix('e'))}"


def is_event(words: str) -> bool:
    """Whether this can be the id of an event."""
    return re.fullmatch(r"[eE]?[0-9]{1,12}", words.strip()) is not None


def no_event(words: str) -> Problem:
    """Return what to say of a text that cannot be the id of an event."""
    hint = "an event's id is an e and a number, like e412; csweek show week lists them"
    return Problem(None, f"{words!r} is no event", hint)


def surprise(ident: str) -> Problem:
    """Return what to say where somebody asks for a surprise that waits for an organiser."""
    hint = "whoever holds it has it in their own folder below out/private; here it is shown once it is done"
    return Problem(None, f"{ident} is a surprise for an organiser, and so not shown", hint)


def week(words: str | None, year: Year, today: date) -> date:
    """Return the Monday of a week: 41, w41 or 2027-W41; None is this week.

    Raises UsageError for what is no week of the year.
    """
    if words is None:
        return monday_of(today)
    wanted = re.fullmatch(_WEEK, words)
    for monday in _mondays(year) if wanted else ():
        iso = monday.isocalendar()
        if wanted and int(wanted[2]) == iso.week and int(wanted[1] or iso.year) == iso.year:
            return monday
    if not wanted or not 1 <= int(wanted[2]) <= 53:
        raise UsageError(f"{words!r} is no week", f"write 41 or {year.first:%G}-W41")
    of = f" of {wanted[1]}" if wanted[1] else ""
    raise UsageError(*_outside(f"week {int(wanted[2])}{of}", year))


_WEEK = r"(?:(\d{4})-?)?[wW]?(\d{1,2})"
_STRETCH = re.compile(rf"(?P<first>{_WEEK})\s*(?:\.\.|[-–~])\s*(?P<last>{_WEEK})")


def weeks(words: str, year: Year, today: date) -> list[date]:
    """Return the Mondays of weeks: 41, a stretch like 1-8, or several of both with commas between.

    Raises UsageError with all that is no week of the year.
    """
    found, wrong = list[date](), list[Problem]()
    for part in words.split(","):
        with keeping(wrong):
            found += _stretch(part.strip(), year, today)
    if wrong:
        raise UsageError(wrong)
    return sorted(set(found))


def weeks_meant(words: str) -> str | None:
    """Return the weeks that stand where something else is wanted: w6, week 6, 1-8; None for what is none."""
    said = re.fullmatch(r"(?:weeks?\s*|(?=w|\d{4}-|\d\d?\s*[-–~.]))(\S.*)", words.strip(), re.IGNORECASE)
    return said[1] if said and (re.fullmatch(_WEEK, said[1]) or _STRETCH.fullmatch(said[1])) else None


def _stretch(words: str, year: Year, today: date) -> Sequence[date]:
    """Return the Mondays of a week, or from one week to another."""
    ends = None if re.fullmatch(_WEEK, words) else _STRETCH.fullmatch(words)
    if ends is None:
        return [week(words, year, today)]
    wrong, marks = list[Problem](), list[date]()
    for end in (ends["first"], ends["last"]):
        with keeping(wrong):
            marks.append(week(end, year, today))
    if wrong:
        raise UsageError(wrong)
    first, last = marks
    if last < first:
        hint = f"write {ends['last']}-{ends['first']}"
        raise UsageError(f"week {ends['last']} is before week {ends['first']}", hint)
    return [monday for monday in _mondays(year) if first <= monday <= last]


def _mondays(year: Year) -> Sequence[date]:
    return [year.monday(position) for position in range(year.weeks)]


def _outside(what: str, year: Year) -> tuple[str, str]:
    """Return what to say of a week or day that is not planned."""
    first, last = week_said(year.first), week_said(year.monday(year.weeks - 1))
    text = f"{what} lies outside the year that is planned ({first} to {last})"
    return text, "take one of its weeks, or with --year another planned year"


def say_outside(year: Year, first: date, last: date) -> None:
    """Warn of days for which nothing can have been planned; before the year, say where it begins."""
    if first <= session().today <= last < year.first:
        begin = week_said(year.first)
        tell(f"Nothing is planned before {year.first.isoformat()}: {begin} is the first week.")
    elif last < year.first or first > year.last:
        what = first.isoformat() if first == last else week_said(first)
        session().warn([Problem(None, *_outside(what, year), severity=Severity.WARNING)])
