"""What cannot be dealt to anybody, said once for each action with those whom it concerns."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from csweek.errors import Problem
from csweek.model.basics import TIMED
from csweek.model.inputs import Inputs
from csweek.model.theme import Action
from csweek.names import few
from csweek.plan.owed.acts import Act
from csweek.plan.owed.fixed import Lost
from csweek.plan.told.wording import name_of, warning

SEVERAL = 5
"""So many actions are each told about; of more there is one word for all."""


def lost(given: Sequence[Lost], inputs: Inputs) -> list[Problem]:
    """Name the given days that nobody works on or near, by action; many actions in one word."""
    near = [each for each in given if not each.away]
    actions = {each.action.id: each.action for each in near}
    if len(actions) > SEVERAL:
        days = sorted(each.day for each in near)
        whom = few(sorted({name_of(each.subject, inputs) for each in near}))
        several = f"{few([*actions])}: {len(near):,} left out, because there is no working day near them"
        when = f"from {days[0].isoformat()} to {days[-1].isoformat()}"
        told = [
            warning(
                f"{several}: {whom} {when}",
                "nothing to do if they are away then; else look at closed: and leave",
            )
        ]
        return [*told, *_by_action([each for each in given if each.away], inputs)]
    return _by_action(given, inputs)


def _by_action(given: Sequence[Lost], inputs: Inputs) -> list[Problem]:
    whom: defaultdict[tuple[str, bool], list[str]] = defaultdict(list)
    actions = {each.action.id: each.action for each in given}
    for each in given:
        on = "" if each.away else f" on {each.day.isoformat()}"
        whom[each.action.id, each.away].append(f"{name_of(each.subject, inputs)}{on}")
    return [_lost(actions[ident], names, away=away) for (ident, away), names in whom.items()]


def _lost(action: Action, names: Sequence[str], *, away: bool) -> Problem:
    if away:
        return warning(
            f"{action.id}: away for all of CSW and not back within the planned weeks: {few(names)}",
            "send it home, or hand it over on their return: next year's plan does not know of it",
            action,
        )
    return warning(
        f"{action.id}: left out, because there is no working day near it: {few(names)}",
        "nothing to do if they are away then; else give the action another day in the theme",
        action,
    )


def never_together(whom: Mapping[str, Sequence[str]], acts: Iterable[Act], inputs: Inputs) -> list[Problem]:
    """Name those, by action, who have no day (for a meeting: no hour) in common with whoever may hold it."""
    return [_never_together(act.offer.action, whom[act.id], inputs) for act in acts if whom.get(act.id)]


def _never_together(action: Action, whom: Sequence[str], inputs: Inputs) -> Problem:
    timed = action.channel in TIMED
    hours, widen = (" and hours", ", or widen event_hours or owner_hours") if timed else ("", "")
    names = few([name_of(person, inputs) for person in whom])
    return warning(
        f"{action.id}: nobody who may hold it works on the days{hours} of {names}",
        f"give the owner a deputy or name an organiser who works on those days{widen}",
        action,
    )


def no_group(
    action: Action, left: Sequence[str], why: tuple[Collection[str], Collection[str]], inputs: Inputs
) -> list[Problem]:
    """Name who can be in no group, and ``why``: all leaders are of their line, or not at their hours."""
    if not left:
        return []
    if not inputs.people.leaders:
        return [
            warning(
                f"{action.id}: nobody has the role leader, so that nobody can hold it",
                "write leader into the column 'role' of those who lead other teams than their own",
                action,
            )
        ]
    own_line, apart = why
    kinds = (
        (
            [person for person in left if person in own_line],
            "no leader outside the own line of",
            "give someone outside their own line the role leader",
        ),
        (
            [person for person in left if person in apart],
            "no leader has an hour in common with",
            "give someone who works when they do the role leader, or widen event_hours or owner_hours",
        ),
    )
    return [
        warning(f"{action.id}: {said} {few([name_of(one, inputs) for one in whom])}", hint, action)
        for whom, said, hint in kinds
        if whom
    ]
