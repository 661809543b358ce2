"""Who may do it: the candidates for an owner, the first choice before those who stand in."""

from collections import Counter
from dataclasses import dataclass

from csweek.model.basics import Audience
from csweek.model.inputs import Action, People
from csweek.plan.demand import Subject

ROLES = frozenset({"manager", "leader", "peer", "organiser"})


@dataclass(frozen=True, slots=True)
class Candidates:
    """Those who are asked first, in any order, and those who stand in, in this order."""

    first: tuple[str, ...]
    stand_in: tuple[str, ...]


class Owners:
    """The candidates for every action and subject, worked out once."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._above = {person.id: frozenset(people.managers_of(person.id)) for person in people}
        self._known: dict[tuple[str, str, tuple[str, ...]], Candidates] = {}

    def of(self, role: str, subject: Subject) -> Candidates:
        """Return who may own an event of this role for this subject."""
        mark = (role, subject.id, subject.recipients)
        if mark not in self._known:
            self._known[mark] = self._of(role, subject)
        return self._known[mark]

    def _of(self, role: str, subject: Subject) -> Candidates:
        stand_in = tuple(p for p in self._people.organisers if p not in subject.recipients)
        match role:
            case "manager":
                return self._managers(subject, stand_in)
            case "leader":
                return Candidates(self.leaders(subject), stand_in)
            case "peer":
                return Candidates(self._peers(subject), stand_in)
            case "organiser":
                return Candidates(stand_in, ())
        return Candidates((role,) if role in self._people.persons else (), stand_in)

    def _managers(self, subject: Subject, stand_in: tuple[str, ...]) -> Candidates:
        manager = self._manager(subject)
        if manager is None:
            return Candidates((), stand_in)
        deputy = self._people.persons[manager].deputy
        around = (*([deputy] if deputy else []), *stand_in)
        return Candidates((manager,), tuple(p for p in around if p not in {manager, *subject.recipients}))

    def _manager(self, subject: Subject) -> str | None:
        """Return the person's own manager; for a team, that of most of it; for a site, nobody."""
        if subject.audience is Audience.PERSON:
            return self._people.persons[subject.id].manager
        members = self._people.teams[subject.id].members if subject.audience is Audience.TEAM else ()
        managers = Counter(m for p in members if (m := self._people.persons[p].manager) is not None)
        inside = Counter({m: n for m, n in managers.items() if m in members}) or managers
        return max(inside, key=lambda m: (inside[m], m), default=None)

    def leaders(self, subject: Subject) -> tuple[str, ...]:
        """Return the leaders who are no recipient, no recipient's own manager, and not below one."""
        persons = self._people.persons
        own = {*subject.recipients, *(persons[r].manager for r in subject.recipients)}
        if subject.audience is Audience.TEAM:
            own.add(self._manager(subject))
        return tuple(
            leader
            for leader in self._people.leaders
            if leader not in own and not self._above[leader].intersection(subject.recipients)
        )

    def _peers(self, subject: Subject) -> tuple[str, ...]:
        team = self._people.teams.get(subject.team or "")
        return tuple(p for p in team.members if p not in subject.recipients) if team else ()


def is_shared(action: Action) -> bool:
    """Whether several owners may take the same recipients, so that the next one in turn does."""
    return action.owner in ROLES - {"manager"}
