"""Given days: the events that ``on:`` and the celebration put on a day, and where they are really held."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from csweek.model.basics import Audience, Occasion
from csweek.model.inputs import Inputs
from csweek.model.people import Person, Site
from csweek.model.theme import PERSONAL, Action, Anchor
from csweek.once import Once
from csweek.plan.owed.acts import Act, Owed
from csweek.plan.owed.demand import Subject
from csweek.plan.when.anchors import occurrences
from csweek.plan.when.days import Days

Wanted = tuple[date, str]
"""A day and the kind of the anchor that names it."""


class Lost(Struct, frozen=True):
    """A given day on or near which the subject never works."""

    action: Action
    subject: str
    day: date
    away: bool = False
    """Whether it is for one person's CSW, who is away for all of it and not back in the year."""


def fixed(act: Act, subjects: Iterable[Subject], inputs: Inputs, days: Days) -> Iterator[Owed | Lost]:
    """Yield an action's events on given days; one that finds no working day is named instead.

    Who is never there has none: that is said of them as a whole.
    """
    calendar = _Calendar(act.offer.anchors, inputs.settings.sites, days)
    persons = inputs.people.persons
    for subject in subjects:
        if not subject.mask & days.open:
            continue
        person = persons[subject.id] if subject.audience is Audience.PERSON else None
        wanted = calendar.of(subject.site, person)
        if wanted:
            yield from _held_on(sorted(wanted), act, subject, days)


class _Calendar:
    """The days that anchors name; those that many share are worked out once."""

    def __init__(self, anchors: Sequence[Anchor], sites: Mapping[str, Site], days: Days) -> None:
        self._common = [anchor for anchor in anchors if anchor.kind not in PERSONAL]
        self._personal = [anchor for anchor in anchors if anchor.kind in PERSONAL]
        self._sites = sites
        self._days = days
        self._shared: Once[str, list[Wanted]] = Once(self._of_site)
        self._own: dict[tuple[int, object], list[Wanted]] = {}

    def of(self, site: str, person: Person | None) -> list[Wanted]:
        """Return the days of everybody at a site, with a person's own those on which they are employed."""
        shared = self._shared[site] if self._common else []
        if person is None:
            return shared
        own = [each for n, anchor in enumerate(self._personal) for each in self._of_person(n, anchor, person)]
        if not (shared or own):
            return own
        return [each for each in shared + own if person.employed(each[0])]

    def _of_site(self, site: str) -> list[Wanted]:
        return [each for anchor in self._common for each in self._on(anchor, self._sites[site], None)]

    def _of_person(self, number: int, anchor: Anchor, person: Person) -> list[Wanted]:
        hangs_on = _given(anchor, person)
        if not hangs_on:
            return []
        known = self._own.get((number, hangs_on))
        if known is None:
            known = self._own[number, hangs_on] = self._on(anchor, self._sites[person.site], person)
        return known

    def _on(self, anchor: Anchor, site: Site, person: Person | None) -> list[Wanted]:
        kind = "date" if anchor.shift and anchor.kind in {"csw", "day-after"} else anchor.kind
        return [(day, kind) for day in occurrences(anchor, self._days.year, site, person)]


def _given(anchor: Anchor, person: Person) -> object:
    """Return what a personal day hangs on; nothing where a person lacks it or does not want it kept."""
    match anchor.kind:
        case "anniversary":
            return Occasion.ANNIVERSARY in person.celebrate and person.start_date
        case "birthday":
            return Occasion.BIRTHDAY in person.celebrate and person.birthday
        case "first-day":
            return person.start_date
        case "last-day":
            return person.end_date
    return person.leave


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
    return _first_after(wanted - wanted % 7 + 6, mask)


def _held(kind: str, wanted: int, mask: int) -> int | None:
    """Return the day on which a fixed event is held: DESIGN.md's rule for days that nobody works on."""
    if mask >> wanted & 1:
        return wanted
    before, after = _last_before(wanted, mask), _first_after(wanted, mask)
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


def _last_before(day: int, mask: int) -> int | None:
    """Return the last day of a mask among the seven before a day."""
    week = mask & (1 << day) - 1 & -(1 << max(0, day - 7))
    return week.bit_length() - 1 if week else None


def _first_after(day: int, mask: int) -> int | None:
    later = mask & -(2 << day)
    return (later & -later).bit_length() - 1 if later else None
