"""What found no day: because those who may give it have no minutes left, or no hour that all have free.

Of the first it is known with which limit there would be minutes: each is put, one after the other, into the
week that it makes least full, beside all that is planned.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush, heapreplace

from csweek.errors import Problem
from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.model.theme import Action
from csweek.names import few
from csweek.once import Once
from csweek.plan.owed.acts import Act
from csweek.plan.owed.demand import Subject
from csweek.plan.owed.suggest import STEP, NeedsMinutes
from csweek.plan.placing.place import Placer
from csweek.plan.placing.slots import most_away
from csweek.plan.told.wording import name_of, warning
from csweek.plan.when.days import bits

SEVERAL = 8
"""So many actions are each told about; of more there is one word for all."""
ASKED = 4
"""Of several who may give something so many are looked at: those who give least."""


def told(
    left: Iterable[tuple[Act, Subject]],
    groups: Mapping[Act, Mapping[Subject, int]],
    placer: Placer,
    inputs: Inputs,
) -> Iterator[Problem]:
    """Yield what found no day, by action and by what it lacks; minutes with the limit that is enough.

    ``groups`` tells who found how many groups too few, though there are leaders for them.
    """
    fuller, limit = _Fuller(placer), inputs.settings.limits.owner_minutes_per_week + 1
    minutes: defaultdict[Act, list[str]] = defaultdict(list)
    hours: defaultdict[Act, list[str]] = defaultdict(list)
    weeks: defaultdict[Act, list[str]] = defaultdict(list)
    # In one order, as the first ones take the emptiest weeks, and what was given up before comes in another.
    for act, subject in sorted(left, key=lambda one: (one[0].number, one[1].id)):
        filled = fuller.with_one_more(act, subject) if act.offer.rhythm else None
        lacks = minutes if filled is not None else weeks if fuller.is_full(act, subject) else hours
        lacks[act].append(name_of(subject.id, inputs))
        limit = max(limit, filled or 0)
    for act, those in groups.items():
        if those:
            asked = [fuller.with_one_more(act, one) or 0 for one in _seated(act, those, inputs)]
            limit = max(limit, *asked)
            yield _no_leader(act, those, inputs, limit if any(asked) else None)
    for action, what, whom in _found(minutes):
        yield NeedsMinutes(
            action.place,
            f"{what} found no day, because whoever may give it has no minutes left ({whom})",
            enough=-(-limit // STEP) * STEP,
            after=("a deputy for the owner", "ask for it less often"),
        )
    for action, what, whom in _found(weeks):
        yield warning(
            f"{what} found no week without thanks, and nobody is thanked twice in one ({whom})",
            "ask for less: all actions for persons and groups together at most once a week",
            action,
        )
    for action, what, whom in _found(hours):
        yield warning(
            f"{what} found no day on which owner and recipient are both there and free ({whom})",
            "widen event_hours or owner_hours, give the owner a deputy, or ask for it less often",
            action,
        )


def _seated(act: Act, those: Mapping[Subject, int], inputs: Inputs) -> Iterator[Subject]:
    """Yield one for each group that these would be put in."""
    most = inputs.settings.limits.max_team_away
    teams = Counter(one.team for one in those)
    number = max(
        -(-len(those) // act.offer.action.group_size[1]),
        *(-(-count // most_away(team, inputs.people, most)) for team, count in teams.items()),
    )
    for one in list(those)[:number]:
        yield from [one] * those[one]


def _no_leader(act: Act, those: Iterable[Subject], inputs: Inputs, limit: int | None) -> Problem:
    whom = few([name_of(one.id, inputs) for one in those])
    message = f"{act.id}: no leader had minutes and an hour left for {whom}"
    ways = "give one more the role leader", "ask for it less often"
    if limit is None:
        return warning(message, ", or ".join(ways), act.offer.action)
    enough = -(-limit // STEP) * STEP
    return NeedsMinutes(act.offer.action.place, message, enough=enough, after=ways)


def _found(lacking: Mapping[Act, Sequence[str]]) -> Iterator[tuple[Action, str, str]]:
    """Yield for each action, or for many of them once, how many it lacks and who they are for."""
    many = [list(lacking)] if len(lacking) > SEVERAL else [[act] for act in lacking]
    for acts in many if lacking else ():
        names = [name for act in acts for name in lacking[act]]
        what = f"{few([act.id for act in acts])}: {len(names):,}"
        yield acts[0].offer.action, what, few(sorted(set(names)))


class _Fuller:
    """Owners' weeks with more in them than the limit allows."""

    def __init__(self, placer: Placer) -> None:
        self._placer = placer
        self._minutes: Once[str, list[int]] = Once(lambda owner: list(placer.ledger[owner].minutes))
        self._given: Once[str, int] = Once(lambda owner: sum(self._minutes[owner]))
        self._queues = Once(self._queue)
        """By who may give the same: what each gave when last looked at, the place among them, and who."""
        self._had: Once[str, int] = Once(lambda subject: placer.ledger.touched.get(subject, 0))
        """The weeks, as bits, in which a person has a touch."""

    def with_one_more(self, act: Act, subject: Subject) -> int | None:
        """Put an event into a week; return the minutes of its fullest one then, None where it lacks hours."""
        ways: list[tuple[int, int, str]] = []
        for owner in self._owners(act, subject):
            giver = self._placer.ledger[owner]
            weeks = bits(self._placer.shared_weeks(act, subject, owner) & ~self._had[subject.id])
            if act.timed and any(giver.can(week, act.minutes, act.before, act.ahead) for week in weeks):
                return None
            if weeks:
                week = min(weeks, key=self._minutes[owner].__getitem__)
                ways.append((self._filled(act, owner, week), week, owner))
        if not ways:
            return None
        filled, week, owner = min(ways)
        self._minutes[owner][week] += act.minutes
        self._minutes[owner][self._placer.ledger[owner].early[act.ahead][week]] += act.before
        self._given[owner] += act.minutes + act.before
        if subject.audience is Audience.PERSON:
            self._had[subject.id] |= 1 << week
        return filled

    def is_full(self, act: Act, subject: Subject) -> bool:
        """Whether a person has something in every week in which anybody could give it."""
        weeks, owners = 0, self._owners(act, subject)
        for owner in owners:
            weeks |= self._placer.shared_weeks(act, subject, owner)
        if not owners:
            weeks = sum(1 << week for week, there in enumerate(subject.weeks) if there)
        return subject.audience is Audience.PERSON and weeks > 0 and not weeks & ~self._had[subject.id]

    def _queue(self, owners: Sequence[str]) -> list[tuple[int, int, str]]:
        return sorted((self._given[owner], place, owner) for place, owner in enumerate(owners))

    def _owners(self, act: Act, subject: Subject) -> list[str]:
        """Return those who are asked first, else who stands in; of many those who give least."""
        known = self._placer.owners.of(act.role, subject)
        queue = self._queues[known.first or known.stand_in]
        least: list[tuple[int, int, str]] = []
        while queue and len(least) < ASKED:
            entry = queue[0]
            now = (self._given[entry[2]], *entry[1:])
            if entry == now:
                least.append(heappop(queue))
            else:
                heapreplace(queue, now)
        for entry in least:
            heappush(queue, entry)
        return [owner for _, _, owner in least]

    def _filled(self, act: Act, owner: str, week: int) -> int:
        minutes = self._minutes[owner]
        if not act.before:
            return minutes[week] + act.minutes
        early = self._placer.ledger[owner].early[act.ahead][week]
        on_the_day = minutes[week] + act.minutes + (act.before if early == week else 0)
        return max(on_the_day, minutes[early] + act.before)
