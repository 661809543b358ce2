"""Any sequence of changes, each planned again: what stays, what is told, what no plan may have."""

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from changing import CHANGES, DAY, Before, Change
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace
from organisations import Shape, organisation
from planned import BEFORE, CALENDAR, every_shape

from csweek.errors import Problem
from csweek.model.basics import GATHERING, HANDED_OVER, Audience, Channel, Status, Thanks, Visibility
from csweek.model.inputs import Inputs
from csweek.model.people import Person
from csweek.model.plan import Deed, Directory, Event, Plan, Revision
from csweek.plan.again.because import Because
from csweek.plan.build import Built, bring_up_to_date
from csweek.plan.by_hand.breaks import breaks
from csweek.plan.by_hand.hand import Target, cancel, mark, move
from csweek.plan.by_hand.revision import Now
from csweek.plan.by_hand.undo import undo
from csweek.plan.measure.owed import owing
from csweek.plan.measure.scene import Scene
from csweek.plan.when.year import is_holiday, working_week, year_for
from csweek.store import Store

BY_HAND = ("moved", "cancelled", "done", "missed", "undone")
KINDS = (*CHANGES, *BY_HAND, "later")
SETTLED = {Status.DONE, Status.MISSED}
SAID = {Channel.CARD, Channel.NOTE, Channel.CALL, Channel.VISIT}


class Step(Struct, frozen=True, dict=True):
    """One plan after the other, and what was changed between them."""

    what: str
    change: Change
    before: Plan
    after: Plan
    told: Revision
    warnings: tuple[Problem, ...]
    was: Inputs
    today: date
    given_up: Collection[tuple[str, str]]

    @property
    def inputs(self) -> Inputs:
        return self.change.inputs

    @cached_property
    def because(self) -> Because:
        names = Directory.of(self.inputs, self.today)
        return Because(self.inputs, self.after.year, names, self.given_up)

    @property
    def pairs(self) -> Iterator[tuple[Event, Event]]:
        """Every event of the plan before, and as it is now."""
        known = {event.id: event for event in self.after.events}
        return ((event, known[event.id]) for event in self.before.events)

    @property
    def moved(self) -> Iterator[tuple[Event, Event]]:
        return ((was, now) for was, now in self.pairs if was.live and now.live and _when(was) != _when(now))

    @property
    def cancelled(self) -> Iterator[tuple[Event, Event]]:
        return ((was, now) for was, now in self.pairs if was.live and not now.live)

    @property
    def gone(self) -> Iterator[tuple[Event, Event]]:
        yield from self.moved
        yield from self.cancelled

    @property
    def added(self) -> Iterator[Event]:
        known = {event.id: event for event in self.before.live}
        return (event for event in self.after.live if event.id not in known)

    def settled(self, event: Event) -> bool:
        """Whether an event is past, marked or cancelled by hand: nothing about it may change."""
        return event.date < self.today or event.status in SETTLED or (event.by_hand and not event.live)

    @property
    def ahead(self) -> Iterator[Event]:
        """What stands ahead where the planner put it or left it."""
        return (e for e in self.after.live if not self.settled(e) and not e.by_hand)

    def called(self, event: Event) -> Event:
        """An event with its team and site as they are called now."""
        names, shared = self.change.renamed, event.audience in {Audience.TEAM, Audience.ORGANISATION}
        subject = names.get(event.key.subject, event.key.subject) if shared else event.key.subject
        return replace(
            event,
            key=event.key._replace(subject=subject),
            site=names.get(event.site, event.site),
            team=event.team and names.get(event.team, event.team),
        )


def _when(event: Event) -> tuple[object, ...]:
    return event.date, event.start


def _bare(event: Event) -> Event:
    return replace(event, sequence=0, changed=None)


def _read(event: Event) -> Event:
    """The event as people read it: of a whole day neither zone nor language; where it is if that has it."""
    bare = replace(_bare(event), owner_role="", reason={}, by_hand=False, site="")
    if event.visibility is Visibility.SURPRISE:
        bare = replace(bare, trait=None)
    if event.start is None:
        return replace(bare, locale="", timezone="", team=None)
    return bare


