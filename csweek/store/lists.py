"""The small lists beside the events: names, digests, shares, what calendars say and in which language.

Read and written inside a transaction that the caller holds.
"""

import json
import sqlite3
from collections.abc import Mapping

from csweek.model.basics import Role, Words
from csweek.model.plan import Contact, Directory, Spoken
from csweek.rows.table import Changes, Table
from csweek.rows.values import dump, instant, moment


def known(db: sqlite3.Connection, which: str) -> dict[str, str]:
    """Return the small list of this name, in its order."""
    return dict(
        db.execute("SELECT name, value FROM known WHERE list = ? ORDER BY position", [which]).fetchall()
    )


def keep_known(db: sqlite3.Connection, which: str, items: Mapping[str, str]) -> None:
    """Make the small list of this name hold just this, in this order."""
    if list(known(db, which).items()) != list(items.items()):
        db.execute("DELETE FROM known WHERE list = ?", [which])
        rows = [(which, *item, position) for position, item in enumerate(items.items())]
        db.executemany("INSERT INTO known VALUES (?, ?, ?, ?)", rows)


def directory(db: sqlite3.Connection) -> Directory:
    """Return the names and titles as of the last save, empty before the first."""
    shown = {"organisation": "", "locale": "en", "theme": "{}", "motto": "{}"} | known(db, "shown")
    theme, motto = (Words(json.loads(shown[name])) for name in ("theme", "motto"))
    rows = db.execute("SELECT id, name, email, team, site, role, manager FROM person ORDER BY position")
    persons = {
        ident: Contact(ident, name, email, team, site, Role(role), manager)
        for ident, name, email, team, site, role, manager in rows
    }
    return Directory(
        shown["organisation"], shown["locale"], theme, motto, persons, known(db, "team"), known(db, "site")
    )


def keep_directory(db: sqlite3.Connection, new: Directory) -> None:
    """Make these the names and titles."""
    theme, motto = (dump(dict(words.texts)) for words in (new.theme, new.motto))
    shown = {"organisation": new.organisation, "locale": new.locale, "theme": theme, "motto": motto}
    keep_known(db, "shown", shown)
    keep_known(db, "team", new.teams)
    keep_known(db, "site", new.sites)
    persons, before = list(new.persons.values()), directory(db).persons
    if list(before.values()) != persons:
        _keep_moved(db, before, new.persons)
        db.execute("DELETE FROM person")
        rows = [(p.id, p.name, p.email, p.team, p.site, p.role.value, p.manager) for p in persons]
        db.executemany(
            "INSERT INTO person (id, name, email, team, site, role, manager) VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )


def places(db: sqlite3.Connection, label: str, number: int) -> dict[str, tuple[str | None, str]]:
    """Return team and site of those who were elsewhere at a revision, by person."""
    found: dict[str, tuple[str | None, str]] = {}
    (revision,) = db.execute(
        "SELECT revision.id FROM revision JOIN year ON year.id = year WHERE label = ? AND number = ?",
        [label, number],
    ).fetchone() or (0,)
    for person, steps in known(db, "moved").items():
        then = [(team, site) for last, team, site in json.loads(steps) if last >= revision]
        found |= {person: then[0]} if then else {}
    return found


def _keep_moved(db: sqlite3.Connection, before: Mapping[str, Contact], now: Mapping[str, Contact]) -> None:
    """Remember where those were who are elsewhere now, with the last revision of which that was true.

    Of those who are in no file any more it is forgotten.
    """
    (last,) = db.execute("SELECT ifnull(max(id), 0) FROM revision").fetchone()
    kept = {one: steps for one, steps in known(db, "moved").items() if one in now}
    for one in before.keys() & now.keys():
        place = (before[one].team, before[one].site)
        if place != (now[one].team, now[one].site):
            kept[one] = dump([*json.loads(kept.get(one, "[]")), [last, *place]])
    keep_known(db, "moved", dict(sorted(kept.items())))


def shares(db: sqlite3.Connection, label: str) -> tuple[float, ...]:
    """Return what each week's share of thanks by name was when a year was last planned."""
    return tuple(map(float, known(db, f"share {label}").values()))


def keep_shares(db: sqlite3.Connection, table: Table) -> None:
    """Make these the weeks' shares of a year."""
    shares = {str(week): f"{share:.2f}" for week, share in enumerate(table.shares)}
    keep_known(db, f"share {table.year.label}", shares)


def given_up(db: sqlite3.Connection, label: str) -> dict[tuple[str, str], tuple[int, str]]:
    """Return the turns that a year had no day for when it was last planned."""
    kept = known(db, f"given up {label}")
    turns = ((*json.loads(mark), *json.loads(much)) for mark, much in kept.items())
    return {(action, person): (number, under) for action, person, number, under in turns}


def keep_given_up(db: sqlite3.Connection, table: Table) -> None:
    """Make these the turns that a year has no day for."""
    turns = {dump(mark): dump(much) for mark, much in sorted(table.given_up.items())}
    keep_known(db, f"given up {table.year.label}", turns)


def said(db: sqlite3.Connection, label: str, since: int | None = None) -> dict[str, str]:
    """Return what calendars say of a year's events besides their rows.

    With ``since`` only what they said otherwise at that revision, as it was then.
    """
    kept = known(db, f"said {label}")
    if since is None:
        return dict(json.loads(kept.get("", "{}")))
    later = sorted((int(number) for number in kept if number and int(number) > since), reverse=True)
    return {about: text for number in later for about, text in json.loads(kept[str(number)]).items()}


def keep_said(db: sqlite3.Connection, table: Table, changes: Changes) -> None:
    """Make this what calendars say of a year's events, and remember what they said before this revision."""
    which = f"said {table.year.label}"
    before = {str(table.revision): dump(changes.said)} if changes.said else {}
    keep_known(db, which, known(db, which) | {"": dump(table.said)} | before)


def spoken(db: sqlite3.Connection) -> dict[str, tuple[Spoken, ...]]:
    """Return the languages of each calendar in turn."""
    kept = json.loads(known(db, "spoken").get("", "{}"))
    return {
        calendar: tuple(Spoken(moment(since), *locales) for since, *locales in steps)
        for calendar, steps in kept.items()
    }


def keep_spoken(db: sqlite3.Connection, table: Table) -> None:
    """Make these the languages of each calendar in turn."""
    steps = {
        one: [[instant(since), *locales] for since, *locales in turns] for one, turns in table.spoken.items()
    }
    keep_known(db, "spoken", {"": dump(steps)})
