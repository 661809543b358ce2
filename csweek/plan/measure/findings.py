"""What holds of what a good plan promises, what does not, and the smallest change that would help."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from csweek.model.basics import Audience, Day, Status
from csweek.model.inputs import Inputs
from csweek.model.plan import Plan
from csweek.plan.measure.owed import Kept
from csweek.plan.measure.rota import in_line
from csweek.plan.measure.scene import Scene
from csweek.plan.measure.whole import Measures

NAMED = 3
"""So many are named, the others counted."""
MANNED = 0.85
"""The part of the minutes that rhythms may ask for."""
AFRESH = "csweek plan --afresh deals all that is still ahead again"


class State(StrEnum):
    """Whether a promise holds; a note is something to know that was not promised."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One promise: what it is called, whether it holds, in a sentence, and what would help."""

    id: str
    title: str
    state: State
    text: str
    help: str = ""


class Subject:
    """A plan and its measures, with ways to name what is in them."""

    def __init__(self, plan: Plan, inputs: Inputs, measures: Measures, today: Day) -> None:
        self.plan, self.inputs, self.measures, self.today = plan, inputs, measures, today

    def name(self, person: str) -> str:
        """Return a person's name."""
        known = self.inputs.people.persons.get(person)
        return known.name if known else person

    def week(self, position: int) -> str:
        """Return the number of a week."""
        return str(self.plan.year.monday(position).isocalendar().week)

    def weeks(self, positions: Sequence[int]) -> str:
        """Return the numbers of the first few weeks."""
        more = ", …" if len(positions) > NAMED else ""
        return ", ".join(map(self.week, positions[:NAMED])) + more


def findings(plan: Plan, inputs: Inputs, measures: Measures, today: Day) -> tuple[Finding, ...]:
    """Return every promise that concerns this plan, those that are broken first, then notes."""
    subject = Subject(plan, inputs, measures, today)
    found = [finding for look in _LOOKS if (finding := look(subject))]
    order = (State.BROKEN, State.NOTE, State.HOLDS)
    return tuple(sorted(found, key=lambda finding: order.index(finding.state)))


