"""Which weeks the plan covers, when CSW is, and which days a site works."""

from datetime import date, timedelta
from functools import cache

from csweek.countries import country_holidays
from csweek.model.basics import Year, csw_monday, sunday_of
from csweek.model.inputs import Settings
from csweek.model.people import Site, WorkTime
from csweek.names import fold

FRIDAY = 4
HOLIDAY_CATEGORIES = ("public", "de_facto")
"""What people really have off: for Sweden also Midsummer, Christmas and New Year's Eve."""


def iso_year(year: int) -> Year:
    """Return the 52 or 53 weeks of an ISO year. Source: ISO 8601."""
    first = date.fromisocalendar(year, 1, 1)
    return Year(str(year), first, (date.fromisocalendar(year + 1, 1, 1) - first).days // 7)


def csw_year(year: int) -> Year:
    """Return the weeks from the Monday after the CSW of a calendar year through the next CSW week."""
    first = csw_monday(year) + timedelta(days=7)
    return Year(f"csw-{year}", first, (csw_monday(year + 1) - first).days // 7 + 1)


def year_for(settings: Settings, today: date) -> Year:
    """Return the year that the workspace wants, as of a day."""
    wanted = settings.year
    if wanted.iso is not None:
        return iso_year(wanted.iso)
    if wanted.start is not None:
        return Year(wanted.start.isoformat(), wanted.start, wanted.weeks or 52)
    if wanted.from_csw is not None:
        return csw_year(wanted.from_csw or _latest_csw(today))
    this = today.isocalendar().year
    after = max(day_after(site, this) for site in settings.sites.values())
    return iso_year(this if today <= after else this + 1)


def _latest_csw(today: date) -> int:
    return today.year if today > sunday_of(csw_monday(today.year)) else today.year - 1


@cache
def csw_days(site: Site, year: int) -> tuple[date, ...]:
    """Return the days on which a site holds CSW days 1 to 5.

    A day lost to a holiday or the weekend joins the next working day, else the one before; a site
    without any working day in that week holds them the week after (or on the dates, if that has none).
    """
    for monday in (csw_monday(year), csw_monday(year) + timedelta(days=7)):
        days = [monday + timedelta(days=n) for n in range(5)]
        working = [day for day in days if works(site, day)]
        if working:
            return tuple(next((w for w in working if w >= day), working[-1]) for day in days)
    return tuple(csw_monday(year) + timedelta(days=n) for n in range(5))


@cache
def day_after(site: Site, year: int) -> date:
    """Return the site's first working day after the Friday of the week in which it holds CSW."""
    held = csw_days(site, year)[0]
    friday = held + timedelta(days=FRIDAY - held.weekday())
    following = (friday + timedelta(days=n) for n in range(1, 15))
    return next((day for day in following if works(site, day)), friday + timedelta(days=3))


def works(site: Site, day: date) -> bool:
    """Whether a site works on a day: no weekend, no holiday."""
    return day.weekday() in working_week(site) and not is_holiday(site, day)


@cache
def working_week(site: Site) -> frozenset[int]:
    """Return the weekdays on which a site works: its own, else its country's, else Monday to Friday."""
    if site.work.days is not None:
        return site.work.days
    return frozenset(range(7)) - weekend(site.country)


@cache
def weekend(country: str | None) -> frozenset[int]:
    """Return the weekend of a country; Saturday and Sunday without one."""
    if country is None:
        return frozenset({5, 6})
    return frozenset(country_holidays(country).weekend)


def is_holiday(site: Site, day: date) -> bool:
    """Whether people at a site really have this day off for a holiday of theirs."""
    if day in site.add:
        return True
    if day not in _holidays(site.country, site.subdivision, day.year, None):
        return False
    return not (site.skip and _skipped(site, day))


def shut(settings: Settings, day: date, site: str, work: WorkTime) -> str:
    """Return what everybody at a site with such work is away for on a day, "" where nothing is."""
    if any(day in span for span in settings.closed):
        return "closed in csweek.yaml"
    known = settings.sites.get(site)
    if known is None or work.on_holidays or not is_holiday(known, day):
        return ""
    return f"a holiday{f' in {site}' if site else ''}"


def _skipped(site: Site, day: date) -> bool:
    """Whether the site works on all that this day is called, in one of the languages that name it."""
    known = country_holidays(str(site.country), subdiv=site.subdivision)
    words = tuple(fold(word) for word in site.skip)
    for language in (None, *known.supported_languages):
        names = _holidays(site.country, site.subdivision, day.year, language).get(day, ())
        if names and all(fold(name).startswith(words) for name in names):
            return True
    return False


@cache
def _holidays(
    country: str | None, subdivision: str | None, year: int, language: str | None
) -> dict[date, tuple[str, ...]]:
    """Return the holidays of a year with their names in a language; None is the country's own."""
    if country is None:
        return {}
    known = country_holidays(country, subdiv=subdivision)
    listed = country_holidays(
        country,
        subdiv=subdivision,
        years=[year],
        categories=tuple(set(HOLIDAY_CATEGORIES) & set(known.supported_categories)),
        language=language or known.default_language,
    )
    return {day: tuple(listed.get_list(day)) for day in listed}
