"""The week of every chosen event: even in sum, even for each person, within each one's own time.

Touches (an event seen by one recipient) are walked in the order of their ideal moments. Each week takes
as many as the rounded cumulative share says (the chairman assignment problem: Tijdeman 1980), earliest
ideal moment first within its window (Steiner and Yeomans 1993). docs/planning.md has the reasoning.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import accumulate

from csweek.model import Audience
from csweek.plan.days import Days, bits, per_week, week
from csweek.plan.demand import GOLDEN, Offer, Owed, Subject, chosen, evenly, turns
from csweek.plan.place import Placed, Placer

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
    return sum(1 for there in per_week(mask, days.year.weeks) if there)


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
    placed: Mapping[str, Sequence[int]],
    days: Days,
) -> Iterator[Owed]:
    """Yield every person's chosen events at their ideal moments.

    ``needs`` and ``placed`` (the days of what a person already has: groups) go by the person's id. The
    turns of all actions form one sequence a person, evenly spaced, with the actions taking turns in it;
    in a team the persons start at evenly staggered phases.
    """
    teams: defaultdict[str | None, list[Subject]] = defaultdict(list)
    for subject in subjects:
        teams[subject.team].append(subject)
    for members in teams.values():
        for rank, subject in enumerate(members):
            phase = (rank + 0.5) / len(members)
            yield from _one_person(
                subject, needs[subject.id], placed.get(subject.id, ()), days, (rank, phase)
            )


def _one_person(
    subject: Subject, needs: Sequence[Need], taken: Sequence[int], days: Days, stagger: tuple[int, float]
) -> Iterator[Owed]:
    there = bits(subject.mask & days.open)
    turned: list[tuple[float, int]] = [(_share_before(there, day), -1) for day in taken]
    for number, (_, times) in enumerate(needs):
        first = (stagger[0] * GOLDEN + number * GOLDEN**2) % 1
        turned += [(place, number) for place in evenly(times, first)]
    places: defaultdict[int, list[float]] = defaultdict(list)
    for turn, (_, number) in enumerate(sorted(turned)):
        places[number].append((turn + stagger[1]) / len(turned))
    for number, (offer, _) in enumerate(needs):
        yield from chosen(offer, subject, days, places[number], 0.5 / len(turned))


def _share_before(there: Sequence[int], day: int) -> float:
    return sum(1 for other in there if other < day) / max(1, len(there))


def shares(owed: Iterable[tuple[int, int]], weeks: int) -> tuple[float, ...]:
    """Return each week's share of touches, from (days available, touches owed) of everyone."""
    total = [0.0] * weeks
    by_mask: Counter[int] = Counter()
    for mask, number in owed:
        by_mask[mask] += number
    for mask, number in by_mask.items():
        if mask:
            each = number / mask.bit_count()
            for index, there in enumerate(per_week(mask, weeks)):
                total[index] += each * there
    return tuple(total)


@dataclass(frozen=True, slots=True)
class Walked:
    """What found a week, and what did not."""

    placed: tuple[Placed, ...]
    left: tuple[Owed, ...]


def walk(queue: Sequence[Owed], share: Sequence[float], given: Mapping[int, int], placer: Placer) -> Walked:
    """Place every owed event in a week; what finds none is returned beside.

    ``share`` is each week's share of touches, ``given`` the touches that weeks already have.
    """
    coming = sorted(queue, key=lambda owed: (owed.first // 7, owed.wish, owed.key))
    targets = [int(total + 0.5) for total in accumulate(share)]
    heap: list[tuple[float, int]] = []
    placed: list[Placed] = []
    released = so_far = 0
    for number, target in enumerate(targets):
        while released < len(coming) and coming[released].first // 7 <= number:
            heappush(heap, (coming[released].wish, released))
            released += 1
        so_far += given.get(number, 0)
        taken = _one_week(heap, coming, number, target - so_far, placer)
        so_far += len(taken)
        placed += taken
    rest = [coming[index] for _, index in sorted(heap)] + list(coming[released:])
    return _anywhere(rest, placed, placer)


def _one_week(
    heap: list[tuple[float, int]], coming: Sequence[Owed], number: int, budget: int, placer: Placer
) -> list[Placed]:
    """Take the earliest that the week can have; those whose window ends go over the budget if they must."""
    placed: list[Placed] = []
    aside: list[tuple[float, int]] = []
    while heap and (len(placed) < budget or coming[heap[0][1]].last // 7 <= number):
        entry = heappop(heap)
        owed = coming[entry[1]]
        last = owed.last // 7 <= number
        found = None if _too_near(owed, number, placer) else placer.in_week(owed, number, stand_in=last)
        if found:
            placed.append(found)
        else:
            aside.append(entry)
    for entry in aside:
        heappush(heap, entry)
    return placed


def _too_near(owed: Owed, number: int, placer: Placer) -> bool:
    """Whether the person has something within half a step of this week."""
    near = max(1, (owed.last - owed.first) // 14)
    touched = placer.ledger.touched[owed.subject.id]
    return any(other in touched for other in range(number - near + 1, number + near))


def _anywhere(rest: Sequence[Owed], placed: list[Placed], placer: Placer) -> Walked:
    """Try every week for what is left, the nearest to the ideal one first."""
    left: list[Owed] = []
    for owed in rest:
        found = nearest_week(owed, placer)
        if found:
            placed.append(found)
        else:
            left.append(owed)
    return Walked(tuple(placed), tuple(left))


def nearest_week(owed: Owed, placer: Placer) -> Placed | None:
    """Place an event in the week nearest to its ideal one that can have it."""
    weeks = sorted(range(placer.days.year.weeks), key=lambda number: (abs(number - owed.wish // 7), number))
    touched = placer.ledger.touched[owed.subject.id] if owed.subject.audience is Audience.PERSON else ()
    tries = (placer.in_week(owed, number) for number in weeks if number not in touched)
    return next((found for found in tries if found), None)
