"""The words of calendars in one language: whom an event is for, who holds it, what its card says."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from csweek.model.basics import Audience, Channel, Day, Words
from csweek.model.inputs import Inputs, Story
from csweek.model.people import Person
from csweek.model.plan import Event
from csweek.render import phrases
from csweek.render.cards.compose import line_of, newest_story, told_of, years_of
from csweek.render.cards.sources import has_card
from csweek.render.recipients import public
from csweek.render.speech import Speech, capital

_LATEST = 20_000
"""How many lists of persons are kept at hand."""
_LATEST_CARDS = 2_000
"""How many cards' words are."""

_PERSON = Audience.PERSON
_SAID = frozenset({Channel.CARD, Channel.NOTE, Channel.CALL, Channel.VISIT})
"""Channels on which words are said to one person."""


class Wording:
    """Speaks one language; what it says of a text, a person or a day is worked out once.

    Texts are known by identity: inputs and plan keep them alive.
    """

    def __init__(self, inputs: Inputs, locale: str, *, names: bool) -> None:
        self.public = public(inputs.people)
        self.all_public = self.public.issuperset
        self._inputs = inputs
        self._names = names
        self._locales = (locale, inputs.locale)
        self._speech = Speech(*self._locales)
        self._several_sites = len(inputs.settings.sites) > 1
        self.told = bool(inputs.stories)
        """Whether anybody's stories are known."""
        self._known: dict[int, str] = {}
        self._occasions: dict[tuple[object, ...], str] = {}
        self._cards: dict[str, str] = {}
        """What cards say, by the events' UIDs: asked of the same calendar for its digest and its entries."""
        self.names = lru_cache(_LATEST)(self._list_names)
        self._marked = lru_cache(_LATEST)(self._mark_names)
        self.held_by = cache(self._public_owner)
        self.spotlight = cache(self._trait)
        self.day = self._speech.day
        self._theme_on = cache(inputs.theme_on)

    def say(self, words: Words) -> str:
        """Return a text in the calendar's language."""
        known = self._known.get(id(words))
        if known is None:
            known = self._known[id(words)] = words.say(*self._locales)
        return known

    def phrase(self, words: Words, filling: str) -> str:
        """Return one of csweek's own texts with its blank filled."""
        return self.say(words).replace("{}", filling)

    def whom(self, event: Event) -> str:
        """Return the recipients in one line; for the whole organisation its site, if there are several."""
        if event.recipients:
            return self.names(event.recipients)
        if event.audience is Audience.ORGANISATION:
            return capital(event.site) if self._several_sites else ""
        return event.team or ""

    def others(self, recipients: tuple[str, ...], person: str) -> str:
        """Return who else receives an event, among those who may be named to others."""
        if len(recipients) < 2:
            return ""
        return self.names(tuple(one for one in recipients if one != person and one in self.public))

    def card(self, event: Event) -> str:
        """Return what is known to be true of the one whom an event is for, as their card says it."""
        said = self._cards.get(event.uid)
        if said is None:
            if len(self._cards) >= _LATEST_CARDS:
                self._cards.clear()
            said = self._cards[event.uid] = self._new_card(event)
        return said

    def _new_card(self, event: Event) -> str:
        if event.audience is not _PERSON or event.channel not in _SAID or not self._names:
            return ""
        recipient = event.recipients[0]
        stories = self._inputs.stories_of.get(recipient)
        if not (stories or event.fixed):
            return ""
        person = self._inputs.people.persons[recipient]
        story = newest_story(stories, recipient, event.date) if stories else None
        said = self._occasion(event, person) if story is None else self._story(event, person, story)
        return self.phrase(phrases.ON_CARD if has_card(event) else phrases.TO_SAY, said) if said else ""

    def _story(self, event: Event, person: Person, story: Story) -> str:
        """Return what was told of a person, after the occasion."""
        told = told_of(story, person.locale, self._inputs.people.persons.get(event.owner or ""))
        by = f" ({told.by})" if told.by else ""
        return f"{line_of(event, person, self._inputs, story)}\n{told.text}{by}"

    def _occasion(self, event: Event, person: Person) -> str:
        """Return the line about the day, empty where it says nothing; all on whom it is alike share it."""
        theme, years = self._theme_on(event.date), years_of(event, person)
        key = (event.action, event.card, event.date.year, years, person.locale, id(theme))
        said = self._occasions.get(key)
        if said is None:
            line = line_of(event, person, self._inputs, None)
            said = self._occasions[key] = "" if line == phrases.OCCASIONS[""].say(person.locale) else line
        return said

    def said_of_received(self, events: Sequence[Event]) -> Iterator[str]:
        """Yield all that the inputs add to events for those who receive them, to be digested."""
        yield from [self._marked(event.recipients) for event in events]
        yield from [self.held_by(event.owner) for event in events]
        yield from [self.spotlight(event.trait, event.date) for event in events]

    def said_of_owned(self, events: Sequence[Event]) -> Iterator[str]:
        """Yield all that the inputs add to events for the one who does them, to be digested."""
        yield from [self._marked(event.recipients) for event in events]
        yield from [self.card(event) for event in events if event.fixed or self.told]

    def _mark_names(self, recipients: tuple[str, ...]) -> str:
        known = "".join(f" {one} {one in self.public:d}" for one in recipients)
        return f"{self.names(recipients)}{known}"

    def _list_names(self, recipients: tuple[str, ...]) -> str:
        persons = self._inputs.people.persons
        if not self._names:
            return ""
        return ", ".join(
            self._speech.person(persons[one].name) if one in persons else one for one in recipients
        )

    def _public_owner(self, owner: str | None) -> str:
        """Return who holds it, nothing where that person does not want to be in the open."""
        if owner is None or owner not in self.public or not self._names:
            return ""
        return self.phrase(phrases.HELD_BY, self._list_names((owner,)))

    def _trait(self, trait: str | None, day: Day) -> str:
        found = [one for one in self._theme_on(day).traits if one.id == trait]
        return self.phrase(phrases.SPOTLIGHT, found[0].title.say(*self._locales)) if found else ""
