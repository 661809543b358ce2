"""Rhythms that can be kept: with too few leaders or minutes they are lengthened, and that is said."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from math import ceil

from msgspec.structs import replace

from csweek.errors import Problem
from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.names import few
from csweek.once import Once
from csweek.plan.level.turns import Need
from csweek.plan.owed.demand import Offer, Subject, as_subject, subjects, turns
from csweek.plan.owed.heirs import charges
from csweek.plan.owed.suggest import FILL, STEP, NeedsMinutes, Rhythm, Short, between, slower, times, written
from csweek.plan.placing.ledger import Ledger
from csweek.plan.when.days import Days, per_week, weeks_there

SEVERAL = 5
"""So many managers are each told about with what would help; of more there is one word for all."""
SPARE = STEP
"""Minutes more for managers than they lack now: with a higher limit leaders' rounds take more of them."""


def within_reach(
    offers: Sequence[Offer], inputs: Inputs, days: Days
) -> tuple[tuple[Offer, ...], tuple[Problem, ...]]:
    """Return the offers with leaders' rhythms as they can be kept, a word on them where they got longer."""
    theirs = [offer for offer in offers if offer.action.owner == "leader" and offer.rhythm]
    if not theirs or not inputs.people.leaders:
        return tuple(offers), ()
    who: Once[Audience, Sequence[Subject]] = Once(lambda audience: subjects(inputs, days, audience))
    alike: Once[Audience, Alike] = Once(lambda audience: _alike(who[audience]))
    booked = _own_people(offers, who[Audience.PERSON], inputs, days)
    if not booked:
        return tuple(offers), ()
    limit = inputs.settings.limits.owner_minutes_per_week
    given = sum(max(min(1, limit), limit - minutes) for minutes in booked)
    short = Short(sum(_minutes(o, alike, days) for o in theirs), given, FILL)
    if short.factor <= 1:
        return tuple(offers), ()
    told = _told(theirs, short, booked, inputs, days, lambda offer: _minutes(offer, alike, days))
    return tuple(replace(o, stretch=short.factor) if o in theirs else o for o in offers), (told,)


Alike = Sequence[tuple[Subject, int]]
"""One of all those who are there on the same days, and how many they are."""


def _alike(who: Iterable[Subject]) -> Alike:
    one = {(subject.mask, subject.pattern): subject for subject in who}
    number = Counter((subject.mask, subject.pattern) for subject in who)
    return [(one[there], number[there]) for there in one]


def _minutes(offer: Offer, who: Mapping[Audience, Alike], days: Days) -> float:
    """Return what an offer asks of all leaders together in the year."""
    action = offer.action
    group = action.audience is Audience.GROUP
    owed = _turns(offer, who[Audience.PERSON if group else action.audience], days)
    return owed * _each(offer) / (action.group_size[0] if group else 1)


def _turns(offer: Offer, who: Alike, days: Days) -> int:
    return sum(number * turns(offer, one, days) for one, number in who)


def _each(offer: Offer) -> int:
    """Return the minutes of one event, preparation included."""
    prepare = offer.action.prepare
    return offer.action.minutes + (prepare.minutes if prepare else 0)


def _own_people(
    offers: Sequence[Offer], everyone: Iterable[Subject], inputs: Inputs, days: Days
) -> list[float]:
    """Return what leaders give to their own people in each of their weeks: that comes first."""
    theirs = [o for o in offers if o.action.owner == "manager" and o.action.audience is Audience.PERSON]
    minutes: Counter[str] = Counter()
    leaders = frozenset(inputs.people.leaders)
    for subject in everyone:
        manager = inputs.people.persons[subject.id].manager
        if manager in leaders:
            minutes[manager] += sum(turns(offer, subject, days) * _each(offer) for offer in theirs)
    there = {one: _weeks(one, days) for one in inputs.people.leaders}
    return [minutes[one] / weeks for one, weeks in there.items() for _ in range(weeks)]