class Desk:
    """An organisation whose year is kept in a store, changed and planned again."""

    def __init__(self, inputs: Inputs, today: date, root: Path) -> None:
        self.inputs, self.today, self.root = inputs, today, root
        self.year = year_for(inputs.settings, today)
        self.called: dict[str, str] = {}
        """The teams and sites that had other names before, by these."""

    @property
    def plan(self) -> Plan:
        """The plan as the store has it."""
        with Store.open(self.root, create=False) as store:
            return store.table(self.year, CALENDAR).plan()

    @property
    def now(self) -> Now:
        return Now(self.today, datetime.combine(self.today, time(), UTC))

    def planned(self) -> Built:
        with Store.open(self.root, create=True) as store:
            before = store.table(self.year, CALENDAR)
            built = bring_up_to_date(self.inputs, before, self.today, self.now.revised)
            store.save(built.table, built.changes, Directory.of(self.inputs, self.today), {})
        return built

    def step(self, what: str, seed: int) -> Step:
        """Change something and plan again."""
        rng = random.Random(seed)  # noqa: S311 (a reproducible sample)
        was, change = self.inputs, Change(self.inputs)
        if what in CHANGES:
            change = CHANGES[what](Before(self.inputs, self.today, self.year.last, rng))
        elif what == "later":
            self.today = min(self.today + DAY * rng.randrange(1, 60), self.year.last)
        else:
            self.by_hand(what, rng)
        self.inputs = change.inputs
        self.called = {old: change.renamed.get(new, new) for old, new in self.called.items()}
        self.called.update(change.renamed)
        before = self.plan
        built = self.planned()
        change = replace(change, renamed=self.called)
        return Step(
            what,
            change,
            before,
            self.plan,
            built.revision,
            built.warnings,
            was,
            self.today,
            built.table.given_up,
        )

    def by_hand(self, what: str, rng: random.Random) -> None:
        plan = self.plan
        if what == "undone":
            self.undone(plan)
            return
        ahead = [e for e in plan.events if e.date >= self.today and e.status is Status.PLANNED]
        if not ahead:
            return
        one = rng.choice(ahead)
        revision = self.changed(plan, one, what, rng)
        if not revision.empty:
            with Store.open(self.root, create=True) as store:
                store.amend(revision, Deed(what))

    def changed(self, plan: Plan, one: Event, what: str, rng: random.Random) -> Revision:
        match what:
            case "moved":
                first = max(self.today, self.year.first)
                to = min(max(one.date + DAY * rng.randint(-20, 40), first), self.year.last)
                owner = rng.choice((None, rng.choice(list(self.inputs.people)).id))
                return move(plan, [one.id], Target(day=to, owner=owner), self.now, self.inputs)
            case "cancelled":
                return cancel(plan, [one.id], self.now)
        return mark(plan, [one.id], Status(what), self.now)

    def undone(self, plan: Plan) -> None:
        """Take the last revision back: everything is what it was, but for what is told."""
        with Store.open(self.root, create=True) as store:
            steps = [each for each in store.history(self.year.label) if each.events]
            if not steps or steps[0].number == 1:
                return
            was = store.changes(self.year.label, steps[0].number)
            undone = undo(plan, was, self.now, self.inputs)
            if not undone.left:
                now = {event.id: event for event in undone.revision.plan.events}
                for ident, event in was.items():
                    assert not now[ident].live if event is None else _bare(now[ident]) == _bare(event)
            if not undone.revision.empty:
                store.amend(undone.revision, Deed.UNDONE)


# --- the promises: what of each is broken --------------------------------------------------------------


def an_id_means_the_same_for_ever(step: Step) -> Iterable[object]:
    events = step.after.events
    for marks in ([e.id for e in events], [e.uid for e in events], [e.key for e in events]):
        if len(set(marks)) < len(marks):
            yield "twice", len(marks) - len(set(marks))
    for before, now in step.pairs:
        was = step.called(before)
        same = was.key == now.key or now.key.action == f"{was.key.action}+"
        if (was.uid, was.key.subject, was.audience) != (now.uid, now.key.subject, now.audience) or not same:
            yield was.key, now.key


