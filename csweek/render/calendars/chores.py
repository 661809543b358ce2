"""What a year asks of the organisers: to order, invite, print and mark, each some time ahead."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Literal, NamedTuple

from csweek.model.basics import GATHERING, Audience, Channel, Cost, Day, monday_of
from csweek.model.plan import Event
from csweek.render.cards.sources import has_card

ORDER_WEEKS = 2
"""How long before an event's preparation, or its day, what it needs is ordered."""

PRINT_WEEKS = 1
"""How long before their week cards are printed, so that there is time to write on them."""

_MANY = frozenset({Audience.GROUP, Audience.ORGANISATION})


class Chore(NamedTuple):
    """Something done once for a whole week of events; it says nothing of them, and so never changes."""

    what: Literal["print", "mark"]
    monday: Day
    """Of the week that it is about."""
    year: str
    """The planned year of that week; the day on which it is done may lie in another one."""

    @property
    def day(self) -> Day:
        """The Monday on which it is to be done: cards before their week, marks after it."""
        return self.monday + timedelta(weeks=-PRINT_WEEKS if self.what == "print" else 1)


def chores(events: Iterable[Event]) -> Iterator[Chore]:
    """Yield what the weeks of these events ask for, in order."""
    years: dict[Day, str] = {}
    cards = set[Day]()
    for event in events:
        monday = monday_of(event.date)
        years[monday] = event.key.year
        if has_card(event):
            cards.add(monday)
    for monday, year in sorted(years.items()):
        if monday in cards:
            yield Chore("print", monday, year)
        yield Chore("mark", monday, year)


def ordered(event: Event) -> bool:
    """Whether something has to be ordered for an event."""
    return event.channel is Channel.GIFT or event.cost is not Cost.NONE


def invited(event: Event) -> bool:
    """Whether people from several places have to be invited; a team meets by itself."""
    return event.channel in GATHERING and event.audience in _MANY


def order_day(event: Event) -> Day:
    """Return the day on which what an event needs is ordered."""
    weeks = ORDER_WEEKS + (event.prepare.weeks if event.prepare else 0)
    return event.date - timedelta(weeks=weeks)
