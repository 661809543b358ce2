"""What a whole plan lacks, said once for each reason with those whom it concerns."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from csweek.errors import Problem, Severity
from csweek.model.basics import Status, Thanks, Year, csw_monday
from csweek.model.inputs import Inputs
from csweek.model.people import Person
from csweek.model.theme import Action
from csweek.names import few
from csweek.plan.owed.suggest import for_empty_weeks
from csweek.plan.told.wording import warning
from csweek.plan.when.days import Days, per_week
from csweek.rows import ACTION, DAY, RECIPIENTS, SITE, STATUS, TEAM
from csweek.rows.table import Table

LATE = 28
"""Days before CSW from which a first plan is late for it."""
ENDING = timedelta(days=14)
"""Before the end of a year: without a working day left it is as good as over."""
DAYS_OF_CSW = range(5)
NO_PURCHASE = "zero-budget"
"""The bundled theme that is prepared within a week and buys nothing."""


def is_over(year: Year, inputs: Inputs, today: date) -> Problem:
    """Say that a year has ended, or its last working day has, and how the next one is planned."""
    new = max(today, year.last + timedelta(days=1)).isocalendar().year
    over = "is over: nothing of it is" if today > year.last else "has no working day"
    return Problem(
        inputs.settings.place,
        f"the year {year.label} {over} left to plan",
        f"write year: {new}, or csweek plan --year {new}",
        Severity.WARNING,
    )


def of_plan(
    table: Table, inputs: Inputs, days: Days, today: date, ownerless: Iterable[Problem] = ()
) -> Iterator[Problem]:
    """Name what a whole plan lacks from today on: people, owners, something each week for every team."""
    if not len(inputs.people):
        yield warning(
            "nobody is known yet: only what is for everyone is planned",
            "name the people file in csweek.yaml (people: people.csv); csweek init makes both",
        )
        return
    ahead = days.ahead(days.index(today))
    if days.year.last - today < ENDING and not any(mask & ahead for mask in days.site.values()):
        yield is_over(days.year, inputs, today)
        return
    yield from _never_there(inputs, days, today)
    yield from _never_free(inputs, days, ahead)
    if table.revision == 1:
        yield from _late(table, inputs, today)
    yield from ownerless
    yield from _empty_weeks(table, inputs, days, today)


def _never_there(inputs: Inputs, days: Days, today: date) -> Iterator[Problem]:
    """Name the sites, else the teams, else the people that are not there on any day that is left to plan."""
    people = inputs.people
    ahead = days.ahead(days.index(today))
    shut = {person.site: "" for person in people if not days.site[person.site] & ahead}
    gone = [
        team.id for team in people.teams.values() if not (days.team[team.id] & ahead or team.site in shut)
    ]
    away = [
        person.name
        for person in people
        if not (days.person[person.id] & ahead or person.site in shut or person.team in gone)
        and person.thanks is not Thanks.NEVER
        and _employed(person, days, ahead)
    ]
    where = {
        f"{few([site or 'the organisation' for site in shut])}: no working day is left to plan there": shut,
        f"team {few(gone)}: nobody in it is there on any day that is left to plan": gone,
        f"{few(away)}: not there on any day that is left to plan": away,
    }
    hints = ("closed: and holidays: in csweek.yaml", "their leave and work_days", "their leave and work_days")
    for (message, found), hint in zip(where.items(), hints, strict=True):
        if found:
            yield warning(
                f"{message}, so that nothing is planned", f"nothing to do if so; else look at {hint}"
            )


def _never_free(inputs: Inputs, days: Days, ahead: int) -> Iterator[Problem]:
    """Name the owners whose own calendar leaves no hour on most of the days that are left to plan."""
    for owner in inputs.busy:
        there = days.person.get(owner, 0) & ahead
        taken = (there & ~days.owner.get(owner, 0)).bit_count()
        if taken > there.bit_count() / 2:
            name = inputs.people.persons[owner].name
            yield warning(
                f"{name}'s own calendar (owner_busy) leaves no hour on {taken} of {there.bit_count()} days; "
                "on these others stand in",
                "nothing to do if so; else take out of it what lasts all day and keeps nobody busy",
            )


def _employed(person: Person, days: Days, ahead: int) -> bool:
    """Whether somebody is employed on any of these days."""
    first = days.date((ahead & -ahead).bit_length() - 1) if ahead else days.year.last
    begins, ends = person.start_date or first, person.end_date or days.year.last
    return max(begins, first) <= min(ends, days.year.last)


def _late(table: Table, inputs: Inputs, today: date) -> Iterator[Problem]:
    """Say what of a CSW that is near cannot be prepared any more, and what can be had without preparing."""
    for monday in {csw_monday(today.year), csw_monday(today.year + 1)}:
        left = (monday - today).days
        if -len(DAYS_OF_CSW) < left <= LATE and monday in table.year:
            late = ", ".join(sorted(_unprepared(table, inputs, monday, today)))
            offered = inputs.theme_on(monday).id == NO_PURCHASE
            count = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
            begins = f"CSW begins in {count}" if left > 0 else f"CSW began {count} ago"
            begins = begins if left else "CSW begins today"
            said = f"; there is no time left to prepare {late}" if late else ""
            hint = (
                "begin with these today, or take them out of `celebration:`"
                if late and (offered or left <= 0)
                else "csweek show week lists what begins now"
                if offered
                else f"`theme: {NO_PURCHASE}` in csweek.yaml is a week for which nothing has to be bought or "
                "ordered, and a week is enough to prepare it"
            )
            yield warning(f"{begins}: only what is left of the year is planned{said}", hint)


def _unprepared(table: Table, inputs: Inputs, monday: date, today: date) -> set[str]:
    """Return the actions of that week that are to be prepared longer before than there are days left."""
    left = max(0, (monday - today).days)
    first, text = monday.toordinal(), table.decoder.text
    held = {text[row[ACTION]] for row in table.rows if 0 <= row[DAY] - first < len(DAYS_OF_CSW)}
    known = inputs.theme_on(monday).actions
    return {one for one in held if one in known and 7 * _weeks(known[one]) > left}


def _weeks(action: Action) -> int:
    return action.prepare.weeks if action.prepare else 0


def _empty_weeks(table: Table, inputs: Inputs, days: Days, today: date) -> Iterator[Problem]:
    """Name the weeks in which a team works and nothing is for it."""
    filled = _filled(table, inputs)
    ahead = days.ahead(days.index(today))
    for each in inputs.people.teams.values():
        there = per_week(days.team[each.id] & ahead, days.year.weeks)
        empty = [n for n, present in enumerate(there) if present and not filled[each.id] >> n & 1]
        if empty:
            weeks = few([str(days.year.monday(n).isocalendar().week) for n in empty])
            hint = f"add {for_empty_weeks(empty, days.year, inputs.settings)} to the theme"
            yield warning(f"team {each.id} has nothing in week {weeks}", hint)


def _filled(table: Table, inputs: Inputs) -> Mapping[str, int]:
    """Return the weeks, as bits, in which a team, its people or its site have something."""
    by_team: defaultdict[int, int] = defaultdict(int)
    by_site: defaultdict[int, int] = defaultdict(int)
    by_list: defaultdict[int, int] = defaultdict(int)
    nobody, first = table.texts.get("[]"), table.year.first.toordinal()
    for row in table.rows:
        if row[STATUS] != Status.CANCELLED:
            bit = 1 << (row[DAY] - first) // 7
            if row[TEAM] is not None:
                by_team[row[TEAM]] |= bit
            elif row[RECIPIENTS] == nobody:
                by_site[row[SITE]] |= bit
            else:
                by_list[row[RECIPIENTS]] |= bit
    filled: defaultdict[str, int] = defaultdict(int)
    for team in inputs.people.teams.values():
        filled[team.id] = by_team[table.texts.get(team.id, 0)] | by_site[table.texts.get(team.site, 0)]
    persons, decoder = inputs.people.persons, table.decoder
    for listed, weeks in by_list.items():
        for number in decoder.people[listed]:
            person = persons.get(decoder.text[number])
            if person and person.team:
                filled[person.team] |= weeks
    return filled