def some(names: Sequence[str], most: int = NAMED) -> str:
    """Return names as a list in words, the first few of many."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most:,} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def count(number: int, one: str, more: str = "") -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def _said(ident: str, title: str, broken: str, holds: str, help_: str) -> Finding:
    """Return a promise that is broken where there is a sentence for it."""
    if broken:
        return Finding(ident, title, State.BROKEN, broken, help_)
    return Finding(ident, title, State.HOLDS, holds)


# --- teams ---------------------------------------------------------------------------------------


def _empty_weeks(subject: Subject) -> Finding:
    empty = [
        f"{team or 'everyone'} in {count(len(weeks), 'week')} ({subject.weeks(weeks)})"
        for team, weeks in subject.measures.empty.items()
    ]
    return _said(
        "empty_weeks",
        "No empty week",
        f"nothing for {some(empty)}" if empty else "",
        "every team has something in each of its weeks",
        "an action with `audience: team` and `every: 1 week` in the theme fills them",
    )


def _silence(subject: Subject) -> Finding | None:
    silent = [s for s in subject.measures.silences if s.weeks > s.allowed]
    if not (subject.measures.gaps and subject.measures.silences):
        return None
    longest = max((s.weeks for s in subject.measures.silences), default=0)
    return _said(
        "silence",
        "No silent month",
        some([f"nobody in {s.team} is thanked by name for {count(s.weeks, 'week')}" for s in silent]),
        f"no team is without thanks by name for more than {count(longest, 'week')}"
        if longest
        else "every team has thanks by name in each of its weeks",
        AFRESH,
    )


def _practices(subject: Subject) -> Finding:
    lacking = [
        f"{each.team or 'everyone'} sees no {some([p.replace('_', '-') for p in each.practices])} "
        f"in quarter {each.quarter}"
        for each in subject.measures.unseen
    ]
    return _said(
        "practices",
        "Five practices",
        some(lacking),
        "every team sees all five in every quarter",
        "add an idea or an action of that practice to the theme: csweek theme show lists what it has",
    )


# --- persons -------------------------------------------------------------------------------------


def _owed(subject: Subject) -> Finding | None:
    owing = subject.measures.owing
    if not owing.persons:
        return None
    short = [kept for kept in owing.actions if kept.missing]
    lacking = [f"{kept.missing:,} of {kept.owed:,} {kept.action.id}" for kept in short]
    return _said(
        "owed",
        "Owed",
        f"not all that the theme asks for could be planned: {some(lacking)} are missing" if short else "",
        f"everyone has what the theme owes them: {sum(d.had for d in owing.persons):,} moments by name",
        _more_time(subject, short),
    )


def _more_time(subject: Subject, short: Sequence[Kept]) -> str:
    """Return what would make room for what is missing of the action that lacks most."""
    if not short:
        return ""
    most = max(short, key=lambda kept: kept.missing)
    limit = subject.inputs.settings.limits.owner_minutes_per_week
    people = subject.inputs.people
    owners = people.leaders if most.action.owner == "leader" else tuple(people.reports)
    if not owners:
        return f"give somebody the role {most.action.owner}, or ask for {most.action.id} less often"
    if most.action.owner == "leader" and _all_in_line(subject):
        return "give somebody outside their own line the role leader"
    minutes = sum(kept.missing * _each(kept) for kept in short)
    part = minutes / MANNED / len(owners) / max(1, subject.plan.year.weeks)
    wanted = ceil((limit + part) / 10) * 10
    fewer = f"ask for {most.action.id} less often"
    if most.action.owner == "leader":
        more = count(max(1, ceil(minutes / MANNED / limit / subject.plan.year.weeks)), "more leader")
        return f"{more}, or limits: {{owner_minutes_per_week: {wanted}}}, or {fewer}"
    return f"limits: {{owner_minutes_per_week: {wanted}}}, another manager for large teams, or {fewer}"


def _all_in_line(subject: Subject) -> bool:
    """Whether those who lack something have no leader but in their own line."""
    scene = Scene(subject.plan, subject.inputs)
    leaders = subject.inputs.people.leaders
    lacking = [debt.person for debt in subject.measures.owing.persons if debt.missing]
    return all(in_line(scene, leader, person) for person in lacking for leader in leaders)


def _each(kept: Kept) -> float:
    action = kept.action
    minutes = action.minutes + (action.prepare.minutes if action.prepare else 0)
    return minutes / action.group_size[0] if action.audience is Audience.GROUP else minutes


def _forgotten(subject: Subject) -> Finding | None:
    gaps = subject.measures.gaps
    if not gaps:
        return None
    wide = {p: gap - bound for p, (gap, bound) in gaps.items() if gap > bound}
    names = [subject.name(p) for p in sorted(wide, key=lambda p: (-wide[p], p))]
    verb = "waits" if len(names) == 1 else "wait"
    return _said(
        "gaps",
        "No one forgotten",
        f"{some(names)} {verb} up to {count(max(wide.values()), 'week')} longer than anyone should"
        if wide
        else "",
        f"nobody waits too long; the longest wait is {_longest(subject)}",
        f"look at csweek show person, and move one of theirs; {AFRESH}",
    )


def _longest(subject: Subject) -> str:
    return count(max(gap for gap, _ in subject.measures.gaps.values()), "week")


def _even(subject: Subject) -> Finding | None:
    even = subject.measures.even
    if not sum(even.touches):
        return None
    text = f"weeks within {even.week:.1f} thanks of their share, sums within {even.prefix:.1f}"
    if even.holds or subject.plan.revision <= 1:
        return _said("even", "Even", "" if even.holds else text, text, _lighter(subject))
    return Finding("even", "Even", State.NOTE, f"changes have made it less even: {text}", AFRESH)


def _lighter(subject: Subject) -> str:
    """Return how to make the week lighter that is furthest over its share."""
    even = subject.measures.even
    over = [number - share for number, share in zip(even.touches, even.shares, strict=True)]
    week = subject.week(over.index(max(over)))
    return (
        f"csweek show week {week} is the fullest for its share: csweek move one of its thanks to another week"
    )


def _shifts(subject: Subject) -> Finding | None:
    kinds = subject.measures.served
    if not kinds:
        return None
    behind = [f"{s.kind} people have {s.behind:.1f} thanks fewer" for s in kinds if s.behind > 1]
    alike = some([s.kind for s in kinds], len(kinds))
    return _said(
        "shifts",
        "Every shift",
        f"{some(behind)} than is theirs, beside the others" if behind else "",
        f"{alike} people are served alike",
        "give their manager a deputy, or name an organiser who works when they do",
    )


# --- owners --------------------------------------------------------------------------------------


def _minutes(subject: Subject) -> Finding | None:
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
    return _said(
        "minutes",
        "Owners' time",
        f"over {limit} minutes a week by what was chosen: {some(over)}" if over else "",
        given if fullest.most > limit else f"within {limit} minutes a week: at most {most}",
        "csweek move one of them to another week or owner",
    )


def _shared(subject: Subject) -> Finding | None:
    if len(subject.inputs.people.leaders) < 2:
        return None
    apart = [
        f"{subject.name(u.more)} has {u.difference} more {u.action} than {subject.name(u.fewer)}"
        for u in subject.measures.unshared
    ]
    return _said(
        "shared",
        "Shared",
        f"of those that both may hold {some(apart)}" if apart else "",
        "leaders who may take the same people do so alike",
        "csweek move EVENT --owner gives some of them to the other",
    )


def _rounds(subject: Subject) -> Finding | None:
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
    return _said(
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


# --- the rest ------------------------------------------------------------------------------------


def _away(subject: Subject) -> Finding:
    ahead = {event.id for event in subject.plan.live if event.date >= subject.today}
    events = list(dict.fromkeys(w.event for w in subject.measures.wrong if w.event in ahead))
    return _said(
        "away",
        "Nobody away",
        f"somebody is not available on the day of {some(events)}" if events else "",
        "everybody is there whom an event needs",
        "csweek plan finds another day for what was not put there by hand; csweek move for what was",
    )


def _budget(subject: Subject) -> Finding | None:
    asked = subject.measures.asks
    if asked.budget is None:
        return None
    dearest = some([f"{action} ({amount:,.0f})" for action, amount in asked.dearest])
    money = f"{asked.currency} {asked.money:,.0f}".strip()
    return _said(
        "budget",
        "Budget",
        f"{money} is over {asked.budget:,.0f}; the dearest are {dearest}"
        if asked.money > asked.budget
        else "",
        f"{money} of {asked.budget:,.0f}",
        "lower the level of one of these (cost: low) in the theme, or raise budget: {amount: …}",
    )


def _unsaid(subject: Subject) -> Finding | None:
    """Past events of which nobody said how they went."""
    open_ = {Status.PLANNED, Status.UNCONFIRMED}
    past = [e for e in subject.plan.live if e.date < subject.today and e.status in open_]
    if not past:
        return None
    return Finding(
        "unconfirmed",
        "Past",
        State.NOTE,
        f"of {count(len(past), 'event')} nobody has said how they went: they count as thanks to nobody",
        f"csweek done --week {subject.week(subject.plan.year.week_of(past[-1].date))}, for each week",
    )


def _people(subject: Subject) -> Finding | None:
    if len(subject.inputs.people):
        return None
    text = "nobody is known yet: this is a year for a whole organisation"
    return Finding("people", "People", State.NOTE, text, "csweek init makes a people file to begin with")


_LOOKS: Iterable[Callable[[Subject], Finding | None]] = (
    _people,
    _empty_weeks,
    _owed,
    _even,
    _forgotten,
    _silence,
    _shifts,
    _practices,
    _rounds,
    _minutes,
    _shared,
    _away,
    _budget,
    _unsaid,
)
