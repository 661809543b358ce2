"""What calendars say of events besides their rows: names, stories, traits in the spotlight, occasions.

A change of it changes what people read, and so raises the sequence of the events that say it. Each stands
as JSON under what it is about; what holds from a day on, as pairs of day and text.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from typing import NamedTuple
from zlib import crc32

from msgspec.structs import replace

from csweek.model.basics import Audience, Channel, Status, Thanks, Visibility, Words
from csweek.model.inputs import Inputs, Story
from csweek.model.people import Person
from csweek.model.theme import Theme, ThemeTurn
from csweek.once import Once
from csweek.plan.again.stood import SETTLED
from csweek.rows import ACTION, DAY, KIND, OWNER, RECIPIENTS, STATUS, Plain
from csweek.rows.table import Table
from csweek.rows.values import dump

_PERSON, _STORY, _TRAIT, _SITES, _OCCASIONS = "person", "story", "trait", "sites", "occasions"
_TOLD = frozenset({Channel.CARD, Channel.NOTE, Channel.CALL, Channel.VISIT})
"""Channels by which stories reach one person."""
Said = Mapping[str, str]
Says = Callable[[Plain], Iterator[str]]


class _Person(NamedTuple):
    """What is said of a person, as it is kept in this order."""

    name: str
    """Empty where somebody has gone."""
    public: bool | None
    """Whether the name may stand in the open, None where they want no thanks."""
    began: int | None
    language: str | None = ""
    """That of their cards; "" in stores of before it was kept."""

    @classmethod
    def of(cls, text: str) -> "_Person":
        return cls(*json.loads(text))

    @property
    def is_said(self) -> bool:
        """Whether anything is said of them."""
        return bool(self.name) and self.public is not None


_NOBODY = dump(_Person("", None, None, None))


def sayings(inputs: Inputs, before: Said) -> dict[str, str]:
    """Return what events say of people, stories, traits and sites, by what it is about.

    Of stories only a checksum is said; of people their name, whether it may stand in the open (null: they
    want no thanks), the year in which they began, and the language of their cards. Who was in the files
    ``before`` has no name any more.
    """
    persons = {f"{_PERSON} {one.id}": dump(_of_person(one)) for one in inputs.people}
    gone = {one: _NOBODY for one in before if one.startswith(f"{_PERSON} ") and one not in persons}
    stories = {f"{_STORY} {person}": _steps_of(told) for person, told in inputs.stories_of.items()}
    whole = {_SITES: dump(len(inputs.settings.sites) > 1), _OCCASIONS: _occasions(inputs)}
    return gone | persons | stories | _traits(inputs) | whole


def _of_person(person: Person) -> _Person:
    public = None if person.thanks is Thanks.NEVER else person.thanks is Thanks.PUBLIC
    began = person.start_date.year if person.start_date else None
    return _Person(person.name, public, began, person.locale)


def _steps_of(stories: Iterable[Story]) -> str:
    told = sorted((one for one in stories if one.kind != "obstacle"), key=lambda one: one.date)
    return dump(list(map(_step, told)))


def _step(story: Story) -> list[int]:
    return [story.date.toordinal(), crc32(f"{story.kind}\n{story.text}\n{story.by}".encode())]


def _traits(inputs: Inputs) -> dict[str, str]:
    traits = sorted({trait.id for turn in inputs.themes for trait in turn.theme.traits})
    found: defaultdict[str, list[tuple[int, Mapping[str, str]]]] = defaultdict(list)
    for turn in inputs.themes:
        titles = {trait.id: dict(trait.title.texts) for trait in turn.theme.traits}
        for trait in traits:
            found[trait].append((turn.since.toordinal() if turn.since else 0, titles.get(trait, {})))
    return {
        f"{_TRAIT} {trait}": dump(sorted(steps, key=lambda step: step[0])) for trait, steps in found.items()
    }


def _occasions(inputs: Inputs) -> str:
    """Return what the cards of actions are for, by theme in turn."""
    steps = [
        [
            turn.since.toordinal() if turn.since else 0,
            {action: said for action in turn.theme.actions if (said := turn.theme.occasion(action))},
        ]
        for turn in inputs.themes
    ]
    return dump(sorted(steps, key=lambda step: step[0]))


def changed(before: Said, now: Said) -> frozenset[str]:
    """Return about what something else is said now; nothing where it is not known what was said before."""
    if not before:
        return frozenset()
    known = before.keys() & now.keys()
    lone = (before.keys() ^ now.keys()) if before.keys() != now.keys() else ()
    return frozenset(
        (*(one for one in known if before[one] != now[one]), *(one for one in lone if _may_be_lone(one)))
    )


def former(before: Said, now: Said) -> dict[str, str]:
    """Return what is said otherwise now as it was before; who is new was nobody then."""
    new = {one: _NOBODY for one in now if before and one not in before and one.startswith(f"{_PERSON} ")}
    return {one: before.get(one, "") for one in sorted(changed(before, now))} | new


def _may_be_lone(about: str) -> bool:
    """Whether something is said where nothing was; of people who come or go the rows tell.

    Stores of before the occasions of cards were kept know none of them.
    """
    return about != _OCCASIONS and not about.startswith(f"{_PERSON} ")


def reworded(table: Table, now: Said, about: frozenset[str], today: date) -> Says:
    """Return what yields about what an event of the table says something else now, among what changed.

    Who left, came back or wants no thanks any more is read otherwise where it is past or settled: what is
    ahead has other people then, or got them back, and is stamped for that. Who wants no thanks leads on.
    """
    before, text, kinds = table.said, table.decoder.text, table.decoder.kinds
    over = {*SETTLED, Status.CANCELLED}
    people: Once[int, list[str]] = Once(lambda number: [text[one] for one in table.decoder.people[number]])
    elsewise = cache(partial(_for_something_else, before, now))

    @cache
    def differs(one: str, day: int) -> bool:
        return one in about and _on(before.get(one), day) != _on(now.get(one), day)

    @cache
    def read(person: str, *, past: bool) -> _Read:
        one = f"{_PERSON} {person}"
        return _read(_Person.of(before[one]), _Person.of(now[one]), past=past) if one in about else _Read()

    def of_card(person: str, row: Plain, *, fixed: bool, past: bool) -> Iterator[str]:
        """Yield about what a card says something else: its occasion, or the story that is told on it."""
        day, story = row[DAY], f"{_STORY} {person}"
        says = bool(fixed or _on(now.get(story), day))
        if read(person, past=past).has_card(fixed=fixed, says=says):
            yield f"{_PERSON} {person}"
        yield from {_OCCASIONS} if says and text[row[ACTION]] in elsewise(day) else ()
        if differs(story, day):
            yield story

    def found(row: Plain) -> Iterator[str]:
        kind, recipients, owner = kinds[row[KIND]], people[row[RECIPIENTS]], row[OWNER]
        past = row[DAY] < today.toordinal() or row[STATUS] in over
        told = kind["visibility"] is not Visibility.SURPRISE
        if owner is not None and told and read(text[owner], past=past).owner:
            yield f"{_PERSON} {text[owner]}"
        yield from (f"{_PERSON} {one}" for one in recipients if read(one, past=past).receives(openly=told))
        if kind["audience"] is Audience.PERSON and kind["channel"] in _TOLD:
            yield from of_card(recipients[0], row, fixed=kind["fixed"], past=past)
        if told and differs(f"{_TRAIT} {kind['trait']}", row[DAY]):
            yield f"{_TRAIT} {kind['trait']}"
        yield from about & {_SITES} if kind["audience"] is Audience.ORGANISATION else ()

    return found


def _for_something_else(before: Said, now: Said, day: int) -> Collection[str]:
    """Return the actions whose cards of a day are for something else now."""
    if before.get(_OCCASIONS) in {None, now[_OCCASIONS]}:
        return ()
    had, has = (_occasions_on(said[_OCCASIONS], day) for said in (before, now))
    return {action for action in {**had, **has} if had.get(action) != has.get(action)}


def _occasions_on(steps: str, day: int) -> Mapping[str, str]:
    found = _on(steps, day)
    return found if isinstance(found, dict) else {}


class _Read(NamedTuple):
    """Whether somebody reads otherwise now: as a recipient, as an owner, on an anniversary, on a card."""

    recipient: bool = False
    named: bool = False
    """As the recipient of a surprise, which is private whoever it is for."""
    owner: bool = False
    years: bool = False
    language: bool = False

    def receives(self, *, openly: bool) -> bool:
        """Whether it is so for what somebody receives."""
        return self.recipient if openly else self.named

    def has_card(self, *, fixed: bool, says: bool) -> bool:
        """Whether it is so for the card of a fixed day, or for another one if it says anything."""
        return (fixed and self.years) or (says and self.language)


def _read(had: _Person, now: _Person, *, past: bool) -> _Read:
    """Owners are only named who may be named to all, and never to those whom they surprise."""
    stays = past or bool(had.name and now.name)
    receives = past or (stays and (had.public is None) == (now.public is None))
    as_owner = ((had.public and had.name) or "") != ((now.public and now.name) or "")
    as_recipient = (had.name, had.public) != (now.name, now.public)
    as_named = (had.name, had.public is None) != (now.name, now.public is None)
    return _Read(
        receives and as_recipient,
        receives and as_named,
        stays and as_owner,
        receives and had.began != now.began,
        receives and had.language not in {"", now.language},
    )


def news(before: Said, now: Said) -> list[str]:
    """Return what is said otherwise now: ``a new name: Anna Lind (before: Anna Berg)``; names come first."""
    people = [one for one in before if one.startswith(f"{_PERSON} ")]
    pairs = [(_Person.of(before[one]), _Person.of(now[one])) for one in people]
    renamed = [(had.name, new.name) for had, new in pairs if had.name != new.name]
    names = [f"{new} (before: {had})" for had, new in renamed if had and new]
    spoken = [(had, new) for had, new in pairs if _spoken_otherwise(had, new)]
    return [
        *(f"{'a new name' if len(names) == 1 else 'new names'}: {name}" for name in names[:1]),
        *names[1:],
        *(_openly(had, new) for had, new in spoken if new.is_said),
        *(f"other years of {new.name}" for had, new in pairs if _began_otherwise(had, new)),
        *(f"the card of {new.name} in another language" for had, new in pairs if had[:3] == new[:3]),
        *(f"what was told of {_name(one, now)}" for one in before if one.startswith(f"{_STORY} ")),
        *(_NEW[kind] for kind in dict.fromkeys(one.partition(" ")[0] for one in before) if kind in _NEW),
        # Last, where it takes nothing behind it with it.
        *(f"nothing of {had.name} any more" for had, new in spoken if not new.is_said),
    ]


_NEW = {
    _TRAIT: "another title of a trait",
    _OCCASIONS: "another occasion on the card",
    _SITES: "which site they are for, or no longer",
}


def _name(story: str, now: Said) -> str:
    person = story.partition(" ")[2]
    known = now.get(f"{_PERSON} {person}")
    return _Person.of(known).name if known else person


def _spoken_otherwise(had: _Person, new: _Person) -> bool:
    """Whether somebody came or went, or is spoken of under the same name in another way."""
    return not (had.name and new.name) or (had.name == new.name and had.public != new.public)


def _began_otherwise(had: _Person, new: _Person) -> bool:
    """Whether nothing else of somebody is said but another year, and maybe language."""
    return had[:2] == new[:2] and had.began != new.began


def _openly(had: _Person, new: _Person) -> str:
    """Return how somebody is spoken of now: as before somebody left, openly or not."""
    if not had.name or had.public is None:
        return f"{new.name} again"
    return f"{new.name} openly" if new.public else f"{new.name} no longer openly"


def inputs_then(inputs: Inputs, said: Said) -> Inputs:
    """Return the inputs with the names, stories, thanks and traits that were said otherwise then."""
    then = {one.partition(" ")[2]: _Person.of(text) for one, text in _about(_PERSON, said)}
    known = inputs.people.persons
    had = {one: _person_then(known[one], state) for one, state in then.items() if one in known}
    told = {one.partition(" ")[2]: json.loads(text or "[]") for one, text in _about(_STORY, said)}
    stories = tuple(one for one in inputs.stories if one.person not in told or _step(one) in told[one.person])
    themes = tuple(replace(turn, theme=_theme_then(turn, said)) for turn in inputs.themes)
    people = replace(inputs.people, persons={**known, **had})
    return replace(inputs, people=people, stories=stories, themes=themes)


def _theme_then(turn: ThemeTurn, said: Said) -> Theme:
    day = turn.since.toordinal() if turn.since else 0
    then = [(trait, _on(said.get(f"{_TRAIT} {trait.id}"), day)) for trait in turn.theme.traits]
    return replace(
        turn.theme,
        traits=tuple(
            replace(trait, title=Words(texts)) if isinstance(texts, dict) else trait for trait, texts in then
        ),
    )


def gone_since(inputs: Inputs, said: Said) -> dict[str, tuple[str, bool]]:
    """Return the names of those who were spoken of then and are gone, and whether they were named openly."""
    then = {one.partition(" ")[2]: _Person.of(text) for one, text in _about(_PERSON, said)}
    known = inputs.people.persons
    return {
        one: (state.name, bool(state.public))
        for one, state in then.items()
        if state.name and one not in known
    }


def absent_then(inputs: Inputs, said: Said, ever: Said) -> frozenset[str]:
    """Return who was not spoken of then; ``ever`` is what was said otherwise at any time, and is now else."""
    now = sayings(inputs, ever)
    states = {one: _Person.of(said.get(one, now[one])) for one, _ in _about(_PERSON, ever)}
    return frozenset(
        one.partition(" ")[2] for one, state in states.items() if not state.name or state.public is None
    )


def _about(what: str, said: Said) -> Iterator[tuple[str, str]]:
    yield from (pair for pair in said.items() if pair[0].startswith(f"{what} "))


def _person_then(person: Person, then: _Person) -> Person:
    spoken_of = then.name and then.public is not None
    thanks = (Thanks.PUBLIC if then.public else Thanks.PRIVATE) if spoken_of else Thanks.NEVER
    return replace(person, name=then.name or person.name, thanks=thanks)


def _on(steps: str | None, day: int) -> object:
    """Return what is said on a day."""
    said = [text for since, text in json.loads(steps or "[]") if since <= day]
    return said[-1] if said else None
