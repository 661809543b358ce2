"""Organisations of 12 to 60 people whose year both the planner and a solver can deal."""

import random

from msgspec import Struct
from msgspec.structs import replace
from organisations import Shape, action, organisation, theme

from csweek.model.basics import Channel, Practice, Thanks
from csweek.model.inputs import Inputs
from csweek.model.theme import Action, Anchor, On, PerYear, ThemeTurn

LIMITS = (45, 60, 90)
ROOM = 0.8
"""The part of an owner's minutes that an instance may ask for: beyond it rhythms would be lengthened."""


class Instance(Struct, frozen=True, dict=True):
    """A name for the table and what the planner is given."""

    name: str
    inputs: Inputs
    people: int


def instance(number: int) -> Instance:
    """Return the instance with this number; the same number gives the same one."""
    rng = random.Random(f"solver {number}")  # noqa: S311 (a reproducible sample)
    shape = Shape(
        people=rng.randint(12, 60),
        teams=rng.randint(1, 5),
        sites=rng.randint(1, 4),
        leaders=rng.randint(2, 4),
        organisers=0,
        leave=rng.choice((0.1, 0.3, 0.5)),
        odd_hours=rng.choice((0.0, 0.3)),
        movers=rng.choice((0.0, 0.1, 0.2)),
        year=rng.choice((2026, 2027, 2029)),
        limit=rng.choice(LIMITS),
        actions=_actions(rng),
    )
    inputs = _without_leaders_as_recipients(organisation(shape, number))
    fitting = _with_room(inputs)
    return Instance(f"{number:02}", fitting, shape.people)


def _actions(rng: random.Random) -> tuple[Action, ...]:
    """Return actions for persons alone: by the manager, by a leader, and on given days."""
    return (
        action("note", Practice.HEROES, rhythm=PerYear(rng.randint(4, 8)), channel=Channel.CARD, minutes=10),
        action("talk", Practice.CAREER, rhythm=PerYear(rng.randint(1, 2)), channel=Channel.VISIT, minutes=20),
        action(
            "wow",
            Practice.WOW,
            rhythm=PerYear(rng.randint(1, 3)),
            owner="leader",
            channel=Channel.CARD,
            minutes=15,
        ),
        action("years", Practice.HEROES, rhythm=On((Anchor("anniversary"),)), channel=Channel.CARD),
    )


def _without_leaders_as_recipients(inputs: Inputs) -> Inputs:
    """Return the organisation with leaders who give and do not receive: nobody stands above them."""
    people = inputs.people
    persons = {p.id: replace(p, thanks=Thanks.NEVER) if p.id in people.leaders else p for p in people}
    return replace(inputs, people=replace(people, persons=persons), themes=(ThemeTurn(theme(*_own(inputs))),))


def _own(inputs: Inputs) -> tuple[Action, ...]:
    return tuple(inputs.themes[0].theme.actions.values())


def _with_room(inputs: Inputs) -> Inputs:
    """Return the organisation with the least of the limits that leaves every owner some room."""
    needed = max(_asked_in_a_week(inputs))
    limit = next((each for each in LIMITS if needed <= ROOM * each), int(needed / ROOM / 10 + 1) * 10)
    wanted = max(limit, inputs.settings.limits.owner_minutes_per_week)
    settings = inputs.settings
    return replace(
        inputs, settings=replace(settings, limits=replace(settings.limits, owner_minutes_per_week=wanted))
    )


def _asked_in_a_week(inputs: Inputs) -> list[float]:
    """Return what an average week of 44 asks of each manager, and of the leaders each."""
    actions = _own(inputs)
    year = {
        role: sum(
            a.minutes * (a.rhythm.times if isinstance(a.rhythm, PerYear) else 1)
            for a in actions
            if a.owner == role
        )
        for role in ("manager", "leader")
    }
    people = inputs.people
    receiving = [p for p in people if p.thanks is not Thanks.NEVER]
    managed = [sum(p.manager == m for p in receiving) * year["manager"] / 44 for m in people.reports]
    led = len(receiving) * year["leader"] / len(people.leaders) / 44
    # A manager of managers is a leader too and has both.
    return [
        each + (led if m in people.leaders else 0) for m, each in zip(people.reports, managed, strict=True)
    ] + [led]
