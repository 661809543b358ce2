"""From what the user wrote to a revision of the year: the order in which everything is decided."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from csweek.errors import Problem
from csweek.model.basics import Year
from csweek.model.inputs import Inputs
from csweek.model.plan import Plan, Revision
from csweek.plan import ownerless, repeats, uneven, waiting
from csweek.plan.again import idle
from csweek.plan.again.keep import standing
from csweek.plan.again.renamed import relabelled
from csweek.plan.again.stood import Stood, replacing
from csweek.plan.deal import Dealt, deal, next_lessons
from csweek.plan.earlier import Earlier
from csweek.plan.lessons import Lessons, circumstances, remembered
from csweek.plan.owed import heirs
from csweek.plan.owed.acts import Act, act_of
from csweek.plan.owed.demand import offers
from csweek.plan.owed.suggest import one_limit
from csweek.plan.placing.preparing import Workdays
from csweek.plan.reach import within_reach
from csweek.plan.record.compare import Comparison, in_order, keys
from csweek.plan.record.kinds import Kinds
from csweek.plan.record.languages import spoken, turned
from csweek.plan.record.recorder import Recorder, order
from csweek.plan.record.sayings import sayings
from csweek.plan.steps.books import Start
from csweek.plan.told import warnings
from csweek.plan.turning import Asking, Whose, with_ideas
from csweek.plan.when.days import days
from csweek.rows import KIND, SERIAL
from csweek.rows.encoder import table_of
from csweek.rows.table import Changes, Table, revision_of

DEALS = 10
"""So often a fresh year is dealt at most."""
HALVINGS = 3
"""So often it is tried whether a year is even that loses less."""
DEALT = 12_000
"""About so many events are dealt in all: a large year is dealt again less often, or not at all."""


class Built(Struct, frozen=True, dict=True):
    """A year's table, how it differs from the one before, and what was not possible."""

    table: Table
    changes: Changes
    warnings: tuple[Problem, ...]

    @cached_property
    def revision(self) -> Revision:
        """The same as events."""
        return revision_of(self.table, self.changes)


def build(
    inputs: Inputs, year: Year, today: date, before: Plan | None, revised: datetime, calendar_id: UUID
) -> Built:
    """Plan the year, or bring the plan before up to date; nothing before today changes.

    ``revised`` is the time of this revision in UTC; ``before`` a plan of the same year.
    """
    empty = Plan(year, (), 0, revised, calendar_id)
    return bring_up_to_date(inputs, table_of(before or empty), today, revised)


def bring_up_to_date(
    inputs: Inputs,
    before: Table,
    today: date,
    revised: datetime,
    *,
    afresh: bool = False,
    earlier: Earlier | None = None,
) -> Built:
    """Plan the year of a table, which may have no rows yet; nothing before today changes.

    ``afresh`` deals the untouched future again; ``earlier`` is what the years before leave. The table's
    texts grow by those that are new.
    """
    year = before.year
    since = before.since or max(year.first, today)
    there = days(inputs, year, since)
    offered, stretched = within_reach(offers(inputs, there), inputs, there)
    ahead = there.ahead(there.index(max(since, today)))
    acts = tuple(act_of(offer, number, ahead, there) for number, offer in enumerate(offered))
    stands = standing(before, today, inputs, there, acts, afresh=afresh)
    lessons = remembered({} if afresh else before.given_up, inputs, replacing(acts))
    dealt = _dealt(Start(inputs, there, acts, stands, earlier or Earlier()), lessons)
    workdays = Workdays(there, dealt.books.ledger, there.index(today))
    recorder = Recorder(before, inputs, there, revised, Kinds(before, inputs, there, today, workdays))
    found = _compared(dealt, before, recorder)
    said = sayings(inputs, before.said)
    found.reads_otherwise(said, before, today)
    languages = spoken(before.spoken, inputs, revised)
    changes = replace(found.changes(), turned=turned(before.spoken, languages))
    same = changes.empty and before.revision > 0 and before.since == since
    fresh = replace(
        before,
        rows=in_order(found.rows),
        revision=before.revision + (not same),
        revised=before.revised if same else revised,
        next_serial=found.next_serial,
        since=since,
        shares=dealt.share,
        said=said,
        spoken=languages,
        given_up={mark: (n, circumstances(mark[1], inputs)) for mark, n in dealt.given_up.items()},
    )
    if today > year.last:
        return Built(fresh, changes, (warnings.is_over(year, inputs, today),))
    left = heirs.told(heirs.charges(inputs.people, there), inputs.people, max(since, today))
    told = [
        *stands.renamed.told(),
        *left,
        *stretched,
        *dealt.problems,
        *uneven.told(dealt, fresh, inputs),
        *waiting.told(dealt, fresh, inputs),
        *repeats.told(dealt, fresh, inputs, today),
        *idle.told(fresh, stands, inputs, there, dealt.books.ledger),
        *warnings.of_plan(
            fresh, inputs, there, today, ownerless.told(fresh, inputs, dealt.books.placer, today)
        ),
    ]
    return Built(fresh, changes, tuple(one_limit(told)))


class _Try(NamedTuple):
    """A deal, and the lessons that it had."""

    dealt: Dealt
    lessons: Lessons


