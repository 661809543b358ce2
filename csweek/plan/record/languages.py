"""In which language each calendar speaks, and since when: a change of it counts in all its SEQUENCEs.

A calendar is known by its kind and whose it is (``teams/Support``); what somebody receives and what they
do speak one language. What was once known stays, so that no count ever falls.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache

from msgspec.structs import replace

from csweek.model.basics import Words
from csweek.model.inputs import Inputs
from csweek.model.plan import Spoken
from csweek.rows.values import EPOCH

_PEOPLE, _TEAMS, _SITES = "people/", "teams/", "sites/"
_WHOLE = "everyone/"


def spoken(
    before: Mapping[str, Sequence[Spoken]], inputs: Inputs, at: datetime
) -> dict[str, Sequence[Spoken]]:
    """Return the languages of each calendar in turn, ``at`` being when those that differ were changed."""

    @cache
    def alike(was: tuple[str, str], now: tuple[str, str]) -> bool:
        """Whether no text reads otherwise, since none lacks the language that stayed."""
        return was[0] == now[0] and all(words.say(*was) == words.say(*now) for words in _texts(inputs))

    def stepped(calendar: str, locale: str) -> Sequence[Spoken]:
        steps, now = before.get(calendar, ()), (locale, inputs.locale)
        if steps and steps[-1].locales == now:
            return steps
        if not steps or alike(steps[-1].locales, now):
            return *steps[:-1], Spoken(steps[-1].since if steps else EPOCH, *now)
        return *steps, Spoken(at, *now)

    now = _languages(inputs)
    gone = {one: inputs.locale for one in before if one.startswith(_PEOPLE) and one not in now}
    return {**before, **{one: stepped(one, locale) for one, locale in {**now, **gone}.items()}}


def turned(before: Mapping[str, Sequence[Spoken]], now: Mapping[str, Sequence[Spoken]]) -> list[str]:
    """Return the calendars that speak another language now."""
    return [one for one, steps in now.items() if len(steps) > len(before.get(one, steps))]


def inputs_in(inputs: Inputs, spoken: Mapping[str, Sequence[Spoken]], at: datetime) -> Inputs:
    """Return the inputs with the languages that held at a time."""
    whole = _then(spoken, _WHOLE, inputs.locale, at)
    people = inputs.people
    persons = {one.id: replace(one, locale=_then(spoken, _PEOPLE + one.id, one.locale, at)) for one in people}
    teams = {
        one.id: replace(one, locale=_then(spoken, _TEAMS + one.id, one.locale, at))
        for one in people.teams.values()
    }
    sites = {
        one.id: replace(one, locale=_then(spoken, _SITES + one.id, one.locale, at))
        for one in inputs.settings.sites.values()
    }
    settings = replace(inputs.settings, locale=whole, sites=sites)
    return replace(inputs, settings=settings, people=replace(people, persons=persons, teams=teams))


def _then(spoken: Mapping[str, Sequence[Spoken]], calendar: str, now: str, at: datetime) -> str:
    steps = [step for step in spoken.get(calendar, ()) if step.since <= at]
    return steps[-1].locale if steps else now


def _languages(inputs: Inputs) -> dict[str, str]:
    people, whole = inputs.people, inputs.locale
    return {
        _WHOLE: whole,
        "organisers/": next((people.persons[one].locale for one in people.organisers), whole),
        **{_SITES + one.id: one.locale for one in inputs.settings.sites.values()},
        **{_TEAMS + one.id: one.locale for one in people.teams.values()},
        **{_PEOPLE + one.id: one.locale for one in people},
    }


def _texts(inputs: Inputs) -> Iterable[Words]:
    for turn in inputs.themes:
        for action in turn.theme.actions.values():
            yield action.title
            yield action.how
        yield from (trait.title for trait in turn.theme.traits)
