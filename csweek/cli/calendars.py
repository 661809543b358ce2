"""Calendars of a desk's plan: which, what they tell of people, and what became of their files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import babel
import tzdata

from csweek import __version__, output, render
from csweek.cli import find
from csweek.cli.called import as_typed
from csweek.cli.desk import Desk, size
from csweek.cli.progress import working
from csweek.cli.session import session
from csweek.cli.streams import say, tell
from csweek.errors import Problem, Severity, UsageError
from csweek.model.inputs import Inputs
from csweek.model.plan import Document, Draft, Event, Plan
from csweek.names import fold
from csweek.output.kept import Kept, keep
from csweek.render.calendars import KINDS, USUAL, Calendar, Kind, Maker, Style
from csweek.render.calendars.files import ours
from csweek.render.calendars.invites import ADDRESS, Invitations
from csweek.render.calendars.personal import named
from csweek.render.calendars.since import Changes, Step, changes
from csweek.render.recipients import left_out
from csweek.render.screen.text import many
from csweek.store import Store

FEW = 100
"""Files that are listed although nothing was done to them."""

NAMES = 12
"""People that are named one by one."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which calendars, in which style, as the options say it."""

    kinds: tuple[Kind, ...] = ()
    only: tuple[str, ...] = ()
    since: int | None = None
    invites: bool = False
    publish: bool = False
    reminders: bool = False
    keep_cancelled: bool = False
    no_names: bool = False


Whose = Mapping[Kind, frozenset[str]]
"""The ids of those whose calendars are wanted, by kind; a kind that is not in it is wanted whole."""


def export(at: Desk, wish: Wish, *, dry_run: bool) -> None:
    """Make the calendars that are wanted, or what changed in them, or the invitations. Raises CsweekError."""
    _refuse(wish)
    whose = _whose(wish, at)
    if wish.since is not None:
        _since(at, wish, whose, wish.since, dry_run=dry_run)
    elif wish.invites:
        _invites(at, wish, whose, dry_run=dry_run)
    else:
        _feeds(replace(at, plan=_with_later_years(at)), wish, whose, dry_run=dry_run)


def _refuse(wish: Wish) -> None:
    """Raise UsageError for options that exclude each other, or would have no effect."""
    if wish.since is not None and wish.invites:
        raise UsageError("--since and --invites exclude each other", "take one of them")
    other = "--since" if wish.since is not None else "--invites" if wish.invites else ""
    useless = {"--keep-cancelled": wish.keep_cancelled, "--method": wish.publish}
    if wish.invites:
        useless |= {"--no-names": wish.no_names, "--for": bool(wish.kinds)}
    for option in (option for option, given in useless.items() if given and other):
        raise UsageError(f"{option} has no effect with {other}", "leave it out")


# --- feeds ---------------------------------------------------------------------------------------


def _feeds(at: Desk, wish: Wish, whose: Whose, *, dry_run: bool) -> None:
    kinds = wish.kinds or (tuple(whose) if whose else USUAL)
    ahead = (event for event in at.plan.live if event.date >= session().today)
    session().warn(left_out(ahead, at.inputs.people))
    maker = Maker(at.plan, at.inputs, _style(at, wish))
    chosen = [one for one in maker.calendars(kinds) if _is_wanted(one, whose)]
    for line in personal(chosen, at.inputs, wish):
        tell(line)
    if dry_run:
        _list(document for one in chosen for document in maker.documents(one))
        return
    whole = frozenset(kinds) - frozenset(whose)
    found = write(maker.drafts(chosen, edition()), at.out, lambda name: name.partition("/")[0] in whole)
    if not (found.new or found.changed or found.unchanged):
        tell(f"There is nothing for these calendars in {at.plan.year.label}.")