def _dealt(start: Start, lessons: Lessons) -> Dealt:
    """Deal a year; a fresh one is dealt again with what was learned, so that its weeks are even.

    Of several the one that lacks least is taken, of equal ones the last, whose gaps are narrowest.
    """
    tries = [_Try(deal(start, lessons), lessons)]
    for follow, times in ((_more, DEALS - 1), (_less, HALVINGS)):
        for _ in range(times):
            known = follow(tries)
            if known is None:
                break
            tries.append(_Try(deal(start, known), known))
    return _best(tries).dealt


def _best(tries: Sequence[_Try]) -> _Try:
    """Return the deal that lacks least; what the only one lacks, which takes long to count, is not asked."""
    return min(reversed(tries), key=lambda one: one.dealt.lack) if len(tries) > 1 else tries[0]


def _goes_on(tries: Sequence[_Try]) -> bool:
    """Whether a year is so small that it is dealt again."""
    return tries[0].dealt.books.fresh and sum(len(one.dealt.placed) for one in tries) <= DEALT


def _more(tries: Sequence[_Try]) -> Lessons | None:
    """Return what the last deal taught, where that may make a better one: what is lost all others give up."""
    if not _goes_on(tries):
        return None
    last = tries[-1]
    learned = next_lessons(*last)
    if learned == last.lessons:
        return None
    if last.dealt.books.anew:
        uneven, lacking = _best(tries).dealt.lack
        if not uneven and len(learned.lost) > lacking:
            return None
    return learned


def _less(tries: Sequence[_Try]) -> Lessons | None:
    """Return the lessons of the best deal with half of what it lost beyond one that was not as good."""
    if len(tries) == 1 or not (_goes_on(tries) and tries[0].dealt.books.anew):
        return None
    best = _best(tries)
    lost = best.lessons.lost
    enough = max((len(one.lessons.lost) for one in tries if len(one.lessons.lost) < len(lost)), default=0)
    more = len(lost) - enough
    if best.dealt.lack[0] or more < 2:
        return None
    return replace(best.lessons, lost=lost[: enough + more // 2], patient=False, laid=None)


def _compared(dealt: Dealt, before: Table, recorder: Recorder) -> Comparison:
    """Compare what stands and what was dealt with the rows before."""
    books, placed = dealt.books, dealt.placed
    standing_ones = list(books.standing())
    stood_kinds = [recorder.kinds.refreshed(one, act) if act else one.row[KIND] for one, act in standing_ones]
    dealt_kinds = [recorder.kinds.dealt(owed, seat) for owed, seat in placed]
    stood = list(zip(standing_ones, stood_kinds, strict=True))
    asking = _asking(dealt, dealt_kinds, stood)
    ideas = with_ideas(asking, books.inputs, books.days, recorder.kinds, books.past)
    del asking, stood  # of a large year they are many
    found = Comparison(recorder, {row[SERIAL]: row for row in before.rows}, before.next_serial)
    seen: set[int] = set()
    for at, (one, _) in enumerate(standing_ones):
        seen.add(one.row[SERIAL])
        found.stands(one.row, recorder.renewed(one, ideas.get(~at, stood_kinds[at])))
    known = {**keys(before.rows), **recorder.keys(books.stands.open())}
    for at in order(placed):
        old = known.get(recorder.key(placed[at])) if known else None
        serial = found.next_serial if old is None else old[SERIAL]
        row = recorder.row(placed[at], serial, ideas.get(at, dealt_kinds[at]))
        if old is None:
            found.new(row)
        else:
            seen.add(serial)
            found.dealt(row, old)
    for one in books.stands.closed():
        if one.row[SERIAL] not in seen:
            seen.add(one.row[SERIAL])
            found.stands(one.row, relabelled(before, one.row, books.stands.renamed))
    for row in before.rows:
        if row[SERIAL] not in seen:
            found.gone(row)
    return found


def _asking(
    dealt: Dealt,
    kinds: Sequence[int],
    standing_ones: Sequence[tuple[tuple[Stood, Act | None], int]],
) -> Mapping[Whose, Sequence[Asking]]:
    """Return the events that ideas may be for or go with: those of the audiences that ask for any.

    What was dealt is known by its position, what stands by the complement of its position.
    """
    asks = {
        action.audience
        for turn in dealt.books.inputs.themes
        for action in turn.theme.actions.values()
        if action.ideas
    }
    found: defaultdict[Whose, list[Asking]] = defaultdict(list)
    for at, (owed, seat) in enumerate(dealt.placed):
        subject = owed.subject
        if subject.audience in asks:
            asking = Asking(seat.day, owed.act.id, kinds[at], at, subject.recipients)
            found[subject.audience, subject.id].append(asking)
    there: list[tuple[Stood, int, int | None]] = [
        (one, one.row[KIND], None) for one in dealt.books.stands.past
    ]
    there += [(one, kind, ~at) for at, ((one, _), kind) in enumerate(standing_ones)]
    for one, kind, place in there:
        audience = one.kind.audience
        if audience in asks:
            found[audience, one.subject].append(Asking(one.day, one.action, kind, place, one.recipients))
    return found
