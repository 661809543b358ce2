"""From an event and one of its recipients to a card."""

import zlib
from collections.abc import Mapping, Sequence
from functools import cache

from babel import localedata
from babel.dates import format_date, format_skeleton

from csweek.model.basics import Day
from csweek.model.inputs import Inputs, Story
from csweek.model.people import Person
from csweek.model.plan import Event
from csweek.model.theme import CSW_DAYS, Theme
from csweek.names import fold
from csweek.render import phrases
from csweek.render.cards.art import noise
from csweek.render.cards.card import VARIANTS, Card, Sender, Source, Told, clean, link_of, photo_of
from csweek.render.speech import Speech, capital, known

_OF_DESIGN: Mapping[str, str] = {
    "skip-level": "skip-level", "day-after": "day-after", **dict.fromkeys(CSW_DAYS, "csw"),
}  # fmt: skip
"""What a card of a design is about, whatever its event hangs on."""
USUAL = "thank-you"
"""The design of an event that names none."""
CSW = "csw"
SILENT = frozenset({"blank", "day-after", "skip-level", "tent"})
"""Designs that tell no story, so that it is kept for the person's next card."""


def source(event: Event, person: Person, inputs: Inputs, story: Story | None) -> Source:
    """Return the card of an event for one of its recipients."""
    theme = inputs.theme_on(event.date)
    site = inputs.settings.sites.get(person.site)
    country = site.country if site else None
    made = Card(
        called=clean(person.called or person.name),
        name=clean(person.name),
        lang=person.locale,
        sender=_sender(event, inputs),
        title=clean(event.title.say(person.locale)),
        line=line_of(event, person, inputs, story),
        story=told_of(story, person.locale, inputs.people.persons.get(event.owner or "")) if story else None,
        date=long_date(event.date, person.locale, country),
        day=event.date,
        trait=_trait(event, theme, person.locale),
        motto=clean(theme.motto.say(person.locale)),
        organisation=clean(inputs.settings.organisation),
        look=theme.look,
        seed=_seed(event, person),
        weekday=_weekday(event.date, person.locale),
        month=month_of(story.date if story and story.kind == "hero" else event.date, person.locale),
        hour=Speech(person.locale).hour(event.start) if event.start else "",
        years=years_of(event, person) if theme.occasion(event.action) == "anniversary" else 0,
        team=clean(person.team or ""),
        photo=photo_of(person),
        link=link_of(person),
        form=inputs.settings.form,
        extra=person.extra,
    )
    return Source(made, design_of(event, theme), country, person, story, event=event.id)


def design_of(event: Event, theme: Theme) -> str:
    """Return the design of an event's card; ``csw`` is that of its day in the theme's programme."""
    if event.card != CSW:
        return event.card or USUAL
    slots = (slot for slot, actions in theme.celebration.items() if event.action in actions)
    return next((slot for slot in slots if slot.startswith(CSW)), USUAL)


def newest_story(stories: Sequence[Story], person: str, day: Day) -> Story | None:
    """Return the newest praise of a person that was known on a day."""
    told = [one for one in stories if one.person == person and one.kind != "obstacle" and one.date <= day]
    return max(told, key=lambda one: one.date, default=None)


@cache
def long_date(day: Day, locale: str, country: str | None = None) -> str:
    """Return a date as it is written out in a language, in that country's way where it has one."""
    here = f"{locale.replace('-', '_')}_{country}"
    return format_date(day, "long", locale=here if localedata.exists(here) else known(locale))


def _sender(event: Event, inputs: Inputs) -> Sender | None:
    owner = inputs.people.persons.get(event.owner or "")
    return Sender(clean(owner.name), clean(owner.title)) if owner else None


def _trait(event: Event, theme: Theme, locale: str) -> str:
    return next((clean(one.title.say(locale)) for one in theme.traits if one.id == event.trait), "")


def _seed(event: Event, person: Person) -> int:
    """Return which drawing a card gets; the five of a CSW share one, as they make one picture together."""
    what = event.key.year if (event.card or "").startswith(CSW) else event.key
    return int(noise(zlib.crc32(f"{what} {person.id}".encode()), 0) * VARIANTS)


def told_of(story: Story, locale: str, sender: Person | None) -> Told:
    """Return what was told; what the sender saw needs no other name than the signature."""
    own = sender is not None and fold(story.by) in {
        fold(sender.name),
        fold(sender.id),
        fold(sender.email),
    } - {""}
    lead = phrases.SEEN if own or story.kind == "hero" else phrases.CUSTOMER_TOLD
    by = "" if own else clean(story.by)
    return Told(clean(story.text), by, story.kind, (phrases.TOLD if by else lead).say(locale))


def line_of(event: Event, person: Person, inputs: Inputs, story: Story | None) -> str:
    """Return what the day or the design is about; a story alone needs no occasion."""
    theme = inputs.theme_on(event.date)
    kind = _OF_DESIGN.get(design_of(event, theme)) or theme.occasion(event.action)
    if kind == "anniversary":
        years = years_of(event, person)
        kind = f"anniversary-{known(person.locale).plural_form(years)}" if years else ""
    if story and kind not in phrases.OCCASIONS.keys() - {""}:
        return ""
    said = phrases.OCCASIONS.get(kind) or phrases.OCCASIONS[""]
    return said.say(person.locale).format(year=event.date.year, count=years_of(event, person))


def years_of(event: Event, person: Person) -> int:
    """Return how many years a person has been there, to the nearest."""
    return round((event.date - person.start_date).days / 365.2425) if person.start_date else 0


@cache
def _weekday(day: Day, locale: str) -> str:
    return Speech(locale).weekday_within(day)


@cache
def month_of(day: Day, locale: str) -> str:
    """Return month and year as a heading: ``March 2027``."""
    return capital(format_skeleton("yMMMM", day, locale=known(locale)))
