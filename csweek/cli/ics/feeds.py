"""Calendars to subscribe to: made again where something changed, once it is said what they tell of people."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from msgspec.structs import replace

from csweek.cli.ics.files import edition, write
from csweek.cli.ics.wish import Whose, Wish, is_wanted, kinds_of, publisher, style_of
from csweek.cli.sources.desk import Desk, put
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import tell
from csweek.model.inputs import Inputs
from csweek.model.plan import Event, Plan, Spoken
from csweek.render.calendars import Calendar, Kind, Maker
from csweek.render.calendars.kinds import FOR_WHO_DOES_IT
from csweek.render.calendars.personal import named
from csweek.render.recipients import left_out
from csweek.render.screen.text import many
from csweek.store import Store, Wanted

NAMES = 12
"""People that are named one by one."""
BEFORE = timedelta(weeks=13)
"""What lies so long before a year stays in its calendars."""


def feeds(desk: Desk, wish: Wish, whose: Whose, *, dry_run: bool) -> None:
    """Make the calendars that are wanted, after it is said whom the shared ones name. Raises CsweekError."""
    at = desk.over(with_years_around(desk))
    kinds = kinds_of(wish, whose)
    today = session().today
    ahead = (event for event in at.plan.live if event.date >= today)
    session().warn(left_out(ahead, at.inputs.people))
    maker = Maker(at.plan, at.inputs, style_of(at, wish), former(at, kinds), spoken(at))
    chosen = [one for one in maker.calendars(kinds) if is_wanted(one, whose)]
    for line in personal(chosen, at.inputs, wish):
        tell(line)
    if dry_run:
        put((document for one in chosen for document in maker.documents(one)), at.out, dry_run=True)
        return
    whole = frozenset(kinds) - frozenset(whose)
    found = write(maker.drafts(chosen, edition(at)), at, lambda name: name.partition("/")[0] in whole)
    if not (found.new or found.changed or found.unchanged):
        tell(f"There is nothing for these calendars in {at.plan.year.label}.")


def with_years_around(at: Desk) -> Plan:
    """Return the year with those planned after it, and what is left of those before.

    So January is in the calendars before it begins, and nobody's calendar is emptied at New Year.
    """
    if at.root is None or session().year:
        return at.plan
    own, since = at.plan.year, at.plan.year.first - BEFORE
    with Store.open(at.root, create=False) as store:
        around = [year for year in store.years() if year.first != own.first and year.last >= since]
        found = [store.plan(year.label, Wanted(first=since)) for year in around]
    others = [plan for plan in found if plan]
    if not others:
        return at.plan
    events = (event.as_of(session().today) for plan in others for event in plan.events)
    last = max(plan.year.last for plan in (at.plan, *others))
    return replace(
        at.plan,
        events=tuple(sorted((*at.plan.events, *events), key=lambda event: event.sort_key)),
        year=replace(own, weeks=((last - own.first).days + 1) // 7),
        revised=max(plan.revised for plan in (at.plan, *others)),
    )


def former(at: Desk, kinds: Iterable[Kind]) -> Sequence[Event]:
    """Return how events were before they were changed; nothing in a preview, or where no calendar asks it.

    Those that have left the calendars with the year before stand there as they are now, too.
    """
    if at.root is None or FOR_WHO_DOES_IT.isdisjoint(kinds):
        return ()
    labels = {event.key.year for event in at.plan.events}
    left = Wanted(last=at.plan.year.first - BEFORE - timedelta(days=1))
    with Store.open(at.root, create=False) as store:
        past = store.former(labels)
        changed = {event.id for event in past}
        now = [plan.events for label in sorted(labels) if past and (plan := store.plan(label, left))]
    return (*past, *(event for events in now for event in events if event.id in changed))


def spoken(at: Desk) -> Mapping[str, Sequence[Spoken]]:
    """Return the languages of calendars in turn; none in a preview."""
    if at.root is None:
        return {}
    with Store.open(at.root, create=False) as store:
        return store.spoken()


def personal(calendars: Sequence[Calendar], inputs: Inputs, wish: Wish) -> Iterator[str]:
    """Yield what the shared files are going to tell of people."""
    shared = [one for one in calendars if one.shared and one.events]
    own = sum(one.kind == "people" for one in shared)
    persons = named(shared, inputs) if not wish.no_names else frozenset[str]()
    if shared:
        said = f"names {_listed(persons, inputs)}" if persons else "names nobody"
        yield f"What lies in share/ {said}." + (" --no-names leaves them out." if persons else "")
    if own:
        kept = "without names" if wish.no_names else "with that person's name"
        told = f"1 file in share/people tells what is for one person, {kept}."
        yield told if own == 1 else f"{own:,} files in share/people tell what is for one person each, {kept}."
    if shared and wish.publish:
        holds = " and ".join(filter(None, publisher(inputs, names=not wish.no_names)))
        yield f"Every event holds {holds} as ORGANIZER."


def _listed(persons: Collection[str], inputs: Inputs) -> str:
    count = f"{many(len(persons), 'person', 'people')} who chose public thanks"
    if len(persons) > NAMES:
        return count
    return f"{count}: {', '.join(one.name for one in inputs.people if one.id in persons)}"
