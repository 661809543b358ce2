"""What is still to be dealt beside what stands, and what of that is too much."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from csweek.model.basics import GATHERING, Audience, Status
from csweek.plan.again.keep import Standing
from csweek.plan.again.stood import SETTLED, Stood
from csweek.plan.owed.acts import Mark, Owed, Placed
from csweek.rows import SERIAL


class Rest(NamedTuple):
    """What is still to be dealt, and the serials of standing events that are no longer owed."""

    owed: list[Owed]
    surplus: set[int]


def rest_of_fixed(owed: Sequence[Owed], stands: Standing) -> Rest:
    """Return the fixed events that do not stand on their day already."""
    ordinals = {(*one.mark, one.ordinal): one for one in stands.all() if one.kind.fixed}
    settled = {(*one.mark, one.ordinal) for one in stands.past}
    settled |= {(*one.mark, one.ordinal) for one in stands.future if one.by_hand}
    left = [
        each
        for each in owed
        if (key := (*each.mark, each.ordinal)) not in settled
        and (key not in ordinals or ordinals[key].day != each.first)
    ]
    held = {(*each.mark, each.ordinal): each.first for each in owed}
    movable = (one for one in stands.future if one.kind.fixed and not one.by_hand)
    return Rest(left, {one.row[SERIAL] for one in movable if held.get((*one.mark, one.ordinal)) != one.day})


def by_subject(stands: Standing, audiences: Collection[Audience]) -> Mapping[str, list[Stood]]:
    """Return the chosen events that count, of these audiences, by subject; those ahead by hand first."""
    had: defaultdict[str, list[Stood]] = defaultdict(list)
    by_hand_first = sorted(stands.future, key=lambda one: not one.by_hand)
    for one in (*stands.past, *by_hand_first):
        if not one.kind.fixed and one.kind.audience in audiences and one.counts:
            had[one.subject].append(one)
    return had


def missed(stands: Standing) -> Mapping[Mark, Sequence[int]]:
    """Return the days of chosen events that were missed, by action and subject."""
    days: defaultdict[Mark, list[int]] = defaultdict(list)
    for one in stands.past:
        if one.status == Status.MISSED and not one.kind.fixed:
            days[one.mark].append(one.day)
    return days


def unmet(
    owed: Sequence[Owed], had: Sequence[Stood], stands: Standing, missed_on: Sequence[int] = ()
) -> tuple[list[Owed], Sequence[Stood]]:
    """Return the turns of one subject and action that are left, numbered, and what stands but is too much.

    A standing event takes the turn that is nearest to it; one ahead takes one whose window is over only when
    no other is left, so that planning again finds no turn ahead without one. What fell away is dealt again
    near where it was: it takes the nearest turn that is left, also one whose window is over. So does, around
    its day, what was missed. Other such turns are no longer owed; the others get fresh ordinals.
    """
    stay, more = _wanted(owed, had, stands)
    left = list(owed)
    for one in stay[: len(owed)]:
        ahead = [each for each in left if each.last >= stands.today] if one.day >= stands.today else ()
        left.remove(min(ahead or left, key=lambda each: abs(each.wish - one.day)))
    mark = owed[0].mark if owed else ("", "")
    fallen = [one for one in stands.fallen.get(mark, ()) if not one.kind.fixed]
    again = _again(left, fallen, stands.today, afresh=stands.afresh)
    left = [each for at, each in enumerate(left) if at not in again]
    left = [each for each in _owed_again(left, missed_on) if each.missed or each.last >= stands.today]
    last = stands.numbers.get(mark)
    if last is not None:
        left = [replace(each, ordinal=ordinal) for ordinal, each in enumerate(left, last + 1)]
    return sorted([*again.values(), *left], key=lambda each: each.wish), more


def _again(left: Sequence[Owed], fallen: Sequence[Stood], today: int, *, afresh: bool) -> Mapping[int, Owed]:
    """Return the turns that what fell away takes, by their position, each near where that was.

    ``afresh``: it is the same event, but where it was only counts when its turn's window is over.
    """
    wishes, days = [each.wish for each in left], [one.day for one in fallen]
    if len(left) < len(fallen):
        pairs = dict(enumerate(nearest(wishes, days)))
    else:
        pairs = {turn: at for at, turn in enumerate(nearest(days, wishes))}
    return {
        turn: replace(left[turn], ordinal=fallen[at].ordinal)
        if afresh and left[turn].last >= today
        else _near(left[turn], fallen[at], today)
        for turn, at in pairs.items()
    }


def same_again(placed: Sequence[Placed], stands: Standing) -> list[Placed]:
    """Return what is dealt afresh as the events that there were: of that day, else of the nearest."""
    found = list(placed)
    mine: defaultdict[Mark, list[int]] = defaultdict(list)
    for at, (owed, _) in enumerate(placed):
        if not owed.fixed and owed.mark in stands.fallen:
            mine[owed.mark].append(at)
    for mark, those in mine.items():
        day_of = {one.ordinal: one.day for one in stands.fallen[mark] if not one.kind.fixed}
        more = [placed[at][0].ordinal for at in those if placed[at][0].ordinal not in day_of]
        left, open_ = dict(day_of), []
        for at in sorted(those, key=lambda at: placed[at][1].day):
            owed, seat = placed[at]
            same = next((ordinal for ordinal, day in left.items() if day == seat.day), None)
            if same is None:
                open_.append(at)
            else:
                del left[same]
                found[at] = replace(owed, ordinal=same), seat
        ordinals = [*left]
        taken = nearest([placed[at][1].day for at in open_], [left[one] for one in ordinals])
        for at, ordinal in zip(open_, [*(ordinals[one] for one in taken), *more], strict=False):
            found[at] = replace(placed[at][0], ordinal=ordinal), placed[at][1]
    return found


def _owed_again(left: Sequence[Owed], missed_on: Sequence[int]) -> list[Owed]:
    """Return the turns that are left, one for each day on which one was missed around that day.

    Where fewer are left than were missed, those of the last days are: the others were dealt again before.
    """
    found = list(left)
    days = sorted(missed_on)[-len(left) :] if left else []
    for day, at in zip(days, nearest(days, [each.wish for each in left]), strict=True):
        half = (left[at].last - left[at].first + 1) // 2
        first, last = max(0, day - half), min(7 * len(left[at].subject.weeks) - 1, day + half)
        found[at] = replace(left[at], wish=day + 0.5, first=first, last=last, missed=True)
    return found


def _near(turn: Owed, one: Stood, today: int) -> Owed:
    """Return a turn as an event that fell away, its window around that one's day where there is anything."""
    half = (turn.last - turn.first + 1) // 2
    first, last = max(0, today, one.day - half), min(7 * len(turn.subject.weeks) - 1, one.day + half)
    possible = turn.subject.mask & turn.act.mask & (1 << last + 1) - (1 << first)
    turn = replace(turn, ordinal=one.ordinal)
    return replace(turn, wish=one.day + 0.5, first=first, last=last) if possible else turn


