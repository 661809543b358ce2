"""What holds of what a good plan promises, what does not, and the smallest change that would help."""

from collections.abc import Callable, Iterable

from csweek.model.basics import Day
from csweek.model.inputs import Inputs
from csweek.model.plan import Plan
from csweek.plan.measure.findings import owners, persons, rest, teams
from csweek.plan.measure.findings.finding import Finding, State, Subject
from csweek.plan.measure.whole import Measures

__all__ = ["Finding", "State", "findings"]


def findings(plan: Plan, inputs: Inputs, measures: Measures, today: Day) -> tuple[Finding, ...]:
    """Return every promise that concerns this plan, those that are broken first, then notes."""
    subject = Subject(plan, inputs, measures, today)
    found = [finding for look in _LOOKS if (finding := look(subject))]
    order = (State.BROKEN, State.NOTE, State.HOLDS)
    return tuple(sorted(found, key=lambda finding: order.index(finding.state)))


_LOOKS: Iterable[Callable[[Subject], Finding | None]] = (
    rest.people,
    teams.empty_weeks,
    persons.owed,
    persons.even,
    persons.forgotten,
    teams.silence,
    persons.shifts,
    teams.practices,
    owners.rounds,
    owners.minutes,
    owners.shared,
    rest.away,
    rest.budget,
    rest.unsaid,
)
