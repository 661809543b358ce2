"""What is made to be used once: what changed since a revision, and invitations."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from csweek import output
from csweek.cli.ics.feeds import former, personal, spoken, with_years_around
from csweek.cli.ics.files import edition, write
from csweek.cli.ics.wish import Whose, Wish, is_wanted, kinds_of, style_of
from csweek.cli.sources.desk import Desk, put
from csweek.cli.terminal.called import as_typed
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import say, tell
from csweek.errors import Problem, Severity, UsageError
from csweek.model.inputs import Inputs
from csweek.model.plan import Event
from csweek.plan.record.languages import inputs_in
from csweek.plan.record.sayings import Said, absent_then, gone_since, inputs_then
from csweek.render.calendars.invites import ADDRESS, Invitations
from csweek.render.calendars.since import Changes, Step, changes
from csweek.store import Store


def since(desk: Desk, wish: Wish, whose: Whose, *, dry_run: bool) -> None:
    """Write what is new or changed since a revision, and say what to delete by hand. Raises CsweekError."""
    number = wish.since or 0
    was = _before(desk, number)
    at = desk.over(with_years_around(desk))
    kinds, languages = kinds_of(wish, whose), spoken(at)
    then = inputs_in(_placed(inputs_then(at.inputs, was.said), was.places), languages, was.revised)
    absent, gone = absent_then(at.inputs, was.said, was.ever), gone_since(at.inputs, was.said)
    step = Step(at.plan, number, was.events, former(at, kinds), then, absent, languages, gone)
    found = [
        one for one in changes(step, at.inputs, kinds, style_of(at, wish)) if is_wanted(one.calendar, whose)
    ]
    for line in personal([one.calendar for one in found if one.documents], at.inputs, wish):
        tell(line)
    documents = [document for one in found for document in one.documents]
    if dry_run:
        put(documents, at.out, dry_run=True)
    else:
        output.write(documents, at.out)
    for one in found:
        for line in _told(one, at.out):
            say(line)
    if not found:
        tell(f"Nothing changed in these calendars since revision {number}.")


class _Before(NamedTuple):
    """How it was at a revision, where that is not as it is now."""

    revised: datetime
    events: Mapping[str, Event | None]
    """By id; None for what is new since."""
    said: Said
    ever: Said
    """What calendars said otherwise at any time."""
    places: Mapping[str, tuple[str | None, str]]
    """Team and site by person."""


def _before(at: Desk, number: int) -> _Before:
    """Return how it was at a revision in its year and those after it.

    Raises UsageError where the year has no such revision.
    """
    label = at.plan.year.label
    if at.root is None:
        raise UsageError("a preview has no revisions", "--since works in a workspace: csweek init makes one")
    with Store.open(at.root, create=False) as store:
        outline = store.outline(label, number) if number <= at.plan.revision else None
        if outline is None:
            hint = f"csweek history lists them: 1 to {at.plan.revision}"
            raise UsageError(f"{label} has no revision {number}", hint)
        later = [year.label for year in store.years() if year.first > at.plan.year.first]
        years = {label, *(() if session().year else later)}
        after = takewhile(lambda one: (one.year, one.number) != (label, number), store.history(None))
        steps = [one for one in after if one.year in years]
        changed = [store.changes(one.year, one.number) for one in steps]
        said, ever = store.said(label, number), store.said(label, 0)
        places = store.places(label, number)
    events = {event: then for one in changed for event, then in one.items()}
    return _Before(outline.revised, events, said, ever, places)


def _placed(inputs: Inputs, places: Mapping[str, tuple[str | None, str]]) -> Inputs:
    """Return the inputs with everybody in the team and at the site where they were."""
    known = inputs.people.persons
    there = {
        one: replace(known[one], team=team, site=site) for one, (team, site) in places.items() if one in known
    }
    return replace(inputs, people=replace(inputs.people, persons={**known, **there}))


def _told(one: Changes, out: Path) -> Iterator[str]:
    """Yield what somebody does who has imported a calendar before."""
    yield f"{one.calendar.title}:"
    if one.outdated:
        yield "  delete by hand"
        yield from (f"    {old.when}  {old.title}" for old in one.outdated)
    for document in one.documents:
        yield f"  {'then import' if one.outdated else 'import'}  {as_typed(out / document.name)}"


def invites(desk: Desk, wish: Wish, whose: Whose, *, dry_run: bool) -> None:
    """Write the invitations to the meetings ahead, and say who has no address. Raises CsweekError."""
    at = desk.over(with_years_around(desk))
    maker = Invitations(at.plan, at.inputs, style_of(at, wish))
    owners = whose.get("owners")
    meetings = [one for one in maker.meetings(session().today) if owners is None or one.owner in owners]
    session().warn(_without_address(maker, meetings))
    drafts = list(maker.drafts(meetings, edition(at)))
    if dry_run:
        put((document for draft in drafts for document in draft.make()), at.out, dry_run=True)
    else:
        write(drafts, at, lambda name: owners is None and name.startswith("invites/"))
    if not meetings:
        tell("There is no meeting ahead whose owner has an e-mail address in the people file.")


def _without_address(maker: Invitations, meetings: Iterable[Event]) -> Iterator[Problem]:
    """Yield a warning for everyone who would be invited and has no address."""
    persons = {guest.id: guest for event in meetings for guest in maker.guests(event)}
    for person in persons.values():
        if not ADDRESS.fullmatch(person.email):
            text = f"{person.name} is not in the invitations: the people file has no e-mail address"
            yield Problem(person.place, text, "add it in the column email", Severity.WARNING)
