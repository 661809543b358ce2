"""What is owed to whom: every event of the year before it has a week, an hour or an owner."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from csweek.model.basics import GATHERING, Audience, Occasion, Practice, Span, Thanks
from csweek.model.inputs import PERSONAL, Action, Anchor, Every, Inputs, On, Person, PerYear, Site, Theme
from csweek.model.plan import Key
from csweek.plan.anchors import occurrences
from csweek.plan.days import Days, bits, spans, weeks_there

WEEKS_PER_MONTH = 52 / 12
CHOSEN_BESIDE_FIXED = 100
"""After this the chosen events of an action are numbered that has fixed days as well."""
GOLDEN = 0.6180339887498949


@dataclass(frozen=True, slots=True)
class Offer:
    """An action as the year offers it: on which days, hanging on which anchors, with which rhythm."""

    action: Action
    mask: int
    season: int
    """The days of the weeks and months that the action names, whichever theme holds."""
    anchors: tuple[Anchor, ...]
    rhythm: PerYear | Every | None
    stretch: float = 1
    """By how much the rhythm has to be lengthened, so that its owners can keep it; at least 1."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an event is for: a person, a team or a site, and when they are there."""

    id: str
    audience: Audience
    site: str
    mask: int
    pattern: int
    """Their days as if nobody ever left, joined or was on leave."""
    team: str | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """One event to come: fixed on a day, or one of ``of`` turns within a window of days."""

    key: Key
    action: Action
    subject: Subject
    mask: int
    """The days on which it may be."""
    wish: float
    """The ideal moment in days from the year's first; for a fixed one the day that was named."""
    first: int
    last: int
    turn: int = 1
    of: int = 1
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """A given day on or near which the subject never works."""

    action: Action
    subject: str
    day: date


def offers(inputs: Inputs, days: Days) -> tuple[Offer, ...]:
    """Return what the themes of the year owe; a definition that goes on in the next theme is one offer."""
    found: list[Offer] = []
    for theme, mask in _turns(inputs, days):
        for offer in _of_theme(theme, mask, days):
            same = next((known for known in found if replace(known, mask=offer.mask) == offer), None)
            if same:
                found[found.index(same)] = replace(same, mask=same.mask | offer.mask)
            else:
                found.append(offer)
    return tuple(found)


def _turns(inputs: Inputs, days: Days) -> Iterator[tuple[Theme, int]]:
    """Yield each theme with the days on which it holds."""
    year = days.year
    starts = [turn.since or year.first for turn in inputs.themes] + [year.last + timedelta(days=1)]
    starts[0] = year.first
    for turn, (first, after) in zip(inputs.themes, pairwise(starts), strict=True):
        yield turn.theme, spans([Span(first, after - timedelta(days=1))], year)


def _of_theme(theme: Theme, mask: int, days: Days) -> Iterator[Offer]:
    programme = _programme(theme)
    for action in theme.actions.values():
        held = programme.get(action.id, ())
        on = action.rhythm.anchors if isinstance(action.rhythm, On) else ()
        rhythm = None if isinstance(action.rhythm, On) else action.rhythm
        if held or action.owed:
            known = replace(action, practice=Practice.CELEBRATION) if held else action
            when = season(action, days)
            yield Offer(known, mask & when, when, held + on, rhythm)


def _programme(theme: Theme) -> Mapping[str, tuple[Anchor, ...]]:
    """Return the anchors that the celebration gives to actions, by id."""
    found: dict[str, tuple[Anchor, ...]] = {}
    for slot, ids in theme.celebration.items():
        anchor = Anchor("day-after") if slot == "day-after" else Anchor("csw", nth=int(slot[-1]))
        for ident in ids:
            found[ident] = (*found.get(ident, ()), anchor)
    return found


def season(action: Action, days: Days) -> int:
    """Return the days on which an action may fall: its weeks and months, and where gatherings may be."""
    mask = days.gatherings if action.channel in GATHERING else (1 << 7 * days.year.weeks) - 1
    if not (action.weeks or action.months):
        return mask
    for index in range(7 * days.year.weeks):
        day = days.date(index)
        in_week = not action.weeks or day.isocalendar().week in action.weeks
        in_month = not action.months or day.month in action.months
        if not (in_week and in_month):
            mask &= ~(1 << index)
    return mask


# --- for whom ------------------------------------------------------------------------------------


def subjects(inputs: Inputs, days: Days, audience: Audience) -> tuple[Subject, ...]:
    """Return everyone that an audience means; where nobody has a team, a team means a whole site."""
    people = inputs.people
    if audience is Audience.PERSON:
        return tuple(_person(p, days) for p in people if p.thanks is not Thanks.NEVER)
    if audience is Audience.TEAM and people.teams:
        return tuple(
            Subject(t.id, audience, t.site, days.team[t.id], days.team[t.id], t.id)
            for t in people.teams.values()
        )
    return tuple(
        Subject(site.id, Audience.ORGANISATION, site.id, days.site[site.id], days.site[site.id])
        for site in staffed(inputs)
    )


