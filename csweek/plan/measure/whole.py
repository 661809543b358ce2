"""Everything that DESIGN.md section 6 promises, measured."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from csweek.model.inputs import Inputs
from csweek.model.plan import Plan
from csweek.plan.earlier import Meeting
from csweek.plan.measure.asks import asks
from csweek.plan.measure.blend import Blend, blend
from csweek.plan.measure.even import (
    Evenness,
    Part,
    Silence,
    by_practice,
    by_team,
    by_trait,
    evenness,
    gap_of,
    silences,
)
from csweek.plan.measure.fair import Over, Served, Unshared, over_limit, served, unshared
from csweek.plan.measure.owed import Owing, Unseen, empty_weeks, owing, unseen
from csweek.plan.measure.rota import Rotas, rotas
from csweek.plan.measure.scene import Scene
from csweek.plan.measure.wrong import Wrong, wrong
from csweek.plan.told.asks import Asks


class Measures(Struct, frozen=True):
    """How good a plan is; weeks are positions from 0."""

    empty: Mapping[str, tuple[int, ...]]
    owing: Owing
    even: Evenness
    teams: tuple[Part, ...]
    practices: tuple[Part, ...]
    traits: Mapping[str, int]
    gaps: Mapping[str, tuple[int, int]]
    """Everybody's longest gap and the longest that is promised."""
    silences: tuple[Silence, ...]
    over: tuple[Over, ...]
    unshared: tuple[Unshared, ...]
    served: tuple[Served, ...]
    unseen: tuple[Unseen, ...]
    rotas: Rotas
    wrong: tuple[Wrong, ...]
    asks: Asks
    blend: Blend


def measured(plan: Plan, inputs: Inputs, before: Iterable[Meeting] = ()) -> Measures:
    """Return all figures of a plan; ``before`` is who met in the years before."""
    scene = Scene(plan, inputs)
    owed = owing(scene)
    return Measures(
        empty_weeks(scene),
        owed,
        evenness(plan, inputs),
        by_team(scene),
        by_practice(scene),
        by_trait(scene),
        {person: gap_of(scene, person) for person in scene.touches},
        silences(scene),
        over_limit(scene),
        unshared(scene),
        served(scene, owed.persons),
        unseen(scene),
        rotas(scene, before),
        wrong(scene),
        asks(plan, inputs),
        blend(scene),
    )
