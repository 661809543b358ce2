"""Why an event is as it is: the codes and figures of its reason, told in sentences when asked for."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Self

from msgspec import Struct

from csweek.model.basics import Audience, Channel
from csweek.model.plan import Directory, Event

OWNER_WHY = {
    "own": "the manager of those it is for",
    "turn": "the {role} whose turn it was: least given so far, and least met",
    "stand_in": "stands in, because no {role} was there with minutes left that week",
    "nobody_may": "stands in, because there is no {role} who may do this for them",
    "hand": "the organiser chose so",
    "heir": "the manager above, because their own manager has left by then",
    "nobody": "{a} {role} is wanted: nobody who could stand in was there",
    "no_minutes": "{a} {role} is wanted: nobody who could stand in had minutes left that week",
    "no_hour": "{a} {role} is wanted: nobody who could stand in had an hour free for it",
}

WEEKDAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


class Week(Struct, frozen=True):
    """How full the week of an event is."""

    thanks: int
    """By name: the recipients of events for persons and groups whose day was chosen."""
    share: float | None
    """As many as the week should have; None where that is not known."""
    minutes: int
    """What the event's owner gives in it, preparation included."""

    @classmethod
    def of(cls, events: Iterable[Event], share: float | None, minutes: int) -> Self:
        """Count the thanks of a week's events."""
        own = {Audience.PERSON, Audience.GROUP}
        chosen = (event for event in events if event.live and not event.fixed and event.audience in own)
        return cls(sum(len(event.recipients) for event in chosen), share, minutes)


def explain(event: Event, directory: Directory, week: Week | None = None) -> Iterator[str]:
    """Yield the sentences on an event: what asked for it, its day, its week, its owner, its people."""
    yield _asked(event)
    if event.by_hand:
        yield "The organiser put it where it is." if event.live else "The organiser cancelled it."
    else:
        yield from _day(event)
    if week:
        yield _full(week)
    yield _owner(event, directory, week)
    if event.idea:
        yield (
            f"The idea {event.idea}: of the practice that had waited longest here, the fitting one that had "
            "waited longest."
        )
    if event.trait:
        yield f"The trait in the spotlight: {event.trait}."


def _full(week: Week) -> str:
    thanks = "1 thanks" if week.thanks == 1 else f"{week.thanks} thanks"
    share = "" if week.share is None else f", its share is {week.share:.1f}"
    return f"That week has {thanks} by name{share}."


def _asked(event: Event) -> str:
    reason = event.reason
    if event.fixed:
        return f"{event.action} is on a given day: {_long(reason.get('wanted'))}."
    if event.audience == "group":
        rounds = f"round {reason.get('turn')} of {reason.get('of')}"
        return f"{event.action} asks for everyone in turn; this is {rounds}."
    times = f"{reason.get('of')} times in the year here; this is turn {reason.get('turn')}"
    return f"{event.action} is owed {times}."


def _day(event: Event) -> Iterator[str]:
    reason = event.reason
    if reason.get("code") == "on_return":
        yield f"Not available in that week: it waits for the first day back, {_long(event.date.isoformat())}."
        return
    if event.fixed:
        if reason.get("wanted") != event.date.isoformat():
            yield f"Nobody it is for works on that day, so it is held on {_long(event.date.isoformat())}."
        return
    missed, ideal = reason.get("code") == "missed", _long(reason.get("ideal"))
    asked = (
        f"The one of {ideal} was missed, so it is owed again"
        if missed
        else f"Evenly spread, its turn would be ideal on {ideal}"
    )
    yield f"{asked}; its window is from {_long(reason.get('first'))} to {_long(reason.get('last'))}."
    if not str(reason.get("first")) <= event.date.isoformat() <= str(reason.get("last")):
        yield (
            "It lies outside of that, in the first week that had room for it."
            if missed
            else "It lies outside of that, so that the weeks are even and owners keep within their minutes."
        )
    days = reason.get("days")
    if isinstance(days, int):
        left = "1 day" if days == 1 else f"{days} days"
        who = "recipients and owner are both" if event.owner else "those it is for are"
        yield f"In that week {who} there on {left}; {_choice(event)}."
    yield from _fell_away(event)


def _fell_away(event: Event) -> Iterator[str]:
    """Tell which days of that week were not possible, and which would have been next."""
    away = str(event.reason.get("recipients_away", "")).split()
    if {"sat", "sun"} <= set(away):
        away = [day for day in away if day not in {"sat", "sun"}]
    found = {
        "those it is for are not available": away,
        "it may not be held then": str(event.reason.get("closed", "")).split(),
        "the owner is not available": str(event.reason.get("owner_away", "")).split(),
        "no hour is free for all": str(event.reason.get("no_hour", "")).split(),
    }
    told = [f"{', '.join(WEEKDAYS[day] for day in days)} ({why})" for why, days in found.items() if days]
    if told:
        yield f"What fell away that week: {'; '.join(told)}."
    second = event.reason.get("second_choice")
    if second:
        yield f"The next best day was {WEEKDAYS[str(second)]}."


def _choice(event: Event) -> str:
    hour = ", at the first hour that all have free" if event.start else ""
    if event.channel is Channel.MEETING or event.audience in {"team", "organisation"}:
        return f"the day nearest to the ideal one was taken{hour}"
    return f"the day with least for the owner to do was taken{hour}"


def _owner(event: Event, directory: Directory, week: Week | None) -> str:
    why = OWNER_WHY.get(str(event.reason.get("owner_why")), "").format(
        role=event.owner_role, a="an" if event.owner_role.startswith(("a", "e", "i", "o")) else "a"
    )
    if event.owner is None:
        return f"No owner: {why}."
    minutes = event.reason.get("owner_minutes") if week is None else week.minutes
    load = f" With this that week asks {minutes} minutes of them." if minutes is not None else ""
    return f"Owner {directory.name(event.owner)}: {why}.{load}"


def _long(iso: object) -> str:
    if not iso:
        return "a day not recorded"
    day = date.fromisoformat(str(iso))
    return f"{day:%A} {day.day} {day:%B %Y}"
