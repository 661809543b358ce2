"""What the planned year asks for and gives, for whoever decides on it; and three cheaper ways."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from babel.numbers import format_currency, format_decimal
from msgspec import Struct
from msgspec.structs import replace

from csweek.model.basics import THANKING, TIMED, Audience, Cost, Practice, Role, Thanks, csw_monday
from csweek.model.plan import Event
from csweek.model.theme import Every
from csweek.render.announcements.announcement import Draft
from csweek.render.announcements.newsroom import Circle, Newsroom
from csweek.render.announcements.weekly import whose

VARIANTS = 3


class Sum(Struct, frozen=True):
    """What a set of events takes: money, and minutes of paid time away from customers."""

    cost: float
    away: int

    def below(self, other: "Sum") -> bool:
        """Whether it takes less of one, and no more of the other."""
        return self != other and self.cost <= other.cost and self.away <= other.away


class Variant(Struct, frozen=True):
    """A cheaper way, with its name in the words and what it takes, as it is shown."""

    name: str
    cost: str
    hours: int


def funding(room: Newsroom, circle: Circle, day: date) -> Iterator[Draft]:
    """Yield the memo about the planned year."""
    yield Draft("funding", room.plan.year.label, day, _Ledger(room, circle).facts())


class _Ledger:
    """Counts what a year takes."""

    def __init__(self, room: Newsroom, circle: Circle) -> None:
        self._room, self._circle = room, circle
        self._people = [one for one in room.inputs.people if one.thanks is not Thanks.NEVER]
        self._leaders = frozenset(room.inputs.people.leaders)
        managers = frozenset(room.inputs.people.reports)
        self._staff = frozenset(
            p.id for p in room.inputs.people if p.role is Role.STAFF and p.id not in managers | self._leaders
        )

    def facts(self) -> dict[str, object]:
        events, year = tuple(self._room.diary.year()), self._room.plan.year
        budget = self._room.inputs.settings.budget
        all_, heads = self._sum(events), max(1, len(self._people))
        owned = [(event, event.minutes + (event.prepare.minutes if event.prepare else 0)) for event in events]
        leaders = sum(minutes for event, minutes in owned if event.owner in self._leaders)
        others = sum(minutes for event, minutes in owned if event.owner and event.owner not in self._leaders)
        return {
            "whose": whose(self._room, self._circle),
            "year": year.label,
            "days": self._circle.voice.days(year.first, year.last),
            "people": len(self._people),
            "teams": len(self._room.inputs.people.teams),
            "cost": self._money(all_.cost) if all_.cost else "",
            "head": self._money(all_.cost / heads),
            "budget": self._money(budget.amount) if budget.amount else "",
            "leaders": _hours(leaders),
            "managers": _hours(others),
            "agents": _hours(all_.away),
            "minutes": self._number(all_.away / max(1, len(self._staff)) / year.weeks),
            "thanks": sum(len(e.recipients) for e in events if e.channel in THANKING),
            "talks": sum(e.practice is Practice.SKIP_LEVEL and e.audience is Audience.GROUP for e in events),
            "moments": sum(event.audience is Audience.TEAM for event in events),
            "variants": self._variants(events, all_),
        }

    def _variants(self, events: Sequence[Event], all_: Sum) -> tuple[Variant, ...]:
        """Return the first ways that take less than the plan, and differ from one another."""
        found: dict[Sum, Variant] = {}
        for name, change in _WAYS.items():
            taken = self._sum([kept for event in events if (kept := change(event, self._room)) is not None])
            if taken.below(all_):
                found.setdefault(
                    taken, Variant(name, self._money(taken.cost) if all_.cost else "", _hours(taken.away))
                )
        return tuple(found.values())[:VARIANTS]

    def _sum(self, events: Sequence[Event]) -> Sum:
        costs = self._room.inputs.settings.budget.costs
        cost, away = 0.0, 0
        for event in events:
            reached = event.addressed(self._people)
            cost += costs.get(event.cost, 0.0) * len(reached) if event.cost is not Cost.NONE else 0.0
            away += event.minutes * len(self._staff.intersection(reached)) if event.channel in TIMED else 0
        return Sum(cost, away)

    def _money(self, amount: float) -> str:
        locale, currency = self._circle.voice.locale, self._room.inputs.settings.budget.currency
        if not currency:
            return self._number(amount)
        known = locale.replace("-", "_")
        return str(format_currency(round(amount), currency, "#,##0 ¤¤", known, currency_digits=False))

    def _number(self, amount: float) -> str:
        return str(format_decimal(round(amount), locale=self._circle.voice.locale.replace("-", "_")))


def _hours(minutes: int) -> int:
    return round(minutes / 60)


# --- cheaper ways -------------------------------------------------------------------------------------


def _low(event: Event, _: Newsroom) -> Event | None:
    return replace(event, cost=Cost.LOW) if event.cost in {Cost.MEDIUM, Cost.HIGH} else event


def _nothing(event: Event, _: Newsroom) -> Event | None:
    return replace(event, cost=Cost.NONE)


def _five_days(event: Event, _: Newsroom) -> Event | None:
    monday = csw_monday(event.date.year)
    within = monday <= event.date < monday + timedelta(days=7)
    return event if within else replace(event, cost=Cost.NONE)


def _half(event: Event, room: Newsroom) -> Event | None:
    return None if _is_weekly(event, room) and event.date.isocalendar().week % 2 else event


def _shorter(event: Event, room: Newsroom) -> Event | None:
    return replace(event, minutes=event.minutes // 2) if _is_weekly(event, room) else event


def _none(event: Event, room: Newsroom) -> Event | None:
    return None if _is_weekly(event, room) else event


def _is_weekly(event: Event, room: Newsroom) -> bool:
    action = room.inputs.theme_on(event.date).actions.get(event.action)
    return event.audience is Audience.TEAM and action is not None and action.rhythm == Every(1, "weeks")


_WAYS: dict[str, Callable[[Event, Newsroom], Event | None]] = {
    "low": _low,
    "five-days": _five_days,
    "nothing": _nothing,
    "half": _half,
    "shorter": _shorter,
    "none": _none,
}
"""From the mildest on."""
