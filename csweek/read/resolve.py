"""Who belongs where: person over team over site over organisation, all filled in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from csweek.errors import Problem
from csweek.model.basics import Role
from csweek.model.inputs import Settings
from csweek.model.people import People, Person, Site, Team, WorkTime
from csweek.names import few, fold, near
from csweek.read.entries import Cell, Entry
from csweek.read.found import Found
from csweek.read.naming import called
from csweek.read.relations import Known, nobody, relations
from csweek.read.settings import overlaid, site_line
from csweek.read.source import warning
from csweek.read.tree import Tree
from csweek.read.workspace_shapes import DefaultsShape, TeamShape

MOST_LINES = 20
"""Sites for which a hint shows the line to type; the others are counted."""


class Surroundings(Struct, frozen=True, dict=True):
    """What csweek.yaml says that people fall back on."""

    settings: Settings
    teams: Mapping[str, TeamShape]
    defaults: DefaultsShape
    tree: Tree | None = None
    known: Known = nobody
    whole: bool = True
    """Whether every people file was read to its end; else nobody can be said to be in none."""


Values = Mapping[str, Mapping[str, Any]]
Texts = Mapping[str, str]


def resolve(
    entries: Mapping[str, Entry], read: Values, names: Texts, around: Surroundings, found: Found
) -> People:
    """Return everyone and the teams that they form."""
    groups = _groups(entries, around)
    said = _said_sites(entries, around, found)
    home = _team_sites(groups, said, around)
    sites = _sites(entries, groups, said, home, around, found)
    teams = {
        name: _team(name, home[name], members, around) for name, members in _members(groups, entries).items()
    }
    related = relations(entries, names, around.known, found if around.whole else Found())
    persons = {
        ident: _person(
            entry, {**read[ident], **related.of[ident], "name": names[ident]}, sites[ident],
            teams.get(groups[ident] or ""), around,
        )
        for ident, entry in entries.items()
    }  # fmt: skip
    return People(persons, teams, related.gone)


# --- teams and sites -----------------------------------------------------------------------------


def _groups(entries: Mapping[str, Entry], around: Surroundings) -> dict[str, str | None]:
    """Everyone's team; spellings that differ in case alone are one, csweek.yaml's going first."""
    spelt = {fold(name): name for name in around.teams}
    memo: dict[str, str | None] = {"": None}
    for entry in entries.values():
        text = entry.text("team")
        if text not in memo:
            memo[text] = spelt.setdefault(fold(text), text)
    return {ident: memo[entry.text("team")] for ident, entry in entries.items()}


def _members(groups: Mapping[str, str | None], entries: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for ident in entries:
        if team := groups[ident]:
            found.setdefault(team, []).append(ident)
    return {team: tuple(ids) for team, ids in found.items()}


def _said_sites(entries: Mapping[str, Entry], around: Surroundings, found: Found) -> dict[str, str]:
    """Return the site of everyone who names one that there is."""
    sites = around.settings.sites
    if "" in sites:
        _no_sites(entries, found)
        return {}
    spelt = {fold(name): name for name in sites}
    said: dict[str, str] = {}
    unknown: list[Cell] = []
    for ident, entry in entries.items():
        text = entry.text("site")
        if text in sites or fold(text) in spelt:
            said[ident] = text if text in sites else spelt[fold(text)]
        elif text:
            unknown.append(entry.cells["site"])
    _unknown_sites(unknown, sites, found)
    return said


def _unknown_sites(unknown: Iterable[Cell], sites: Mapping[str, Site], found: Found) -> None:
    """Tell each misspelt site once, and the new ones together, with the lines that make them known."""
    named: dict[str, list[Cell]] = {}
    for cell in unknown:
        named.setdefault(fold(cell.text), []).append(cell)
    new: list[list[Cell]] = []
    for cells in named.values():
        if guess := near(cells[0].text, sites):
            message = f"there is no site '{cells[0].text}'{_people(len(cells))}"
            found.add(Problem(cells[0].place, message, f"did you mean '{guess}'?"), "unknown site")
        else:
            new.append(cells)
    if new:
        first = next(iter(sites.values()))
        names = [cells[0].text for cells in new]
        message = f"csweek.yaml has no site {_named(names)}{_people(sum(map(len, new)))}"
        hint = "type this below sites: in csweek.yaml, each with its own country and time zone"
        lines = _site_lines(names, first.country, first.timezone)
        found.add(Problem(new[0][0].place, message, hint, lines=lines))


def _people(count: int) -> str:
    return f" ({count} people)" if count > 1 else ""


def _named(names: Sequence[str]) -> str:
    return few([f"'{name}'" for name in names])


def _site_lines(names: Sequence[str], country: str | None, timezone: str) -> tuple[str, ...]:
    more = (f"  … and {len(names) - MOST_LINES} more",) if len(names) > MOST_LINES else ()
    return (*(site_line(name, country, timezone) for name in names[:MOST_LINES]), *more)


def _no_sites(entries: Mapping[str, Entry], found: Found) -> None:
    cells = [entry.cells["site"] for entry in entries.values() if "site" in entry.cells]
    if cells:
        names = list({fold(cell.text): cell.text for cell in cells}.values())
        message = f"the people's sites are not in csweek.yaml: {_named(names)}"
        hint = "type this into csweek.yaml, each with its own country and time zone"
        lines = ("sites:", *_site_lines(names, "SE", "Europe/Stockholm"))
        found.add(warning(cells[0].place, message, hint, lines))


def _team_sites(groups: Mapping[str, str | None], said: Texts, around: Surroundings) -> dict[str, str]:
    """Each team's site: the one that csweek.yaml gives it, else the one of most, else the first."""
    counts: dict[str, Counter[str]] = {team: Counter() for team in groups.values() if team}
    for ident, team in groups.items():
        if team and ident in said:
            counts[team][said[ident]] += 1
    first = next(iter(around.settings.sites))
    home: dict[str, str] = {}
    for team, count in counts.items():
        given = around.teams[team].site if team in around.teams else None
        most = count.most_common(1)
        usual = most[0][0] if most else first
        home[team] = given if given and given in around.settings.sites else usual
    return home


