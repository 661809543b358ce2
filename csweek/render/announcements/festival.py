"""Customer Service Week: the countdown, the first morning, each of the five days, and the day after."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from csweek.model.basics import Practice, Visibility, monday_of, sunday_of
from csweek.model.plan import Event
from csweek.model.theme import CSW_DAYS, DAY_AFTER, Action, Every, PerYear
from csweek.render.announcements.announcement import Draft
from csweek.render.announcements.happenings import Happenings, day_of
from csweek.render.announcements.newsroom import Circle, Newsroom, friday, last_csw, next_csw
from csweek.render.announcements.note import Item
from csweek.render.announcements.voice import Voice
from csweek.render.announcements.weekly import spotlight, strip, whose

SLOT_WEEKS = 3
"""A site without a working day in CSW's week holds it the week after, and then its day after."""
MOST_COMING = 6
COMING_DAYS = 28


def countdown(room: Newsroom, circle: Circle, day: date) -> Iterator[Draft]:
    """Yield how far away CSW is, unless it is on."""
    csw, voice = next_csw(day), circle.voice
    weeks = (csw - monday_of(day)).days // 7
    if weeks:
        facts = {
            **_frame(room, circle, csw),
            "weeks": weeks,
            "when": voice.in_weeks(weeks),
            "programme": tuple(_outlined(_programme(room, circle, csw))),
        }
        yield Draft("countdown", day.isoformat(), csw, facts, strip(room, monday_of(day)))


def kickoff(room: Newsroom, circle: Circle, day: date) -> Iterator[Draft]:
    """Yield what is read on the first morning of the CSW that is on, else of the next one."""
    csw = next_csw(day)
    opening = _slot(room, circle, CSW_DAYS[0], csw)
    first = _held(opening, csw) if opening else csw
    facts = {
        **_frame(room, circle, csw),
        "whole": first == csw,
        "trait": spotlight(room, circle, csw, opening[0].trait if opening else None),
        "programme": _programme(room, circle, csw),
    }
    yield Draft("kickoff", first.isoformat(), csw, facts, strip(room, csw))


def csw_day(room: Newsroom, circle: Circle, day: date, slot: str) -> Iterator[Draft]:
    """Yield one of the five days, for a circle that it has something for."""
    csw = next_csw(day)
    today = _slot(room, circle, slot, csw)
    number = CSW_DAYS.index(slot) + 1
    if not today:
        return
    held = _held(today, csw + timedelta(days=number - 1))
    following = _following(room, circle, (slot, csw), held)
    facts = {
        "whose": whose(room, circle),
        "number": number,
        "title": circle.voice.say(today[0].title),
        "day": circle.voice.dated(held),
        "trait": spotlight(room, circle, csw, today[0].trait),
        "today": tuple(Happenings(room, circle, sunday_of(csw)).items(today)),
        "same_day": _all_on(held, today),
        "next": circle.voice.say(following.title) if following else "",
        "next_day": _next_day(circle.voice, following, held) if following else "",
    }
    yield Draft("csw-day", held.isoformat(), csw, facts, strip(room, csw))


def _held(day: Sequence[Event], usual: date) -> date:
    """Return when one of the five days is held: as usual where it is anywhere, else where it comes first."""
    return usual if any(event.date == usual for event in day) else day[0].date


def _following(room: Newsroom, circle: Circle, day: tuple[str, date], held: date) -> Event | None:
    """Return what comes next: of a team's own days the next one, else the programme's next day."""
    slot, csw = day
    number = CSW_DAYS.index(slot) + 1
    slots = [one for one in CSW_DAYS if one != slot] if circle.team else CSW_DAYS[number : number + 1]
    coming = (event for one in slots for event in _slot(room, circle, one, csw) if event.date > held)
    return min(coming, key=lambda event: event.date, default=None)


def _next_day(voice: Voice, event: Event, held: date) -> str:
    """Return the day of what comes next, nothing where it is tomorrow."""
    return "" if event.date == held + timedelta(days=1) else voice.weekday(event.date)


