"""How good what was dealt is: how even its weeks are, and who waits too long."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from csweek.model.basics import Audience
from csweek.plan.again.rest import by_subject
from csweek.plan.level.even import Counted, bound
from csweek.plan.level.pools import week_shares
from csweek.plan.level.spread import bits, ranks, wide
from csweek.plan.level.turns import Need
from csweek.plan.owed.acts import Act, Placed
from csweek.plan.steps.books import Books


def counted(books: Books, placed: Iterable[Placed]) -> Counted:
    """Return how many touches each week has with what was placed, and the share of what everyone has."""
    chosen: defaultdict[Audience, list[Placed]] = defaultdict(list)
    for owed, seat in placed:
        if not owed.fixed:
            chosen[owed.subject.audience].append((owed, seat))
    own, seats = chosen[Audience.PERSON], books.seats(chosen[Audience.GROUP])
    needs: defaultdict[str, list[Need]] = defaultdict(list)
    had = Counter([*((owed.act, owed.subject.id) for owed, _ in own), *_standing(books)])
    for (act, person), number in had.items():
        needs[person].append((act, number))
    everyone = books.subjects[Audience.PERSON]
    in_groups = ((s.mask & books.days.open, len(seats[s.id])) for s in everyone if s.id in seats)
    share = week_shares(books.pools(needs, books.room(dealt=own)), in_groups, books.days.year.weeks)
    known = books.days.person
    touched = [weeks for person, weeks in books.ledger.touched.items() if weeks and person in known]
    found = Counter(week for weeks in touched for week in bits(weeks))
    sizes = [len(owed.subject.recipients) for owed, _ in chosen[Audience.GROUP]]
    sizes += [len(one.recipients) for one in books.stands.all() if one.counts and not one.kind.fixed]
    return Counted([found[week] for week in range(len(share))], share, max(sizes, default=1), len(touched))


def _standing(books: Books) -> Iterable[tuple[Act, str]]:
    """Yield the action and the person of each touch that stands and is no group's."""
    acts = {act.id: act for act in books.chosen(Audience.PERSON)}
    for events in by_subject(books.stands, (Audience.PERSON,)).values():
        yield from (
            (acts[one.action], one.subject) for one in events if books.stays(one) and one.action in acts
        )


def waits(books: Books) -> Mapping[str, int]:
    """Return who waits longer than anyone should, and by how many weeks."""
    weeks, touched = books.days.year.weeks, books.ledger.touched
    found: dict[str, int] = {}
    for subject in books.subjects[Audience.PERSON]:
        had = touched.get(subject.id, 0)
        if had & had - 1:
            rank = ranks(subject.mask & books.days.open, weeks)
            most = bound(rank[-1] + 1, had.bit_count())
            over = [rank[late] - rank[early] - most for early, late in wide(had, rank, most)]
            if over:
                found[subject.id] = max(over)
    return found
