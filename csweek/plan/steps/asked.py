"""What each person is owed, and what of it nobody can give."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from csweek.model.basics import Audience
from csweek.plan.level.turns import Need
from csweek.plan.owed.acts import Mark, act_of
from csweek.plan.owed.demand import turns
from csweek.plan.reach import Needs
from csweek.plan.steps.books import Books


class Asked(NamedTuple):
    """What persons are owed."""

    needs: Needs
    apart: Mapping[str, Sequence[str]]
    """Who shares no day ahead with anyone who may hold an action, by action."""
    over: Collection[Mark]
    """What of this was possible on days that are past: it is owed, but dealt no more."""


def asked(books: Books) -> Asked:
    """Return everyone's turns; none, and that is noted, where no owner shares a day."""
    needs: dict[str, list[Need]] = {}
    apart: defaultdict[str, list[str]] = defaultdict(list)
    over: set[Mark] = set()
    acts = books.chosen(Audience.PERSON)
    for subject in books.subjects[Audience.PERSON]:
        mine = needs[subject.id] = []
        for act in acts:
            number = turns(act.offer, subject, books.days)
            if number <= 0:
                continue
            if not books.placer.can_meet(act, subject):
                if books.is_to_come(subject.id):
                    apart[act.id].append(subject.id)
                whole_year = act_of(act.offer, act.number, books.days.open, books.days)
                if act.mask == whole_year.mask or not books.placer.can_meet(whole_year, subject):
                    continue
                over.add((act.id, subject.id))
            mine.append((act, number))
    return Asked(needs, apart, over)
