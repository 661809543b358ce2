"""What is made for people: documents of a desk's plan, and who was left out."""

from collections.abc import Collection, Iterator
from typing import Literal

from csweek.cli.sources.desk import Desk
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import tell
from csweek.model.plan import Document
from csweek.names import safe_name
from csweek.render import calendars, tables
from csweek.render.recipients import left_out

KINDS = calendars.USUAL


def calendars_of(at: Desk, kinds: Collection[calendars.Kind]) -> Iterator[Document]:
    """Yield the calendars of these kinds, telling who was left out of what is still ahead."""
    ahead = (event for event in at.plan.live if event.date >= session().today)
    session().warn(left_out(ahead, at.inputs.people))
    empty = True
    for document in calendars.calendars(at.plan, at.inputs, kinds):
        empty = False
        yield document
    if empty:
        tell(f"There is nothing for these calendars in {at.plan.year.label}.")


def table(at: Desk, kind: Literal["csv", "json", "wfm"], delimiter: str = ",") -> Document:
    """Return the plan as one table for the organisers, without their own surprises."""
    if kind == "wfm":
        from csweek.render.workforce import workforce_csv

        name = f"private/organisers/{at.private(f'workforce-{safe_name(at.plan.year.label)}')}.csv"
        return Document(name, "text/csv", workforce_csv(at.plan, at.inputs, delimiter))
    name = f"private/organisers/{at.private(f'plan-{safe_name(at.plan.year.label)}')}.{kind}"
    if kind == "json":
        content = tables.events_json(at.plan, at.directory, at.organisers)
        return Document(name, "application/json", content)
    return Document(name, "text/csv", tables.events_csv(at.plan, at.directory, at.organisers, delimiter))
