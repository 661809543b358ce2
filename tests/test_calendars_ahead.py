import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from samples import INPUTS, PEOPLE, PLAN, event, words

from csweek.model.basics import Audience, Channel, Prepare, Status, Visibility
from csweek.model.people import People
from csweek.model.plan import Event
from csweek.render.calendars import Maker
from csweek.render.calendars.ahead import invite

MONDAY = date(2027, 1, 18)
WEEK = timedelta(weeks=1)
ENGLISH = replace(
    INPUTS,
    people=People({ident: replace(one, locale="en") for ident, one in PEOPLE.persons.items()}, PEOPLE.teams),
    stories=(),
)


class Prepared(NamedTuple):
    """SEQUENCE, DTSTAMP, and what is said from DTSTART on."""

    sequence: int
    at: str
    said: str

    def values(self, name: str) -> list[str]:
        return re.findall(rf"^{name}[^:]*:(.*)\r$", self.said, re.MULTILINE)


def note(person: str, day: date = MONDAY, **fields: Any) -> Event:  # noqa: ANN401 - passed on
    return event("wow-note", day, person, id=f"e-{person}", **fields)


def changed(old: Event, revision: int, **fields: object) -> Event:
    """An event as a later revision has it."""
    again = {"sequence": old.sequence + 1, "changed": PLAN.revised + timedelta(days=revision)}
    return replace(old, **again, **fields)


def prepared(
    events: Iterable[Event], former: Sequence[Event] = (), owner: str = "l1"
) -> Mapping[bytes, Prepared]:
    """What an owner has to prepare, by UID."""
    ordered = tuple(sorted(events, key=lambda one: one.sort_key))
    maker = Maker(replace(PLAN, events=ordered), ENGLISH, former=former)
    calendars = [one for one in maker.calendars(["owners"]) if one.whose == owner]
    found = {}
    for one in (entry for calendar in calendars for entry in maker.entries(calendar)):
        head, _, said = one.said.decode().replace("\r\n ", "").partition("DTSTART")
        if "SUMMARY:Prepare" in said:
            stamp, number = re.findall(r"DTSTAMP:(.*)\r", head)[0], re.findall(r"SEQUENCE:(.*)\r", head)[0]
            found[one.uid] = Prepared(int(number), stamp, f"DTSTART{said}")
    return found


# --- one entry for what is alike -----------------------------------------------------------------


def test_what_a_week_asks_for_one_action_is_one_entry_with_a_list() -> None:
    day = timedelta(days=1)
    (one,) = prepared([note("p1", MONDAY + 2 * day), note("p3"), note("p4")]).values()
    assert one.values("SUMMARY") == ["Prepare: Thank-you card (3)\\, 15 min"]
    assert one.values("DTSTART") == ["20270111"]
    assert one.values("DESCRIPTION") == [
        (
            "A handwritten note\\, 15 min"
            "\\nNeeded on January 18\\nFor: 김서연\\nFor: Shaun O'Brien"
            "\\nNeeded on January 20\\nFor: Åsa Öberg"
            "\\nSay what was done and for whom."
        )
    ]


def test_other_weeks_and_other_actions_are_entries_of_their_own() -> None:
    other = event("monday-story", MONDAY, "Natt", id="e-n", owner="l1", prepare=Prepare(5, 1))
    assert len(prepared([note("p1"), note("p3", MONDAY + WEEK), other])) == 3
    ahead = note("p3", MONDAY + WEEK, prepare=Prepare(5, 2))
    assert len(prepared([note("p1"), ahead])) == 1, "on other days, prepared in the same week"
    assert len(prepared([note("p1"), note("p3", title=words("A card"), idea="a-card")])) == 2


def test_it_stands_on_the_day_on_which_its_owner_works() -> None:
    ((uid, one),) = prepared([note("p1", MONDAY + WEEK, prepare=Prepare(5, 1, -2))]).items()
    assert one.values("DTSTART") == ["20270120"]
    assert uid in prepared([note("p1", MONDAY + WEEK, prepare=Prepare(5, 1))])


def test_the_uid_does_not_hang_on_which_of_them_is_first() -> None:
    later = MONDAY + timedelta(days=1)
    one = prepared([note("p1"), note("p3", later)])
    assert one.keys() == prepared([note("p1", later), note("p3")]).keys()


@pytest.mark.parametrize(("freeze", "days"), [(0, 7), (14, 14)])
def test_meetings_are_invited_to_once_they_no_longer_move_and_a_week_ahead(freeze: int, days: int) -> None:
    assert invite(freeze).day(note("p1")) == MONDAY - timedelta(days=days)


