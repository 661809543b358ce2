"""An action in play while a year is being dealt, and what is owed of it."""

from msgspec import Struct

from csweek.model.basics import HANDED_OVER, TIMED
from csweek.plan.owed.demand import Offer, Subject
from csweek.plan.when.days import Days, by_week

ROLES = frozenset({"manager", "leader", "peer", "organiser"})
Effort = tuple[int, int, int]
"""An owner's minutes on the day, minutes of preparation, and how many weeks ahead these fall due."""


class Act(Struct, frozen=True, eq=False):
    """An offer with what is asked of it for every single event, so that nothing is looked up twice."""

    offer: Offer
    number: int
    """Its position among the offers."""
    id: str
    role: str
    minutes: int
    before: int
    """Minutes of preparation."""
    ahead: int
    """How many weeks before the event these fall due."""
    effort: Effort
    """These three."""
    timed: bool
    """Whether it has an hour."""
    handed: bool
    """Whether it is handed over, and its owner need not be there on the day."""
    shared: bool
    """Whether several owners may take the same recipients, so that the next one in turn does."""
    mask: int
    """The days on which it may still be placed."""
    weeks: bytes


def act_of(offer: Offer, number: int, open_days: int, days: Days) -> Act:
    """Return an offer in play on these open days."""
    action, mask = offer.action, offer.mask & open_days
    prepare = action.prepare
    before, ahead = (prepare.minutes, prepare.weeks) if prepare else (0, 0)
    return Act(
        offer,
        number,
        action.id,
        action.owner,
        action.minutes,
        before,
        ahead,
        (action.minutes, before, ahead),
        action.channel in TIMED,
        action.channel in HANDED_OVER,
        action.owner in ROLES - {"manager"},
        mask,
        by_week(mask, days.year.weeks),
    )


Mark = tuple[str, str]
"""An action and a subject."""


class Owed(Struct, frozen=True):
    """One event to come: fixed on a day, or one of ``of`` turns within a window of days."""

    act: Act
    subject: Subject
    ordinal: int
    wish: float
    """The ideal moment in days from the year's first; for a fixed one the day that was named."""
    first: int
    last: int
    turn: int = 1
    of: int = 1
    fixed: bool = False
    on_return: bool = False
    """Whether it waits for somebody who is away in the week that was named."""
    missed: bool = False
    """Whether it is owed again for one that was missed, on the day that it wishes for."""

    @property
    def mark(self) -> Mark:
        """Its action and its subject."""
        return (self.act.id, self.subject.id)


def by_wish(owed: Owed) -> tuple[float, str]:
    """Return what sorts the turns of one person: the ideal moment, then the action."""
    return owed.wish, owed.act.id


class Seat(Struct, frozen=True):
    """Where an event is put: day, owner, hour, and what there is to tell about the choice."""

    day: int
    owner: str | None
    start: int | None
    """The moment at which it begins, None for all-day."""
    why: int
    """Why this owner: the position in ``csweek.rows.reasons.WHY``."""
    minutes: int | None
    """What the owner gives in that week, with this."""
    week: int
    """How the week was: ``csweek.rows.reasons.around``."""
    ahead: int | None = None
    """How many weeks before it is prepared, where not as many as its action says."""


Placed = tuple[Owed, Seat]
"""An owed event with everything decided."""
