"""Whether the time of a meeting that stands lies in the hours of those who are in it."""

from csweek.model.basics import Audience
from csweek.model.inputs import Inputs
from csweek.once import Once
from csweek.plan.when.days import Days
from csweek.plan.when.hours import Window, holding_windows, meeting_window, moments

Spells = tuple[tuple[Window, ...], str]
"""Local windows and their time zone."""
NEVER: Spells = ((), "")


class Within:
    """Everybody's hours in one year, as moments; who is not known has none."""

    def __init__(self, inputs: Inputs, days: Days) -> None:
        self._inputs = inputs
        self._days = days
        self._met: Once[tuple[Audience, str], Spells] = Once(self._meeting)
        self._begin: Once[tuple[int, str], int] = Once(self._midnight)
        self._held: Once[str, Spells] = Once(self._holding)

    def can_meet(self, audience: Audience, ident: str, window: Window, day: int) -> bool:
        """Whether a person, a team or a site can be met then, in the shift that begins on a day."""
        return self._in(self._met[audience, ident], window, (day,))

    def can_hold(self, owner: str, window: Window, day: int) -> bool:
        """Whether an owner can hold something then."""
        return self._in(self._held[owner], window, (day, day - 1, day + 1))

    def _in(self, spells: Spells, window: Window, days: tuple[int, ...]) -> bool:
        windows, timezone = spells
        since, until = window
        for day in days if windows else ():
            begin = self._begin[day, timezone]
            for low, high in windows:
                if begin + low <= since and until <= begin + high:
                    return True
        return False

    def _midnight(self, at: tuple[int, str]) -> int:
        day, timezone = at
        return moments((0, 0), timezone, self._days.date(day), day)[0]

    def _meeting(self, who: tuple[Audience, str]) -> Spells:
        audience, ident = who
        people, sites = self._inputs.people, self._inputs.settings.sites
        if audience is Audience.ORGANISATION:
            site = sites.get(ident)
            return ((meeting_window(site.work),), site.timezone) if site else NEVER
        known = people.teams.get(ident) if audience is Audience.TEAM else people.persons.get(ident)
        return ((meeting_window(known.work),), sites[known.site].timezone) if known else NEVER

    def _holding(self, owner: str) -> Spells:
        known = self._inputs.people.persons.get(owner)
        if known is None:
            return NEVER
        return holding_windows(known.work), self._inputs.settings.sites[known.site].timezone