def test_what_is_invited_to_on_another_day_is_another_entry() -> None:
    meeting = {"audience": Audience.GROUP, "channel": Channel.MEETING, "visibility": Visibility.TEAM}
    day = MONDAY + 6 * WEEK
    plan = replace(PLAN, events=(note("p1", day, **meeting), note("p3", day + WEEK, **meeting)))

    def invitations(freeze: int) -> Mapping[bytes, bytes]:
        inputs = replace(ENGLISH, settings=replace(ENGLISH.settings, freeze=freeze))
        maker = Maker(plan, inputs)
        (calendar,) = maker.calendars(["organisers"])
        return {one.uid: one.said for one in maker.entries(calendar) if b"SUMMARY:Invite" in one.said}

    assert len(invitations(14)) == 2
    assert invitations(14).keys().isdisjoint(invitations(28))
    assert invitations(3) == invitations(7)


def test_one_alone_says_for_whom_unless_it_is_a_surprise() -> None:
    (one,) = prepared([note("p1", visibility=Visibility.TEAM)]).values()
    assert one.values("SUMMARY") == ["Prepare: A handwritten note – Åsa Öberg"]
    (one,) = prepared([note("p1")]).values()
    assert one.values("SUMMARY") == ["Prepare: Thank-you card\\, 5 min"]


def test_several_are_private_where_one_of_them_is() -> None:
    (one,) = prepared([note(who, visibility=Visibility.TEAM) for who in ("p1", "p2")]).values()
    assert one.values("CLASS") == ["PRIVATE"]
    assert one.values("SUMMARY") == ["Prepare: A handwritten note (2)"]


# --- what becomes of it when the plan changes ------------------------------------------------------


def test_an_event_that_leaves_raises_the_sequence_of_what_it_leaves() -> None:
    before = [note("p1"), note("p3"), note("p4")]
    ((uid, was),) = prepared(before).items()
    for moved in before:
        after = changed(moved, 1, date=MONDAY + WEEK)
        now = prepared([after, *(one for one in before if one != moved)], [moved])
        assert len(now) == 2
        assert was.sequence == 0 < now[uid].sequence
        assert was.at < now[uid].at


def test_a_cancelled_event_and_a_new_one_do_so_too() -> None:
    before = [note("p1"), note("p3"), note("p4")]
    ((uid, was),) = prepared(before).items()
    lead = next(one for one in before if len(prepared([one]).keys() & {uid}) == 1)
    gone = next(one for one in before if one != lead)
    now = prepared(
        [changed(gone, 1, status=Status.CANCELLED), *(one for one in before if one != gone)], [gone]
    )
    assert (now[uid].sequence, now[uid].values("SUMMARY")) == (1, ["Prepare: Thank-you card (2)\\, 10 min"])
    new = note("m2", changed=PLAN.revised + timedelta(days=1))
    now = prepared([*before, new])
    assert was.sequence == 0
    assert [one.sequence for one in now.values()] == [1], "whether or not the UID is the newcomer's now"


def test_what_left_it_long_before_the_calendar_begins_still_counts() -> None:
    before = [note("p1"), note("p3"), note("p4")]
    for moved in before:
        after = changed(moved, 1, date=MONDAY - 20 * WEEK)
        stay = [one for one in before if one != moved]
        ((uid, alone),) = prepared(stay, [moved, after]).items()
        assert alone.sequence == prepared([after, *stay], [moved])[uid].sequence > 0


Step = dict[str, tuple[int, str, bool]]
"""The week, the owner and whether it stands, of those that a revision changes."""

steps = st.lists(
    st.dictionaries(
        st.sampled_from(["p1", "p2", "p3", "p4", "m2"]),
        st.tuples(st.integers(0, 2), st.sampled_from(["l1", "m1"]), st.booleans()),
        min_size=1,
        max_size=3,
    ),
    min_size=1,
    max_size=6,
)


def as_said(one: Event, place: tuple[int, str, bool], revision: int) -> Event:
    week, owner, stands = place
    status = Status.PLANNED if stands else Status.CANCELLED
    return changed(one, revision, date=MONDAY + week * WEEK, owner=owner, status=status)


@settings(max_examples=40, derandomize=True, deadline=None)
@given(steps)
def test_what_reads_otherwise_has_a_higher_sequence_and_a_later_stamp(revisions: list[Step]) -> None:
    events = {who: note(who) for who in ("p1", "p2", "p3", "p4", "m2")}
    former: list[Event] = []
    seen: dict[tuple[str, bytes], Prepared] = {}
    for revision, step in enumerate(revisions, 1):
        for who, place in step.items():
            former.append(events[who])
            events[who] = as_said(events[who], place, revision)
        for owner in ("l1", "m1"):
            for uid, now in prepared(events.values(), former, owner).items():
                was = seen.get((owner, uid))
                if was and was.said != now.said:
                    assert was.sequence < now.sequence
                    assert was.at < now.at
                seen[owner, uid] = now
