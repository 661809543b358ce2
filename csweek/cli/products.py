"""What is made for people: documents of a desk's plan, and who was left out."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from csweek.cli.choice import Chosen
from csweek.cli.desk import Desk
from csweek.cli.session import session
from csweek.cli.streams import tell
from csweek.model import Document, Event, Visibility
from csweek.names import safe_name
from csweek.render import calendars, tables
from csweek.render.announcements import weekly
from csweek.render.cards import CardOrder
from csweek.render.cards import cards as render
from csweek.render.recipients import left_out
from csweek.render.screen.text import many

KINDS = calendars.KINDS


def cards(at: Desk, chosen: Chosen, sheet: str | None) -> Iterator[Document]:
    """Yield the cards' documents, telling how many there are and who was left out."""
    count, as_html = 0, False
    for folder, events in _folders(chosen.events, at.organisers).items():
        title = ", ".join(part for part in (f"Cards{chosen.said}", at.directory.organisation) if part)
        stem = at.private(f"cards-{chosen.name}")
        made = render(events, at.inputs, CardOrder(folder, stem, title, at.plan.revised, sheet), at.template)
        session().warn(made.left_out)
        count, as_html = count + made.count, made.as_html
        yield from made.documents
    if not count:
        tell(f"There are no cards{chosen.said}. csweek cards --all-year makes those of the whole year.")
    else:
        tell(f"{many(count, 'card')}{chosen.said}.")
    if count and as_html:
        tell("PDF cannot be made on this machine: open the .html in a browser and print it from there.")


def _folders(events: Iterable[Event], organisers: frozenset[str]) -> dict[str, list[Event]]:
    """Return the events by the folder of their cards; an organiser's own surprise goes to its owner."""
    found: dict[str, list[Event]] = {}
    for event in events:
        secret = event.visibility is Visibility.SURPRISE and not organisers.isdisjoint(event.recipients)
        whose = safe_name(event.owner) if secret and event.owner else "organisers"
        found.setdefault(f"private/{whose}", []).append(event)
    return found


def calendars_of(at: Desk, kinds: Collection[calendars.Kind]) -> Iterator[Document]:
    """Yield the calendars of these kinds, telling who was left out of what is still ahead."""
    ahead = (event for event in at.plan.live if event.date >= session().today)
    session().warn(left_out(ahead, at.inputs.people))
    yield from calendars.calendars(at.plan, at.inputs, kinds)


def table(at: Desk, kind: Literal["csv", "json"], delimiter: str = ",") -> Document:
    """Return the plan as one table for the organisers, without their own surprises."""
    name = f"private/organisers/{at.private(f'plan-{safe_name(at.plan.year.label)}')}.{kind}"
    if kind == "json":
        content = tables.events_json(at.plan, at.directory, at.organisers)
        return Document(name, "application/json", content)
    return Document(name, "text/csv", tables.events_csv(at.plan, at.directory, at.organisers, delimiter))


def announcements(at: Desk, monday: date, teams: Sequence[str]) -> Iterator[Document]:
    """Yield a week's note for everyone in each language, or for these teams."""
    week = [event for event in at.plan.live if monday <= event.date <= monday + timedelta(days=6)]
    session().warn(left_out(week, at.inputs.people))
    yield from weekly(at.plan, at.inputs, monday, at.template, teams=teams)
