"""What concerns the whole plan: days, money, what nobody has told of, an organisation without people."""

from collections.abc import Sequence

from csweek.model.basics import Status
from csweek.plan.measure.findings.finding import Finding, State, Subject, count, said, some

OWN = "they are surprises for organisers: whoever holds one marks it by its id, csweek done EVENT"


def away(subject: Subject) -> Finding:
    """Nobody is away on the day of an event that needs them."""
    events = list(dict.fromkeys(w.event for w in subject.measures.wrong if w.event in subject.ahead))
    return said(
        "away",
        "Nobody away",
        f"somebody is not available on the day of {some(events)}" if events else "",
        "everybody is there whom an event needs",
        "csweek plan finds another day for what was not put there by hand; csweek move for what was",
    )


def budget(subject: Subject) -> Finding | None:
    """Purchases keep within the budget."""
    asked = subject.measures.asks
    if asked.budget is None:
        return None
    dearest = some([f"{action} ({amount:,.0f})" for action, amount in asked.dearest])
    money = f"{asked.currency} {asked.money:,.0f}".strip()
    return said(
        "budget",
        "Budget",
        f"{money} is over {asked.budget:,.0f}; the dearest are {dearest}"
        if asked.money > asked.budget
        else "",
        f"{money} of {asked.budget:,.0f}",
        "lower the level of one of these (cost: low) in the theme, or raise budget: {amount: …}",
    )


def unsaid(subject: Subject) -> Finding | None:
    """Past events are marked; those that are not are named, with the weeks in which to mark them."""
    open_ = {Status.PLANNED, Status.UNCONFIRMED}
    past = [e for e in subject.plan.live if e.date < subject.today and e.status in open_]
    if not past:
        return None
    readers = frozenset(subject.inputs.people.organisers)
    weeks = sorted({subject.plan.year.week_of(e.date) for e in past if not e.secret_from(readers)})
    return Finding(
        "unconfirmed",
        "Past",
        State.NOTE,
        f"nobody has said how {count(len(past), 'event')} went: until then no thanks are counted for them",
        f"csweek done --week {_stretches(subject, weeks)}" if weeks else OWN,
    )


def _stretches(subject: Subject, weeks: Sequence[int]) -> str:
    """Return weeks as they are typed behind ``--week``: ``1-8,10``."""
    found: list[list[int]] = []
    for week in weeks:
        if found and found[-1][-1] == week - 1:
            found[-1].append(week)
        else:
            found.append([week])
    ends = ([one[0], one[-1]] if len(one) > 1 else one for one in found)
    return ",".join("-".join(map(subject.week, one)) for one in ends)


def people(subject: Subject) -> Finding | None:
    """Without people it is a year for a whole organisation."""
    if len(subject.inputs.people):
        return None
    text = "nobody is known yet: this is a year for a whole organisation"
    return Finding("people", "People", State.NOTE, text, "csweek init makes a people file to begin with")
