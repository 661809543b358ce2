"""The ideal moments of every chosen event: even for each team and person, staggered between them."""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count, pairwise

from csweek.model.basics import Audience
from csweek.plan.owed.acts import Act, Mark, Owed
from csweek.plan.owed.demand import Offer, Subject, turns, turns_kept
from csweek.plan.when.days import Days, bits, week, weeks_there

BESIDE_FIXED = 100
"""After this the chosen events of an action are numbered that has fixed days as well."""
GOLDEN = 0.6180339887498949
AGAIN = 89
"""After so many ranks the order of actions is the same again; a Fibonacci number keeps them spread."""
END_OF_DAY = 0.999999
"""Added to a day of some hundred it is still that day, as what is nearer to 1 is not."""
Need = tuple[Act, int]
"""An action and how many turns of it are owed."""


def evenly(number: int, phase: float) -> tuple[float, ...]:
    """Return that many places from 0 to 1, a step apart, the first one a phase of a step in."""
    return tuple((turn + phase) / number for turn in range(number))


def chosen(act: Act, subject: Subject, places: Sequence[float], half: float, days: Days) -> list[Owed]:
    """Return the chosen events at these places of the subject's own time, within ``half`` on either side.

    Places and ``half`` are shares of the available days, from 0 to 1.
    """
    there = bits(subject.mask & act.offer.mask & days.open)
    size, of, last = len(there), len(places), len(there) - 1
    number = BESIDE_FIXED if act.offer.anchors else 0
    found = []
    for turn, place in enumerate(places, 1):
        at, low, high = place * size, int((place - half) * size), int((place + half) * size)
        day = int(at)
        wish = there[min(last, day)] + min(at - day, END_OF_DAY)
        first = there[max(0, low)]
        found.append(Owed(act, subject, number + turn, wish, first, there[min(last, high)], turn, of))
    return found


# --- teams and sites -----------------------------------------------------------------------------


def team_turns(
    act: Act,
    subjects: Sequence[Subject],
    days: Days,
    standing: Mapping[Mark, int],
    fallen: Mapping[Mark, int],
) -> Iterator[Owed]:
    """Yield the chosen events of teams or sites; teams are staggered, sites go together.

    ``standing`` are how many there are already, and ``fallen`` how many cannot stay where they are.
    """
    for rank, subject in enumerate(subjects):
        mark = act.id, subject.id
        kept = turns_kept(act.offer, subject, days, standing.get(mark, 0), fallen.get(mark, 0))
        number = max(turns(act.offer, subject, days), kept)
        phase = 0.5 if subject.audience is Audience.ORGANISATION else (rank + 0.5) / len(subjects)
        if number:
            places = (
                _weekly(act.offer, subject, days, phase) if _is_weekly(act, subject, number, days) else None
            )
            yield from chosen(act, subject, places or evenly(number, phase), 0.5 / number, days)


def _is_weekly(act: Act, subject: Subject, number: int, days: Days) -> bool:
    """Whether there is a turn in every week in which the subject is there."""
    return number == weeks_there(subject.mask & act.offer.mask & days.open, days.year.weeks)


def _weekly(offer: Offer, subject: Subject, days: Days, phase: float) -> tuple[float, ...]:
    """Return one place in each available week, on the same day of the week where that is there."""
    mask = subject.mask & offer.mask & days.open
    return _nearest(mask, days.year.weeks, _usual_weekday(mask, days.year.weeks, phase))


@cache
def _nearest(mask: int, weeks: int, usual: int) -> tuple[float, ...]:
    """Return the place of the day in each week that is nearest to a weekday."""
    there = bits(mask)
    rank = {day: number for number, day in enumerate(there)}
    nearest = (
        min(bits(week(mask, number)), key=lambda day: abs(day % 7 - usual))
        for number in range(weeks)
        if week(mask, number)
    )
    return tuple((rank[day] + 0.5) / len(there) for day in nearest)


def _usual_weekday(mask: int, weeks: int, phase: float) -> int:
    """Return the weekday at this phase of the days that are worked in most weeks."""
    common = Counter(day % 7 for day in bits(mask))
    often = sorted(weekday for weekday, times in common.items() if times * 2 > weeks) or [0]
    return often[int(phase * len(often))]


# --- persons -------------------------------------------------------------------------------------


def staggered(subjects: Iterable[Subject]) -> Iterator[tuple[Subject, int, float]]:
    """Yield everyone with their rank and the phase that it gives, from 0 to 1; teams are out of step, too."""
    teams: defaultdict[str | None, list[Subject]] = defaultdict(list)
    for subject in subjects:
        teams[subject.team].append(subject)
    ranks = count()
    for number, members in enumerate(teams.values()):
        shift = (0.5 + number * GOLDEN) % 1
        for place, subject in enumerate(members):
            yield subject, next(ranks) % AGAIN, (place + shift) / len(members)


def person_turns(
    subject: Subject, needs: Sequence[Need], seats: Sequence[int], days: Days, stagger: tuple[int, float]
) -> list[Owed]:
    """Return a person's chosen events at their ideal moments, in order.

    The turns of all actions form one sequence, evenly spaced around the days of the person's groups
    (``seats``), with the actions taking turns in it. ``stagger`` is the person's rank in the team and
    the phase at which the sequence begins.
    """
    number = sum(times for _, times in needs)
    places: defaultdict[int, list[float]] = defaultdict(list)
    in_turn = _in_turn(tuple(times for _, times in needs), stagger[0])
    for place, which in zip(_places(subject, seats, number, stagger[1], days), in_turn, strict=True):
        places[which].append(place)
    half = 0.5 / max(1, number + len(seats))
    found: list[Owed] = []
    for which, (act, _) in enumerate(needs):
        if which in places:
            found += chosen(act, subject, places[which], half, days)
    return found


def _places(subject: Subject, seats: Sequence[int], number: int, phase: float, days: Days) -> Sequence[float]:
    if not seats:
        return evenly(number, phase)
    there = bits(subject.mask & days.open)
    return around(sorted(bisect(there, day) / max(1, len(there)) for day in seats), number, phase)


@cache
def _in_turn(times: tuple[int, ...], rank: int) -> tuple[int, ...]:
    """Return which action each turn of a person's sequence is, every action as evenly as can be."""
    turned = [
        (place, which)
        for which, number in enumerate(times)
        for place in evenly(number, (rank * GOLDEN + which * GOLDEN**2) % 1)
    ]
    return tuple(which for _, which in sorted(turned))


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
    widths = [high - low for low, high in pairwise(edges)]
    steps = [width / (room + 0.01) for width, room in zip(widths, slack, strict=True)]
    for _ in range(number):
        widest = steps.index(max(steps))
        given[widest] += 1
        steps[widest] = widths[widest] / (given[widest] + slack[widest] + 0.01)
    return [place for n in range(len(given)) for place in _stretch(edges, given, slack, n)]


def _stretch(edges: Sequence[float], given: Sequence[int], slack: Sequence[float], n: int) -> list[float]:
    """Return the places of one stretch; only at the year's beginning is there room before the first."""
    low, high = edges[n], edges[n + 1]
    step = (high - low) / (given[n] + slack[n]) if given[n] else 0
    first = low + step * (slack[n] if n == 0 else 1)
    return [first + step * turn for turn in range(given[n])]
