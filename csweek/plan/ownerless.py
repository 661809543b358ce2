"""Events without an owner: when nobody is there, when nobody has minutes left, and what helps."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from csweek.errors import Problem
from csweek.model.basics import Audience, Status
from csweek.model.inputs import Inputs
from csweek.names import NAMED, few
from csweek.once import Once
from csweek.plan.owed.demand import Subject
from csweek.plan.owed.suggest import STEP, NeedsMinutes
from csweek.plan.placing.place import Placer
from csweek.plan.told.wording import name_of, warning
from csweek.plan.when.days import Days
from csweek.rows import DAY, KIND, OWNER, REASON, RECIPIENTS, STATUS, SUBJECT, TEAM, Plain
from csweek.rows.reasons import why_owned
from csweek.rows.table import Table


def told(table: Table, inputs: Inputs, placer: Placer, today: date) -> Iterator[Problem]:
    """Yield a word on what nobody is there for, on what nobody has minutes for, and on the rest."""
    first = today.toordinal()
    ownerless = [
        row
        for row in table.rows
        if row[OWNER] is None and row[DAY] >= first and row[STATUS] != Status.CANCELLED
    ]
    empty = _nobody_there({row[DAY] for row in ownerless}, placer.days)
    if empty:
        spans = ", ".join(f"{a.isoformat()}..{b.isoformat()}" for a, b in empty[:NAMED])
        yield warning(
            f"something is planned while nobody at all is there: {few([_span(*one) for one in empty])}",
            f"write closed: [{spans}] into csweek.yaml: then it is planned before or left out",
        )
    lacking = [row for row in ownerless if not any(_within(row[DAY], span) for span in empty)]
    why = {code: why_owned(code) for code in {row[REASON] for row in lacking}}
    busy = [row for row in lacking if why[row[REASON]] == "no_minutes"]
    if busy:
        yield _too_busy(busy, table, inputs, placer)
    rest = [row for row in lacking if why[row[REASON]] != "no_minutes"]
    if rest:
        yield _without_owner(rest, table, inputs)


def _nobody_there(ordinals: Collection[int], days: Days) -> Sequence[tuple[date, date]]:
    """Return the spans of days around these on which nobody is there, each once."""
    if not ordinals:
        return ()
    there, first = 0, days.year.first.toordinal()
    for mask in days.person.values():
        there |= mask
    there &= days.open
    found: list[tuple[date, date]] = []
    last = (days.year.last - days.year.first).days
    for day in sorted(one - first for one in ordinals):
        if not there >> day & 1 and not (found and days.date(day) <= found[-1][1]):
            begins = ends = day
            while begins > 0 and not there >> begins - 1 & 1:
                begins -= 1
            while ends < last and not there >> ends + 1 & 1:
                ends += 1
            found.append((days.date(begins), days.date(ends)))
    return found


def _within(ordinal: int, span: tuple[date, date]) -> bool:
    return span[0].toordinal() <= ordinal <= span[1].toordinal()


def _span(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


def _too_busy(busy: Sequence[Plain], table: Table, inputs: Inputs, placer: Placer) -> Problem:
    said = _said(busy, table, inputs, ", because nobody who may hold it has minutes left that week")
    ways = ("give one more person, who works then, the role organiser", "a deputy for the owner")
    limit = inputs.settings.limits.owner_minutes_per_week
    return NeedsMinutes(None, said, enough=_enough(busy, table, placer, limit + 1), after=ways)


def _enough(busy: Iterable[Plain], table: Table, placer: Placer, limit: int) -> int:
    """Return with which limit, at least this one, each has an owner beside all that is planned."""
    ledger, kinds, first = placer.ledger, table.decoder.kinds, table.year.first.toordinal()
    given: Once[str, list[int]] = Once(lambda owner: list(ledger[owner].minutes))
    for row in sorted(busy, key=lambda row: row[DAY]):
        kind, (week, day) = kinds[row[KIND]], divmod(row[DAY] - first, 7)
        known = placer.owners.of(str(kind["owner_role"]), _subject(row, table))
        asked, others = (
            [owner for owner in those if ledger[owner].weeks[week] >> day & 1]
            for those in (known.first, known.stand_in)
        )
        if asked or others:
            owner = min(asked or others, key=lambda one: (given[one][week], one))
            prepare = kind["prepare"]
            given[owner][week] += kind["minutes"]
            early = max(0, week - prepare.weeks) if prepare else week
            given[owner][early] += prepare.minutes if prepare else 0
            limit = max(limit, given[owner][week], given[owner][early])
    return -(-limit // STEP) * STEP


def _subject(row: Plain, table: Table) -> Subject:
    text, people = table.decoder.text, table.decoder.people
    recipients = tuple(text[one] for one in people[row[RECIPIENTS]])
    team = None if row[TEAM] is None else text[row[TEAM]]
    return Subject(text[row[SUBJECT]], table.decoder.kinds[row[KIND]]["audience"], "", 0, 0, team, recipients)


def _without_owner(lacking: Sequence[Plain], table: Table, inputs: Inputs) -> Problem:
    message = _said(lacking, table, inputs)
    if not inputs.people.organisers:
        return warning(message, "give someone the role organiser in the people file: organisers stand in")
    managers = {
        _has_manager(row, table, inputs)
        for row in lacking
        if _role(row, table) not in {"leader", "organiser"}
    }
    led = any(_role(row, table) == "leader" for row in lacking)
    ways = (
        ("give somebody outside their own line the role leader", led),
        ("give the owner a deputy who works then", True in managers),
        ("widen event_hours or owner_hours", any(why_owned(row[REASON]) == "no_hour" for row in lacking)),
        ("write their manager into the column 'manager'", False in managers),
        ("give one more person, who works then, the role organiser", True),
    )
    hint = ", or ".join(way for way, helps in ways if helps)
    return warning(message, f"{hint}: nobody stands in for themselves")


def _said(lacking: Sequence[Plain], table: Table, inputs: Inputs, why: str = "") -> str:
    wanted = ", ".join(sorted({_role(row, table) for row in lacking}))
    whom = few([name for _, name in sorted({_whom(row, table, inputs) for row in lacking})])
    number = "1 event has" if len(lacking) == 1 else f"{len(lacking):,} events have"
    return f"{number} no owner ({wanted} wanted){why}: for {whom}"


def _role(row: Plain, table: Table) -> str:
    return str(table.decoder.kinds[row[KIND]]["owner_role"])


def _has_manager(row: Plain, table: Table, inputs: Inputs) -> bool:
    """Whether anybody whom an event is for has a manager."""
    people, text, subject = inputs.people, table.decoder.text, table.decoder.text[row[SUBJECT]]
    team = people.teams.get(subject) if row[TEAM] is not None else None
    of_team = table.decoder.kinds[row[KIND]]["audience"] is Audience.TEAM and team
    whom = team.members if of_team and team else [text[one] for one in table.decoder.people[row[RECIPIENTS]]]
    return any(one in people.persons and people.persons[one].manager for one in whom)


def _whom(row: Plain, table: Table, inputs: Inputs) -> tuple[int, str]:
    """Return whom an event is for, after a number by which sites come first, then teams, then people."""
    text, audience = table.decoder.text, table.decoder.kinds[row[KIND]]["audience"]
    subject = text[row[SUBJECT]]
    match audience:
        case Audience.ORGANISATION:
            return 0, f"site {subject}" if subject else "the organisation"
        case Audience.TEAM:
            return 1, f"team {subject}"
        case Audience.GROUP:
            group = [name_of(text[one], inputs) for one in table.decoder.people[row[RECIPIENTS]]]
            return 2, f"a group ({few(group)})"
    return 2, name_of(subject, inputs)