def _weeks(person: str, days: Days) -> int:
    return weeks_there(days.owner[person] & days.open, days.year.weeks)


def _told(
    theirs: Sequence[Offer],
    short: Short,
    booked: Sequence[float],
    inputs: Inputs,
    days: Days,
    minutes: Callable[[Offer], float],
) -> Problem:
    def fits(rhythms: Sequence[Rhythm]) -> bool:
        slow = (replace(offer, rhythm=rhythm) for offer, rhythm in zip(theirs, rhythms, strict=True))
        return sum(map(minutes, slow)) <= FILL * short.given

    number = sum(_weeks(one, days) > 0 for one in inputs.people.leaders)
    limit = inputs.settings.limits.owner_minutes_per_week
    leaders = "1 leader" if number == 1 else f"{number} leaders"
    people = sum(days.person[one.id] & days.open > 0 for one in inputs.people)
    return NeedsMinutes(
        theirs[0].action.place,
        f"{leaders} × {limit} minutes a week cannot meet {people} people as often as "
        f"{few([offer.action.id for offer in theirs])} ask{'s' * (len(theirs) == 1)}; "
        f"the rhythm is {times(short.factor)}",
        enough=short.limit(booked),
        before=tuple(_more_leaders(short, len(booked) / number * limit, people)),
        after=tuple(written(theirs, slower(theirs, short.factor, fits))),
    )


def _more_leaders(short: Short, each: float, people: int) -> Iterator[str]:
    """Yield how many leaders more would be enough; a new one is somebody to be met as well."""
    gain = FILL * each - short.asked / people
    more = ceil((short.asked - FILL * short.given) / gain) if gain > 0 else 0
    if 0 < more <= people:
        yield f"{more} more leader{'' if more == 1 else 's'}"


# --- managers ------------------------------------------------------------------------------------

Needs = Mapping[str, Sequence[Need]]
"""What is owed to each person."""


def kept_by_managers(
    needs: Needs, inputs: Inputs, days: Days, ledger: Ledger
) -> tuple[Needs, Iterator[Problem]]:
    """Return the turns that owners can keep, and a word on each manager who cannot keep all of them.

    For those without a manager the organisers stand in. The words are only found when they are asked for.
    """
    persons, in_charge = inputs.people.persons, charges(inputs.people, days)
    asked: Counter[str] = Counter()
    for person, owed in needs.items():
        manager = persons[person].manager or ""
        minutes = _by_manager(owed)
        if manager in in_charge:
            there = days.person[person] & days.open
            for owner, charge in in_charge[manager]:
                asked[owner] += round(minutes * (there & charge).bit_count() / max(1, there.bit_count()))
        else:
            asked[manager] += minutes
    booked = {manager: _booked(_givers(manager, inputs), days, ledger) for manager in asked}
    limit = inputs.settings.limits.owner_minutes_per_week
    shorts = {
        manager: Short(minutes, sum(max(0, limit - one) for one in booked[manager]), FILL)
        for manager, minutes in asked.items()
    }
    short = {manager: one for manager, one in shorts.items() if one.factor > 1}
    factors = {manager: one.factor for manager, one in short.items()}
    kept = {p: _fewer(owed, factors.get(persons[p].manager or "", 1)) for p, owed in needs.items()}
    return kept, _too_short(short, booked, needs, (inputs, days))


def _by_manager(owed: Sequence[Need]) -> int:
    """Return the minutes that somebody's turns ask of their manager."""
    return sum((act.minutes + act.before) * n for act, n in owed if act.role == "manager")


def _too_short(
    short: Mapping[str, Short],
    booked: Mapping[str, Sequence[float]],
    needs: Needs,
    given: tuple[Inputs, Days],
) -> Iterator[Problem]:
    if len(short) > SEVERAL:
        yield _many(short, max(one.limit(booked[manager]) for manager, one in short.items()), given[0])
    else:
        yield from (_short(m, one, booked[m], needs, given) for m, one in sorted(short.items()))


