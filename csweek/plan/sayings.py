"""What calendars say of events besides what stands in their rows: names, stories, traits in the spotlight.

A change of it changes what people read, and so raises the sequence of the events that say it. Each stands
as JSON under what it is about; what holds from a day on, as pairs of day and text.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple
from zlib import crc32

from csweek.model.basics import Audience, Channel, Thanks
from csweek.model.inputs import Inputs, Story
from csweek.once import Once
from csweek.rows import DAY, KIND, OWNER, RECIPIENTS, Plain, Table
from csweek.rows.values import dump

_PERSON, _STORY, _TRAIT, _SITES = "person", "story", "trait", "sites"
_TOLD = frozenset({Channel.CARD, Channel.NOTE, Channel.CALL, Channel.VISIT})
"""Channels by which stories reach one person."""
Said = Mapping[str, str]
Says = Callable[[Plain], Iterator[str]]


def sayings(inputs: Inputs) -> dict[str, str]:
    """Return what events say of people, stories, traits and sites, by what it is about.

    Of stories only a checksum is said; of people their name, whether it may stand in the open, and the
    year in which they began.
    """
    persons = {
        f"{_PERSON} {one.id}": dump(
            [one.name, one.thanks is Thanks.PUBLIC, one.start_date.year if one.start_date else None]
        )
        for one in inputs.people
    }
    stories = {f"{_STORY} {person}": _steps_of(told) for person, told in inputs.stories_of.items()}
    return persons | stories | _traits(inputs) | {_SITES: dump(len(inputs.settings.sites) > 1)}


def _steps_of(stories: Iterable[Story]) -> str:
    told = sorted((one for one in stories if one.kind != "obstacle"), key=lambda one: one.date)
    return dump([(one.date.toordinal(), crc32(f"{one.kind}\n{one.text}\n{one.by}".encode())) for one in told])


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


def changed(before: Said, now: Said) -> frozenset[str]:
    """Return about what something else is said now; nothing where it is not known what was said before."""
    if not before:
        return frozenset()
    known = before.keys() & now.keys()
    lone = (before.keys() ^ now.keys()) if before.keys() != now.keys() else ()
    return frozenset(
        (*(one for one in known if before[one] != now[one]), *(one for one in lone if _may_be_lone(one)))
    )


def _may_be_lone(about: str) -> bool:
    """Whether something is said where nothing was; of people who come or go the rows tell."""
    return not about.startswith(f"{_PERSON} ")


def reworded(table: Table, now: Said, about: frozenset[str]) -> Says:
    """Return what yields about what an event of the table says something else now, among what changed."""
    before, text, kinds = table.said, table.decoder.text, table.decoder.kinds
    people: Once[int, list[str]] = Once(lambda number: [text[one] for one in table.decoder.people[number]])

    @cache
    def differs(one: str, day: int) -> bool:
        return one in about and _on(before.get(one), day) != _on(now.get(one), day)

    @cache
    def read(person: str) -> _Read:
        one = f"{_PERSON} {person}"
        return _read(before[one], now[one]) if one in about else _Read()

    def found(row: Plain) -> Iterator[str]:
        kind, recipients, owner = kinds[row[KIND]], people[row[RECIPIENTS]], row[OWNER]
        alone = kind["audience"] is Audience.PERSON and kind["channel"] in _TOLD
        if owner is not None and read(text[owner]).owner:
            yield f"{_PERSON} {text[owner]}"
        for person in recipients:
            if read(person).recipient or (alone and kind["fixed"] and read(person).years):
                yield f"{_PERSON} {person}"
            if alone and differs(f"{_STORY} {person}", row[DAY]):
                yield f"{_STORY} {person}"
        if kind["trait"] and differs(f"{_TRAIT} {kind['trait']}", row[DAY]):
            yield f"{_TRAIT} {kind['trait']}"
        if kind["audience"] is Audience.ORGANISATION and _SITES in about:
            yield _SITES

    return found


class _Read(NamedTuple):
    """Whether somebody reads otherwise now: as a recipient, as an owner, on an anniversary."""

    recipient: bool = False
    owner: bool = False
    years: bool = False


def _read(before: str, now: str) -> _Read:
    """Owners are only named who may be named to all."""
    (name, public, year), (new, now_public, new_year) = json.loads(before), json.loads(now)
    as_owner = (public and name) != (now_public and new)
    return _Read((name, public) != (new, now_public), as_owner, year != new_year)


def news(before: Said, now: Said) -> list[str]:
    """Return what is said otherwise now: ``a new name: Anna Lind (before: Anna Berg)``; names come first."""
    was = {one: json.loads(text) for one, text in before.items() if one.startswith(f"{_PERSON} ")}
    pairs = [(had, json.loads(now[one])) for one, had in was.items()]
    names = [f"{new[0]} (before: {had[0]})" for had, new in pairs if had[0] != new[0]]
    return [
        *(f"{'a new name' if len(names) == 1 else 'new names'}: {name}" for name in names[:1]),
        *names[1:],
        *(_openly(*new[:2]) for had, new in pairs if had[0] == new[0] and had[1] != new[1]),
        *(f"other years of {new[0]}" for had, new in pairs if had[:2] == new[:2]),
        *(f"what was told of {_name(one, now)}" for one in before if one.startswith(f"{_STORY} ")),
        *(_NEW[kind] for kind in dict.fromkeys(one.partition(" ")[0] for one in before) if kind in _NEW),
    ]


_NEW = {_TRAIT: "another title of a trait", _SITES: "which site they are for, or no longer"}


def _name(story: str, now: Said) -> str:
    person = story.partition(" ")[2]
    return str(json.loads(now.get(f"{_PERSON} {person}", dump([person])))[0])


def _openly(name: str, public: bool) -> str:  # noqa: FBT001 - as it is kept
    return f"{name} openly" if public else f"{name} no longer openly"


def named(said: Said) -> dict[str, tuple[str, bool]]:
    """Return the names that are said of people by their ids, and whether these may stand in the open."""
    found = {one.partition(" ")[2]: json.loads(text) for one, text in said.items() if one.startswith(_PERSON)}
    return {person: (name, public) for person, (name, public, _) in found.items()}


def _on(steps: str | None, day: int) -> object:
    """Return what is said on a day."""
    said = [text for since, text in json.loads(steps or "[]") if since <= day]
    return said[-1] if said else None
