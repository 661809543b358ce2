"""What only shows when all files are seen together: a list of small functions."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from csweek.errors import Problem
from csweek.model.basics import Place, language_of
from csweek.model.inputs import Inputs
from csweek.names import guessed, near
from csweek.read import languages
from csweek.read.column_words import PEOPLE, plain
from csweek.read.columns import Column
from csweek.read.finder import finder
from csweek.read.nights import nights
from csweek.read.settings import Workspace
from csweek.read.source import warning
from csweek.read.words import TAGS, meant
from csweek.read.wrong import Wrong

OWNERS = frozenset({"manager", "leader", "peer", "organiser"})


class Whole(Struct, frozen=True, dict=True):
    """All that was read."""

    inputs: Inputs
    workspace: Workspace | None
    columns: tuple[Column, ...]


Found = Iterable[Problem]


def _teams(whole: Whole) -> Found:
    """Teams in csweek.yaml that nobody is in."""
    if whole.workspace is None or not whole.inputs.people:
        return
    known = whole.inputs.people.teams
    for name, shape in (whole.workspace.shape.teams or {}).items():
        at = whole.workspace.tree.at
        if name not in known:
            hint = guessed(name, known, f"the people's teams are {', '.join(known) or 'none'}")
            yield warning(at("teams", name, key=True), f"nobody is in the team '{name}'", hint)
        if shape.site and shape.site not in whole.inputs.settings.sites:
            hint = guessed(shape.site, whole.inputs.settings.sites, "add it under sites:")
            yield Problem(at("teams", name, "site"), f"there is no site '{shape.site}'", hint)


def _manager_loops(whole: Whole) -> Found:
    """People who manage each other in a circle."""
    people, seen = whole.inputs.people.persons, set[str]()
    for start in people:
        path: list[str] = []
        current: str | None = start
        while current is not None and current not in seen:
            seen.add(current)
            path.append(current)
            current = people[current].manager
        if current in path:
            ring = [*path[path.index(current) :], current]
            names = " → ".join(people[ident].name for ident in ring)
            yield Problem(people[current].place, f"these people manage each other in a loop: {names}",
                          "leave the manager of whoever is at the top empty")  # fmt: skip


def _turns(whole: Whole) -> Found:
    """Themes that are not in the order of their days."""
    if whole.workspace is None:
        return
    turns, at = whole.workspace.shape.theme, whole.workspace.tree.at
    for number, turn in enumerate(turns):
        before = turns[number - 1].since if number else None
        if number and turn.since is None:
            yield Problem(at("theme", number), f"from when does '{turn.theme}' hold?",
                          f"write {{from: 2027-10-04, theme: {turn.theme}}}")  # fmt: skip
        elif before and turn.since and turn.since <= before:
            yield Problem(
                at("theme", number, "from"), f"{turn.since} is not after {before}", "sort the list by day"
            )


def _owners(whole: Whole) -> Found:
    """Actions whose owner is nobody, and busy calendars of nobody."""
    find = finder(whole.inputs.people).find
    if not whole.inputs.people:
        return
    for turn in whole.inputs.themes:
        for action in turn.theme.actions.values():
            if action.owner not in OWNERS:
                yield from _nobody(action.owner, find, action.place, f"the action '{action.id}' is owned by")
    for ident in whole.inputs.settings.owner_busy:
        if whole.workspace is not None:
            yield from _nobody(
                ident, find, whole.workspace.tree.at("owner_busy", ident, key=True), "owner_busy:"
            )


def _nobody(who: str, find: Callable[[str], str], place: Place, start: str) -> Found:
    try:
        find(who)
    except Wrong as wrong:
        guess = meant(who, OWNERS) or near(who, OWNERS)
        hint = f"did you mean '{guess}'?" if guess else wrong.hint
        yield Problem(place, f"{start} '{who}', and {wrong}", hint)


def _chosen_columns(whole: Whole) -> Found:
    """Headers in csweek.yaml that no file has."""
    chosen = (whole.workspace.shape.columns if whole.workspace else None) or {}
    headers = {plain(column.header): column.header for column in whole.columns}
    for field, names in chosen.items():
        if (
            whole.workspace is not None
            and field in PEOPLE
            and names
            and not any(plain(name) in headers for name in names)
        ):
            hint = guessed(names[0], headers.values(), f"the columns are {', '.join(headers.values())}")
            yield warning(
                whole.workspace.tree.at("columns", field), f"no people file has a column '{names[0]}'", hint
            )


def _costs(whole: Whole) -> Found:
    """Actions that cost something where nothing says how much."""
    settings = whole.inputs.settings
    if whole.workspace is None or settings.budget.amount is None:
        return
    levels = {action.cost for turn in whole.inputs.themes for action in turn.theme.actions.values()}
    missing = sorted(level for level in levels if level != "none" and level not in settings.budget.costs)
    if missing:
        place = whole.workspace.tree.at("budget", key=True)
        hint = f"write costs: {{{', '.join(f'{level}: …' for level in missing)}}}"
        yield warning(place, f"there is a budget, but no price for {', '.join(missing)}", hint)


def _deputies(whole: Whole) -> Found:
    """Deputies of themselves."""
    for person in whole.inputs.people:
        if person.deputy == person.id:
            yield warning(person.place, f"{person.name} is their own deputy", "leave the cell empty")


def _tags(whole: Whole) -> Found:
    """Tags of teams and sites that are nearly ones that ideas have."""
    if whole.workspace is None:
        return
    actions = (action for turn in whole.inputs.themes for action in turn.theme.actions.values())
    known = {*TAGS.values(), *(tag for action in actions for tag in action.tags)}
    shape = whole.workspace.shape
    for group, those in (("teams", shape.teams or {}), ("sites", shape.sites or {})):
        for name, one in those.items():
            for tag in sorted((one.tags or frozenset()) - known):
                if guess := near(tag, sorted(known)):
                    place = whole.workspace.tree.at(group, name, "tags")
                    yield warning(place, f"no idea has the tag '{tag}'", f"did you mean '{guess}'?")


def _nights(whole: Whole) -> Found:
    """Teams and people who seem to work at night, and have no hours."""
    if whole.workspace is not None:
        yield from nights(whole.inputs, whole.workspace, whole.columns)


def _languages(whole: Whole) -> Found:
    """Languages that no theme speaks and that are the letters of a country: se for Swedish."""
    titles = [action.title for turn in whole.inputs.themes for action in turn.theme.actions.values()]
    spoken = {language_of(locale) for title in titles for locale in title.texts}
    at = whole.workspace.tree.at if whole.workspace else lambda *_: None
    said = [(whole.inputs.locale, at("locale"))]
    said += [(site.locale, at("sites", site.id, "locale")) for site in whole.inputs.settings.sites.values()]
    said += [(person.locale, person.place) for person in whole.inputs.people]
    for letters, place in {language_of(locale): place for locale, place in reversed(said)}.items():
        if one := languages.meant(letters, spoken):
            text = f"somebody reads {letters}, and the theme does not speak it"
            yield warning(place, text, languages.slip(letters, one))


CHECKS: tuple[Callable[[Whole], Found], ...] = (
    _teams, _manager_loops, _turns, _owners, _chosen_columns, _costs, _deputies, _tags, _nights, _languages,
)  # fmt: skip


def across(whole: Whole) -> tuple[Problem, ...]:
    """Return everything that the files say against each other."""
    return tuple(problem for check in CHECKS for problem in check(whole))
