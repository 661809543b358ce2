"""A file for each meeting, to be opened in one's own calendar program and sent from there as an invitation.

It has ORGANIZER and ATTENDEE and no METHOD: with REQUEST a program would take the sender for somebody
who was invited, and PUBLISH forbids ATTENDEE. Sources: RFC 5545, 3.8.4.1; RFC 5546, 3.2.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial

from csweek.icscheck.seen import Seen
from csweek.model.basics import GATHERING, Day, Visibility
from csweek.model.inputs import Inputs
from csweek.model.people import Person
from csweek.model.plan import Document, Draft, Event, Plan
from csweek.names import safe_name, token
from csweek.render.calendars import ical
from csweek.render.calendars.entries import Entry, Style, Writer, Zones
from csweek.render.calendars.files import loose
from csweek.render.recipients import present, why_not

ADDRESS = re.compile(r"[^\s@<>\"\\,;:]+@[^\s@<>\"\\,;:]+")
_ASKED = ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"


class Invitations:
    """Makes the invitations of a plan, those of each owner in their own folder."""

    def __init__(self, plan: Plan, inputs: Inputs, style: Style) -> None:
        self._plan = plan
        self._inputs = inputs
        self._style = style
        self._zones = Zones(plan)
        self._seen = Seen()
        self._writer = cache(partial(Writer, plan, inputs, self._zones, style))

    def meetings(self, since: Day) -> Iterator[Event]:
        """Yield the meetings from a day on to which an owner with an address can invite."""
        for event in present(self._plan.live, self._inputs.people):
            open_ = event.channel in GATHERING and event.visibility is not Visibility.SURPRISE
            if open_ and event.start and event.date >= since and self.owner(event):
                yield event

    def owner(self, event: Event) -> Person | None:
        """Return who sends the invitation, None where nobody with an address does."""
        person = self._inputs.people.persons.get(event.owner or "")
        return person if person and ADDRESS.fullmatch(person.email) else None

    def guests(self, event: Event) -> Sequence[Person]:
        """Return who is invited: whoever receives it and is there that day, but for the owner."""
        people = self._inputs.people
        those = (people.persons[one] for one in event.addressed(people) if one != event.owner)
        return [one for one in those if why_not(one.id, event.date, people) is None]

    def drafts(self, meetings: Iterable[Event], edition: str) -> Iterator[Draft]:
        """Yield the invitations of each owner."""
        by_owner: dict[str, list[Event]] = {}
        for event in meetings:
            by_owner.setdefault(event.owner or "", []).append(event)
        for owner, own in sorted(by_owner.items()):
            digest = hashlib.sha256(repr((edition, self._style)).encode())
            for event in own:
                entry = self._entry(event)
                digest.update(entry.uid + entry.said)
            yield Draft(f"invites/{owner}", digest.hexdigest(), partial(self._documents, owner, own))

    def _documents(self, owner: str, meetings: Iterable[Event]) -> Iterator[Document]:
        hidden = token(self._plan.calendar_id, f"invitations {owner}")
        for event in meetings:
            name = f"private/{safe_name(owner)}/invitations-{hidden}/{event.id}-{safe_name(event.action)}"
            yield loose(name, [self._entry(event)], self._zones, self._seen)

    def _entry(self, event: Event) -> Entry:
        return self._writer(self._locale(event)).invitation(event, b"".join(self._people(event)))

    def _people(self, event: Event) -> Iterator[bytes]:
        owner = self.owner(event)
        if owner:
            yield ical.person("ORGANIZER", owner.name, owner.email)
        for guest in self.guests(event):
            if ADDRESS.fullmatch(guest.email):
                yield ical.person("ATTENDEE", guest.name, guest.email, _ASKED)

    def _locale(self, event: Event) -> str:
        team = self._inputs.people.teams.get(event.team or "")
        return team.locale if team else event.locale
