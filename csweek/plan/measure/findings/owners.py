"""What is promised to those who give."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from csweek.plan.measure.fair import Over
from csweek.plan.measure.findings.finding import AFRESH, Finding, Subject, count, said, some, typed
from csweek.plan.measure.rota import Pair


def minutes(subject: Subject) -> Finding | None:
    """Owners' minutes a week suffice for what was chosen, as far as that can still be changed."""
    loads, limit = subject.measures.asks.loads, subject.inputs.settings.limits.owner_minutes_per_week
    if not loads:
        return None
    over = [one for one in subject.measures.over if one.week >= subject.this_week]
    fullest = max(loads, key=lambda load: load.most)
    most = f"{fullest.most} in week {subject.week(fullest.fullest)}"
    given = f"within {limit} minutes but for given days: {most}"
    return said(
        "minutes",
        "Owners' time",
        f"over {limit} minutes a week by what was chosen: {some(_by_owner(over, subject))}" if over else "",
        given if fullest.most > limit else f"within {limit} minutes a week: at most {most}",
        f"csweek show owner {typed(over[0].owner)} lists theirs: csweek move one to another week or owner"
        if over
        else "",
    )


def _by_owner(over: Sequence[Over], subject: Subject) -> list[str]:
    """Say of each owner what they give in the weeks that are too full."""
    theirs: defaultdict[str, list[Over]] = defaultdict(list)
    for one in over:
        theirs[one.owner].append(one)
    return [_too_much(subject.name(owner), weeks, subject) for owner, weeks in theirs.items()]


def _too_much(name: str, weeks: Sequence[Over], subject: Subject) -> str:
    most, numbers = max(one.minutes for one in weeks), subject.weeks([one.week for one in weeks])
    if len(weeks) == 1:
        return f"{name} gives {most} in week {numbers}"
    return f"{name} gives up to {most} in {len(weeks)} weeks ({numbers})"


def shared(subject: Subject) -> Finding | None:
    """Leaders who may take the same people do so alike."""
    if len(subject.inputs.people.leaders) < 2:
        return None
    apart = [
        f"{subject.name(u.more)} has {u.difference} more {u.action} than {subject.name(u.fewer)}"
        for u in subject.measures.unshared
    ]
    return said(
        "shared",
        "Shared",
        f"of those that both may hold {some(apart)}" if apart else "",
        "leaders who may take the same people do so alike",
        "csweek move EVENT --owner gives some of them to the other",
    )


def rounds(subject: Subject) -> Finding | None:
    """In leaders' rounds that are ahead nobody meets their own line, or somebody again too soon."""
    rotas = subject.measures.rotas
    if not rotas.groups:
        return None
    ahead = subject.ahead
    wrong = [
        text
        for text in (
            _many(_events(rotas.own_line, ahead), "person sits", "people sit", "with their own line"),
            _many(_events(rotas.again, ahead), "pair meets", "pairs meet", "again before all have met"),
            _many(
                sum(event in ahead for _, event in rotas.early),
                "person is",
                "people are",
                "met again before all were met once",
            ),
            _many(
                sum(one.day >= subject.today for one in rotas.away),
                "moment takes",
                "moments take",
                "too many of a team away",
            ),
            _many(len(ahead.intersection(rotas.too_large)), "group is", "groups are", "larger than asked"),
        )
        if text
    ]
    low, high = min(rotas.sizes), max(rotas.sizes)
    sizes = f"{low} to {high}" if high > low else f"{low}"
    return said(
        "rotas",
        "Leaders' rounds",
        some(wrong),
        f"{count(rotas.groups, 'group')} of {sizes}; nobody's own line, no pair again too soon",
        _other_leader(subject),
    )


def _events(pairs: Sequence[Pair], ahead: Collection[str]) -> int:
    return sum(one.event in ahead for one in pairs)


def _other_leader(subject: Subject) -> str:
    """Return what gives the first wrong meeting of leader and person another leader, or another day."""
    rotas, ahead = subject.measures.rotas, subject.ahead
    first = next((one for one in (*rotas.own_line, *rotas.again) if one.event in ahead), None)
    if first and len(subject.inputs.people.leaders) > 1:
        return f"csweek move {first.event} --owner NAME gives {subject.name(first.person)} another leader"
    return AFRESH


def _many(number: int, one: str, more: str, what: str) -> str:
    return f"{count(number, one, more)} {what}" if number else ""