def what_is_settled_stays_exactly(step: Step) -> Iterable[object]:
    return [
        (was, now)
        for was, now in step.pairs
        if step.settled(was) and was.live and _bare(step.called(was)) != _bare(now)
    ]


def what_was_cancelled_by_hand_stays(step: Step) -> Iterable[object]:
    return [
        (was, now)
        for was, now in step.pairs
        if was.by_hand and not was.live and _bare(step.called(was)) != _bare(now)
    ]


def what_was_moved_by_hand_stays(step: Step) -> Iterable[object]:
    """While those whom it is for work here and want it."""
    for was, now in step.gone:
        if was.by_hand and was.date >= step.today and _wanted(step.called(was), step.inputs):
            yield was, now


def _wanted(event: Event, inputs: Inputs) -> bool:
    if event.audience is Audience.TEAM:
        return event.key.subject in inputs.people.teams
    known = [inputs.people.persons.get(one) for one in event.recipients]
    here = [one for one in known if one and one.employed(event.date) and one.thanks is not Thanks.NEVER]
    return bool(here) and not (event.fixed and not here[0].celebrate)


def what_is_told_is_the_difference(step: Step) -> Iterable[object]:
    told = step.told
    if {e.id for e in told.added} != {e.id for e in step.added}:
        yield "added"
    if [(was.id, now.id) for was, now in told.moved] != [(w.id, n.id) for w, n in told.moved]:
        yield "moved"
    if {now.id for _, now in told.moved} != {now.id for _, now in step.moved}:
        yield "moved"
    if {e.id for e in told.cancelled} != {now.id for _, now in step.cancelled}:
        yield "cancelled"
    touched = {e.id for e in told.touched}
    yield from ((was, now) for was, now in step.pairs if (was != now) != (now.id in touched))


def a_sequence_rises_by_one_where_something_differs(step: Step) -> Iterable[object]:
    for was, now in step.pairs:
        stay = _staying(step, past=was.date < step.today or was.status in {*SETTLED, Status.CANCELLED})
        reads_otherwise = _said(was, step.was, stay) != _said(now, step.inputs, stay)
        if now.sequence - was.sequence != (_read(was) != _read(now) or reads_otherwise):
            yield was, now
    yield from (e for e in step.added if e.id not in {x.id for x in step.before.events} and e.sequence)


class Staying(NamedTuple):
    """Who may be spoken of otherwise: in what is ahead those who are here, as recipients those thanked."""

    receive: frozenset[str]
    lead: frozenset[str]


def _staying(step: Step, *, past: bool) -> Staying:
    was, now = step.was.people, step.inputs.people
    if past:
        everybody = frozenset(p.id for p in (*was, *now))
        return Staying(everybody, everybody)
    thanked = [frozenset(p.id for p in one if _openly(p) is not None) for one in (was, now)]
    return Staying(thanked[0] & thanked[1], frozenset(was.persons) & frozenset(now.persons))


def _said(event: Event, inputs: Inputs, stay: Staying) -> object:
    """What calendars say of those in an event, and of sites."""
    known = inputs.people.persons
    here = [known[p] for p in event.recipients if p in known and p in stay.receive]
    secret = event.visibility is Visibility.SURPRISE
    people = [(p.name, _openly(p) is None if secret else _openly(p)) for p in here]
    leads = event.owner in stay.lead and event.visibility is not Visibility.SURPRISE
    lead = known.get(event.owner or "") if leads else None
    owner = lead.name if lead and lead.thanks is Thanks.PUBLIC else ""
    alone = event.fixed and event.audience is Audience.PERSON and event.channel in SAID
    years = [(p.start_date and p.start_date.year, p.locale) for p in here if alone]
    return people, owner, years, event.audience is Audience.ORGANISATION and len(inputs.settings.sites) > 1


