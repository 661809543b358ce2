"""An event of the plan before, read from its row: with what its action and its team are called now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from csweek.model.basics import (
    TIMED,
    Audience,
    Channel,
    Prepare,
    Status,
)
from csweek.plan.again.renamed import Renamed
from csweek.plan.owed.acts import Act, Mark
from csweek.plan.placing.ledger import Ledger, occupied
from csweek.plan.when.days import Days
from csweek.plan.when.hours import FULL_DAY, Window, offset
from csweek.rows import ACTION, BY_HAND, DAY, KIND, ORDINAL, OWNER, RECIPIENTS, STARTS, STATUS, SUBJECT, Plain
from csweek.rows.table import Table

SHARED = frozenset({Audience.TEAM, Audience.ORGANISATION})
SETTLED = frozenset({Status.DONE, Status.MISSED})
UNHELD = frozenset({Status.MISSED, Status.CANCELLED})
"""What does not count towards what is owed, unless it was cancelled by hand."""
EPOCH = date(1970, 1, 1)
TICKS = 120_000_000
"""What a minute is in a wall time of ``csweek.rows``."""


class Kind(Struct, frozen=True):
    """What the planner asks of what many events have alike."""

    audience: Audience
    fixed: bool
    channel: Channel
    role: str
    timezone: str
    minutes: int
    prepare: Prepare | None
    before: int
    """Minutes of preparation."""
    ahead: int
    """How many weeks before the event these fall due."""
    idea: str | None


class Stood(Struct, frozen=True):
    """An event of the plan before, with what its row means."""

    row: Plain
    action: str
    subject: str
    ordinal: int
    day: int
    """Its position in the year."""
    start: int | None
    """The moment at which it begins, where it has an hour."""
    owner: str | None
    recipients: tuple[str, ...]
    kind: Kind
    live: bool
    by_hand: bool
    status: str
    again: tuple[int, int | None] | None = None
    """Why another owner has it now, and the minutes that this makes in that owner's week."""

    @property
    def mark(self) -> Mark:
        """Its action and its subject."""
        return (self.action, self.subject)

    @property
    def window(self) -> Window | None:
        """Its moments, where it has an hour."""
        return None if self.start is None else (self.start, self.start + self.kind.minutes)

    @property
    def counts(self) -> bool:
        """Whether it counts towards what is owed; one that was cancelled by hand counts as had."""
        return self.status not in UNHELD or (self.by_hand and not self.live)


def stood(table: Table, days: Days, names: Renamed) -> Iterable[Stood]:
    """Yield the events of a table, each with what its row means; teams and sites as they are called now."""
    decoder = table.decoder
    text = decoder.text
    kinds = {number: _kind(decoder.kinds[number]) for number in {row[KIND] for row in table.rows}}
    people: dict[int, tuple[str, ...]] = {}
    first = days.year.first.toordinal()
    for row in table.rows:
        day, kind = row[DAY] - first, kinds[row[KIND]]
        listed = row[RECIPIENTS]
        recipients = people.get(listed)
        if recipients is None:
            recipients = people[listed] = tuple(text[one] for one in decoder.people[listed])
        owner, status = row[OWNER], row[STATUS]
        yield Stood(
            row, text[row[ACTION]], names.subject(kind.audience, text[row[SUBJECT]]), row[ORDINAL],
            day, _start(row, day, kind, days), owner and text[owner], recipients,
            kind, status != Status.CANCELLED, bool(row[BY_HAND]), status,
        )  # fmt: skip


def taken_over(events: Iterable[Stood], acts: Sequence[Act], today: date, days: Days) -> Iterable[Stood]:
    """Yield events, those of an action that is gone as events of the one that ``replaces:`` it.

    What is past keeps its ordinal, and its row its action: it counts as had of the new one.
    """
    heirs = replacing(acts)
    if not heirs:
        yield from events
        return
    known = list(events)
    used = {(*one.mark, one.ordinal) for one in known}
    for one in known:
        heir = heirs.get(one.action)
        if heir is None:
            yield one
            continue
        if one.day < days.index(today) or one.status in SETTLED:
            yield replace(one, action=heir)
            continue
        ordinal = one.ordinal
        while (heir, one.subject, ordinal) in used:
            ordinal += 1
        used.add((heir, one.subject, ordinal))
        yield replace(one, action=heir, ordinal=ordinal)


def replacing(acts: Iterable[Act]) -> Mapping[str, str]:
    """Return the action that takes over from each that is gone."""
    actions = [act.offer.action for act in acts]
    offered = {action.id for action in actions}
    return {a.replaces: a.id for a in actions if a.replaces and a.replaces not in offered}


def _kind(kind: Mapping[str, Any]) -> Kind:
    prepare = kind["prepare"]
    before, ahead = (prepare.minutes, prepare.weeks) if prepare else (0, 0)
    return Kind(
        kind["audience"], kind["fixed"], kind["channel"], kind["owner_role"], kind["timezone"],
        kind["minutes"], prepare, before, ahead, kind["idea"],
    )  # fmt: skip


def _start(row: Plain, day: int, kind: Kind, days: Days) -> int | None:
    starts = row[STARTS]
    if starts is None or kind.channel not in TIMED:
        return None
    minutes = starts // TICKS - (days.year.first - EPOCH).days * FULL_DAY
    return int(minutes - offset(kind.timezone, days.date(day)))


def book(one: Stood, shared: Collection[str], ledger: Ledger, times: int = 1) -> None:
    """Book an event that is there already; a cancelled or missed one takes nothing.

    ``shared`` are the actions whose owners take turns; ``times`` is -1 for taking it out again.
    """
    if one.status in UNHELD:
        return
    kind, owner, week = one.kind, one.owner, one.day // 7
    if owner:
        giver = ledger[owner]
        giver.give(one.day, times * kind.minutes, times * kind.before, max(0, week - kind.ahead))
        if kind.before and kind.fixed:
            giver.prepared[max(0, week - kind.ahead)] += times * kind.before
        if kind.audience is Audience.PERSON and not kind.fixed:
            giver.spread[week] += times * kind.minutes
            giver.spread[max(0, week - kind.ahead)] += times * kind.before
        if one.action in shared:
            ledger.given[one.action][owner] += times
            for recipient in one.recipients:
                ledger.meet(one.action, recipient, owner, times)
    if not kind.fixed:
        for recipient in one.recipients:
            touched = ledger.touched[recipient]
            ledger.touched[recipient] = touched | 1 << week if times > 0 else touched & ~(1 << week)
    window = one.window
    if window:
        account = ledger.take if times > 0 else ledger.free
        account(occupied(kind.audience, one.subject, one.recipients, owner), *window)