def staffed(inputs: Inputs) -> tuple[Site, ...]:
    """Return the sites where anyone works; all of them while nobody is known."""
    used = {person.site for person in inputs.people}
    return tuple(site for site in inputs.settings.sites.values() if not used or site.id in used)


def _person(person: Person, days: Days) -> Subject:
    return Subject(
        person.id,
        Audience.PERSON,
        person.site,
        days.person[person.id],
        days.pattern[person.id],
        person.team,
        (person.id,),
    )


# --- fixed days ----------------------------------------------------------------------------------


def fixed(offer: Offer, subject: Subject, inputs: Inputs, days: Days) -> Iterator[Owed | Lost]:
    """Yield the events on given days; one that finds no working day is named instead."""
    wanted = _wanted(offer, subject, inputs, days)
    for ordinal, (day, kind) in enumerate(wanted, 1):
        index = days.index(day)
        of_another_theme = offer.season >> index & 1 and not offer.mask >> index & 1
        if of_another_theme or not days.open >> index & 1:
            continue
        mask = subject.mask & offer.mask & days.open
        held = _held(kind, index, mask, subject.audience)
        key = Key(days.year.label, offer.action.id, subject.id, ordinal)
        if held is None:
            yield Lost(offer.action, subject.id, day)
        else:
            yield Owed(key, offer.action, subject, mask, index, held, held, fixed=True)


def _wanted(offer: Offer, subject: Subject, inputs: Inputs, days: Days) -> list[tuple[date, str]]:
    """Return the days that the anchors name, in order, each with the kind of its anchor."""
    site = inputs.settings.sites[subject.site]
    person = inputs.people.persons[subject.id] if subject.audience is Audience.PERSON else None
    return sorted(
        (day, "date" if anchor.shift and anchor.kind in {"csw", "day-after"} else anchor.kind)
        for anchor in offer.anchors
        if _celebrated(anchor, person)
        for day in occurrences(anchor, days.year, site, person)
        if person is None or person.employed(day)
    )


def _celebrated(anchor: Anchor, person: Person | None) -> bool:
    """Whether a person wants this occasion remembered; a personal day needs a person."""
    if anchor.kind in PERSONAL and person is None:
        return False
    asked = anchor.kind in set(Occasion)
    return not asked or (person is not None and Occasion(anchor.kind) in person.celebrate)


def _held(kind: str, wanted: int, mask: int, audience: Audience) -> int | None:
    """Return the day on which a fixed event is held: DESIGN.md's rule for days that nobody works on."""
    if mask >> wanted & 1:
        return wanted
    before = next((day for day in reversed(bits(mask)) if wanted - 7 <= day < wanted), None)
    after = next((day for day in bits(mask) if day > wanted), None)
    monday = wanted - wanted % 7
    match kind:
        case "csw":
            this_week = [day for day in (after, before) if day is not None and monday <= day < monday + 7]
            return next(iter(this_week), after if audience is Audience.PERSON else None)
        case "day-after" | "first-day" | "back-from-leave":
            return after
        case "anniversary" | "birthday" if before is None:
            return after
    return before


# --- chosen days ---------------------------------------------------------------------------------


def turns(offer: Offer, subject: Subject, days: Days) -> int:
    """Return how many chosen events are owed: in proportion to the days that are there, at least one."""
    mask = subject.mask & offer.mask & days.open
    weeks = weeks_there(mask, days.year.weeks)
    match offer.rhythm:
        case PerYear(times) if mask:
            whole = (subject.pattern & offer.season).bit_count()
            owed = times * mask.bit_count() / max(1, whole) * min(1, days.year.weeks / 52)
        case Every(number, unit) if mask:
            owed = weeks / (number * (WEEKS_PER_MONTH if unit == "months" else 1))
        case _:
            return 0
    return min(weeks, max(1, int(owed + 0.5)))


def chosen(
    offer: Offer, subject: Subject, days: Days, places: Sequence[float], half: float
) -> tuple[Owed, ...]:
    """Return the chosen events at these places of the subject's own time, within ``half`` on either side.

    Places and ``half`` are shares of the available days, from 0 to 1.
    """
    mask = subject.mask & offer.mask & days.open
    there = bits(mask)
    size, number = len(there), CHOSEN_BESIDE_FIXED if offer.anchors else 0

    def day(place: float) -> int:
        return there[min(max(int(place * size), 0), size - 1)]

    return tuple(
        Owed(
            Key(days.year.label, offer.action.id, subject.id, number + turn),
            offer.action,
            subject,
            mask,
            day(place) + place * size % 1,
            day(place - half),
            day(place + half),
            turn,
            len(places),
        )
        for turn, place in enumerate(places, 1)
    )


def evenly(number: int, phase: float) -> tuple[float, ...]:
    """Return that many places from 0 to 1, a step apart, the first one a phase of a step in."""
    return tuple((turn + phase) / number for turn in range(number))