def _openly(person: Person) -> bool | None:
    return None if person.thanks is Thanks.NEVER else person.thanks is Thanks.PUBLIC


def every_reason_is_true(step: Step) -> Iterable[object]:
    because = step.because
    for was, now in step.gone:
        reason = because.of(was, now)
        if not reason:
            yield _short(was), _short(now)


def _short(event: Event) -> str:
    """What is read of an event that broke a promise."""
    hour = f"{event.start:%H:%M}" if event.start else ""
    who = f"{event.owner} {' '.join(event.recipients)}"
    return f"{event.id} {event.key[1:]} {event.date} {hour} {who} {event.status} {event.by_hand=}"


def nobody_is_away(step: Step) -> Iterable[object]:
    for event in step.ahead:
        for one in event.recipients:
            if _off(one, event.date, step.inputs):
                yield "recipient", one, _short(event)
        if event.owner and event.channel not in HANDED_OVER and _off(event.owner, event.date, step.inputs):
            yield "owner", _short(event)
        if event.channel in GATHERING and any(event.date in s for s in step.inputs.settings.no_gatherings):
            yield "gathering", _short(event)


def _off(ident: str, day: date, inputs: Inputs) -> bool:
    """Whether somebody does not work on a day, as the files say it."""
    person = inputs.people.persons.get(ident)
    if person is None or not person.employed(day) or any(day in span for span in person.leave):
        return True
    site, work = inputs.settings.sites[person.site], person.work
    weekdays = work.days if work.days is not None else working_week(site)
    holiday = is_holiday(site, day) and not work.on_holidays
    return holiday or day.weekday() not in weekdays or any(day in span for span in inputs.settings.closed)


def hours_and_owners_own_calendars_are_kept(step: Step) -> Iterable[object]:
    alone = replace(step.after, events=())
    said = [problem.message for problem in breaks(tuple(step.ahead), alone, step.inputs)]
    return [one for one in said if "outside of" in one or "own calendar" in one]


def nobody_is_in_two_meetings(step: Step) -> Iterable[object]:
    """But with what was put there by hand."""
    held: defaultdict[str, list[tuple[datetime, datetime, Event]]] = defaultdict(list)
    for event in step.after.live:
        if event.start and event.end and event.date >= step.today and event.status is Status.PLANNED:
            for one in _in_it(event, step.inputs):
                held[one].append((event.start, event.end, event))
    for one, meetings in held.items():
        for (_, until, first), (since, _, then) in pairwise(sorted(meetings, key=lambda each: each[:2])):
            if since < until and not (first.by_hand or then.by_hand):
                yield one, _short(first), _short(then)


def _in_it(event: Event, inputs: Inputs) -> set[str]:
    owner = {event.owner} if event.owner else set()
    return {*event.addressed(inputs.people), *owner}


def new_ones_keep_the_limit(step: Step) -> Iterable[object]:
    new = tuple(
        e for e in (*step.told.added, *(now for _, now in step.told.moved)) if not e.fixed and not e.by_hand
    )
    chosen = tuple(e for e in new if e.audience in {Audience.PERSON, Audience.GROUP})
    for problem in breaks(chosen, step.after, step.inputs):
        if "over the limit" in problem.message:
            yield problem.message, [_short(e) for e in new if e.owner and e.owner.upper() in problem.message]


def what_cannot_stay_is_dealt_again(step: Step) -> Iterable[object]:
    """After a day off or other hours nobody has fewer than they are owed now, unless that is said."""
    if not (step.change.off or step.what in {"hours", "busy"}):
        return
    had = owing(Scene(step.before, step.was)).actions
    told = " ".join(problem.message for problem in step.warnings)
    before = {kept.action.id: kept.missing for kept in had}
    for kept in owing(Scene(step.after, step.inputs)).actions:
        said = kept.action.id in told or "cannot meet" in told
        if kept.missing > before.get(kept.action.id, 0) and not said:
            yield kept.action.id, before.get(kept.action.id), kept.missing, told[:300]


