"""csweek.yaml as settings, with everything that it leaves out filled in."""

import json
import re
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel, ValidationError

from csweek.errors import Problem
from csweek.folder import DEFAULT_THEME, WORKSPACE
from csweek.model.basics import Cost, Hours, Place
from csweek.model.inputs import Budget, Limits, Settings, YearWanted
from csweek.model.people import Site, WorkTime
from csweek.names import fold, guessed, near
from csweek.read.source import Problems, warning
from csweek.read.tree import Plain, Tree, parse
from csweek.read.wording import fit, pruned
from csweek.read.workspace_shapes import HoursShape, SiteShape, WorkShape, WorkspaceShape

EMPTY_HINT = f"write at least 'theme: {DEFAULT_THEME}', or let 'csweek init' ask you"
NO_SITES = "write sites: {main: {country: SE, timezone: Europe/Stockholm}} with your own country and zone"


class Workspace(Struct, frozen=True, dict=True):
    """csweek.yaml: its shape, its places, and the settings made from it."""

    shape: WorkspaceShape
    tree: Tree
    settings: Settings


def parse_workspace(text: str, file: str) -> tuple[Workspace | None, Problems]:
    """Return what a csweek.yaml says, or every problem in it."""
    tree, problems = parse(text, file)
    if tree is None:
        return None, problems or (Problem(Place(file), "this file is empty", EMPTY_HINT),)
    data = pruned(tree.data, keep=frozenset({"actions"}))
    shape, found = fit(WorkspaceShape, tree, data)
    problems = (*problems, *found, *_site_problems(data, tree))
    if shape is None:
        shape = _salvaged(data)
        return (Workspace(shape, tree, _settings(shape, tree)) if shape else None), problems
    return Workspace(shape, tree, _settings(shape, tree)), (*problems, *_year_problems(shape, tree))


def _salvaged(data: Plain) -> WorkspaceShape | None:
    """Return what is right in a csweek.yaml that has errors, so that the other files can be looked at too."""
    if not isinstance(data, dict):
        return None
    good: dict[str, Plain] = {"theme": DEFAULT_THEME}
    for key, value in data.items():
        said = _salvaged_sites(value) if key == "sites" else value
        if _fits(WorkspaceShape, {"theme": DEFAULT_THEME, key: said}):
            good[key] = said
    if ("sites" in data and "sites" not in good) or ("columns" in data and "columns" not in good):
        good.pop("people", None)  # they would be told of what is only missing here
    return WorkspaceShape.model_validate(good)


def _salvaged_sites(sites: Plain) -> Plain:
    if not isinstance(sites, dict):
        return sites
    return {key: site if _fits(SiteShape, site) else {"timezone": "UTC"} for key, site in sites.items()}


def _fits(shape: type[BaseModel], data: Plain) -> bool:
    try:
        shape.model_validate(data)
    except ValidationError:
        return False
    return True


def default_settings(file: str = WORKSPACE) -> Settings:
    """Return what holds where there is no csweek.yaml."""
    return Settings(Place(file), sites={"": Site("", "UTC", "en", WorkTime())})


def _settings(shape: WorkspaceShape, tree: Tree) -> Settings:
    work = overlaid(WorkTime(), shape)
    sites = {key: _site(key, site, shape.locale, work) for key, site in (shape.sites or {}).items()}
    return Settings(
        place=Place(tree.file, 1),
        organisation=shape.organisation or "",
        locale=shape.locale,
        calendar_id=shape.calendar_id,
        address=dict(shape.address or {}),
        year=YearWanted(shape.year, shape.start, _weeks(shape), shape.since),
        sites=sites or {"": Site("", "UTC", shape.locale, work)},
        work=work,
        closed=shape.closed,
        no_gatherings=shape.no_gatherings,
        limits=Limits(shape.limits.owner_minutes_per_week, shape.limits.max_team_away),
        freeze=shape.freeze,
        budget=_budget(shape),
        owner_busy=dict(shape.owner_busy or {}),
        form=shape.form or "",
    )


def overlaid(below: WorkTime, said: WorkShape) -> WorkTime:
    """Return the working time below with what a shape says laid over it."""
    named = {
        "event_hours": _hours(said.event_hours),
        "owner_hours": _hours(said.owner_hours),
        "hours": _hours(said.hours),
        "days": said.work_days,
        "on_holidays": said.work_on_holidays,
    }
    return replace(below, **{name: value for name, value in named.items() if value is not None})


def _hours(shape: HoursShape | None) -> Hours | None:
    return Hours(shape.start, shape.to) if shape else None


def _site(key: str, shape: SiteShape, locale: str, work: WorkTime) -> Site:
    holidays = shape.holidays
    return Site(
        id=key,
        timezone=shape.timezone,
        locale=shape.locale or locale,
        work=overlaid(work, shape),
        country=shape.country,
        subdivision=shape.subdivision,
        skip=tuple(holidays.skip) if holidays else (),
        add=tuple(dict.fromkeys(day for span in holidays.add for day in span.days)) if holidays else (),
        tags=shape.tags or frozenset(),
    )


