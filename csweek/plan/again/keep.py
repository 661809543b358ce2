"""The same plan after a change: what stands, and what has to go."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from csweek.model.basics import (
    GATHERING,
    HANDED_OVER,
    Audience,
    Channel,
    Occasion,
    Thanks,
)
from csweek.model.inputs import Inputs
from csweek.once import Once
from csweek.plan.again.renamed import Renamed, renamed
from csweek.plan.again.stood import (
    SETTLED,
    SHARED,
    Stood,
    stood,
    taken_over,
)
from csweek.plan.owed.acts import Act, Mark
from csweek.plan.when.days import Days, week
from csweek.plan.when.hours import Window, kept_free
from csweek.plan.when.within import Within
from csweek.rows import STARTS
from csweek.rows.table import Table


class Standing(Struct, frozen=True, dict=True):
    """What stays of an earlier plan, and the highest ordinals that were ever given."""

    past: Sequence[Stood]
    """Before today, done, missed, or cancelled by hand: it is as it is, whatever the files say now."""
    future: Sequence[Stood]
    """Still possible where they are, perhaps with fewer recipients or without their owner."""
    numbers: Mapping[Mark, int]
    today: int
    """The position of today in the year; negative before it begins."""
    frozen: int
    """The first position from which a gathering that is not owed any more is cancelled."""
    fallen: Mapping[Mark, Sequence[Stood]]
    """Those ahead that cannot stay where they are: what is dealt in their place is the same event, moved."""
    afresh: bool
    """Whether what could have stayed was let go, too."""
    dropped: Sequence[Stood]
    """Those ahead that are cancelled, but not by hand."""
    renamed: Renamed
    released: Sequence[Stood] = ()
    """Groups that are put together anew."""

    def all(self) -> Iterable[Stood]:
        """Yield the past and then the future."""
        yield from self.past
        yield from self.future

    def again(self) -> Counter[Mark]:
        """Return how many chosen events fell away and are to be the same ones again; afresh none."""
        fallen = {} if self.afresh else self.fallen
        return Counter({mark: sum(not one.kind.fixed for one in those) for mark, those in fallen.items()})

    def open(self) -> Iterable[Stood]:
        """Yield what is dealt again where there is reason and room."""
        yield from chain.from_iterable(self.fallen.values())
        yield from self.dropped

    def closed(self) -> Iterable[Stood]:
        """Yield what nothing is done with any more, unless it is dealt again."""
        yield from self.past
        yield from self.dropped


def standing(
    before: Table, today: date, inputs: Inputs, days: Days, acts: Sequence[Act], *, afresh: bool
) -> Standing:
    """Return what stays of the plan before; the rest is dealt again or cancelled.

    ``afresh``: only what was given, moved by hand, or is a gathering within ``freeze`` stays ahead.
    """
    keeper, names = _Keeper(inputs, days, acts), renamed(before, inputs)
    now, frozen = days.index(today), days.index(today) + inputs.settings.freeze
    numbers: dict[Mark, int] = {}
    past: list[Stood] = []
    future: list[Stood] = []
    dropped: list[Stood] = []
    released: list[Stood] = []
    fallen: defaultdict[Mark, list[Stood]] = defaultdict(list)
    for one in taken_over(stood(before, days, names), acts, today, days):
        mark = (one.action, one.subject)
        if one.ordinal > numbers.get(mark, 0):
            numbers[mark] = one.ordinal
        if one.day < now or one.status in SETTLED or (one.by_hand and not one.live):
            past.append(one)
        elif not one.live:
            dropped.append(one)
        else:
            free = afresh and is_free(one, frozen)
            kept = None if free else keeper.kept(one)
            if kept:
                future.append(kept)
            elif free and one.kind.audience is Audience.GROUP:
                released.append(one)
            else:
                fallen[mark].append(one)
    return Standing(past, future, numbers, now, frozen, fallen, afresh, dropped, names, released)


def is_free(one: Stood, frozen: int) -> bool:
    """Whether an event may be dealt again when the untouched future is."""
    near = one.kind.channel in GATHERING and one.day < frozen
    return not (one.kind.fixed or one.by_hand or near)


class _Keeper:
    """Whether events can stay where they are."""

    def __init__(self, inputs: Inputs, days: Days, acts: Sequence[Act]) -> None:
        self._persons = inputs.people.persons
        self._days = days
        self._busy = kept_free(inputs.busy, days.year.first)
        self._within = Within(inputs, days)
        self._acts: defaultdict[str, list[Act]] = defaultdict(list)
        for act in acts:
            self._acts[act.id].append(act)
        self._there: Once[str, int] = Once(self._presence)
        self._employed: Once[str, int] = Once(self._employment)

    def kept(self, one: Stood) -> Stood | None:
        """Return an event that can stay on its day with its owner; a group goes on without who is gone."""
        if one.by_hand:
            return self._by_hand(one)
        day, present = one.day, self._there
        act = next((act for act in self._acts[one.action] if act.offer.mask >> day & 1), None)
        if act is None or act.timed != (one.row[STARTS] is not None):
            return None
        if act.minutes != one.kind.minutes:
            one = replace(one, kind=replace(one.kind, minutes=act.minutes))
        there = tuple([person for person in one.recipients if present[person] >> day & 1])
        owner = self._employed_owner(one)
        owned = owner is None or owner_there(owner, one.kind.channel, day, self._days)
        window = one.window if act.timed else None
        if window:
            there = tuple([p for p in there if self._within.can_meet(Audience.PERSON, p, window, day)])
            owned = owned and (owner is None or self._within.can_hold(owner, window, day))
            owned = owned and self._undisturbed(one, window)
        if owned and self._possible(one, there):
            return one if (there, owner) == (one.recipients, one.owner) else _with(one, there, owner)
        return None

    def _possible(self, one: Stood, there: tuple[str, ...]) -> bool:
        match one.kind.audience:
            case Audience.PERSON:
                return there == one.recipients
            case Audience.GROUP:
                return bool(there)
            case Audience.TEAM:
                return bool(self._days.team.get(one.subject, 0) >> one.day & 1)
        return bool(self._days.site.get(one.subject, 0) >> one.day & 1)

    def _undisturbed(self, one: Stood, window: Window) -> bool:
        """Whether its team or site can be met then, and the owner's own calendar has nothing."""
        audience = one.kind.audience
        if audience in SHARED and not self._within.can_meet(audience, one.subject, window, one.day):
            return False
        busy = self._busy.get(one.owner or "", ())
        return not any(window[0] < until and since < window[1] for since, until in busy)

    def _presence(self, person: str) -> int:
        """Return the days on which somebody is there and may get something."""
        known = self._persons.get(person)
        return 0 if known is None or known.thanks is Thanks.NEVER else self._days.person[person]

    def _employment(self, person: str) -> int:
        """Return the days on which somebody is employed, also those after the year."""
        known = self._persons.get(person)
        if known is None:
            return 0
        first = self._days.index(known.start_date) if known.start_date else 0
        days = -1 << max(0, first)
        if known.end_date is None:
            return days
        return days & (1 << max(0, self._days.index(known.end_date) + 1)) - 1

    def _employed_owner(self, one: Stood) -> str | None:
        """Return the owner, nobody where they have left: the event then stays and gets another one."""
        return one.owner if one.owner and self._employed[one.owner] >> one.day & 1 else None

    def _by_hand(self, one: Stood) -> Stood | None:
        """Return a moved event where it was put while those it is for exist; without its owner it goes on.

        An occasion that somebody no longer wants remembered is no longer theirs.
        """
        present = tuple(p for p in one.recipients if self._exists(p, one.day))
        match one.kind.audience:
            case Audience.PERSON:
                stays = bool(present) and not self._unwanted(one)
            case Audience.GROUP:
                stays = bool(present)
            case Audience.TEAM:
                stays = one.subject in self._days.team
            case Audience.ORGANISATION:
                stays = one.subject in self._days.site
        return _with(one, present, self._employed_owner(one)) if stays else None

    def _exists(self, person: str, day: int) -> bool:
        known = self._persons.get(person)
        willing = known is not None and known.thanks is not Thanks.NEVER
        return willing and bool(self._employed[person] >> day & 1)

    def _unwanted(self, one: Stood) -> bool:
        occasions = {anchor.kind for act in self._acts[one.action] for anchor in act.offer.anchors}
        wished = {str(occasion) for occasion in self._persons[one.subject].celebrate}
        unwished = {str(occasion) for occasion in Occasion} - wished
        return one.kind.fixed and bool(occasions) and occasions <= unwished


def _with(one: Stood, recipients: tuple[str, ...], owner: str | None) -> Stood:
    return replace(one, recipients=recipients, owner=owner)


def owner_there(owner: str, channel: Channel, day: int, days: Days) -> bool:
    """Whether the owner is there, or for what is handed over, there in that week and off on that day."""
    there = days.owner.get(owner, 0)
    if there >> day & 1:
        return True
    return channel in HANDED_OVER and bool(week(there, day // 7)) and bool(days.off(owner) >> day & 1)
