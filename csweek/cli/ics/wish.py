"""Which calendars are wanted, in which style, and whose."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct

from csweek.cli.sources import find
from csweek.cli.sources.desk import Desk
from csweek.errors import UsageError
from csweek.model.inputs import Inputs
from csweek.names import fold
from csweek.render.calendars import KINDS, USUAL, Calendar, Kind, Style
from csweek.render.calendars.invites import ADDRESS


class Wish(Struct, frozen=True):
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


def refuse(wish: Wish) -> None:
    """Raise UsageError for options that exclude each other, or would have no effect."""
    if wish.since is not None and wish.invites:
        raise UsageError("--since and --invites exclude each other", "take one of them")
    other = "--since" if wish.since is not None else "--invites" if wish.invites else ""
    useless = {"--keep-cancelled": wish.keep_cancelled, "--method": wish.publish}
    if wish.invites:
        useless |= {"--no-names": wish.no_names, "--for": bool(wish.kinds)}
    for option in (option for option, given in useless.items() if given and other):
        raise UsageError(f"{option} has no effect with {other}", "leave it out")


def style_of(at: Desk, wish: Wish) -> Style:
    """Return the style that is wanted. Raises UsageError where it needs somebody who is not there."""
    organizer = publisher(at.inputs, names=not wish.no_names) if wish.publish else None
    return Style(not wish.no_names, wish.reminders, wish.keep_cancelled, organizer)


def publisher(inputs: Inputs, *, names: bool) -> tuple[str, str]:
    """Return name and address of the organiser who publishes; without names that of the organisation.

    Raises UsageError where no organiser has an address.
    """
    for ident in inputs.people.organisers:
        person = inputs.people.persons[ident]
        if ADDRESS.fullmatch(person.email):
            return person.name if names else inputs.settings.organisation or person.email, person.email
    hint = "give somebody with the role organiser an email in the people file"
    raise UsageError("--method publish names an organiser with an e-mail address, and there is none", hint)


def is_wanted(calendar: Calendar, whose: Whose) -> bool:
    """Whether a calendar of a wanted kind is one of those that are named, if any are."""
    return calendar.kind not in whose or calendar.whose in whose[calendar.kind]


def kinds_of(wish: Wish, whose: Whose) -> tuple[Kind, ...]:
    """Return the kinds that are asked for, else those of the names given, else the usual ones."""
    return wish.kinds or tuple(whose) or USUAL


def whose_of(wish: Wish, at: Desk) -> Whose:
    """Return whose calendars ``--only`` means, by kind. Raises UsageError for a name that is not known."""
    finders = _finders(at)
    kinds = [kind for kind in wish.kinds or (("owners",) if wish.invites else KINDS) if kind in finders]
    if wish.only and not kinds:
        raise UsageError("--only names a person, a team or a site", "leave it out, or add --for teams")
    found: dict[Kind, frozenset[str]] = {}
    for name in wish.only:
        hits = dict(_hits(name, [(kind, finders[kind]) for kind in kinds]))
        named = {kind: one for kind, one in hits.items() if _is_named(name, kind, one, at)}
        hits = named or hits  # Support is the team of that name, not somebody in whose name it stands, too
        found |= {kind: found.get(kind, frozenset()) | {ident} for kind, ident in hits.items()}
    return found | {kind: frozenset() for kind in wish.kinds if wish.only and kind not in found}


def _is_named(name: str, kind: Kind, ident: str, at: Desk) -> bool:
    """Whether somebody or something is called just so."""
    known = at.directory.persons.get(ident) if kind in ("owners", "people") else None
    names = (known.id, known.name, known.email) if known else (ident,)
    return fold(name) in map(fold, names)


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
        "sites": partial(find.named, "site", known=at.inputs.settings.sites),
        "owners": person,
        "people": person,
    }