def gatherings_within_freeze_stay(step: Step) -> Iterable[object]:
    """A slower rhythm does not take them away; somebody who cannot be there and an action turned off do."""
    until = step.today + DAY * step.inputs.settings.freeze
    because = step.because
    for was, now in step.gone:
        on = (
            step.inputs.themes[0].theme.actions[now.action].rhythm
            if now.action in step.inputs.themes[0].theme.actions
            else None
        )
        if on and was.channel in GATHERING and step.today <= was.date < until:
            why = because.of(was, now)
            if why in {"fewer are asked for now", "dealt again", "nothing asks for it any more"}:
                yield why, _short(was), _short(now)


MOVES_NOTHING = {
    "joiner",
    "words",
    "replaced",
    "faster",
    "limit",
    "team_renamed",
    "site_renamed",
    "later",
    "moved",
    "cancelled",
    "done",
    "missed",
}
ADDS_NOTHING = {"words", "replaced", "team_renamed", "site_renamed", "later", "moved", "done"}


def it_moves_only_what_it_is_about(step: Step) -> Iterable[object]:
    return [(_short(was), _short(now)) for was, now in step.gone if not _concerned(step, was, now)]


def _concerned(step: Step, was: Event, now: Event) -> bool:
    """Whether a change may move or cancel an event.

    A new rhythm only cancels, and only its own; a day off takes what stood on it; somebody's change takes
    what they get or give, what their people get, and what their team gets.
    """
    change, persons = step.change, step.was.people.persons
    if step.what in MOVES_NOTHING:
        return False
    if step.what in {"slower", "off"}:
        return was.key.action in change.actions and not now.live
    if step.what == "minutes":
        return was.start is not None
    if change.off:
        return was.date in change.off
    if was.audience is Audience.ORGANISATION and not any(p.site == was.site for p in step.inputs.people):
        return True
    managers = {persons[p].manager for p in was.recipients if p in persons}
    around = {*was.recipients, *managers, was.owner}
    return not change.people or bool(around & change.people) or was.key.subject in change.teams


def _was_deserted(step: Step, new: Event) -> bool:
    """Whether an event is for a team of which nobody worked on its day before."""
    members = [p.id for p in step.was.people if p.team == new.team]
    return new.audience is Audience.TEAM and all(_off(one, new.date, step.was) for one in members)


def it_adds_only_what_it_is_about(step: Step) -> Iterable[object]:
    """What is cancelled by hand may leave minutes to its owner for what others had been lacking."""
    had = owing(Scene(step.before, step.was)).actions if step.what == "cancelled" else ()
    lacking = {kept.action.id: set(kept.lacking) for kept in had}
    for new in step.added:
        strange = {
            "faster": new.key.action not in step.change.actions,
            "joiner": step.change.people.isdisjoint(new.recipients) and not _was_deserted(step, new),
            "cancelled": not set(new.recipients) & lacking.get(new.key.action, set()),
        }
        if step.what in ADDS_NOTHING or strange.get(step.what):
            yield _short(new)


PROMISES: tuple[Callable[[Step], Iterable[object]], ...] = (
    an_id_means_the_same_for_ever,
    what_is_settled_stays_exactly,
    what_was_cancelled_by_hand_stays,
    what_was_moved_by_hand_stays,
    what_is_told_is_the_difference,
    a_sequence_rises_by_one_where_something_differs,
    every_reason_is_true,
    nobody_is_away,
    hours_and_owners_own_calendars_are_kept,
    nobody_is_in_two_meetings,
    new_ones_keep_the_limit,
    what_cannot_stay_is_dealt_again,
    gatherings_within_freeze_stay,
    it_moves_only_what_it_is_about,
    it_adds_only_what_it_is_about,
)


def broken(step: Step) -> Mapping[str, list[object]]:
    """What is broken, by promise."""
    found = {promise.__name__: list(promise(step)) for promise in PROMISES}
    return {name: some[:3] for name, some in found.items() if some}


# --- any sequence --------------------------------------------------------------------------------------

