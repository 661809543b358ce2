"""Leaders to whom nothing came, because what is ahead was planned before they were leaders."""

from collections.abc import Iterable, Iterator, Sequence

from csweek.errors import Problem
from csweek.model.basics import Status
from csweek.model.inputs import Inputs
from csweek.names import few
from csweek.plan.again.keep import Standing, is_free
from csweek.plan.again.stood import Stood
from csweek.plan.owed.demand import Subject
from csweek.plan.owed.heirs import charges
from csweek.plan.owed.owners import Owners
from csweek.plan.owed.suggest import FILL
from csweek.plan.placing.ledger import Ledger
from csweek.plan.told.wording import warning
from csweek.plan.when.days import Days, bits
from csweek.rows import DAY, KIND, OWNER, STATUS
from csweek.rows.table import Table

LEADER = "leader"
ENOUGH = 2
"""Events that somebody could hold; of a single one it is not sure that it would be theirs."""
AFRESH = "csweek plan --afresh deals what is ahead again; with --dry-run it only says what would become of it"


def told(fresh: Table, stands: Standing, inputs: Inputs, days: Days, ledger: Ledger) -> tuple[Problem, ...]:
    """Return a word on leaders who hold nothing ahead, though they could have some of what others hold."""
    if stands.afresh or not stands.future:
        return ()
    holding = _holding(fresh, stands.today)
    limit = inputs.settings.limits.owner_minutes_per_week
    free = (one for one in inputs.people.leaders if one not in holding)
    idle = [one for one in free if not _is_full(one, stands.today, limit, days, ledger)]
    if not idle:
        return ()
    held = [one for one in stands.future if one.kind.role == LEADER and is_free(one, stands.frozen)]
    names = [inputs.people.persons[one].name for one in _could(idle, held, inputs, days, ledger)]
    if not names:
        return ()
    are, hold = ("is a leader", "holds") if len(names) == 1 else ("are leaders", "hold")
    message = f"{few(names)} {are} and {hold} nothing ahead: it stays with whom it was planned for"
    return (warning(message, AFRESH),)


def _holding(table: Table, today: int) -> set[str]:
    """Return who holds something ahead as a leader."""
    first = table.year.first.toordinal() + today
    kinds = {n for n in {row[KIND] for row in table.rows} if table.decoder.kinds[n]["owner_role"] == LEADER}
    return {
        table.decoder.text[row[OWNER]]
        for row in table.rows
        if row[KIND] in kinds
        and row[DAY] >= first
        and row[OWNER] is not None
        and row[STATUS] != Status.CANCELLED
    }


def _is_full(leader: str, today: int, limit: int, days: Days, ledger: Ledger) -> bool:
    """Whether somebody's weeks ahead leave hardly any minutes."""
    there = days.owner[leader] & days.ahead(today)
    given = [min(ledger[leader].minutes[week], limit) for week in {day // 7 for day in bits(there)}]
    return bool(given) and sum(given) >= FILL * limit * len(given)


def _could(
    idle: Iterable[str], held: Sequence[Stood], inputs: Inputs, days: Days, ledger: Ledger
) -> Iterator[str]:
    """Yield those who may hold enough of these events, in weeks in which they have the minutes for them."""
    owners = Owners(inputs.people, charges(inputs.people, days))
    barred = [owners.barred(_subject(one)) for one in held]
    for leader in idle:
        there, giver = days.owner[leader], ledger[leader]
        open_to = (one for one, no in zip(held, barred, strict=True) if leader not in no)
        can = [
            one
            for one in open_to
            if there >> one.day & 1
            and giver.can(one.day // 7, one.kind.minutes, one.kind.before, one.kind.ahead)
        ]
        if len(can) >= ENOUGH:
            yield leader


def _subject(one: Stood) -> Subject:
    return Subject(one.subject, one.kind.audience, "", 0, 0, recipients=one.recipients)
