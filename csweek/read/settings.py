"""csweek.yaml as settings, with everything that it leaves out filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from csweek import zones
from csweek.errors import Problem
from csweek.model import Budget, Cost, Hours, Limits, Place, Settings, Site, WorkTime, YearWanted
from csweek.names import fold, near
from csweek.read.shapes import HoursShape, SiteShape, WorkShape, WorkspaceShape
from csweek.read.source import Problems, warning
from csweek.read.tree import Tree, parse
from csweek.read.wording import fit, pruned

EMPTY_HINT = "write at least 'theme: service-as-a-power', or let 'csweek init' ask you"
NO_SITES = "write sites: {main: {country: SE, timezone: Europe/Stockholm}} with your own country and zone"


@dataclass(frozen=True)
class Workspace:
    """csweek.yaml: its shape, its places, and the settings made from it."""

    shape: WorkspaceShape
    tree: Tree
    settings: Settings


def parse_workspace(text: str, file: str) -> tuple[Workspace | None, Problems]:
    """Return what a csweek.yaml says, or every problem in it."""
    tree, problems = parse(text, file)
    if tree is None:
        return None, problems or (Problem(Place(file), "this file is empty", EMPTY_HINT),)
    shape, found = fit(WorkspaceShape, tree, pruned(tree.data))
    if shape is None:
        return None, (*problems, *found)
    problems = (*problems, *_year_problems(shape, tree), *_site_problems(shape, tree))
    return Workspace(shape, tree, _settings(shape, tree)), problems


def default_settings(file: str = "csweek.yaml") -> Settings:
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
        year=YearWanted(shape.year, shape.start, _weeks(shape), shape.since),
        sites=sites or {"": Site("", "UTC", shape.locale, work)},
        work=work,
        closed=shape.closed,
        no_gatherings=shape.no_gatherings,
        limits=Limits(shape.limits.owner_minutes_per_week, shape.limits.max_team_away),
        freeze=shape.freeze,
        budget=_budget(shape),
        owner_busy=dict(shape.owner_busy or {}),
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
    return replace(below, **{name: value for name, value in named.items() if value is not None})  # type: ignore[arg-type]


def _hours(shape: HoursShape | None) -> Hours | None:
    return Hours(shape.start, shape.to) if shape else None


def _site(key: str, shape: SiteShape, locale: str, work: WorkTime) -> Site:
    holidays = shape.holidays
    return Site(
        id=key,
        timezone=shape.timezone,
        locale=shape.locale or locale,
        work=overlaid(work, shape),
        country=_country(shape),
        subdivision=shape.subdivision,
        skip=tuple(holidays.skip) if holidays else (),
        add=tuple(holidays.add) if holidays else (),
        tags=shape.tags or frozenset(),
    )


def _country(shape: SiteShape) -> str | None:
    return shape.country.upper() if shape.country else None


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


def _site_problems(shape: WorkspaceShape, tree: Tree) -> Iterable[Problem]:
    if not shape.sites:
        message = "no sites are given: hours are in UTC, and no public holidays are known"
        yield warning(Place(tree.file, 1), message, NO_SITES)
    for key, site in (shape.sites or {}).items():
        if site.timezone not in zones.names():
            yield Problem(tree.at("sites", key, "timezone"), f"there is no time zone '{site.timezone}'",
                          zone_hint(site.timezone))  # fmt: skip
        yield from _country_problems(key, site, tree)


def zone_hint(name: str) -> str:
    """Return which zone was probably meant."""
    wanted = fold(name).replace(" ", "_").rpartition("/")[2]
    ending = [zone for zone in sorted(zones.names()) if fold(zone).rpartition("/")[2] == wanted]
    guess = ending[0] if ending else near(name, zones.names())
    return (
        f"did you mean '{guess}'?" if guess else "write region and city, as in Europe/Stockholm or Asia/Seoul"
    )


def _country_problems(key: str, site: SiteShape, tree: Tree) -> Iterable[Problem]:
    country = _country(site)
    if country is None:
        if site.subdivision:
            yield Problem(
                tree.at("sites", key, "subdivision"), "a subdivision needs a country", "write country: CA"
            )
        return
    known = _countries()
    if country not in known:
        yield Problem(tree.at("sites", key, "country"), f"there is no country '{site.country}'",
                      _country_hint(site.country or "", known))  # fmt: skip
        return
    if site.subdivision or site.holidays:
        yield from _holiday_problems(key, site, country, tree)


def _countries() -> Mapping[str, str]:
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - only for workspaces with countries

    return {entry[1]: entry[0] for entry in COUNTRIES.values()}


_ALSO = {"UK": "GB", "EN": "GB", "ENGLAND": "GB", "USA": "US", "KOREA": "KR", "SWEDEN": "SE", "SVERIGE": "SE",
         "BOSNIA": "BA", "BIH": "BA", "대한민국": "KR", "한국": "KR"}  # fmt: skip


def _country_hint(name: str, known: Mapping[str, str]) -> str:
    if guess := _ALSO.get(name.upper()):
        return f"did you mean '{guess}'?"
    full = near(name, known.values(), 0.75) if len(name) > 3 else None
    code = next((code for code, country in known.items() if country == full), None)
    return (
        f"did you mean '{code}'?" if code else "write the two letters of the country, as in SE, KR, BA or CA"
    )


def _holiday_problems(key: str, site: SiteShape, country: str, tree: Tree) -> Iterable[Problem]:
    import holidays  # noqa: PLC0415 - only for sites with a subdivision or holidays of their own

    kind = type(holidays.country_holidays(country))
    if site.subdivision and site.subdivision not in kind.subdivisions:
        aliases = kind.get_subdivision_aliases()
        message = f"{country} has no subdivision '{site.subdivision}'"
        hint = _subdivision_hint(site.subdivision, kind.subdivisions, aliases)
        yield Problem(tree.at("sites", key, "subdivision"), message, hint)
        return
    for number, name in enumerate(site.holidays.skip if site.holidays else ()):
        known = _holiday_names(country, site.subdivision)
        if fold(name) not in {fold(one) for one in known}:
            guess = near(name, known)
            hint = f"did you mean '{guess}'?" if guess else "it has: " + ", ".join(sorted(known)[:12])
            place = tree.at("sites", key, "holidays", "skip", number)
            yield warning(place, f"{country} has no holiday '{name}' that could be skipped", hint)


def _subdivision_hint(name: str, codes: Iterable[str], aliases: Mapping[str, Iterable[str]]) -> str:
    spoken = {alias: code for code, names in aliases.items() for alias in names}
    guess = near(name, spoken, 0.8) if len(name) > 3 else None
    if guess:
        return f"did you mean '{spoken[guess]}'?"
    known = list(codes)
    return "it has: " + ", ".join(known) if known else "this country has none: take it out"


def _holiday_names(country: str, subdivision: str | None) -> frozenset[str]:
    import holidays  # noqa: PLC0415 - as above

    kind = holidays.country_holidays(country)
    names = set[str]()
    for language in {None, *kind.supported_languages}:
        found = holidays.country_holidays(
            country, subdiv=subdivision, years=range(2026, 2030), language=language,
            categories=kind.supported_categories,
        )  # fmt: skip
        names |= {part for name in found.values() for part in name.split("; ")}
    return frozenset(names)