SHAPES = st.builds(
    Shape,
    people=st.integers(4, 25),
    teams=st.integers(1, 5),
    sites=st.integers(1, 3),
    leaders=st.integers(0, 3),
    organisers=st.integers(0, 2),
    limit=st.sampled_from((45, 90, 240)),
    strange=st.booleans(),
)
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 10_000)), min_size=3, max_size=8)
LATE = st.sampled_from((0, 0, 60, 120, 240))
"""Days after which the year is first planned."""


def every_step_keeps_every_promise(shape: Shape, seed: int, days: int, steps: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(organisation(shape, seed), BEFORE + DAY * days, Path(folder))
        desk.planned()
        for what, pick in steps:
            step = desk.step(what, pick)
            assert broken(step) == {}, (what, pick, desk.today)
            again = desk.planned()
            assert again.changes.empty, (what, pick, desk.today, again.changes)
            assert desk.plan == step.after, "the store holds what was planned"


FEW = Shape(people=4, teams=2, sites=1, leaders=1, limit=240)
"""One that is planned in a moment, from August on."""


@pytest.mark.parametrize("half", [0, 1])
def test_changes_one_after_the_other_keep_every_promise(half: int) -> None:
    """Each kind of change once."""
    steps = [(what, 7 * at) for at, what in enumerate(KINDS[half::2])]
    every_step_keeps_every_promise(FEW, 1, 260, steps)


def test_minutes_that_a_slower_rhythm_frees_go_to_what_has_no_owner_at_once() -> None:
    shape = Shape(people=23, teams=4, sites=3, leaders=0, limit=45, strange=True)
    every_step_keeps_every_promise(shape, 313, 0, [("leaver", 7288), ("slower", 5387)])


def test_nobody_takes_a_meeting_over_that_is_at_the_time_of_their_own_teams() -> None:
    """Neither has an owner until somebody joins one of the teams who could hold both."""
    shape = Shape(people=8, teams=4, sites=3, leaders=2, organisers=2, limit=45)
    every_step_keeps_every_promise(shape, 429, 0, [("another_team", 5138)])


def test_minutes_that_an_action_turned_off_frees_are_given_at_once_or_not_at_all() -> None:
    """What is dealt then stands for turns ahead, not for those whose time is over."""
    shape = Shape(people=21, teams=1, sites=1, leaders=4, organisers=0, limit=45)
    every_step_keeps_every_promise(shape, 306, 60, [("later", 2871), ("slower", 2445)])


def test_a_meeting_that_can_be_no_more_leaves_its_minutes_to_nobody() -> None:
    """So that nothing is added because time has passed."""
    shape = Shape(people=16, teams=1, sites=2, leaders=1, organisers=0, limit=45)
    steps = [("later", 7057), ("later", 7469), ("joiner", 6795), ("leave", 3420), ("hours", 8085)]
    every_step_keeps_every_promise(shape, 40, 270, [*steps, ("later", 9323)])


def test_a_group_that_is_held_on_another_day_takes_who_found_none_at_once() -> None:
    """Not only when the year is planned again."""
    shape = Shape(people=10, teams=4, sites=3, leaders=2, organisers=2, limit=45)
    steps = [("slower", 7182), ("leaver", 6101), ("busy", 390), ("faster", 4639), ("another_team", 498)]
    every_step_keeps_every_promise(shape, 148, 0, steps)


def test_a_site_is_known_under_another_name_though_its_people_sit_with_those_of_others() -> None:
    shape = Shape(people=23, teams=3, sites=3, leaders=2, limit=90)
    every_step_keeps_every_promise(shape, 247, 60, [("busy", 5928), ("site_renamed", 2692)])


@pytest.mark.slow
@settings(every_shape, max_examples=20)
@given(SHAPES, st.integers(0, 1000), LATE, STEPS)
def test_any_sequence_of_changes_keeps_every_promise(
    shape: Shape, seed: int, days: int, steps: list[tuple[str, int]]
) -> None:
    every_step_keeps_every_promise(shape, seed, days, steps)
