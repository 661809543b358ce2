"""What is promised to every team."""

from csweek.plan.measure.findings.finding import AFRESH, Finding, Subject, count, said, some
from csweek.plan.owed.suggest import for_empty_weeks


def empty_weeks(subject: Subject) -> Finding:
    """Every team has something in every week from this one on in which it works."""
    ahead = {
        team: [week for week in weeks if week >= subject.this_week]
        for team, weeks in subject.measures.empty.items()
    }
    empty = [
        f"{team or 'everyone'} in {count(len(weeks), 'week')} ({subject.weeks(weeks)})"
        for team, weeks in ahead.items()
        if weeks
    ]
    weeks = {week for own in ahead.values() for week in own}
    help_ = for_empty_weeks(weeks, subject.plan.year, subject.inputs.settings)
    return said(
        "empty_weeks",
        "No empty week",
        f"nothing for {some(empty)}" if empty else "",
        "every team has something in each of its weeks",
        f"{help_} in the theme fills them",
    )


def silence(subject: Subject) -> Finding | None:
    """No team is without thanks by name for long."""
    if not (subject.measures.gaps and subject.measures.silences):
        return None
    silent = [s for s in subject.measures.silences if s.weeks > s.allowed]
    longest = max(s.weeks for s in subject.measures.silences)
    return said(
        "silence",
        "No silent month",
        some([f"nobody in {s.team} is thanked by name for {count(s.weeks, 'week')}" for s in silent]),
        f"no team is without thanks by name for more than {count(longest, 'week')}"
        if longest
        else "every team has thanks by name in each of its weeks",
        AFRESH,
    )


def practices(subject: Subject) -> Finding:
    """Every team sees the five practices in every quarter."""
    lacking = [
        f"{each.team or 'everyone'} sees no {some([p.replace('_', '-') for p in each.practices])} "
        f"in quarter {each.quarter}"
        for each in subject.measures.unseen
    ]
    return said(
        "practices",
        "Five practices",
        some(lacking),
        "every team sees all five in every quarter",
        "add an idea or an action of that practice to the theme: csweek theme show lists what it has",
    )