def _with_later_years(at: Desk) -> Plan:
    """Return the year with those planned after it, so that January is in the calendars before it begins."""
    if at.root is None or session().year:
        return at.plan
    with Store.open(at.root, create=False) as store:
        found = [store.plan(year.label) for year in store.years() if year.first > at.plan.year.first]
    later = [plan for plan in found if plan]
    if not later:
        return at.plan
    events = (event.as_of(session().today) for plan in later for event in plan.events)
    last = max(plan.year.last for plan in later)
    return replace(
        at.plan,
        events=tuple(sorted((*at.plan.events, *events), key=lambda event: event.sort_key)),
        year=replace(at.plan.year, weeks=((last - at.plan.year.first).days + 1) // 7),
        revised=max(plan.revised for plan in (at.plan, *later)),
    )


def _style(at: Desk, wish: Wish) -> Style:
    organizer = _publisher(at.inputs) if wish.publish else None
    return Style(not wish.no_names, wish.reminders, wish.keep_cancelled, organizer)


def _publisher(inputs: Inputs) -> tuple[str, str]:
    """Return name and address of the organiser who publishes. Raises UsageError without any."""
    for ident in inputs.people.organisers:
        person = inputs.people.persons[ident]
        if ADDRESS.fullmatch(person.email):
            return person.name, person.email
    hint = "give somebody with the role organiser an email in the people file"
    raise UsageError("--method publish names an organiser with an e-mail address, and there is none", hint)


def _is_wanted(calendar: Calendar, whose: Whose) -> bool:
    return calendar.kind not in whose or calendar.whose in whose[calendar.kind]


def personal(calendars: Sequence[Calendar], inputs: Inputs, wish: Wish) -> Iterator[str]:
    """Yield what the shared files are going to tell of people."""
    shared = [one for one in calendars if one.shared and one.events]
    own = sum(one.kind == "people" for one in shared)
    persons = named(shared, inputs) if not wish.no_names else frozenset[str]()
    if shared:
        said = f"names {_listed(persons, inputs)}" if persons else "names nobody"
        yield f"What is shared {said}." + (" --no-names leaves them out." if persons else "")
    if own:
        kept = "without names" if wish.no_names else "with that person's name"
        yield f"{many(own, 'file')} in share/people tell what is for one person each, {kept}."
    if shared and wish.publish:
        yield f"Every event holds {' and '.join(_publisher(inputs))} as ORGANIZER."


def _listed(persons: Collection[str], inputs: Inputs) -> str:
    count = f"{many(len(persons), 'person', 'people')} who chose public thanks"
    if len(persons) > NAMES:
        return count
    return f"{count}: {', '.join(one.name for one in inputs.people if one.id in persons)}"


# --- whose ---------------------------------------------------------------------------------------


def _whose(wish: Wish, at: Desk) -> Whose:
    """Return whose calendars ``--only`` means, by kind. Raises UsageError for a name that is not known."""
    finders = _finders(at)
    kinds = [kind for kind in wish.kinds or (("owners",) if wish.invites else KINDS) if kind in finders]
    if wish.only and not kinds:
        raise UsageError("--only names a person, a team or a site", "leave it out, or add --for teams")
    found: dict[Kind, frozenset[str]] = {}
    for name in wish.only:
        hits = dict(_hits(name, [(kind, finders[kind]) for kind in kinds]))
        found |= {kind: found.get(kind, frozenset()) | {ident} for kind, ident in hits.items()}
    return found | {kind: frozenset() for kind in wish.kinds if wish.only and kind not in found}


def _hits(name: str, finders: Sequence[tuple[Kind, Callable[[str], str]]]) -> Iterator[tuple[Kind, str]]:
    """Yield what a name means among these kinds. Raises UsageError where it is nothing."""
    wrong: list[UsageError] = []
    for kind, finder in finders:
        try:
            yield kind, finder(name)
        except UsageError as error:
            wrong.append(error)
    if len(wrong) == len(finders):
        several = [error for error in wrong if "may be" in str(error)]
        raise (several or wrong)[0] if several or len(finders) == 1 else _unknown(name, wrong)


def _unknown(name: str, wrong: Sequence[UsageError]) -> UsageError:
    hints = dict.fromkeys(error.problems[0].hint for error in wrong)
    guess = next((hint for hint in hints if hint and hint.startswith("did you mean")), None)
    return UsageError(f"no person, team or site is called {name!r}", guess or wrong[0].problems[0].hint)


def _finders(at: Desk) -> Mapping[Kind, Callable[[str], str]]:
    def person(words: str) -> str:
        return find.person(words, at.directory).id

    return {
        "teams": partial(find.team, directory=at.directory),
        "sites": partial(_site, sites=list(at.inputs.settings.sites)),
        "owners": person,
        "people": person,
    }


def _site(words: str, sites: Sequence[str]) -> str:
    found = [site for site in sites if fold(site) == fold(words)]
    if not found:
        raise UsageError(
            f"no site is called {words!r}", f"there are {', '.join(filter(None, sites)) or 'none'}"
        )
    return found[0]


# --- what changed --------------------------------------------------------------------------------


def _since(at: Desk, wish: Wish, whose: Whose, number: int, *, dry_run: bool) -> None:
    step = Step(at.plan, number, _before(at, number))
    kinds = wish.kinds or (tuple(whose) if whose else USUAL)
    found = [
        one for one in changes(step, at.inputs, kinds, _style(at, wish)) if _is_wanted(one.calendar, whose)
    ]
    for line in personal([one.calendar for one in found if one.document], at.inputs, wish):
        tell(line)
    documents = [one.document for one in found if one.document]
    if dry_run:
        _list(documents)
    else:
        output.write(documents, at.out)
    for one in found:
        for line in _told(one, at.out):
            say(line)
    if not found:
        tell(f"Nothing changed in these calendars since revision {number}.")


def _before(at: Desk, number: int) -> dict[str, Event | None]:
    """Return what changed since a revision by event id, as it was then. Raises UsageError without it."""
    label = at.plan.year.label
    if at.root is None:
        raise UsageError("a preview has no revisions", "--since works in a workspace: csweek init makes one")
    with Store.open(at.root, create=False) as store:
        if store.outline(label, number) is None:
            hint = f"csweek history lists them: 1 to {at.plan.revision}"
            raise UsageError(f"{label} has no revision {number}", hint)
        found: dict[str, Event | None] = {}
        for later in range(number + 1, at.plan.revision + 1):
            found = {**store.changes(label, later), **found}
    return found


def _told(one: Changes, out: Path) -> Iterator[str]:
    """Yield what somebody does who has imported a calendar before."""
    yield f"{one.calendar.title}:"
    if one.outdated:
        yield "  delete by hand"
        yield from (f"    {old.when}  {old.title}" for old in one.outdated)
    if one.document:
        yield f"  {'then import' if one.outdated else 'import'}  {as_typed(out / one.document.name)}"


# --- invitations ---------------------------------------------------------------------------------


def _invites(at: Desk, wish: Wish, whose: Whose, *, dry_run: bool) -> None:
    maker = Invitations(at.plan, at.inputs, _style(at, wish))
    owners = whose.get("owners")
    meetings = [one for one in maker.meetings(session().today) if owners is None or one.owner in owners]
    session().warn(_without_address(maker, meetings))
    drafts = list(maker.drafts(meetings, edition()))
    if dry_run:
        _list(document for draft in drafts for document in draft.make())
    else:
        write(drafts, at.out, lambda name: owners is None and name.startswith("invites/"))
    if not meetings:
        tell("There is no meeting ahead whose owner has an e-mail address in the people file.")


def _without_address(maker: Invitations, meetings: Iterable[Event]) -> Iterator[Problem]:
    """Yield a warning for everyone who would be invited and has no address."""
    persons = {guest.id: guest for event in meetings for guest in maker.guests(event)}
    for person in persons.values():
        if not ADDRESS.fullmatch(person.email):
            text = f"{person.name} is not in the invitations: the people file has no e-mail address"
            yield Problem(person.place, text, "add it in the column email", Severity.WARNING)


# --- files ---------------------------------------------------------------------------------------


def edition() -> str:
    """Return by which program, zones and languages files are made: with another one they are made again."""
    digest = hashlib.sha256()
    for path in sorted(Path(next(iter(render.__path__))).rglob("*.py")):
        digest.update(path.read_bytes())
    return f"{__version__} {tzdata.IANA_VERSION} {babel.__version__} {digest.hexdigest()}"


def write(drafts: Iterable[Draft], out: Path, gone: Callable[[str], bool]) -> Kept:
    """Make what is new or changed, and say what was done. Raises OutputError."""
    with working("Writing"):
        found = keep(drafts, out, ours, gone)
    for path in (*found.new, *found.changed):
        say(str(as_typed(path)))
    for path in found.removed:
        say(f"{as_typed(path)} (removed)")
    for path in found.unchanged if len(found.unchanged) <= FEW else ():
        say(f"{as_typed(path)} (unchanged)")
    if len(found.unchanged) > FEW:
        tell(f"{len(found.unchanged)} files are unchanged.")
    session().warn(_left(path) for path in found.left)
    return found


def _left(path: Path) -> Problem:
    text = f"{as_typed(path)} is no longer made, and was changed since csweek wrote it; it was left alone"
    return Problem(None, text, "remove it by hand", Severity.WARNING)


def _list(documents: Iterable[Document]) -> None:
    for one in output.listing(documents):
        say(f"{one.name}  {size(one.size)}")
    tell("A dry run: nothing was written.")