def _all_on(day: date, events: Iterable[Event]) -> bool:
    return all(day_of(event) == day for event in events)


def day_after(room: Newsroom, circle: Circle, day: date) -> Iterator[Draft]:
    """Yield what stays, on the day after the CSW that is on, else after the next one."""
    csw = _csw_of_day_after(day)
    said = _slot(room, circle, DAY_AFTER, csw)
    held = min((event.date for event in said), default=csw + timedelta(days=7))
    facts = {
        "whose": whose(room, circle),
        "day": circle.voice.dated(held),
        "promise": tuple(Happenings(room, circle, held).items(said)),
        "same_day": _all_on(held, said),
        "kept": tuple(_kept(room, circle, held)),
        "coming": tuple(_coming(room, circle, held)),
    }
    yield Draft("day-after", held.isoformat(), csw, facts, strip(room, monday_of(held)))


def _csw_of_day_after(day: date) -> date:
    """Return the Monday of a CSW that ended at most two weeks ago, else of the next one."""
    latest = last_csw(day)
    return latest if (day - latest).days < 21 else next_csw(day)


def _frame(room: Newsroom, circle: Circle, csw: date) -> dict[str, object]:
    return {
        "whose": whose(room, circle),
        "days": circle.voice.days(csw, friday(csw)),
        "motto": circle.voice.say(room.inputs.theme_on(csw).motto),
    }


def _slot(room: Newsroom, circle: Circle, slot: str, csw: date) -> tuple[Event, ...]:
    """Return the events of a slot that a circle may know of, in CSW's week or the two after it."""
    actions = room.slot(slot, csw)
    weeks = (csw + timedelta(days=7 * number) for number in range(SLOT_WEEKS))
    return tuple(
        event
        for monday in weeks
        if actions
        for event in room.week(monday).events(circle.team)
        if event.action in actions
    )


def _programme(room: Newsroom, circle: Circle, csw: date) -> tuple[Item, ...]:
    """Return what the five days hold, each thing once."""
    events = [event for slot in CSW_DAYS for event in _slot(room, circle, slot, csw)]
    return tuple(Happenings(room, circle, sunday_of(csw)).items(events))


def _outlined(programme: Iterable[Item]) -> Iterator[Item]:
    """Yield each thing on its first day alone, on any other day with where it is held then."""
    seen = set[str]()
    for item in programme:
        yield item if item.text in seen else replace(item, remark="")
        seen.add(item.text)


# --- what stays ---------------------------------------------------------------------------------------


def _kept(room: Newsroom, circle: Circle, day: date) -> Iterator[Item]:
    """Yield what the theme owes all year and the plan still holds after a day, with its rhythm."""
    goes_on = room.goes_on(day)
    for action in room.inputs.theme_on(day).actions.values():
        if action.id in goes_on and _is_open(action) and (rhythm := _rhythm(action, circle.voice)):
            yield Item(rhythm, circle.voice.say(action.title))


def _is_open(action: Action) -> bool:
    return action.visibility is not Visibility.SURPRISE and action.practice is not Practice.CELEBRATION


def _rhythm(action: Action, voice: Voice) -> str:
    match action.rhythm:
        case Every(count, unit):
            return voice.tell(f"rhythm.{unit}", count=count)
        case PerYear(times):
            return voice.tell("rhythm.times", count=times)
        case _:
            return ""


def _coming(room: Newsroom, circle: Circle, day: date) -> Iterator[Item]:
    """Yield the next things of the coming weeks, each title once."""
    first, last = day + timedelta(days=1), day + timedelta(days=COMING_DAYS)
    seen = set[str]()
    for monday in (monday_of(first) + timedelta(days=7 * week) for week in range(COMING_DAYS // 7 + 1)):
        week = room.week(monday).events(circle.team)
        events = [e for e in week if first <= day_of(e) <= last and e.practice is not Practice.CELEBRATION]
        for item in Happenings(room, circle, day).items(events):
            if item.text not in seen and len(seen) < MOST_COMING:
                seen.add(item.text)
                yield item