def _sites(
    entries: Mapping[str, Entry], groups: Mapping[str, str | None], said: Texts, home: Texts,
    around: Surroundings, found: Found,
) -> dict[str, str]:  # fmt: skip
    first = next(iter(around.settings.sites))
    lost: list[Entry] = []
    sites: dict[str, str] = {}
    settled = {team for ident, team in groups.items() if ident in said} | {
        name for name, team in around.teams.items() if team.site
    }
    for ident, entry in entries.items():
        team = groups[ident]
        sites[ident] = said.get(ident) or (home[team] if team else first)
        if ident not in said and team not in settled and not entry.text("site"):
            lost.append(entry)
    if lost and len(around.settings.sites) > 1:
        _lost(lost, first, found)
    return sites


def _lost(lost: list[Entry], site: str, found: Found) -> None:
    more = f" and {len(lost) - 1} more have" if len(lost) > 1 else " has"
    message = f"{lost[0].text('name')}{more} no site, nor has the team; '{site}' is taken"
    found.add(warning(lost[0].place, message, "add a column 'site', or a site to the team in csweek.yaml"))


def _team(name: str, site: str, members: tuple[str, ...], around: Surroundings) -> Team:
    base = around.settings.sites[site]
    shape = around.teams.get(name, TeamShape())
    tags = base.tags | (shape.tags or frozenset())
    return Team(name, site, shape.locale or base.locale, overlaid(base.work, shape), members, tags)


# --- persons -------------------------------------------------------------------------------------

_GIVEN = ("start_date", "end_date", "birthday", "leave", "manager", "deputy")


@lru_cache(maxsize=1024)
def _work(base: WorkTime, team: TeamShape | None, days: frozenset[int] | None) -> WorkTime:
    work = overlaid(base, team) if team else base
    return work if days is None else replace(work, days=days)


def _person(
    entry: Entry, read: Mapping[str, Any], site: str, team: Team | None, around: Surroundings
) -> Person:
    base = around.settings.sites[site]
    shape = around.teams.get(team.id) if team else None
    locale = read.get("locale") or (shape.locale if shape else None) or base.locale
    return Person(
        id=entry.id,
        name=read["name"],
        called=entry.text("called") or called(read["name"], locale),
        site=site,
        locale=locale,
        work=_work(base.work, shape, read.get("work_days")),
        place=entry.place,
        team=team.id if team else None,
        role=read.get("role", Role.STAFF),
        thanks=read.get("thanks", around.defaults.thanks),
        celebrate=read.get("celebrate", around.defaults.celebrate),
        tags=base.tags | (team.tags if team else frozenset()),
        extra=entry.extra,
        title=entry.text("title"),
        email=entry.text("email"),
        **{field: read[field] for field in _GIVEN if field in read},
    )
