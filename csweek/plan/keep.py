"""The same plan after a change: what stands, what has to go, and how two revisions differ."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from csweek.model.basics import HANDED_OVER, TIMED, Audience, Occasion, Status, Thanks
from csweek.model.inputs import Inputs
from csweek.model.plan import Event, Key, Plan, Revision
from csweek.plan.days import Days, week
from csweek.plan.demand import Offer, Owed

SETTLED = frozenset({Status.DONE, Status.MISSED})
UNHELD = frozenset({Status.MISSED, Status.CANCELLED})
"""What does not count towards what is owed, unless it was cancelled by hand."""
Mark = tuple[str, str]
"""An action and a subject."""


@dataclass(frozen=True)
class Standing:
    """What stays of an earlier plan, and the highest ordinals that were ever given."""

    past: tuple[Event, ...]
    """Before today, done, missed, or cancelled by hand: it is as it is, whatever the files say now."""
    future: tuple[Event, ...]
    """Still possible where they are."""
    numbers: Mapping[Mark, int]
    today: int
    """The position of today in the year; negative before it begins."""


def standing(
    before: Plan | None, today: date, inputs: Inputs, days: Days, offers: Sequence[Offer]
) -> Standing:
    """Return what stays of the plan before; the rest is dealt again or cancelled."""
    events = before.events if before else ()
    numbers: Counter[Mark] = Counter()
    for event in events:
        mark = (event.action, event.key.subject)
        numbers[mark] = max(numbers[mark], event.key.ordinal)
    past = tuple(event for event in events if _settled(event, today))
    by_action: defaultdict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        by_action[offer.action.id].append(offer)
    open_ones = (event for event in events if event.live and not _settled(event, today))
    kept = (_kept(event, by_action[event.action], inputs, days) for event in open_ones)
    return Standing(past, tuple(event for event in kept if event), numbers, days.index(today))


def _settled(event: Event, today: date) -> bool:
    return event.date < today or event.status in SETTLED or (event.by_hand and not event.live)


def counts(event: Event) -> bool:
    """Whether an event counts towards what is owed; one that was cancelled by hand counts as had."""
    return event.status not in UNHELD or (event.by_hand and not event.live)


def _kept(event: Event, offers: Sequence[Offer], inputs: Inputs, days: Days) -> Event | None:
    """Return an event that can stay on its day with its owner; a group goes on without who is gone."""
    if event.by_hand:
        return _kept_by_hand(event, offers, inputs, days)
    bit = 1 << days.index(event.date)
    offer = next((o for o in offers if o.mask & bit), None)
    if offer is None or (offer.action.channel in TIMED) != (event.start is not None):
        return None
    there = tuple(p for p in event.recipients if _there(p, bit, inputs, days))
    owner = _employed_owner(event, inputs)
    owned = owner is None or owner_there(owner, event, bit, days)
    subject = event.key.subject
    match event.audience:
        case Audience.PERSON:
            possible = there == event.recipients
        case Audience.GROUP:
            possible = bool(there)
        case Audience.TEAM:
            possible = bool(days.team.get(subject, 0) & bit)
        case Audience.ORGANISATION:
            possible = bool(days.site.get(subject, 0) & bit)
    if not (possible and owned):
        return None
    return (
        replace(event, recipients=there, owner=owner)
        if there != event.recipients or owner != event.owner
        else event
    )


def _employed_owner(event: Event, inputs: Inputs) -> str | None:
    """Return the owner, nobody where they have left: the event then stays and gets another one."""
    owner = inputs.people.persons.get(event.owner or "")
    return event.owner if owner and owner.employed(event.date) else None


def _kept_by_hand(event: Event, offers: Sequence[Offer], inputs: Inputs, days: Days) -> Event | None:
    """Return a moved event where it was put while those it is for exist; without its owner it goes on.

    An occasion that somebody no longer wants remembered is no longer theirs.
    """
    subject = event.key.subject
    present = tuple(p for p in event.recipients if _exists(p, event.date, inputs))
    match event.audience:
        case Audience.PERSON:
            stays = bool(present) and not _unwanted(event, offers, inputs)
        case Audience.GROUP:
            stays = bool(present)
        case Audience.TEAM:
            stays = subject in days.team
        case Audience.ORGANISATION:
            stays = subject in days.site
    return replace(event, owner=_employed_owner(event, inputs), recipients=present) if stays else None


def _exists(person: str, day: date, inputs: Inputs) -> bool:
    known = inputs.people.persons.get(person)
    return known is not None and known.thanks is not Thanks.NEVER and known.employed(day)


def _unwanted(event: Event, offers: Sequence[Offer], inputs: Inputs) -> bool:
    occasions = {anchor.kind for offer in offers for anchor in offer.anchors}
    unwished = {str(one) for one in Occasion} - {
        str(one) for one in inputs.people.persons[event.key.subject].celebrate
    }
    return event.fixed and bool(occasions) and occasions <= unwished


def owner_there(owner: str, event: Event, bit: int, days: Days) -> bool:
    """Whether the owner is there, or for what is handed over, there in that week and off on that weekday."""
    if owner not in days.person:
        return False
    if days.person[owner] & bit:
        return True
    this_week = week(days.person[owner], days.year.week_of(event.date))
    return event.channel in HANDED_OVER and bool(this_week) and not days.pattern[owner] & bit


def _there(person: str, bit: int, inputs: Inputs, days: Days) -> bool:
    known = inputs.people.persons.get(person)
    return known is not None and known.thanks is not Thanks.NEVER and bool(days.person[person] & bit)


# --- what is still to be dealt -------------------------------------------------------------------


@dataclass(frozen=True)
class Rest:
    """What is still to be dealt, and which standing events are no longer owed."""

    owed: tuple[Owed, ...]
    surplus: frozenset[Key]


def rest_of_fixed(owed: Sequence[Owed], stands: Standing, days: Days) -> Rest:
    """Return the fixed events that do not stand on their day already."""
    on_day = {event.key: days.index(event.date) for event in (*stands.past, *stands.future) if event.fixed}
    settled = {event.key for event in stands.past} | {event.key for event in stands.future if event.by_hand}
    left = tuple(each for each in owed if each.key not in settled and on_day.get(each.key) != each.first)
    keys = {each.key: each.first for each in owed}
    movable = (e for e in stands.future if e.fixed and not e.by_hand)
    gone = (e.key for e in movable if keys.get(e.key) != days.index(e.date))
    return Rest(left, frozenset(gone))


def rest_of_chosen(
    owed: Iterable[Owed], stands: Standing, days: Days, audiences: frozenset[Audience]
) -> Rest:
    """Return the turns of these audiences that nothing stands for; new ones get unused ordinals.

    A turn whose window is over is no longer owed, unless what stood for it was missed. A standing event
    takes the turn nearest to it. Where there are too many, those put there by hand stay.
    """
    had: defaultdict[Mark, list[Event]] = defaultdict(list)
    by_hand_first = sorted(stands.future, key=lambda event: not event.by_hand)
    for event in (*stands.past, *by_hand_first):
        if not event.fixed and counts(event) and event.audience in audiences:
            had[event.action, event.key.subject].append(event)
    wanted: defaultdict[Mark, list[Owed]] = defaultdict(list)
    for each in owed:
        wanted[each.key.action, each.key.subject].append(each)
    missed = Counter(
        (e.action, e.key.subject) for e in stands.past if e.status is Status.MISSED and not e.fixed
    )
    left = [
        new for mark, each in wanted.items() for new in _unmet(each, had[mark], stands, days, missed[mark])
    ]
    surplus = (event for mark, events in had.items() for event in events[len(wanted[mark]) :])
    future = {event.key for event in stands.future if not event.by_hand}
    return Rest(tuple(left), frozenset(event.key for event in surplus) & future)


def _unmet(
    owed: Sequence[Owed], events: Sequence[Event], stands: Standing, days: Days, missed: int
) -> list[Owed]:
    """Return the turns of one subject that are left, with fresh ordinals."""
    left = list(owed)
    for event in events[: len(owed)]:
        moment = days.index(event.date)
        left.remove(min(left, key=lambda each: abs(each.wish - moment)))
    over = [each for each in left if each.last < stands.today]
    left = over[len(over) - missed :] * bool(missed) + [each for each in left if each.last >= stands.today]
    mark = (owed[0].key.action, owed[0].key.subject)
    if mark not in stands.numbers:
        return left
    first = stands.numbers[mark] + 1
    return [replace(each, key=each.key._replace(ordinal=number)) for number, each in enumerate(left, first)]


# --- two revisions -------------------------------------------------------------------------------


def revise(before: Plan | None, fresh: Plan) -> Revision:
    """Return how a fresh plan differs from the one before; what no longer stands stays in it, cancelled.

    Events of the fresh plan are in order, with the ids that the plan before knows them by, or new ones.
    """
    known = {event.key: event for event in before.events} if before else {}
    events: list[Event] = []
    added: list[Event] = []
    moved: list[tuple[Event, Event]] = []
    changed: list[Event] = []
    for event in fresh.events:
        old = known.pop(event.key, None)
        if old is None:
            added.append(event)
        events.append(_renewed(old, event, fresh.revised) if old else event)
        if old and events[-1].sequence != old.sequence:
            _sort_out(old, events[-1], (added, moved, changed))
    cancelled = [_cancelled(event, fresh.revised) for event in known.values() if event.live]
    quiet = [event for event in known.values() if not event.live]
    if known:
        events = sorted((*events, *cancelled, *quiet), key=lambda event: event.sort_key)
    plan = replace(fresh, events=tuple(events))
    return Revision(plan, tuple(added), tuple(moved), tuple(changed), tuple(cancelled))


def _renewed(old: Event, new: Event, revised: datetime) -> Event:
    """Return the new event as the old one's next form; a difference that people see is a new sequence."""
    if new is old:
        return old
    same = replace(new, sequence=old.sequence, changed=old.changed, reason=old.reason)
    if same == old:
        return old
    return replace(new, sequence=old.sequence + 1, changed=revised)


def _sort_out(
    old: Event, new: Event, into: tuple[list[Event], list[tuple[Event, Event]], list[Event]]
) -> None:
    added, moved, changed = into
    if not old.live:
        added.append(new)
    elif (old.date, old.start) != (new.date, new.start):
        moved.append((old, new))
    else:
        changed.append(new)


def _cancelled(event: Event, revised: datetime) -> Event:
    return replace(event, status=Status.CANCELLED, sequence=event.sequence + 1, changed=revised)
