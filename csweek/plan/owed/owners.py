"""Who may do it: the candidates for an owner, the first choice before those who stand in."""

from collections import Counter, defaultdict
from collections.abc import Hashable
from typing import NamedTuple

from csweek.model.basics import Audience
from csweek.model.people import People
from csweek.once import Once
from csweek.plan.owed.demand import Subject
from csweek.plan.owed.heirs import Charges

NOBODY_LEAVES: Charges = {}
EVER = -1
"""All days."""


class Candidates(NamedTuple):
    """Those who are asked first, in any order, and those who stand in, in this order.

    The same tuples for all who have the same.
    """

    first: tuple[str, ...]
    stand_in: tuple[str, ...]


class Owners:
    """The candidates for every role and subject, worked out once."""

    def __init__(self, people: People, charges: Charges = NOBODY_LEAVES) -> None:
        self._people = people
        self.charges = charges
        self._led_by = _led_by(people)
        self._same: Once[tuple[str, ...], tuple[str, ...]] = Once(lambda ids: ids)
        self._known: defaultdict[str, dict[Hashable, Candidates]] = defaultdict(dict)

    def of(self, role: str, subject: Subject) -> Candidates:
        """Return who may own an event of this role for this subject."""
        mark = subject.mark or (subject.audience, subject.id, subject.recipients)
        known = self._known[role].get(mark)
        if known is None:
            first, stand_in = self._of(role, subject)
            known = self._known[role][mark] = Candidates(self._same[first], self._same[stand_in])
        return known

    def _of(self, role: str, subject: Subject) -> Candidates:
        stand_in = self._people.organisers
        if not stand_in or set(subject.recipients).isdisjoint(stand_in):
            rest = stand_in
        else:
            rest = tuple(p for p in stand_in if p not in subject.recipients)
        match role:
            case "manager":
                return self._managers(subject, rest)
            case "leader":
                return Candidates(self.leaders(subject), rest)
            case "peer":
                return Candidates(self._peers(subject), rest)
            case "organiser":
                return Candidates(rest, ())
        able = role in self._people.persons and role not in subject.recipients
        return Candidates((role,) if able else (), rest)

    def _managers(self, subject: Subject, stand_in: tuple[str, ...]) -> Candidates:
        manager = self._manager(subject)
        if manager is None:
            return Candidates((), stand_in)
        deputy = self._people.persons[manager].deputy
        first = tuple(p for p in self._in_charge(manager) if p not in subject.recipients)
        others = {*first, manager, *subject.recipients}
        if deputy is None and others.isdisjoint(stand_in):
            return Candidates(first, stand_in)
        around = (*([deputy] if deputy else []), *stand_in)
        return Candidates(first, tuple(p for p in around if p not in others))

    def _in_charge(self, manager: str) -> tuple[str, ...]:
        charge = self.charges.get(manager)
        return (manager,) if charge is None else tuple(owner for owner, _ in charge)

    def in_charge(self, role: str, subject: Subject, owner: str) -> tuple[int, bool]:
        """Return the days on which somebody is asked first, and whether as heir of a manager who has left."""
        if role != "manager" or not self.charges:
            return EVER, False
        manager = self._manager(subject)
        days = next((days for one, days in self.charges.get(manager or "", ()) if one == owner), EVER)
        return days, owner != manager and days != EVER

    def _manager(self, subject: Subject) -> str | None:
        """Return the person's own manager; for a team, that of most of it; for a site, nobody."""
        if subject.audience is Audience.PERSON:
            return self._people.persons[subject.id].manager
        members = self._people.teams[subject.id].members if subject.audience is Audience.TEAM else ()
        managers = Counter(m for p in members if (m := self._people.persons[p].manager) is not None)
        inside = Counter({m: n for m, n in managers.items() if m in members}) or managers
        return max(inside, key=lambda m: (inside[m], m), default=None)

    def barred(self, subject: Subject) -> frozenset[str]:
        """Return the leaders who may not: recipients, their own managers, and who is below a recipient."""
        persons = self._people.persons
        managers = {persons[r].manager or "" for r in subject.recipients}
        found = {*subject.recipients, *managers}
        if not managers.isdisjoint(self.charges):
            found.update(owner for manager in managers for owner in self._in_charge(manager))
        for recipient in subject.recipients:
            found.update(self._led_by.get(recipient, ()))
        if subject.audience is Audience.TEAM:
            found.add(self._manager(subject) or "")
        return frozenset(found)

    def leaders(self, subject: Subject) -> tuple[str, ...]:
        """Return the leaders who may, in the order of the people files."""
        barred = self.barred(subject)
        leaders = self._people.leaders
        if barred.isdisjoint(leaders):
            return leaders
        return tuple(leader for leader in leaders if leader not in barred)

    def _peers(self, subject: Subject) -> tuple[str, ...]:
        team = self._people.teams.get(subject.team or "")
        return tuple(p for p in team.members if p not in subject.recipients) if team else ()


def _led_by(people: People) -> dict[str, list[str]]:
    """Return the leaders below everybody who has leaders below."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for leader in people.leaders:
        for above in people.managers_of(leader):
            found[above].append(leader)
    return found
