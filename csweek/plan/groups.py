"""Small groups for meetings with a leader: who sits with whom, in which round, in which week."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.model.plan import Key
from csweek.plan.days import Days, bits
from csweek.plan.demand import Offer, Owed, Subject, subjects, turns
from csweek.plan.hours import meeting_window, moments
from csweek.plan.place import Placed, Placer
from csweek.plan.reach import fewer

Hours = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Rota:
    """The groups that found a week, and the persons who are in none, each once."""

    placed: tuple[Placed, ...]
    left: tuple[str, ...]


def rota(offer: Offer, inputs: Inputs, placer: Placer, met: Mapping[str, int], numbers: Counter[str]) -> Rota:
    """Deal one action's rounds of groups.

    ``met`` tells how many of this year's groups somebody is in already, ``numbers`` the last ordinal
    by leader. Everyone is met once before anyone is met twice: a round takes those whose turn it is.
    """
    days = placer.days
    joining = {s.id: fewer(turns(offer, s, days), offer.stretch) for s in _front_line(inputs, days)}
    rounds = max(joining.values(), default=0)
    placed: list[Placed] = []
    left: list[str] = []
    stretches = _stretches(offer, rounds, days)
    part = {p: _rounds_of(days.person[p], times, stretches)[met.get(p, 0) :] for p, times in joining.items()}
    for number in range(rounds):
        due = [p for p in joining if number in part[p]]
        for owed in _round(offer, due, (number, rounds), stretches[number], placer, inputs):
            found = _seat(owed, placer, numbers)
            placed += found
            left += [
                p for p in owed.subject.recipients if not any(p in f.owed.subject.recipients for f in found)
            ]
    return Rota(tuple(placed), tuple(dict.fromkeys(left)))


def _front_line(inputs: Inputs, days: Days) -> list[Subject]:
    """Return those whom leaders sit down with: everyone but the leaders and who wants no thanks."""
    leaders = set(inputs.people.leaders)
    return [s for s in subjects(inputs, days, Audience.PERSON) if s.id not in leaders]


def _stretches(offer: Offer, rounds: int, days: Days) -> list[int]:
    """Return the days of each round: the open ones in as many equal parts."""
    there = bits(offer.mask & days.open)
    parts = (there[len(there) * n // rounds : len(there) * (n + 1) // rounds] for n in range(rounds))
    return [sum(1 << day for day in part) for part in parts]


def _rounds_of(mask: int, times: int, stretches: Sequence[int]) -> list[int]:
    """Return the rounds in which somebody owed so many turns sits: those in which they are there most."""
    most = sorted(range(len(stretches)), key=lambda n: (-(mask & stretches[n]).bit_count(), n))
    return sorted(most[:times])


def _round(
    offer: Offer, due: Sequence[str], of: tuple[int, int], stretch: int, placer: Placer, inputs: Inputs
) -> Iterator[Owed]:
    """Yield the groups of a round, their wishes evenly within its stretch of days."""
    number, rounds = of
    groups = list(_groups(offer, due, placer, inputs))
    there = bits(stretch)
    for rank, members in enumerate(groups if there else ()):
        wish = there[int((rank + 0.5) / len(groups) * len(there))]
        owed = _owed(offer, members, placer, inputs)
        yield replace(owed, wish=wish, first=there[0], last=there[-1], turn=number + 1, of=rounds)


def _owed(offer: Offer, members: Sequence[str], placer: Placer, inputs: Inputs) -> Owed:
    persons = inputs.people.persons
    mask = offer.mask & placer.days.open
    for member in members:
        mask &= placer.days.person[member]
    teams = {persons[m].team for m in members}
    site = Counter(persons[m].site for m in members).most_common(1)[0][0]
    team = next(iter(teams)) if len(teams) == 1 else None
    subject = Subject("", Audience.GROUP, site, mask, mask, team, tuple(members))
    return Owed(Key(placer.days.year.label, offer.action.id, "", 0), offer.action, subject, mask, 0, 0, 0)


def _groups(offer: Offer, due: Sequence[str], placer: Placer, inputs: Inputs) -> Iterator[tuple[str, ...]]:
    """Yield groups of people who share hours and leaders, never too many of one team."""
    alike: defaultdict[tuple[Hours, tuple[str, ...]], list[str]] = defaultdict(list)
    for person in due:
        alike[_hours(person, placer, inputs), _leaders(person, placer)].append(person)
    for (_, leaders), members in sorted(alike.items()):
        if leaders:
            yield from _dealt(offer, members, inputs)
        else:
            yield from ((member,) for member in members)


def _hours(person: str, placer: Placer, inputs: Inputs) -> Hours:
    """Return when somebody can be met in winter and in summer, so that only common hours sit together."""
    known = inputs.people.persons[person]
    timezone = inputs.settings.sites[known.site].timezone
    ends = (0, 7 * placer.days.year.weeks // 2)
    windows = (moments(meeting_window(known.work), timezone, placer.days.date(day), 0) for day in ends)
    return tuple(windows)


def _leaders(person: str, placer: Placer) -> tuple[str, ...]:
    subject = Subject(person, Audience.PERSON, "", 0, 0, None, (person,))
    return placer.owners.leaders(subject)


def _dealt(offer: Offer, members: Sequence[str], inputs: Inputs) -> Iterator[tuple[str, ...]]:
    """Deal people round the table, team by team, into as few groups as their size and teams allow."""
    people = inputs.people
    by_team = Counter(people.persons[m].team for m in members)
    limit = inputs.settings.limits.max_team_away
    most = {
        team: max(1, int(len(people.teams[team].members) * limit)) if team else len(members)
        for team in by_team
    }
    number = max(
        ceil(len(members) / offer.action.group_size[1]),
        *(ceil(count / most[team]) for team, count in by_team.items()),
    )
    ordered = sorted(members, key=lambda m: (people.persons[m].team or "", m))
    yield from (tuple(ordered[start::number]) for start in range(number))


def _seat(owed: Owed, placer: Placer, numbers: Counter[str]) -> list[Placed]:
    """Place a group, or where no week has them all its two halves, down to nobody."""
    found = _try(owed, placer, numbers)
    members = owed.subject.recipients
    if found or len(members) == 1:
        return [found] if found else []
    halves = (members[::2], members[1::2])
    return [seat for half in halves for seat in _seat(_only(owed, half, placer), placer, numbers)]


def _only(owed: Owed, members: tuple[str, ...], placer: Placer) -> Owed:
    mask = (1 << 7 * placer.days.year.weeks) - 1
    for member in members:
        mask &= placer.days.person[member]
    mask &= placer.days.open
    return replace(owed, mask=mask, subject=replace(owed.subject, recipients=members, mask=mask))


def _try(owed: Owed, placer: Placer, numbers: Counter[str]) -> Placed | None:
    """Place a group in the nearest week in which it and a leader can, then name it after that leader."""
    low, high = owed.first // 7, owed.last // 7
    for week in sorted(range(low, high + 1), key=lambda n: (abs(n - owed.wish // 7), n)):
        if any(week in placer.ledger.touched[member] for member in owed.subject.recipients):
            continue
        found = placer.in_week(owed, week, stand_in=False)
        if found and found.owner:
            numbers[found.owner] += 1
            key = owed.key._replace(subject=found.owner, ordinal=numbers[found.owner])
            return replace(found, owed=replace(owed, key=key))
    return None
