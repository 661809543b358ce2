"""Changes by hand: what the organiser moves, cancels and marks, each as a new revision.

Nothing here is refused because a rule speaks against it: ``csweek.plan.by_hand.breaks`` says so.
Refused is only what cannot be (an event that there is not, a day that has gone), all of it in one UsageError.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from csweek import zones
from csweek.errors import Problem, UsageError
from csweek.model.basics import TIMED, Audience, Status, monday_of
from csweek.model.inputs import Inputs
from csweek.model.people import WorkTime
from csweek.model.plan import Event, Plan, Revision
from csweek.names import guessed
from csweek.plan.again.stood import SETTLED
from csweek.plan.by_hand.revision import Now, revise, said
from csweek.plan.placing.preparing import worked
from csweek.plan.when.days import Days, days
from csweek.plan.when.hours import FULL_DAY, meeting_window


class Target(Struct, frozen=True):
    """Where events are moved, of which anything may be left open: what is not given stays as it is."""

    day: date | None = None
    weekday: int | None = None
    """0 is Monday, of the event's own week."""
    days: int = 0
    """So many days later, or earlier."""
    at: time | None = None
    """The local hour."""
    owner: str | None = None

    def of(self, event: Event) -> date:
        """Return the day that it means for an event."""
        if self.weekday is not None:
            return monday_of(event.date) + timedelta(days=self.weekday)
        return self.day or event.date + timedelta(days=self.days)


# --- move, cancel, mark ------------------------------------------------------------------------------


def move(plan: Plan, ids: Iterable[str], to: Target, now: Now, inputs: Inputs) -> Revision:
    """Put events on another day or hour, or give them to another owner; a cancelled one is planned again.

    Raises UsageError for unknown ids, for what is past or marked, and for days that cannot be.
    """
    events = named(plan, ids)
    _refuse(p for event in events for p in _fixed_for_good(event, now, "csweek done or missed marks it"))
    there = days(inputs, plan.year, plan.year.first)
    moved = [(event, _prepared(_moved(event, to, inputs), there, now)) for event in events]
    _refuse(p for _, after in moved for p in _impossible(after, to, plan, now))
    return revise(plan, moved, now)


def cancel(plan: Plan, ids: Iterable[str], now: Now) -> Revision:
    """Cancel events so that nothing takes their place. Raises UsageError as ``move`` does."""
    events = named(plan, ids)
    _refuse(p for event in events for p in _fixed_for_good(event, now, "csweek missed says it was not held"))
    gone = [(event, replace(event, status=Status.CANCELLED, by_hand=True)) for event in events if event.live]
    return revise(plan, gone, now)


def mark(plan: Plan, ids: Iterable[str], status: Status, now: Now) -> Revision:
    """Say that events were held or missed, also past ones. Raises UsageError for unknown ids.

    What is cancelled cannot be missed; it may have been held all the same.
    """
    events = named(plan, ids)
    if status is Status.MISSED:
        cancelled = (event for event in events if not event.live)
        _refuse(Problem(None, f"{e.id} is cancelled, so nobody missed it") for e in cancelled)
    return revise(plan, [(event, replace(event, status=status)) for event in events], now)


def named(plan: Plan, ids: Iterable[str]) -> tuple[Event, ...]:
    """Return the events with these ids, each once. Raises UsageError that says which may have been meant."""
    known = {event.id: event for event in plan.events}
    wanted = tuple(dict.fromkeys(ids))
    _refuse(_unknown(ident, known, plan) for ident in wanted if ident not in known)
    return tuple(known[ident] for ident in wanted)


def _unknown(ident: str, known: Collection[str], plan: Plan) -> Problem:
    hint = guessed(ident, known, "csweek show week lists ids")
    return Problem(None, f"there is no event {ident} in {plan.year.label}", hint)


def _fixed_for_good(event: Event, now: Now, hint: str) -> Iterator[Problem]:
    if event.status in SETTLED:
        other = "missed" if event.status is Status.DONE else "done"
        if_not = f"if it was not so, csweek {other} {event.id}, or csweek undo where that was the last change"
        yield Problem(None, f"{event.id} is marked {event.status} already", if_not)
    elif event.date < now.today:
        yield Problem(None, f"{event.id} was on {said(event.date)}, which is past", hint)


def _impossible(event: Event, to: Target, plan: Plan, now: Now) -> Iterator[Problem]:
    """Name what is wrong with the day or hour at which an event now is."""
    if event.date not in plan.year:
        span = f"it runs from {said(plan.year.first)} to {said(plan.year.last)}"
        yield Problem(None, f"{event.id}: {said(event.date)} is not in the year {plan.year.label}", span)
    elif event.date < now.today:
        yield Problem(None, f"{event.id}: {said(event.date)} is past", "take a day from today on")
    if to.at is not None and event.channel not in TIMED:
        yield Problem(None, f"{event.id} is a {event.channel}, which has no hour", "leave --at out")


def _refuse(problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise UsageError(found)


# --- a moved event -----------------------------------------------------------------------------------


def _moved(event: Event, to: Target, inputs: Inputs) -> Event:
    day = to.of(event)
    start = _start(event, day, to.at, inputs) if event.start else None
    end = start and _later(start, event.minutes)
    after = replace(event, date=day, start=start, end=end, status=Status.PLANNED, by_hand=True)
    other = to.owner not in {None, event.owner}
    if not other and day == event.date:
        return after
    reason = {name: value for name, value in event.reason.items() if name != "owner_minutes"}
    return (
        replace(after, owner=to.owner, reason=reason | {"owner_why": "hand"})
        if other
        else replace(after, reason=reason)
    )


def _prepared(event: Event, there: Days, now: Now) -> Event:
    """Return a moved event, prepared in the same week on a day on which its owner works."""
    present = there.owner.get(event.owner or "")
    if event.prepare is None or present is None or event.date not in there.year:
        return event
    since = max(0, there.index(now.today))
    prepare = worked(event.prepare, there.index(event.date), present, since, lambda _: False)
    return replace(event, prepare=prepare)


def _start(event: Event, day: date, at: time | None, inputs: Inputs) -> datetime | None:
    """Return when it begins: at the hour given, else at the one it had; a night shift goes on after 0:00."""
    if event.start is None:
        return None
    days_on = (event.start.date() - event.date).days if at is None else int(_next_morning(event, at, inputs))
    wall = datetime.combine(day + timedelta(days=days_on), at or event.start.time())
    # An hour that a clock change leaves out becomes the one that follows it.
    zone = zones.zone(event.timezone)
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def _later(start: datetime, minutes: int) -> datetime:
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)


def _next_morning(event: Event, at: time, inputs: Inputs) -> bool:
    """Whether an hour lies after midnight in the shift that began on the event's day."""
    low, high = meeting_window(_work(event, inputs))
    minute = at.hour * 60 + at.minute
    return minute < low and minute + FULL_DAY < high


def _work(event: Event, inputs: Inputs) -> WorkTime:
    """Return the working hours of whom an event is for, of the first one where they are several."""
    people, site = inputs.people, inputs.settings.sites.get(event.site)
    known = [people.persons[one] for one in event.recipients if one in people.persons]
    if known:
        return known[0].work
    team = people.teams.get(event.key.subject) if event.audience is Audience.TEAM else None
    return team.work if team else site.work if site else WorkTime()