def _many(short: Mapping[str, Short], enough: int, inputs: Inputs) -> Problem:
    """Return one word on many managers; with the limit ``enough`` all of them could."""
    limit = inputs.settings.limits.owner_minutes_per_week
    factors = sorted(one.factor for one in short.values())
    who = few([inputs.people.persons[m].name if m else "the organisers" for m in sorted(short)])
    return NeedsMinutes(
        inputs.settings.place,
        f"{len(short)} managers × {limit} minutes a week cannot meet their people as often as the theme asks "
        f"({who}); their rhythms are {between(factors[0], factors[-1])}",
        enough=enough + SPARE,
        before=("share their people among more managers",),
    )


def _givers(manager: str, inputs: Inputs) -> Sequence[str]:
    return (manager,) if manager else inputs.people.organisers


def _booked(givers: Iterable[str], days: Days, ledger: Ledger) -> list[int]:
    """Return what owners' weeks hold already, of those in which they are there."""
    return [
        ledger[one].minutes[week] - ledger[one].spread[week]
        for one in givers
        for week, there in enumerate(per_week(days.owner[one] & days.open, days.year.weeks))
        if there
    ]


def _fewer(owed: Sequence[Need], factor: float) -> Sequence[Need]:
    if factor <= 1 and all(act.offer.stretch <= 1 for act, _ in owed):
        return owed
    return [(act, fewer(n, factor if act.role == "manager" else act.offer.stretch)) for act, n in owed]


def fewer(number: int, factor: float) -> int:
    """Return how many turns are left when the rhythm is lengthened by a factor: at least one."""
    return number if factor <= 1 else max(1, int(number / factor))


def _short(
    manager: str, short: Short, booked: Sequence[float], needs: Needs, given: tuple[Inputs, Days]
) -> Problem:
    inputs, days = given
    limit = inputs.settings.limits.owner_minutes_per_week
    known = inputs.people.persons[manager or inputs.people.organisers[0]]
    theirs = _theirs(manager, needs, inputs)
    whom = "" if manager else " without a manager"
    number = short.owners(_by_manager(needs[person]) for person in theirs)
    who, others = known.name, [f"share them among {number} managers"] if number else []
    if not manager:
        who = "The organisers" if len(inputs.people.organisers) > 1 else known.name
        others = ["name the managers of these people"]
    people = "1 person" if len(theirs) == 1 else f"{len(theirs)} people"
    return NeedsMinutes(
        known.place,
        f"{who} × {limit} minutes a week cannot meet {people}{whom} as often as the theme asks; "
        f"the rhythm is {times(short.factor)}",
        enough=short.limit(booked) + SPARE,
        before=others,
        after=tuple(_slower(theirs, short, needs, inputs, days)),
    )


def _theirs(manager: str, needs: Needs, inputs: Inputs) -> Sequence[str]:
    if not manager:
        return [person for person in needs if not inputs.people.persons[person].manager]
    return [person for person in inputs.people.reports.get(manager, ()) if person in needs]


def _slower(theirs: Collection[str], short: Short, needs: Needs, inputs: Inputs, days: Days) -> Iterator[str]:
    """Yield with which rhythms an owner can meet these people."""
    acts = {act.number: act for p in theirs for act, _ in needs[p] if act.role == "manager"}
    offers = [act.offer for act in acts.values()]
    people = _alike([as_subject(inputs.people.persons[person], days) for person in theirs])

    def fits(rhythms: Sequence[Rhythm]) -> bool:
        slow = [replace(offer, rhythm=rhythm) for offer, rhythm in zip(offers, rhythms, strict=True)]
        return sum(_each(offer) * _turns(offer, people, days) for offer in slow) <= FILL * short.given

    return written(offers, slower(offers, short.factor, fits))
