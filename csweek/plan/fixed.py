"""Given days: the events that ``on:`` and the celebration put on a day, and where they are really held."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from csweek.model.basics import Audience, Occasion
from csweek.model.inputs import PERSONAL, Action, Anchor, Inputs, Person, Site
from csweek.plan.acts import Act, Owed
from csweek.plan.anchors import occurrences
from csweek.plan.days import Days, bits
from csweek.plan.demand import Subject

Wanted = tuple[date, str]
"""A day and the kind of the anchor that names it."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A given day on or near which the subject never works."""

    action: Action
    subject: str
    day: date
    away: bool = False
    """Whether it is for one person's CSW, who is away for all of it and not back in the year."""


def fixed(act: Act, subjects: Iterable[Subject], inputs: Inputs, days: Days) -> Iterator[Owed | Lost]:
    """Yield an action's events on given days; one that finds no working day is named instead."""
    personal = [anchor for anchor in act.offer.anchors if anchor.kind in PERSONAL]
    common = [anchor for anchor in act.offer.anchors if anchor.kind not in PERSONAL]
    shared: dict[str, list[Wanted]] = {}
    for subject in subjects:
        site = inputs.settings.sites[subject.site]
        if common and site.id not in shared:
            shared[site.id] = _on(common, site, days, None)
        wanted = shared.get(site.id, [])
        if subject.audience is Audience.PERSON:
            wanted = _persons(wanted, personal, inputs.people.persons[subject.id], site, days)
        if wanted:
            yield from _held_on(sorted(wanted), act, subject, days)


def _on(anchors: Sequence[Anchor], site: Site, days: Days, person: Person | None) -> list[Wanted]:
    return [
        (day, "date" if anchor.shift and anchor.kind in {"csw", "day-after"} else anchor.kind)
        for anchor in anchors
        for day in occurrences(anchor, days.year, site, person)
    ]


def _persons(
    shared: Sequence[Wanted], personal: Sequence[Anchor], person: Person, site: Site, days: Days
) -> list[Wanted]:
    """Return the days on which a person is employed, of everybody's and of their own."""
    own = [anchor for anchor in personal if _applies(anchor, person)]
    wanted = (*shared, *_on(own, site, days, person)) if own else shared
    return [each for each in wanted if person.employed(each[0])]


def _applies(anchor: Anchor, person: Person) -> bool:
    """Whether a person has this day at all, and wants it remembered."""
    match anchor.kind:
        case "anniversary":
            return person.start_date is not None and Occasion.ANNIVERSARY in person.celebrate
        case "birthday":
            return person.birthday is not None and Occasion.BIRTHDAY in person.celebrate
        case "first-day":
            return person.start_date is not None
        case "last-day":
            return person.end_date is not None
    return bool(person.leave)


def _held_on(wanted: Sequence[Wanted], act: Act, subject: Subject, days: Days) -> Iterator[Owed | Lost]:
    offer = act.offer
    mask = subject.mask & offer.mask & days.open
    for ordinal, (day, kind) in enumerate(wanted, 1):
        index = days.index(day)
        of_another_theme = offer.season >> index & 1 and not offer.mask >> index & 1
        if of_another_theme or not days.open >> index & 1:
            continue
        held = _held(kind, index, mask)
        waits = held is None and kind == "csw" and subject.audience is Audience.PERSON
        if waits:
            held = _first_back(index, subject.mask & offer.season & days.open)
        if held is None:
            yield Lost(offer.action, subject.id, day, waits)
        else:
            yield Owed(act, subject, ordinal, index, held, held, fixed=True, on_return=waits)


def _first_back(wanted: int, mask: int) -> int | None:
    """Return the first day after a week on which somebody is there, whichever theme holds then."""
    week_after = wanted - wanted % 7 + 7
    return next((day for day in bits(mask) if day >= week_after), None)


def _held(kind: str, wanted: int, mask: int) -> int | None:
    """Return the day on which a fixed event is held: DESIGN.md's rule for days that nobody works on."""
    if mask >> wanted & 1:
        return wanted
    before = next((day for day in reversed(bits(mask)) if wanted - 7 <= day < wanted), None)
    after = next((day for day in bits(mask) if day > wanted), None)
    monday = wanted - wanted % 7
    match kind:
        case "csw":
            this_week = [day for day in (after, before) if day is not None and monday <= day < monday + 7]
            return next(iter(this_week), None)
        case "day-after" | "first-day" | "back-from-leave":
            return after
        case "anniversary" | "birthday" if before is None:
            return after
    return before
