"""Who meets a leader again before all others, because those have no minutes or no hour left."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from csweek.errors import Problem
from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.model.theme import PerYear
from csweek.names import few
from csweek.plan.deal import Dealt
from csweek.plan.level.even import LARGE
from csweek.plan.measure.rota import met_again
from csweek.plan.measure.scene import Scene
from csweek.plan.owed.acts import Act
from csweek.plan.owed.suggest import written
from csweek.plan.told.wording import name_of, warning
from csweek.rows import KIND
from csweek.rows.table import Table


def told(dealt: Dealt, table: Table, inputs: Inputs, today: date) -> Iterator[Problem]:
    """Yield a word on each action in whose groups ahead somebody meets a leader again too soon.

    Of very many people ``csweek report`` tells it.
    """
    small = len(inputs.people) <= LARGE
    acts = [act for act in dealt.books.chosen(Audience.GROUP) if small and _twice(act, dealt)]
    if not acts:
        return
    kinds = table.decoder.kinds
    groups = {n for n in {row[KIND] for row in table.rows} if kinds[n]["audience"] is Audience.GROUP}
    plan = replace(table, rows=[row for row in table.rows if row[KIND] in groups]).plan()
    ahead = {event.id: event.action for event in plan.live if event.date >= today}
    pairs = [*met_again(Scene(plan, inputs), dealt.books.past.meetings)]
    for act in acts:
        who = list(dict.fromkeys(one.person for one in pairs if ahead.get(one.event) == act.id))
        if who:
            yield _said(act, [name_of(person, inputs) for person in who], inputs)


def _twice(act: Act, dealt: Dealt) -> bool:
    """Whether anybody meets any leader more than once."""
    met = (owners for (action, _), owners in dealt.books.ledger.met.items() if action == act.id)
    return any(max(owners.values(), default=0) > 1 for owners in met)


def _said(act: Act, names: list[str], inputs: Inputs) -> Problem:
    meet = "meets" if len(names) == 1 else "meet"
    leaders, rhythm = len(inputs.people.leaders), act.offer.rhythm
    slower = isinstance(rhythm, PerYear) and rhythm.times > leaders
    less = "".join(written([act.offer], [PerYear(leaders)])) if slower else "ask for it less often"
    return warning(
        f"{act.id}: {few(names)} {meet} a leader again before all others: "
        "there are more rounds than leaders' minutes and hours are enough for",
        f"{less}, or csweek move EVENT --owner NAME gives somebody another leader",
        act.offer.action,
    )
