"""What is promised to everyone by name."""

from collections.abc import Collection, Sequence

from csweek.errors import Problem
from csweek.model.basics import TIMED, Audience
from csweek.plan.level.absent import Weeks, without_givers
from csweek.plan.measure.findings.finding import AFRESH, Finding, State, Subject, count, said, some
from csweek.plan.measure.owed import Kept
from csweek.plan.measure.rota import in_line
from csweek.plan.measure.scene import Scene
from csweek.plan.owed.demand import Subject as Whom
from csweek.plan.owed.owners import Owners
from csweek.plan.owed.suggest import FULL
from csweek.plan.placing.agenda import Agenda

SAYS = "csweek plan --dry-run says whether it is enough"


def owed(subject: Subject) -> Finding | None:
    """Everyone has what the theme owes them."""
    owing = subject.measures.owing
    if not owing.persons:
        return None
    short = _short(subject)
    lacking = [f"{kept.missing:,} of {kept.owed:,} {kept.action.id}" for kept in short]
    return said(
        "owed",
        "Owed",
        f"not all that the theme asks for could be planned: {some(lacking)} are missing" if short else "",
        f"everyone has what the theme owes them: {sum(d.had for d in owing.persons):,} moments by name",
        _more_time(subject, short),
    )


def _short(subject: Subject) -> list[Kept]:
    """Return the actions of which some is missing, the most first."""
    return sorted((k for k in subject.measures.owing.actions if k.missing), key=lambda k: -k.missing)


def _more_time(subject: Subject, short: Sequence[Kept]) -> str:
    """Return what would make room for what is missing of the action that lacks most."""
    if not short:
        return ""
    most = max(short, key=lambda kept: kept.missing)
    people = subject.inputs.people
    owners = people.leaders if most.action.owner == "leader" else tuple(people.reports)
    if not owners:
        return f"give somebody the role {most.action.owner}, or ask for {most.action.id} less often"
    if most.action.owner == "leader" and _all_in_line(subject, most):
        return "give somebody outside their own line the role leader"
    if _never_together(subject, most):
        timed = ", or widen event_hours or owner_hours" if most.action.channel in TIMED else ""
        return f"give their manager a deputy, or name an organiser or leader, who works when they do{timed}"
    fewer = f"ask for {most.action.id} less often"
    more = "more leaders" if most.action.owner == "leader" else "another manager for large teams"
    return f"raise limits: owner_minutes_per_week ({SAYS}), {more}, or {fewer}"


def _all_in_line(subject: Subject, short: Kept) -> bool:
    """Whether those who lack something have no leader but in their own line."""
    scene = Scene(subject.plan, subject.inputs)
    leaders = subject.inputs.people.leaders
    return all(in_line(scene, leader, person) for person in short.lacking for leader in leaders)


def _never_together(subject: Subject, short: Kept) -> bool:
    """Whether nobody who might hold what is missing works on a day and within hours of those who lack it."""
    scene, action = Scene(subject.plan, subject.inputs), short.action
    owners, there, agenda = (
        Owners(subject.inputs.people),
        scene.there.person,
        Agenda(subject.inputs, scene.there),
    )
    return not any(
        together & agenda.days(whom, owner, action.minutes) if action.channel in TIMED else together
        for person in short.lacking
        for whom in [Whom(person, Audience.PERSON, "", 0, 0, None, (person,))]
        for candidates in [owners.of(action.owner, whom)]
        for owner in candidates.first + candidates.stand_in
        for together in [there[person] & there[owner]]
    )


def forgotten(subject: Subject) -> Finding | None:
    """Nobody waits longer for thanks by name than anyone should."""
    gaps = subject.measures.gaps
    if not gaps:
        return None
    wide = {p: gap - bound for p, (gap, bound) in gaps.items() if gap > bound}
    names = [subject.name(p) for p in sorted(wide, key=lambda p: (-wide[p], p))]
    verb = "waits" if len(names) == 1 else "wait"
    return said(
        "gaps",
        "No one forgotten",
        f"{some(names)} {verb} up to {count(max(wide.values()), 'week')} longer than anyone should"
        if wide
        else "",
        f"nobody waits too long; the longest wait is {_longest(subject)}",
        _fullest(subject, _givers(subject, wide))
        or f"look at csweek show person, and move one of theirs; {AFRESH}",
    )


