"""Those who may give the same give alike: who gives more than another hands events over, in the same week."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain

from csweek.model.basics import Audience
from csweek.plan.owed.acts import Act, Owed, Placed
from csweek.plan.placing.place import Placer

TRIED = 500
"""So many events of one action are offered to another owner at most."""

_Offer = tuple[str, str, int]
"""Who gives, who might take it over, and the place of the event."""


def shared_alike(placed: Sequence[Placed], placer: Placer) -> list[Placed]:
    """Return events with those of every shared action within one for its owners, as far as can be.

    Owners who are there in fewer weeks have fewer in proportion. Nobody's week gets fuller than the fullest.
    """
    found = list(placed)
    fullest = max((max(giver.minutes) for giver in placer.ledger.values()), default=0)
    of: defaultdict[Act, list[int]] = defaultdict(list)
    for at, (owed, _) in enumerate(found):
        if owed.act.shared:
            of[owed.act].append(at)
    for places in of.values():
        _Sharing(found, places, placer, fullest).even()
    return found


class _Sharing:
    """The events of one action, by their owners."""

    def __init__(self, found: list[Placed], places: Sequence[int], placer: Placer, fullest: int) -> None:
        self._found = found
        self._placer = placer
        self._fullest = fullest
        events = [found[at][0] for at in places]
        able = {placer.owners.of(owed.act.role, owed.subject).first for owed in events}
        self._held: dict[str, list[int]] = {owner: [] for owner in chain.from_iterable(able)}
        for at in places:
            _, seat = found[at]
            if seat.owner in self._held:
                self._held[seat.owner].append(at)
        self._weeks = {owner: sum(map(bool, placer.ledger[owner].weeks)) for owner in self._held}

    def even(self) -> None:
        """Hand over until nobody who gives much finds one who gives little and could do it instead."""
        refused: set[_Offer] = set()
        for _ in range(TRIED):
            offer = next((one for one in self._offers() if one not in refused), None)
            if offer is None:
                break
            if not self._handed(*offer):
                refused.add(offer)

    def _offers(self) -> Iterator[_Offer]:
        """Yield who might take which event, from those who give most to those who give least."""
        ranked = sorted((one for one in self._held if self._weeks[one]), key=self._part)
        for giver in reversed(ranked):
            for taker in ranked:
                if self._fair(giver, taker):
                    break
                yield from ((giver, taker, at) for at in self._held[giver])

    def _part(self, owner: str) -> tuple[float, str]:
        return len(self._held[owner]) / self._weeks[owner], owner

    def _fair(self, giver: str, taker: str) -> bool:
        """Whether one more for the one and one less for the other would turn them round."""
        mine, theirs = len(self._held[giver]), len(self._held[taker])
        return mine - theirs < 2 or (mine - 1) * self._weeks[taker] < (theirs + 1) * self._weeks[giver]

    def _handed(self, giver: str, taker: str, at: int) -> bool:
        """Let another owner have an event in its week, unless its recipients have others to meet first."""
        (owed, seat), placer = self._found[at], self._placer
        may = taker in placer.owners.of(owed.act.role, owed.subject).first
        week, more = seat.day // 7, owed.act.minutes + owed.act.before
        if not may or placer.ledger[taker].minutes[week] + more > self._fullest:
            return False
        placer.release(owed, seat)
        again = self._again(owed, giver, taker)
        now = None if again else placer.with_owner(owed, week, taker)
        if now is None:
            placer.take(owed, seat)
            return False
        self._found[at] = (owed, now)
        self._held[giver].remove(at)
        self._held[taker].append(at)
        if owed.subject.audience is Audience.GROUP:
            for member in owed.subject.recipients:
                self._this_year[member][giver] -= 1
                self._this_year[member][taker] += 1
        return True

    def _again(self, owed: Owed, giver: str, taker: str) -> bool:
        """Whether a recipient has others to meet first; of a group also who meets the taker this year."""
        if owed.subject.audience is not Audience.GROUP:
            return taker in self._placer.met_again(owed.act, owed.subject)
        members, met = set(owed.subject.recipients), self._placer.ledger.met
        if any(members & set(self._found[at][0].subject.recipients) for at in self._held[taker]):
            return True
        able = self._placer.owners.of(owed.act.role, owed.subject).first
        for member in members:
            known, this_year = met[owed.act.id, member], self._this_year[member]
            times = {one: known.get(one, 0) for one in able}
            before = {one: number + (one == giver) - this_year[one] for one, number in times.items()}
            if times[taker] > min(times.values()) or before[taker] > min(before.values()):
                return True
        return False

    @cached_property
    def _this_year(self) -> defaultdict[str, Counter[str]]:
        """Whom everybody meets in this year's groups."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for owner, held in self._held.items():
            for member in (one for at in held for one in self._found[at][0].subject.recipients):
                found[member][owner] += 1
        return found
