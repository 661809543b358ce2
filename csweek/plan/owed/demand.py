"""What is owed to whom: the actions that the year offers, those whom they are for, and how often."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache, reduce
from itertools import pairwise
from math import ceil
from operator import and_

from msgspec import Struct
from msgspec.structs import replace

from csweek.model.basics import GATHERING, Audience, Practice, Span, Thanks
from csweek.model.inputs import Inputs
from csweek.model.people import Person, Site
from csweek.model.theme import Action, Anchor, Every, On, PerYear, Theme
from csweek.plan.when.days import Days, by_week, spans, weeks_there

WEEKS_PER_MONTH = 52 / 12


class Offer(Struct, frozen=True):
    """An action as the year offers it: on which days, hanging on which anchors, with which rhythm."""

    action: Action
    mask: int
    season: int
    """The days of the weeks and months that the action names, whichever theme holds."""
    anchors: tuple[Anchor, ...]
    rhythm: PerYear | Every | None
    stretch: float = 1
    """By how much the rhythm has to be lengthened, so that its owners can keep it; at least 1."""


class Subject(Struct, frozen=True):
    """Whom an event is for: a person, a team or a site, and when they are there."""

    id: str
    audience: Audience
    site: str
    mask: int
    pattern: int
    """Their days as if nobody ever left, joined or was on leave."""
    team: str | None = None
    recipients: tuple[str, ...] = ()
    weeks: bytes = b""
    """Its days in each week of the year, as seven bits."""
    mark: str = ""
    """What tells it from every other subject; empty for a group, which is known by its people alone."""


def offers(inputs: Inputs, days: Days) -> tuple[Offer, ...]:
    """Return what the themes of the year owe; a definition that goes on in the next theme is one offer."""
    found: list[Offer] = []
    for theme, mask in _turns(inputs, days):
        for offer in _of_theme(theme, mask, days):
            of_action = (known for known in found if known.action.id == offer.action.id)
            same = next((known for known in of_action if replace(known, mask=offer.mask) == offer), None)
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
            yield Offer(known, mask & when, when, tuple(dict.fromkeys(held + on)), rhythm)


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
        return tuple(as_subject(p, days) for p in people if p.thanks is not Thanks.NEVER)
    weeks = days.year.weeks
    if audience is Audience.TEAM and people.teams:
        return tuple(
            Subject(t.id, audience, t.site, mask, mask, t.id, (), by_week(mask, weeks), f"t:{t.id}")
            for t in people.teams.values()
            for mask in (days.team[t.id],)
        )
    return tuple(_site(site.id, days.site[site.id], weeks) for site in staffed(inputs))


def _site(site: str, mask: int, weeks: int) -> Subject:
    there = by_week(mask, weeks)
    return Subject(site, Audience.ORGANISATION, site, mask, mask, None, (), there, f"s:{site}")


def staffed(inputs: Inputs) -> tuple[Site, ...]:
    """Return the sites where anyone works; all of them while nobody is known."""
    used = {person.site for person in inputs.people}
    return tuple(site for site in inputs.settings.sites.values() if not used or site.id in used)


def as_group(members: Sequence[str], inputs: Inputs, days: Days) -> Subject:
    """Return a few people as those whom an event is for, at the site at which most of them are."""
    persons = [inputs.people.persons[member] for member in members]
    mask = reduce(and_, (days.person[member] for member in members))
    teams = {person.team for person in persons}
    site = Counter(person.site for person in persons).most_common(1)[0][0]
    team = next(iter(teams)) if len(teams) == 1 else None
    weeks = by_week.__wrapped__(mask, days.year.weeks)  # hardly any two groups have the same days
    return Subject("", Audience.GROUP, site, mask, mask, team, tuple(members), weeks)


def as_subject(person: Person, days: Days) -> Subject:
    """Return a person as one whom an event is for."""
    return Subject(
        person.id,
        Audience.PERSON,
        person.site,
        days.person[person.id],
        days.pattern[person.id],
        person.team,
        (person.id,),
        by_week(days.person[person.id], days.year.weeks),
        f"p:{person.id}",
    )


# --- how often -----------------------------------------------------------------------------------


def turns(offer: Offer, subject: Subject, days: Days) -> int:
    """Return how many chosen events are owed: in proportion to the days that are there, at least one."""
    return _rounded(offer, subject, days, up=False)


def turns_kept(offer: Offer, subject: Subject, days: Days, stand: int, fallen: int) -> int:
    """Return how many stay of those that stand, and of those that fell away and would be dealt again.

    Days off take no more than what stood on them: what stands stays for as long as the rhythm asked for it
    were they none, and what fell away counts where it is only rounded away.
    """
    there = _rounded(offer, subject, days, up=True)
    if stand <= there or not there:
        return min(there, stand + fallen)
    employed = days.employed[subject.id] if subject.audience is Audience.PERSON else -1
    always = replace(subject, mask=subject.pattern & employed)
    return min(_rounded(offer, always, days, up=True), stand)


def _rounded(offer: Offer, subject: Subject, days: Days, *, up: bool) -> int:
    mask = subject.mask & offer.mask & days.open
    if offer.rhythm is None or not mask:
        return 0
    return _turns_in(offer.rhythm, mask, subject.pattern & offer.season, days.year.weeks, up=up)


@cache
def _turns_in(rhythm: PerYear | Every, mask: int, whole: int, of_weeks: int, *, up: bool) -> int:
    """Return the turns of a rhythm in some days, of as many in a whole year."""
    weeks = weeks_there(mask, of_weeks)
    match rhythm:
        case PerYear(times):
            owed = times * mask.bit_count() / max(1, whole.bit_count()) * min(1, of_weeks / 52)
        case Every(number, unit):
            owed = weeks / (number * (WEEKS_PER_MONTH if unit == "months" else 1))
    return min(weeks, max(1, ceil(owed) if up else int(owed + 0.5)))
