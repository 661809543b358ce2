from collections.abc import Sequence
from datetime import date
from typing import Any

import icalendar
from msgspec.structs import replace
from samples import INPUTS, PEOPLE, PLAN, at, event

from csweek.icscheck import check
from csweek.model.basics import Audience, Span, Thanks, Visibility
from csweek.model.inputs import Inputs
from csweek.model.people import People
from csweek.model.plan import Document, Event
from csweek.names import token
from csweek.render.calendars import Style
from csweek.render.calendars.invites import Invitations

DAY = date(2027, 1, 20)
MAILS = {p.id: replace(p, email=f"{p.id}@x.example", thanks=Thanks.PUBLIC) for p in PEOPLE}


def inputs(**people: dict[str, Any]) -> Inputs:
    persons = {ident: replace(person, **people.get(ident, {})) for ident, person in MAILS.items()}
    return replace(INPUTS, people=People(persons, PEOPLE.teams))


def meeting(subject: str = "Support", **fields: Any) -> Event:  # noqa: ANN401 - passed on
    return event("monday-story", DAY, subject, **{"id": "e7", **at(DAY, 9, 30, "stockholm", 30), **fields})


def invited(given: Inputs, *events: Event) -> Sequence[Document]:
    maker = Invitations(replace(PLAN, events=events), given, Style())
    meetings = list(maker.meetings(PLAN.year.first))
    return [document for draft in maker.drafts(meetings, "") for document in draft.make()]


def guests(document: Document) -> list[str]:
    (found,) = icalendar.Calendar.from_ical(document.content).walk("VEVENT")
    several = found.get("ATTENDEE", [])
    return [str(one) for one in (several if isinstance(several, list) else [several])]


def test_a_meeting_is_a_file_of_its_owner_that_may_be_sent() -> None:
    (document,) = invited(inputs(), meeting())
    hidden = token(PLAN.calendar_id, "invitations m1")
    assert document.name == f"private/m1/invitations-{hidden}/e7-monday-story.ics"
    assert check(document.content, document.name) == ()
    assert b"METHOD" not in document.content
    assert b"X-WR-CALNAME" not in document.content
    assert b'\r\nORGANIZER;CN="Britt Ek":mailto:m1@x.example\r\n' in document.content
    assert guests(document) == ["mailto:p1@x.example", "mailto:p2@x.example"]


def test_who_is_away_wants_no_thanks_or_has_no_address_is_not_invited() -> None:
    away = {"leave": (Span(DAY, DAY),)}
    (document,) = invited(inputs(p1=away), meeting())
    assert guests(document) == ["mailto:p2@x.example"]
    assert guests(invited(inputs(p1={"thanks": Thanks.NEVER}), meeting())[0]) == ["mailto:p2@x.example"]
    assert guests(invited(inputs(p1={"email": "asa at x.example"}), meeting())[0]) == ["mailto:p2@x.example"]


def test_a_group_is_invited_by_name() -> None:
    group = meeting(audience=Audience.GROUP, team=None, recipients=("p1", "p4"))
    assert guests(invited(inputs(), group)[0]) == ["mailto:p1@x.example", "mailto:p4@x.example"]


def test_an_invitation_speaks_the_language_of_its_team_else_that_of_those_whom_it_is_for() -> None:
    (of_team,) = invited(inputs(), meeting(locale="ko"))
    assert "SUMMARY:Måndagens berättelse\r\n" in of_team.content.decode()
    (of_group,) = invited(
        inputs(), meeting(audience=Audience.GROUP, team=None, recipients=("p3",), locale="ko")
    )
    assert "SUMMARY:월요일의 이야기\r\n" in of_group.content.decode()


def test_surprises_past_meetings_notes_and_owners_without_address_are_left_out() -> None:
    assert invited(inputs(), meeting(visibility=Visibility.SURPRISE)) == []
    assert invited(inputs(), event("wow-note", DAY, "p1", visibility=Visibility.TEAM)) == []
    assert invited(inputs(m1={"email": ""}), meeting()) == []
    maker = Invitations(replace(PLAN, events=(meeting(),)), inputs(), Style())
    assert list(maker.meetings(date(2027, 2, 1))) == []


def test_a_digest_changes_with_who_is_invited() -> None:
    found = set()
    for given in (inputs(), inputs(p1={"email": "new@x.example"}), inputs()):
        maker = Invitations(replace(PLAN, events=(meeting(),)), given, Style())
        found |= {draft.digest for draft in maker.drafts(list(maker.meetings(DAY)), "")}
    assert len(found) == 2