def _wanted(
    owed: Sequence[Owed], had: Sequence[Stood], stands: Standing
) -> tuple[Sequence[Stood], Sequence[Stood]]:
    """Return what is to stay of a subject's events of one action, and what is too much.

    Where fewer are owed than there are, those ahead stay that are nearest to the turns ahead, so that the
    rest of the year is as even as the whole; what is past takes none of these turns.
    """
    if len(had) <= len(owed):
        return had, ()
    past = [one for one in had if one.day < stands.today or one.status in SETTLED or one.by_hand]
    free = [one for one in had if one not in past]
    number = max(len(owed) - len(past), sum(each.wish >= stands.today for each in owed))
    wishes = [each.wish for each in owed[len(owed) - number :]]
    stay = set(nearest(wishes, [one.day for one in free]))
    return (
        [*past, *(one for at, one in enumerate(free) if at in stay)],
        [one for at, one in enumerate(free) if at not in stay],
    )


def nearest(wishes: Sequence[float], days: Sequence[float]) -> list[int]:
    """Return the position of the day that each wish takes, the nearest that is left, until all are taken."""
    free = list(range(len(days)))
    taken = []
    for wish in wishes[: len(days)]:
        at = min(free, key=lambda one: abs(days[one] - wish))
        free.remove(at)
        taken.append(at)
    return taken


def surplus(events: Iterable[Stood], stands: Standing) -> Iterator[Stood]:
    """Yield those of these events that are to be cancelled: those ahead that nobody put there by hand.

    A gathering within ``freeze`` stays.
    """
    for one in events:
        near = one.kind.channel in GATHERING and one.day < stands.frozen
        if one.day >= stands.today and not (one.by_hand or one.status in SETTLED or near):
            yield one
