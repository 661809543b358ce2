"""What is promised to those who give."""

from csweek.plan.measure.findings.finding import AFRESH, Finding, Subject, count, said, some


def minutes(subject: Subject) -> Finding | None:
    """Owners' minutes a week suffice for what was chosen."""
    loads, limit = subject.measures.asks.loads, subject.inputs.settings.limits.owner_minutes_per_week
    if not loads:
        return None
    over = [
        f"{subject.name(o.owner)} gives {o.minutes} in week {subject.week(o.week)}"
        for o in subject.measures.over
    ]
    fullest = max(loads, key=lambda load: load.most)
    most = f"{fullest.most} in week {subject.week(fullest.fullest)}"
    given = f"within {limit} minutes but for given days: {most}"
    return said(
        "minutes",
        "Owners' time",
        f"over {limit} minutes a week by what was chosen: {some(over)}" if over else "",
        given if fullest.most > limit else f"within {limit} minutes a week: at most {most}",
        "csweek move one of them to another week or owner",
    )


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
    """In leaders' rounds nobody meets their own line, or somebody again too soon."""
    rotas = subject.measures.rotas
    if not rotas.groups:
        return None
    wrong = [
        text
        for text in (
            _many(len(rotas.own_line), "person sits", "people sit", "with their own line"),
            _many(len(rotas.again), "pair meets", "pairs meet", "again before all have met"),
            _many(len(rotas.early), "person is", "people are", "met again before all were met once"),
            _many(len(rotas.away), "moment takes", "moments take", "too many of a team away"),
            _many(len(rotas.too_large), "group is", "groups are", "larger than asked"),
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


def _other_leader(subject: Subject) -> str:
    """Return what gives the first wrong meeting of leader and person another leader, or another day."""
    rotas = subject.measures.rotas
    pairs = (*rotas.own_line, *rotas.again)
    if pairs:
        first = pairs[0]
        return f"csweek move {first.event} --owner NAME gives {subject.name(first.person)} another leader"
    return AFRESH


def _many(number: int, one: str, more: str, what: str) -> str:
    return f"{count(number, one, more)} {what}" if number else ""