def site_line(
    name: str, country: str | None, timezone: str, locale: str | None = None, subdivision: str | None = None
) -> str:
    """Return a site as it is typed below ``sites:`` in csweek.yaml."""
    part = f'"{subdivision}"' if subdivision else None  # many YAML tools read ON as yes
    said = {"country": country, "subdivision": part, "timezone": timezone, "locale": locale}
    return f"  {as_key(name)}: {{{', '.join(f'{what}: {value}' for what, value in said.items() if value)}}}"


def as_key(name: str) -> str:
    """Return a name as it is typed before a colon in csweek.yaml."""
    return name if _PLAIN_KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)


_PLAIN_KEY = re.compile(r"[^\W\d][\w.-]*( [\w.-]+)*")
"""Names that YAML takes without quotes."""


def _weeks(shape: WorkspaceShape) -> int | None:
    return 52 if shape.start and shape.weeks is None else shape.weeks


def _budget(shape: WorkspaceShape) -> Budget:
    prices = {Cost(name): price for name, price in shape.costs.model_dump(exclude_none=True).items()}
    given = shape.budget
    return Budget(given.currency if given else "", given.amount if given else None, prices)


# --- what the shape alone cannot know ------------------------------------------------------------


def _year_problems(shape: WorkspaceShape, tree: Tree) -> Iterable[Problem]:
    given = [name for name, value in (("year", shape.year), ("start", shape.start), ("from", shape.since))
             if value is not None]  # fmt: skip
    if len(given) > 1:
        message = f"'{given[0]}' and '{given[1]}' both say which year it is"
        yield Problem(tree.at(given[1], key=True), message, "keep one of them")
    if shape.weeks is not None and shape.start is None:
        yield Problem(tree.at("weeks", key=True), "'weeks' needs a 'start'", "write start: and a Monday")


def _site_problems(data: Plain, tree: Tree) -> Iterable[Problem]:
    """Look at each site that is right by itself, whatever is wrong elsewhere."""
    sites = data.get("sites") if isinstance(data, dict) else []
    if sites is None or sites == {}:
        message = "no sites are given: hours are in UTC, and no public holidays are known"
        yield warning(Place(tree.file, 1), message, NO_SITES)
    for key, said in (sites if isinstance(sites, dict) else {}).items():
        if not _fits(SiteShape, said):
            continue
        site = SiteShape.model_validate(said)
        if site.country is None and site.subdivision:
            yield Problem(
                tree.at("sites", key, "subdivision"), "a subdivision needs a country", "write country: CA"
            )
        elif site.country is not None and (site.subdivision or site.holidays):
            yield from _holiday_problems(key, site, site.country, tree)


def _holiday_problems(key: str, site: SiteShape, country: str, tree: Tree) -> Iterable[Problem]:
    from csweek.countries import country_holidays  # noqa: PLC0415 - only for sites that say more of them

    kind = type(country_holidays(country))
    if site.subdivision and site.subdivision not in kind.subdivisions:
        aliases = kind.get_subdivision_aliases()
        message = f"{country} has no subdivision '{site.subdivision}'"
        hint = _subdivision_hint(site.subdivision, kind.subdivisions, aliases)
        yield Problem(tree.at("sites", key, "subdivision"), message, hint)
        return
    languages = (None, *kind.supported_languages) if site.holidays and site.holidays.skip else ()
    known = [name for language in languages for name in _holiday_names(country, site.subdivision, language)]
    folded = {fold(name) for name in known}
    for number, name in enumerate(site.holidays.skip if site.holidays else ()):
        if fold(name) not in folded:
            own = _holiday_names(country, site.subdivision, None)
            hint = guessed(name, known, "it has: " + ", ".join(sorted(own)))
            place = tree.at("sites", key, "holidays", "skip", number)
            yield warning(place, f"{country} has no holiday '{name}' that could be skipped", hint)


def _subdivision_hint(name: str, codes: Iterable[str], aliases: Mapping[str, Iterable[str]]) -> str:
    spoken = {alias: code for code, names in aliases.items() for alias in names}
    guess = near(name, spoken, 0.8) if len(name) > 3 else None
    if guess:
        return f"did you mean '{spoken[guess]}'?"
    known = list(codes)
    return "it has: " + ", ".join(known) if known else "this country has none: take it out"


def _holiday_names(country: str, subdivision: str | None, language: str | None) -> frozenset[str]:
    from csweek.countries import country_holidays  # noqa: PLC0415 - as above

    kind = country_holidays(country)
    found = country_holidays(
        country, subdiv=subdivision, years=range(2026, 2030), language=language or kind.default_language,
        categories=kind.supported_categories,
    )  # fmt: skip
    return frozenset(part for name in found.values() for part in name.split("; "))