def _givers(subject: Subject, persons: Collection[str]) -> set[str]:
    """Return who owns the thanks by name of these."""
    touches = Scene(subject.plan, subject.inputs).touches
    return {event.owner for person in persons for event in touches[person] if event.owner}


def _longest(subject: Subject) -> str:
    return count(max(gap for gap, _ in subject.measures.gaps.values()), "week")


def even(subject: Subject) -> Finding | None:
    """Every week has its share of thanks."""
    even = subject.measures.even
    if not sum(even.touches):
        return None
    text = f"weeks within {even.week:.1f} thanks of their share, sums within {even.prefix:.1f}"
    as_dealt = even.holds or subject.plan.revision <= 1
    away = _without_givers(subject, uneven=as_dealt and not even.holds)
    if not as_dealt:
        text = f"changes have made it less even: {text}"
    if away and (even.holds or not as_dealt):
        return Finding("even", "Even", State.NOTE, f"{text}; {away.message}", away.hint or "")
    if not as_dealt:
        return Finding("even", "Even", State.NOTE, text, AFRESH)
    return said(
        "even",
        "Even",
        "" if even.holds else "; ".join([text, *([away.message] if away else [])]),
        text,
        (away and away.hint) or _fullest(subject, subject.inputs.people.persons) or _lighter(subject),
    )


def _without_givers(subject: Subject, *, uneven: bool) -> Problem | None:
    """Return who alone gives something and is not there in weeks that are poorer for it."""
    scene = Scene(subject.plan, subject.inputs)
    today = scene.there.index(subject.today)
    weeks = Weeks(scene.pools, scene.givers, subject.measures.even.shares, scene.there, today)
    return without_givers(weeks, subject.inputs, uneven=uneven)


def _fullest(subject: Subject, among: Collection[str]) -> str:
    """Return whose weeks among these leave too little room, and what helps; nothing where nobody's do."""
    limit, scene = subject.inputs.settings.limits.owner_minutes_per_week, Scene(subject.plan, subject.inputs)
    loads = [load for load in subject.measures.asks.loads if load.owner in among]
    weeks = {load.owner: len(scene.present(load.owner)) for load in loads}
    each = {load.owner: load.minutes / weeks[load.owner] for load in loads if weeks[load.owner]}
    owner = max(each, key=lambda one: each[one], default="")
    if not owner or each[owner] <= FULL * limit:
        return ""
    organises = owner in subject.inputs.people.organisers
    more = "give one more person the role organiser" if organises else "share their work"
    return (
        f"{subject.name(owner)} is there in {count(weeks[owner], 'week')} and gives {each[owner]:.0f} of "
        f"{limit} minutes in each, which leaves little room: raise limits: owner_minutes_per_week "
        f"({SAYS}), or {more}"
    )


def _lighter(subject: Subject) -> str:
    """Return how to make the week lighter that is furthest over its share."""
    even = subject.measures.even
    over = [number - share for number, share in zip(even.touches, even.shares, strict=True)]
    week = subject.week(over.index(max(over)))
    return (
        f"csweek show week {week} is the fullest for its share: csweek move one of its thanks to another week"
    )


def shifts(subject: Subject) -> Finding | None:
    """Who works at odd hours has as much as the others."""
    kinds = subject.measures.served
    if not kinds:
        return None
    behind = [f"{s.kind} people have {s.behind:.1f} thanks fewer" for s in kinds if s.behind > 1]
    alike = some([s.kind for s in kinds], len(kinds))
    return said(
        "shifts",
        "Every shift",
        f"{some(behind)} than is theirs, beside the others" if behind else "",
        f"{alike} people are served alike",
        _more_time(subject, _short(subject))
        or "give their manager a deputy, or name an organiser who works when they do",
    )
