"""Owners whose weeks leave hardly a minute: how that is said, and the limit that helps."""

from collections.abc import Iterable
from math import ceil
from typing import NamedTuple

from csweek.model.inputs import Inputs
from csweek.names import in_words
from csweek.plan.owed.suggest import FULL, STEP
from csweek.plan.placing.ledger import Ledger
from csweek.plan.told.wording import name_of


class Full(NamedTuple):
    """Owners whose weeks leave no room."""

    owners: tuple[str, ...]
    """The fullest first."""
    mean: float
    """The minutes of a week in which the fullest is there."""
    limit: int

    def said(self, inputs: Inputs) -> str:
        """Return it in words."""
        names = in_words([name_of(owner, inputs) for owner in self.owners])
        gives = "gives" if len(self.owners) == 1 else "give up to"
        return f"{names} {gives} {self.mean:.0f} of {self.limit} minutes a week, which leaves no room"

    @property
    def enough(self) -> int:
        """The limit with which there is room."""
        return max(self.limit + STEP, ceil(self.mean / FULL / STEP) * STEP)

    def shared(self, inputs: Inputs) -> str:
        """Return what helps beside another limit."""
        whose = "their people" if len(self.owners) > 1 else f"the people of {name_of(self.owners[0], inputs)}"
        return f"let others have some of {whose}"


def full(among: Iterable[str], ledger: Ledger, limit: int) -> Full | None:
    """Return those of some owners whose weeks leave no room; None where all have some."""
    accounts = (ledger[owner] for owner in dict.fromkeys(among))
    mean = ((sum(one.minutes) / max(1, sum(map(bool, one.weeks))), one.id) for one in accounts)
    found = sorted((-minutes, owner) for minutes, owner in mean if minutes > FULL * limit)
    return Full(tuple(owner for _, owner in found), -found[0][0], limit) if found else None
