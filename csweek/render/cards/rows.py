"""Cards that come from no event: rows of a table, and cards without a name."""

import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from csweek.model.basics import Day, Place
from csweek.model.cards import LINK, PHOTO, CardRow
from csweek.model.inputs import Inputs, Story
from csweek.model.people import Person, Site, WorkTime
from csweek.render import phrases
from csweek.render.cards.art import noise
from csweek.render.cards.card import VARIANTS, Card, Sender, Source, Told, clean, column, link_of, photo_of
from csweek.render.cards.compose import USUAL, long_date, month_of
from csweek.render.recipients import why_not
from csweek.render.speech import Speech


class Merged(NamedTuple):
    """The cards of rows, and whom the rules leave out: id and why."""

    sources: tuple[Source, ...]
    absent: tuple[tuple[str, str], ...]


def of_rows(rows: Iterable[CardRow], inputs: Inputs, today: Day) -> Merged:
    """Return the cards of rows; who cannot be thanked on the row's day gets none."""
    found: list[Source] = []
    absent: dict[tuple[str, str], None] = {}
    for row in rows:
        why = why_not(row.person, row.date or today, inputs.people) if row.person else None
        if row.person and why:
            absent[row.person, why] = None
        else:
            found.append(_source(row, inputs, row.date or today))
    return Merged(tuple(found), tuple(absent))


def grouped(rows: Iterable[CardRow], inputs: Inputs, per: str | None) -> dict[str, list[CardRow]]:
    """Return rows by who signs (``owner``), by the team of whom they are for, else all under no name."""
    found: dict[str, list[CardRow]] = {}
    for row in rows:
        team = _person(row, inputs).team if per == "team" else None
        found.setdefault((row.sender if per == "owner" else team) or "", []).append(row)
    return found


def blank(count: int, inputs: Inputs, day: Day) -> Iterator[Source]:
    """Yield so many cards without names, each with its own drawing as far as there are any."""
    nobody = CardRow(Place(""), "")
    for number in range(count):
        one = _source(nobody, inputs, day)
        yield replace(one, card=replace(one.card, seed=number % VARIANTS, date=""))


def _source(row: CardRow, inputs: Inputs, day: Day) -> Source:
    person = _person(row, inputs)
    site = _site(person, inputs)
    country = site.country if site else None
    story = Story(day, person.id, "wow", row.text, row.text_place or row.place, row.by) if row.text else None
    return Source(_card(row, person, inputs, day), USUAL, country, person, story)


def _person(row: CardRow, inputs: Inputs) -> Person:
    """Return who a row is for, its problems told at the row."""
    if row.person is not None:
        known = inputs.people.persons[row.person]
        return replace(known, place=row.place, called=row.called or known.called, team=row.team or known.team)
    locale, name = row.locale or inputs.locale, row.name or row.called
    called = row.called or (Speech(locale).person(name) if name and not name.endswith("님") else name)
    return Person(f"row {row.place.line}", name, called, "", locale, WorkTime(), row.place, team=row.team)


def _site(person: Person, inputs: Inputs) -> Site | None:
    sites = inputs.settings.sites
    return sites.get(person.site) or next(iter(sites.values()), None)


def _card(row: CardRow, person: Person, inputs: Inputs, day: Day) -> Card:
    theme = inputs.theme_on(day)
    locale = row.locale or person.locale
    site = _site(person, inputs)
    told = Told(clean(row.text), clean(row.by), "wow", _lead(row, locale)) if row.text else None
    usual = "" if told else phrases.OCCASIONS[""].say(locale)
    return Card(
        called=clean(person.called),
        name=clean(person.name),
        lang=locale,
        sender=_sender(row, inputs),
        title="",
        line=clean(row.occasion) or usual,
        story=told,
        date=long_date(day, locale, site.country if site else None),
        day=day,
        trait=clean(row.trait),
        motto=clean(theme.motto.say(locale)),
        organisation=clean(inputs.settings.organisation),
        look=theme.look,
        seed=int(noise(zlib.crc32(f"{person.id} {person.name}".encode()), 0) * VARIANTS),
        weekday=Speech(locale).weekday_within(day),
        month=month_of(day, locale),
        team=clean(person.team or ""),
        photo=column(row.extra, PHOTO) or photo_of(person),
        link=column(row.extra, LINK) or link_of(person),
        form=inputs.settings.form,
        extra={**person.extra, **row.extra},
    )


def _lead(row: CardRow, locale: str) -> str:
    """Return what is said before the text; the sender's own words need nothing."""
    return phrases.TOLD.say(locale) if row.by else ""


def _sender(row: CardRow, inputs: Inputs) -> Sender | None:
    known = inputs.people.persons.get(row.sender)
    if known is not None:
        return Sender(clean(known.name), clean(row.sender_title or known.title))
    return Sender(clean(row.sender), clean(row.sender_title)) if row.sender else None
