"""What stands, booked with those who hold it: whose owner is gone goes to another one, or is dealt again."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from csweek.model.basics import GATHERING, Audience
from csweek.model.people import People
from csweek.plan.again.clashes import apart
from csweek.plan.again.keep import Standing, owner_there
from csweek.plan.again.stood import SHARED, Stood, book
from csweek.plan.owed.acts import Act
from csweek.plan.owed.demand import Subject
from csweek.plan.owed.owners import Candidates
from csweek.plan.placing.place import HEIR, NOBODY, NOBODY_MAY, OWN, STAND_IN, TURN, Asked, Placer
from csweek.rows import OWNER, SERIAL, STARTS

Known = tuple[Stood, Act | None]
"""An event that stands ahead, and the action that it is of now."""


class Holding:
    """Books what stands; afterwards it knows who holds it, and what cannot stay without its owner."""

    def __init__(self, stands: Standing, acts: Sequence[Act], people: People, placer: Placer) -> None:
        self._people = people
        self._placer = placer
        self._acts: defaultdict[str, list[Act]] = defaultdict(list)
        for act in acts:
            self._acts[act.id].append(act)
        self._now: dict[tuple[str, int, bool], Act | None] = {}
        self._may: dict[tuple[int, str, tuple[str, ...], str], bool] = {}
        """Who may hold an action for whom."""
        self._shared = {act.id for act in acts if act.shared}
        for one in stands.past:
            self._book(one)
        future, clashing = apart(stands.future, placer.agenda, placer.days)
        self._known = [self._of(one) for one in future]
        open_ = [at for at, (one, act) in enumerate(self._known) if act and not self._holds(one, act)]
        waiting = set(open_)
        for at, (one, _) in enumerate(self._known):
            self._book(replace(one, owner=None) if at in waiting else one)
        never_owned_first = sorted(open_, key=lambda at: self._known[at][0].row[OWNER] is not None)
        gone = {at for at in never_owned_first if not self._handed(at, stands)}
        fallen = defaultdict(list, {mark: list(those) for mark, those in stands.fallen.items()})
        for one in (*clashing, *(self._known[at][0] for at in gone)):
            fallen[one.mark].append(one)
        self._known = [known for at, known in enumerate(self._known) if at not in gone]
        self._future = [one for one, _ in self._known]
        self.stands = replace(stands, future=self._future, fallen=fallen)
        """What stays; what has lost its owner and finds no other one where it is, is dealt again."""

    def __iter__(self) -> Iterator[Known]:
        """Yield what stands ahead with its owner, and the action that it is of now."""
        return iter(self._known)

    def join(self, at: int, person: str) -> None:
        """Add somebody to a group that stands, at its position."""
        one, act = self._known[at]
        self._future[at] = replace(one, recipients=(*one.recipients, person))
        self._known[at] = self._future[at], act

    def let_go(self, one: Stood) -> None:
        """Take what stands out of the books: it is cancelled."""
        self._book(one, -1)

    def ask_again(self, but: Collection[int]) -> None:
        """Give what stands without an owner to one who can by now, as what was let go has freed minutes.

        ``but`` are the serials of what was let go.
        """
        for at, (one, act) in enumerate(self._known):
            if one.owner is None and act and one.row[SERIAL] not in but:
                found, why = self._next(one, act)
                if found:
                    self._book(one, -1)
                    self._held(at, found, why)

    def _book(self, one: Stood, times: int = 1) -> None:
        ledger = self._placer.ledger
        book(one, self._shared, ledger, times)
        window = one.window if one.kind.audience is Audience.GROUP and one.live else None
        if window:
            for person in one.recipients:
                known = self._people.persons.get(person)
                ledger.leave(known.team if known else None, window, times)

    def _of(self, one: Stood) -> Known:
        mark = (one.action, one.day, one.row[STARTS] is not None)
        if mark not in self._now:
            self._now[mark] = self._in_force(one.action, one.day, timed=mark[2])
        return one, self._now[mark]

    def _in_force(self, action: str, day: int, *, timed: bool) -> Act | None:
        """Return what an action is now on a day, none where it has an hour now or has none any more."""
        acts = self._acts[action]
        now = next((act for act in acts if act.offer.mask >> day & 1), next(iter(acts), None))
        return now if now is not None and now.timed == timed else None

    def _holds(self, one: Stood, act: Act) -> bool:
        """Whether the owner may hold it."""
        if one.owner is None or one.by_hand:
            return one.owner is not None
        mark = (act.number, one.subject, one.recipients, one.owner)
        found = self._may.get(mark)
        if found is None:
            known = self._placer.owners.of(act.role, self._subject(one))
            found = self._may[mark] = one.owner in known.first or one.owner in known.stand_in
        return found

    def _subject(self, one: Stood) -> Subject:
        person = self._people.persons.get(one.subject)
        team = person.team if person else one.subject if one.kind.audience is Audience.TEAM else None
        return Subject(one.subject, one.kind.audience, "", 0, 0, team, one.recipients)

    def _handed(self, at: int, stands: Standing) -> bool:
        """Give an event to one who can where it is; whether it stays, also without an owner."""
        one, act = self._known[at]
        self._book(replace(one, owner=None), -1)
        found, why = self._next(one, act) if act else (None, NOBODY)
        lost = one.row[OWNER] is not None and found is None and (act is None or self._may_be_held(one, act))
        near = one.kind.channel in GATHERING and one.day < stands.frozen
        if ((lost and not near) or self._elsewhere(one)) and not one.by_hand:
            return False
        self._held(at, found, why)
        return True

    def _held(self, at: int, owner: str | None, why: int) -> None:
        one, act = self._known[at]
        held = replace(one, owner=owner)
        self._book(held)
        minutes = self._placer.ledger[owner].minutes[one.day // 7] if owner else None
        self._known[at] = replace(held, again=(why, minutes)), act

    def _elsewhere(self, one: Stood) -> bool:
        """Whether somebody whom it is for holds something else then by now."""
        window = one.window if one.kind.audience not in SHARED else None
        ledger, around = self._placer.ledger, self._placer.agenda.around
        return window is not None and any(ledger.busy(around(person), *window) for person in one.recipients)

    def _may_be_held(self, one: Stood, act: Act) -> bool:
        """Whether there is anybody who might hold it on some day."""
        known = self._placer.owners.of(act.role, self._subject(one))
        return bool(known.first or known.stand_in)

    def _next(self, one: Stood, act: Act) -> tuple[str | None, int]:
        """Return who holds an event where it is, and why; None, and why there is nobody."""
        found = next(self._able(one, act), None)
        if found:
            return found
        week, day = divmod(one.day, 7)
        asked = Asked(act, self._subject(one), one.kind.fixed)
        return None, self._placer.why_nobody(
            asked, week, 1 << day, lambda owner: self._placer.can_hold(owner, one.day, one.window)
        )

    def _able(self, one: Stood, act: Act) -> Iterator[tuple[str, int]]:
        """Yield those who can hold an event where it is, and why they would."""
        subject, window = self._subject(one), one.window
        owners, week = self._placer.owners, one.day // 7
        known = owners.of(act.role, subject)
        for owner in self._in_turn(one, act, known, subject):
            giver = self._placer.ledger[owner]
            charge, heir = owners.in_charge(act.role, subject, owner)
            there = charge >> one.day & owner_there(owner, one.kind.channel, one.day, self._placer.days)
            within = one.kind.fixed or giver.can(week, act.minutes, act.before, act.ahead)
            if there and within and self._placer.can_hold(owner, one.day, window):
                first = HEIR if heir else TURN if act.shared else OWN
                yield owner, first if owner in known.first else STAND_IN if known.first else NOBODY_MAY

    def _in_turn(self, one: Stood, act: Act, known: Candidates, subject: Subject) -> Iterator[str]:
        """Yield those who are asked first, then those who stand in, deputies before organisers.

        Of several who may the one has it whom nobody in it has met too often, who gave least of this and has
        least to do that week: what one leader leaves goes to all the others.
        """
        ledger, week, last = self._placer.ledger, one.day // 7, self._people.organisers
        given = ledger.given[act.id]

        def load(owner: str) -> tuple[bool, int, int, str]:
            giver = ledger[owner]
            over = not giver.can(week, act.minutes, act.before, act.ahead)
            return over, given[owner], giver.minutes[week], owner

        if act.shared:
            again = self._placer.met_again(act, subject)
            yield from sorted(known.first, key=lambda owner: (owner in again, *load(owner)))
        else:
            yield from known.first
        yield from sorted(known.stand_in, key=lambda owner: (owner in last, *load(owner)))
