"""The ideal moments of every chosen event: even for each team and person, staggered between them."""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from csweek.model.basics import Audience
from csweek.plan.days import Days, bits, week, weeks_there
from csweek.plan.demand import GOLDEN, Offer, Owed, Subject, chosen, evenly, turns

Need = tuple[Offer, int]
"""An offer and how many turns of it are owed."""


# --- teams and sites -----------------------------------------------------------------------------


def team_turns(offer: Offer, subjects: Sequence[Subject], days: Days) -> Iterator[Owed]:
    """Yield the chosen events of teams or sites; teams are staggered, sites go together."""
    for rank, subject in enumerate(subjects):
        number = turns(offer, subject, days)
        phase = 0.5 if subject.audience is Audience.ORGANISATION else (rank + 0.5) / len(subjects)
        if number:
            places = _weekly(offer, subject, days, phase) if number == _weeks(offer, subject, days) else None
            yield from chosen(offer, subject, days, places or evenly(number, phase), 0.5 / number)


def _weeks(offer: Offer, subject: Subject, days: Days) -> int:
    mask = subject.mask & offer.mask & days.open
    return weeks_there(mask, days.year.weeks)


def _weekly(offer: Offer, subject: Subject, days: Days, phase: float) -> tuple[float, ...]:
    """Return one place in each available week, on the same day of the week where that is there."""
    mask = subject.mask & offer.mask & days.open
    there = bits(mask)
    rank = {day: number for number, day in enumerate(there)}
    usual = _usual_weekday(mask, days, phase)
    nearest = (
        min(bits(week(mask, number)), key=lambda day: abs(day % 7 - usual))
        for number in range(days.year.weeks)
        if week(mask, number)
    )
    return tuple((rank[day] + 0.5) / len(there) for day in nearest)


def _usual_weekday(mask: int, days: Days, phase: float) -> int:
    """Return the weekday at this phase of the days that are worked in most weeks."""
    common = Counter(day % 7 for day in bits(mask))
    often = sorted(weekday for weekday, times in common.items() if times * 2 > days.year.weeks) or [0]
    return often[int(phase * len(often))]


# --- persons -------------------------------------------------------------------------------------


def person_turns(
    subjects: Sequence[Subject],
    needs: Mapping[str, Sequence[Need]],
    seats: Mapping[str, Sequence[int]],
    days: Days,
) -> Iterator[Owed]:
    """Yield every person's chosen events at their ideal moments.

    ``needs`` and ``seats`` (the days of a person's groups) go by the person's id. The turns of all
    actions form one sequence a person, evenly spaced around the groups, with the actions taking turns
    in it; in a team the persons start at evenly staggered phases.
    """
    teams: defaultdict[str | None, list[Subject]] = defaultdict(list)
    for subject in subjects:
        teams[subject.team].append(subject)
    for members in teams.values():
        for rank, subject in enumerate(members):
            stagger = (rank, (rank + 0.5) / len(members))
            yield from _one_person(subject, needs[subject.id], seats.get(subject.id, ()), days, stagger)


def _one_person(
    subject: Subject, needs: Sequence[Need], seats: Sequence[int], days: Days, stagger: tuple[int, float]
) -> Iterator[Owed]:
    number = sum(times for _, times in needs)
    there = bits(subject.mask & days.open)
    seated = sorted(_share_before(there, day) for day in seats)
    places: defaultdict[int, list[float]] = defaultdict(list)
    in_turn = _in_turn([times for _, times in needs], stagger[0])
    for place, which in zip(around(seated, number, stagger[1]), in_turn, strict=True):
        places[which].append(place)
    half = 0.5 / max(1, number + len(seats))
    for which, (offer, _) in enumerate(needs):
        yield from chosen(offer, subject, days, places[which], half)


def _in_turn(times: Sequence[int], rank: int) -> list[int]:
    """Return which action each turn of a person's sequence is, every action as evenly as can be."""
    turned = [
        (place, which)
        for which, number in enumerate(times)
        for place in evenly(number, (rank * GOLDEN + which * GOLDEN**2) % 1)
    ]
    return [which for _, which in sorted(turned)]


def around(seated: Sequence[float], number: int, phase: float) -> list[float]:
    """Return that many places from 0 to 1, as evenly spaced as can be between places taken already.

    Without any the first one lies a phase (0 to 1) of a step in. Otherwise each next place goes to the
    stretch with the widest steps (Adams's apportionment, so that the widest step is as small as can be).
    """
    if not seated:
        return list(evenly(number, phase))
    edges = [0.0, *seated, 1.0]
    given = [0] * (len(edges) - 1)
    # At the year's ends part of a step is enough: the phase before the first place, the rest after the last.
    slack = [phase, *[1.0] * (len(given) - 2), 1 - phase]
    for _ in range(number):
        steps = [(edges[n + 1] - edges[n]) / (given[n] + slack[n] + 0.01) for n in range(len(given))]
        given[steps.index(max(steps))] += 1
    return [place for n in range(len(given)) for place in _stretch(edges, given, slack, n)]


def _stretch(edges: Sequence[float], given: Sequence[int], slack: Sequence[float], n: int) -> Iterator[float]:
    """Yield the places of one stretch; only at the year's beginning is there room before the first."""
    low, high = edges[n], edges[n + 1]
    step = (high - low) / (given[n] + slack[n]) if given[n] else 0
    first = low + step * (slack[n] if n == 0 else 1)
    yield from (first + step * turn for turn in range(given[n]))


def _share_before(there: Sequence[int], day: int) -> float:
    return bisect(there, day) / max(1, len(there))
