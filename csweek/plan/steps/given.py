"""Given days: what is owed on a day that the theme or a person names."""

from collections.abc import Iterable, Iterator

from csweek.plan.again.rest import rest_of_fixed
from csweek.plan.owed.acts import Mark, Owed, Placed
from csweek.plan.owed.fixed import Lost, fixed
from csweek.plan.placing.preparing import Prepared
from csweek.plan.steps.books import Books, Step
from csweek.plan.told import undealt
from csweek.rows import SERIAL


def given_days(books: Books) -> Step:
    """Put what is owed on given days there; what stands and is on another day now is let go."""
    found = [
        each
        for act in books.acts
        if act.offer.anchors
        for each in fixed(act, books.subjects[act.offer.action.audience], books.inputs, books.days)
    ]
    lost = undealt.lost([each for each in found if isinstance(each, Lost)], books.inputs)
    rest = rest_of_fixed([each for each in found if isinstance(each, Owed)], books.stands)
    books.let_go(one for one in books.stands.future if one.row[SERIAL] in rest.surplus)
    placed: list[Placed] = []
    left: list[Mark] = []
    ahead = books.days.ahead(books.stands.today)
    books.placer.preparing.stand(_prepared(books))
    for owed in sorted(rest.owed, key=lambda each: (each.first, each.act.id, each.subject.id, each.ordinal)):
        if ahead >> owed.first & 1:
            seat = books.placer.on_its_day(owed)
            if seat:
                placed.append((owed, seat))
            else:
                left.append(owed.mark)
    for (action, subject), day in _in_turn_too(books, placed):
        books.placer.slots.given.setdefault(action, {}).setdefault(subject, set()).add(day)
    return Step(placed, left, [*lost, *books.placer.preparing.told(books.inputs)])


def _in_turn_too(books: Books, placed: Iterable[Placed]) -> Iterator[tuple[Mark, int]]:
    """Yield the given days of what also has a rhythm, those that stand and these."""
    both = {act.id for act in books.acts if act.offer.anchors and act.offer.rhythm}
    if both:
        yield from (
            (one.mark, one.day) for one, _ in books.standing() if one.kind.fixed and one.action in both
        )
        yield from ((owed.mark, seat.day) for owed, seat in placed if owed.act.id in both)


def _prepared(books: Books) -> Iterator[Prepared]:
    """Yield what stands on given days and is prepared by an owner some of whose weeks are too full."""
    full = {one.id: one for one in books.ledger.values() if max(one.minutes) > one.limit}
    for one, act in books.standing() if full else ():
        if act and one.kind.fixed and one.kind.before and one.owner in full:
            yield Prepared(act, one.day // 7, full[one.owner], one.kind.ahead)
