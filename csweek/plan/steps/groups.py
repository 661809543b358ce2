"""Small groups with a leader, no more in a week than leave it even."""

from collections.abc import Sequence
from typing import NamedTuple

from csweek.model.basics import Audience
from csweek.plan.lessons import Lessons
from csweek.plan.level.even import LARGE, shares
from csweek.plan.level.pools import Pool, costs, week_shares
from csweek.plan.owed.acts import Act, Placed
from csweek.plan.owed.demand import turns
from csweek.plan.reach import Needs, kept_by_managers
from csweek.plan.rota.seating import Seating
from csweek.plan.steps.books import Books


class _Share(NamedTuple):
    """How many touches of groups each week can have, and who gives the other touches."""

    numbers: list[int]
    pools: Sequence[Pool]


def groups(books: Books, needs: Needs, lessons: Lessons) -> tuple[Sequence[Placed], Seating]:
    """Put groups together beside what persons need, and place them; the seating knows who found none."""
    everyone = books.subjects[Audience.PERSON]
    seating = Seating(everyone, books.holding, books.placer, books.inputs, lessons.given_up)
    acts = books.chosen(Audience.GROUP)
    if not acts:
        return (), seating
    share = _share(books, needs, acts, lessons)
    beside = books.room() if share.pools and len(books.inputs.people) <= LARGE else None
    leaders = set(books.inputs.people.leaders)
    for meeting in books.past.meetings:
        if meeting.leader in leaders:
            books.ledger.meet(meeting.action, meeting.person, meeting.leader)
    placed: list[Placed] = []
    for act in acts:
        less = costs(share.pools, beside, leaders, act.minutes + act.before) if beside else {}
        placed += seating.groups_of(act, share.numbers, less)
    return placed, seating


def _share(books: Books, needs: Needs, acts: Sequence[Act], lessons: Lessons) -> _Share:
    """Return what each week can have of groups and be even: its share of all touches."""
    weeks = books.days.year.weeks
    rounds = [
        (s.mask & books.days.open, sum(turns(act.offer, s, books.days) for act in acts))
        for s in books.subjects[Audience.PERSON]
    ]
    pools: Sequence[Pool] = ()
    if books.anew:
        can, _ = kept_by_managers(needs, books.inputs, books.days, books.ledger)
        pools = books.pools(lessons.without(can), books.room())
        share = week_shares(pools, rounds, weeks)
    else:
        owed = (
            (mask, sum(n for _, n in needs[s.id]) + number)
            for s, (mask, number) in zip(books.subjects[Audience.PERSON], rounds, strict=True)
        )
        share = shares(owed, weeks)
    numbers = [int(part) for part in share]
    for day in (day for days in books.seats(()).values() for day in days):
        numbers[day // 7] -= 1
    return _Share(numbers, pools)
