"""What teams and whole sites have in turn."""

from collections import Counter, defaultdict

from csweek.model.basics import Audience
from csweek.plan.again.rest import by_subject
from csweek.plan.level.spread import anywhere
from csweek.plan.level.turns import team_turns
from csweek.plan.owed.acts import Owed, Placed
from csweek.plan.steps.books import Books, Step

SHARED = (Audience.TEAM, Audience.ORGANISATION)


def shared_turns(books: Books) -> Step:
    """Place the turns of teams and sites that nothing stands for."""
    had = by_subject(books.stands, SHARED)
    standing, fallen = Counter(one.mark for events in had.values() for one in events), books.stands.again()
    wanted: list[Owed] = []
    for act in books.chosen(*SHARED):
        by_team: defaultdict[str, list[Owed]] = defaultdict(list)
        subjects = books.subjects[act.offer.action.audience]
        for owed in team_turns(act, subjects, books.days, standing, fallen):
            by_team[owed.subject.id].append(owed)
        for subject, owed_here in by_team.items():
            wanted += books.unmet(owed_here, [one for one in had.get(subject, ()) if one.action == act.id])
    books.let_go_unasked(had)
    for events in had.values():
        for one in events:
            if one.live and books.stays(one):
                books.placer.slots.beside.setdefault(one.mark, set()).add(one.day)
    in_turn = sorted(wanted, key=lambda each: (each.wish, each.act.id, each.subject.id, each.ordinal))
    placed: list[Placed] = []
    left = anywhere(in_turn, placed, books.placer)
    return Step(placed, [owed.mark for owed in left])
