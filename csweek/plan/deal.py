"""One deal of a year: what is owed finds its day, owner and hour, in the order of docs/planning.md."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from csweek.errors import Problem
from csweek.plan.again.rest import same_again
from csweek.plan.lessons import Lessons
from csweek.plan.level.even import Counted
from csweek.plan.level.pools import Pool
from csweek.plan.owed.acts import Act, Mark, Placed
from csweek.plan.owed.demand import Subject
from csweek.plan.placing import lacking
from csweek.plan.search.settle import Settled, narrower
from csweek.plan.steps.asked import asked
from csweek.plan.steps.books import Books, Start
from csweek.plan.steps.given import given_days
from csweek.plan.steps.groups import groups
from csweek.plan.steps.persons import touches
from csweek.plan.steps.teams import shared_turns
from csweek.plan.steps.worth import counted, waits
from csweek.plan.told import undealt


class Dealt(Struct, frozen=True, dict=True):
    """A year as one deal leaves it."""

    books: Books
    """What stands, and the account of all that is given."""
    placed: Sequence[Placed]
    share: Sequence[float]
    """Every week's share of the touches."""
    pools: Sequence[Pool]
    """What the same people are asked to give."""
    given_up: Mapping[Mark, int]
    """Turns of persons that found no day or no group."""
    problems: Sequence[Problem]
    settled: Settled
    learned: Lessons
    """What this teaches, with what deals before did."""

    @cached_property
    def counted(self) -> Counted:
        """How even the weeks are."""
        return counted(self.books, self.placed)

    @cached_property
    def waits(self) -> Mapping[str, int]:
        """Who waits longer than anyone should, and by how many weeks."""
        return waits(self.books)

    @property
    def lack(self) -> tuple[bool, float]:
        """What it lacks: first, whether weeks are as even and waits as short as is promised, then touches."""
        off, waiting = self.counted.furthest[0], sum(self.waits.values())
        return off >= 1 or waiting > 0, sum(self.given_up.values()) + max(0, off - 1) + waiting


def deal(start: Start, lessons: Lessons) -> Dealt:
    """Deal a year with what deals before have taught."""
    books = Books(start)
    given = given_days(books)
    shared = shared_turns(books)
    needs = asked(books)
    apart = undealt.never_together(needs.apart, start.acts, start.inputs)
    seated, seating = groups(books, needs.needs, lessons)
    personal = touches(books, needs, seated, lessons)
    books.hand_out()
    placed = [*given.placed, *shared.placed, *seated, *personal.placed]
    if books.stands.afresh:
        placed = same_again(placed, books.stands)
    left = [*given.left, *shared.left, *personal.given_up.elements()]
    lacks = lacking.told(_to_come(left, books), seating.waiting, books.placer, start.inputs)
    return Dealt(
        books,
        placed,
        personal.share,
        personal.pools,
        personal.given_up + seating.left,
        [*given.problems, *apart, *seating.problems, *personal.problems, *lacks],
        personal.settled,
        personal.learned,
    )


def next_lessons(dealt: Dealt, lessons: Lessons) -> Lessons:
    """Return what is known after a deal that had these lessons; the same where it taught nothing.

    Where nothing else is left to learn a long search tells whether gaps can be narrower.
    """
    learned = dealt.learned
    if learned == lessons and not (learned.patient or dealt.settled.level.narrowest):
        laid = narrower(dealt.settled)
        return replace(learned, patient=True, laid=laid) if laid else lessons
    return learned


def _to_come(left: Iterable[Mark], books: Books) -> Iterator[tuple[Act, Subject]]:
    """Yield what found no day, but for those who are not there any more."""
    acts = {act.id: act for act in books.acts}
    left = [mark for mark in left if mark[0] in acts]
    audiences = {acts[action].offer.action.audience for action, _ in left}
    subjects = {audience: {one.id: one for one in books.subjects[audience]} for audience in audiences}
    for action, ident in left:
        act = acts[action]
        subject = subjects[act.offer.action.audience].get(ident)
        if subject and books.is_to_come(ident):
            yield act, subject
