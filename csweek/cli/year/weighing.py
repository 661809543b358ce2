"""A plan's measures as a page and as JSON, for ``csweek report``."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from csweek.model.inputs import Inputs
from csweek.model.plan import Plan
from csweek.plan.earlier import Meeting
from csweek.plan.measure.even import Part
from csweek.plan.measure.findings import Finding, State, findings
from csweek.plan.measure.whole import Measures, measured
from csweek.render.screen import report as screen
from csweek.render.screen.year import View

Row = dict[str, object]


class Weighed(NamedTuple):
    """A plan, its measures and what they mean."""

    plan: Plan
    today: date
    measures: Measures
    findings: tuple[Finding, ...]
    hidden: frozenset[str] = frozenset()
    """Ids of the surprises that wait for an organiser: weighed with the others, and not told."""

    @property
    def events(self) -> int:
        """How many events stand that may be told."""
        return sum(event.id not in self.hidden for event in self.plan.live)

    @property
    def holds(self) -> bool:
        """Whether nothing that is promised is broken."""
        return all(finding.state is not State.BROKEN for finding in self.findings)


def weighed(plan: Plan, inputs: Inputs, today: date, before: Iterable[Meeting] = ()) -> Weighed:
    """Measure a plan; ``before`` is who met in the years before."""
    measures = measured(plan, inputs, before)
    readers = frozenset(inputs.people.organisers)
    hidden = frozenset(event.id for event in plan.events if event.secret_from(readers))
    return Weighed(plan, today, measures, findings(plan, inputs, measures, today), hidden)


def page(found: Weighed, view: View) -> Iterator[str]:
    """Yield the page."""
    blend = found.measures.blend
    ordinary = screen.Ordinary(
        blend.moments,
        blend.by_name,
        blend.practices,
        blend.leaders,
        [view.directory.name(one) for one, received in blend.persons.items() if not received.leaders],
        blend.csw,
        [(week, blend.by_week[week]) for week in blend.quietest],
        known=bool(blend.persons),
    )
    lines = [screen.Line(f.state.value, f.title, f.text, f.help) for f in found.findings]
    yield from screen.report(view, found.events, lines, found.measures.even.touches, ordinary)


# --- for programs --------------------------------------------------------------------------------


def as_json(found: Weighed) -> Row:
    """Return every finding and every figure; weeks are ISO weeks."""
    return {
        "schema": 1,
        "year": found.plan.year.label,
        "revision": found.plan.revision,
        "today": found.today.isoformat(),
        "holds": found.holds,
        "findings": [_finding(finding) for finding in found.findings],
        "weeks": _weeks(found),
        "even": _even(found.measures),
        "owed": [
            {
                "action": kept.action.id,
                "owed": kept.owed,
                "missing": kept.missing,
                "people": len(kept.lacking),
            }
            for kept in found.measures.owing.actions
        ],
        "people": _people(found.measures),
        "teams": _teams(found),
        "owners": _owners(found),
        "shifts": [
            {
                "kind": s.kind,
                "people": s.people,
                "owed": _round(s.owed),
                "had": _round(s.had),
                "behind": _round(s.behind),
            }
            for s in found.measures.served
        ],
        "rotas": _rotas(found.measures),
        "away": [
            {"event": w.event, "why": w.why, "who": w.who}
            for w in found.measures.wrong
            if w.event not in found.hidden
        ],
        "money": _money(found.measures),
        "ordinary_week": _ordinary(found),
    }


def _round(figure: float) -> float:
    return round(figure, 3)


def _week(found: Weighed, position: int) -> str:
    return f"{found.plan.year.monday(position):%G-W%V}"


def _finding(finding: Finding) -> Row:
    return {
        "id": finding.id,
        "title": finding.title,
        "state": finding.state.value,
        "text": finding.text,
        "help": finding.help or None,
    }


def _weeks(found: Weighed) -> list[Row]:
    even, blend = found.measures.even, found.measures.blend
    return [
        {
            "week": _week(found, n),
            "touches": touches,
            "share": _round(share),
            "moments_per_person": _round(each),
        }
        for n, (touches, share, each) in enumerate(zip(even.touches, even.shares, blend.by_week, strict=True))
    ]


def _even(measures: Measures) -> Row:
    even = measures.even
    return {
        "week": _round(even.week),
        "prefix": _round(even.prefix),
        "largest_group": even.group,
        "holds": even.holds,
        "practices": [_part(part) for part in measures.practices],
        "traits": dict(measures.traits),
    }


def _part(part: Part) -> Row:
    return {
        "name": part.name,
        "touches": part.touches,
        "week": _round(part.week),
        "prefix": _round(part.prefix),
    }


def _people(measures: Measures) -> list[Row]:
    rows = []
    for debt in measures.owing.persons:
        gap, bound = measures.gaps.get(debt.person, (0, 0))
        received = measures.blend.persons[debt.person]
        rows.append(
            {
                "id": debt.person,
                "owed": debt.owed,
                "had": debt.had,
                "missing": debt.missing,
                "gap": gap,
                "gap_allowed": bound,
                "ordinary_weeks": received.weeks,
                "moments": received.moments,
                "by_name": received.by_name,
                "practices": sorted(received.practices),
                "leaders": len(received.leaders),
            }
        )
    return rows


def _teams(found: Weighed) -> list[Row]:
    measures = found.measures
    parts = {part.name: part for part in measures.teams}
    unseen: dict[str, list[Row]] = {}
    for each in measures.unseen:
        unseen.setdefault(each.team, []).append({"quarter": each.quarter, "practices": list(each.practices)})
    names = {s.team: s for s in measures.silences}
    return [
        {
            **_part(parts.get(team, Part(team, 0, 0, 0))),
            "empty_weeks": [_week(found, n) for n in measures.empty.get(team, ())],
            "longest_silence": names[team].weeks if team in names else 0,
            "silence_allowed": names[team].allowed if team in names else 0,
            "unseen": unseen.get(team, []),
        }
        for team in dict.fromkeys([*names, *measures.empty, *unseen])
    ]


def _owners(found: Weighed) -> Row:
    measures = found.measures
    return {
        "loads": [
            {
                "owner": load.owner,
                "minutes": load.minutes,
                "minutes_per_week": _round(load.mean),
                "most": load.most,
                "week": _week(found, load.fullest),
            }
            for load in measures.asks.loads
        ],
        "over_limit": [
            {"owner": o.owner, "week": _week(found, o.week), "minutes": o.minutes, "given": o.given}
            for o in measures.over
        ],
        "unshared": [
            {"action": u.action, "more": u.more, "fewer": u.fewer, "difference": u.difference}
            for u in measures.unshared
        ],
    }


def _rotas(measures: Measures) -> Row:
    rotas = measures.rotas
    pairs = {"again": rotas.again, "own_line": rotas.own_line}
    return {
        "groups": rotas.groups,
        "sizes": {str(size): groups for size, groups in rotas.sizes.items()},
        **{
            name: [{"leader": p.leader, "person": p.person, "event": p.event} for p in some]
            for name, some in pairs.items()
        },
        "early": [{"person": person, "event": event} for person, event in rotas.early],
        "away": [
            {"team": m.team, "day": m.day.isoformat(), "away": m.away, "allowed": m.allowed}
            for m in rotas.away
        ],
        "too_large": list(rotas.too_large),
    }


def _money(measures: Measures) -> Row:
    asked = measures.asks
    dearest: list[Mapping[str, object]] = [{"action": a, "amount": m} for a, m in asked.dearest]
    return {"currency": asked.currency, "amount": asked.money, "budget": asked.budget, "dearest": dearest}


def _ordinary(found: Weighed) -> Row:
    blend = found.measures.blend
    return {
        "weeks": blend.weeks,
        "moments": _round(blend.moments),
        "by_name": _round(blend.by_name),
        "practices": _round(blend.practices),
        "leaders": _round(blend.leaders),
        "without_leader": blend.without_leader,
        "csw": _round(blend.csw),
        "quietest": [_week(found, n) for n in blend.quietest],
    }
