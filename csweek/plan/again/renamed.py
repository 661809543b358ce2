"""Teams and sites that have another name now: known by their people, who still stand under the old one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from csweek.errors import Problem, Severity
from csweek.model.basics import Audience, Status
from csweek.model.inputs import Inputs
from csweek.model.people import Person
from csweek.model.plan import Key
from csweek.rows import (
    ACTION,
    DAY,
    KIND,
    ORDINAL,
    OWNER,
    RECIPIENTS,
    SEQUENCE,
    SITE,
    STATUS,
    SUBJECT,
    TEAM,
    UID,
    Plain,
)
from csweek.rows.table import Table
from csweek.rows.values import uid


class Renamed(NamedTuple):
    """The new names of teams and of sites, by the old ones."""

    teams: Mapping[str, str]
    sites: Mapping[str, str]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.teams or self.sites)

    def subject(self, audience: Audience, subject: str) -> str:
        """Return what the subject of an event is called now."""
        match audience:
            case Audience.TEAM:
                return self.teams.get(subject, subject)
            case Audience.ORGANISATION:
                return self.sites.get(subject, subject)
        return subject

    def told(self) -> Iterator[Problem]:
        """Yield a word on each, with what it asks of those who subscribe to its calendar."""
        for kind, names in (("team", self.teams), ("site", self.sites)):
            for old, new in names.items():
                if not (old and new):  # the one site of those who have named none
                    continue
                yield Problem(
                    None,
                    f"the {kind} {new} has the people of {old}, which is gone: "
                    f"it is taken for the same {kind}, renamed, and keeps its events",
                    "nothing to do, but its calendar is a new file: tell who subscribes to the old one",
                    Severity.WARNING,
                )


def renamed(before: Table, inputs: Inputs) -> Renamed:
    """Return which teams and sites are the ones of before under another name.

    That is one that the plan before does not know; of those of its people whom that knows most were in one
    that is gone, of whose people it has most.
    """
    people = inputs.people.persons
    sites = {person.site for person in people.values()} & set(inputs.settings.sites)
    return Renamed(
        _by_people(before, TEAM, people, set(inputs.people.teams)), _by_people(before, SITE, people, sites)
    )


def relabelled(before: Table, row: Plain, names: Renamed) -> Plain:
    """Return a row of the table with its team's and site's name of now, under the UID that it has."""
    if not names:
        return row
    texts, text = before.texts, before.decoder.text
    team, site = row[TEAM] and text[row[TEAM]], text[row[SITE]]
    subject = texts[names.subject(before.decoder.kinds[row[KIND]]["audience"], text[row[SUBJECT]])]
    where = texts[names.sites.get(site, site)], team and texts[names.teams.get(team, team)]
    if (subject, *where) == (row[SUBJECT], row[SITE], row[TEAM]):
        return row
    key = Key(before.year.label, text[row[ACTION]], text[row[SUBJECT]], row[ORDINAL])
    known = row[UID] if subject == row[SUBJECT] else row[UID] or uid(before.calendar_id, key)
    return (*row[:SUBJECT], subject, *row[ORDINAL:SITE], *where, *row[OWNER:UID], known, *row[SEQUENCE:])


def _by_people(before: Table, column: int, people: Mapping[str, Person], now: set[str]) -> Mapping[str, str]:
    text = before.decoder.text
    known = {number: text[number] for number in {row[column] for row in before.rows} if number is not None}
    gone, new = set(known.values()) - now, now - set(known.values())
    if not gone or not new:
        return {}
    was = _members(before, column)
    is_in = {person.id: person.team if column == TEAM else person.site for person in people.values()}
    size = Counter(is_in.get(one) for one in was)
    found: dict[str, str] = {}
    for old in sorted(gone):
        stay = [is_in[one] for one, name in was.items() if name == old and one in is_in]
        name, number = next(iter(Counter(stay).most_common(1)), (None, 0))
        if name in new and 2 * number > len(stay) and 2 * number > size[name]:
            found[old] = name
    return found


def _members(before: Table, column: int) -> Mapping[str, str]:
    """Return who was last where, by person: as their own events have it, else those of small groups.

    A group of people of several sites has the site of one of them.
    """
    decoder = before.decoder
    named = {Audience.PERSON, Audience.GROUP}
    last: dict[str, tuple[bool, int, str]] = {}
    for row in before.rows:
        kind = decoder.kinds[row[KIND]]
        if row[column] is None or row[STATUS] == Status.CANCELLED or kind["audience"] not in named:
            continue
        where = (kind["audience"] == Audience.PERSON, row[DAY], decoder.text[row[column]])
        for number in decoder.people[row[RECIPIENTS]]:
            person = decoder.text[number]
            last[person] = max(last.get(person, where), where)
    return {person: name for person, (_, _, name) in last.items()}
