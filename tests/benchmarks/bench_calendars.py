"""How fast calendars are written and checked, beside icalendar and beside a plain string template.

Run: python tests/benchmarks/bench_calendars.py [events]
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import icalendar

from csweek import icscheck, zones
from csweek.model.basics import Audience, Channel, Cost, Place, Practice, Thanks, Visibility, Words, Year
from csweek.model.inputs import Inputs, Look, People, Person, Settings, Site, Team, Theme, ThemeTurn, WorkTime
from csweek.model.plan import Document, Event, Key, Plan
from csweek.render.calendars import calendars

RUNS = 5
EVENTS = 100_000
SLOW_EVENTS = 1_000
"""What icalendar is measured with; its time grows in proportion."""

PERSONS, OWNERS, TEAMS, ACTIONS = 1000, 50, 40, 52
CALENDAR_ID = UUID("11111111-2222-4333-8444-555555555555")
YEAR = Year("2027", date(2027, 1, 4), 52)
REVISED = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
NOWHERE = Place("bench")
SITES = {
    "seoul": Site("seoul", "Asia/Seoul", "ko", WorkTime(), "KR"),
    "toronto": Site("toronto", "America/Toronto", "en", WorkTime(), "CA"),
}
KOREAN = "무엇을 했는지, 누구에게 도움이 되었는지 그대로 말하고, 고맙다고 한 다음 멈춥니다. "
ENGLISH = "Say what was done, for whom, and what it changed; thank by name, and stop there. "


@dataclass(frozen=True)
class Sample:
    """A plan of so many events, and the inputs it stands on."""

    plan: Plan
    inputs: Inputs


def sample(count: int) -> Sample:
    """Return a plan in csweek's shape: 52 actions, 1,000 persons, every fifth event a team's meeting."""
    words = [_words(number) for number in range(ACTIONS)]
    days = [YEAR.first + timedelta(day) for day in range(364) if day % 7 < 5]
    events = sorted((_event(n, words[n % ACTIONS], days) for n in range(count)), key=lambda e: e.sort_key)
    theme = Theme("bench", NOWHERE, words[0][0], words[0][0], Look(), (), {}, {})
    settings = Settings(NOWHERE, "Bench", "en", CALENDAR_ID, sites=SITES)
    inputs = Inputs(settings, (ThemeTurn(theme),), _people())
    return Sample(Plan(YEAR, tuple(events), 1, REVISED, CALENDAR_ID), inputs)


def _words(number: int) -> tuple[Words, Words]:
    how = f"{number}. {KOREAN * 4}{ENGLISH * 3}"[:373]
    return Words({"en": f"Moment {number}", "ko": f"순간 {number}"}), Words({"en": how, "ko": how})


def _people() -> People:
    def person(number: int) -> Person:
        site = SITES["seoul" if number % 2 else "toronto"]
        name = f"김서연 {number}" if number % 2 else f"Sample Person {number}"
        team = f"team-{number % TEAMS}"
        return Person(f"p{number}", name, name, site.id, site.locale, WorkTime(), NOWHERE, team=team,
                      thanks=Thanks.PUBLIC)  # fmt: skip

    persons = {one.id: one for one in map(person, range(PERSONS))}
    members = {f"team-{n}": tuple(p for p in persons if persons[p].team == f"team-{n}") for n in range(TEAMS)}
    teams = {
        ident: Team(ident, persons[own[0]].site, persons[own[0]].locale, WorkTime(), own)
        for ident, own in members.items()
    }
    return People(persons, teams)


def _event(number: int, words: tuple[Words, Words], days: Sequence[date]) -> Event:
    person = number % PERSONS
    site = SITES["seoul" if person % 2 else "toronto"]
    day = days[number * 7919 % len(days)]
    meeting = number % 5 == 0
    start = datetime(day.year, day.month, day.day, 9 + number % 6, 30, tzinfo=zones.zone(site.timezone))
    key = Key("2027", f"a{number % ACTIONS}", f"p{person}", number)
    return Event(
        key, day, list(Practice)[number % 5], *words, site.locale, site.timezone,
        Audience.TEAM if meeting else Audience.PERSON,
        Visibility.TEAM if meeting else Visibility.SURPRISE,
        Channel.MEETING if meeting else Channel.CARD, site.id, f"team-{person % TEAMS}",
        f"p{person % OWNERS}", "leader", () if meeting else (f"p{person}",), 10, None, Cost.NONE,
        fixed=False, reason={}, start=start if meeting else None,
        end=start + timedelta(minutes=10) if meeting else None,
        id=f"e{number}", uid=str(uuid5(CALENDAR_ID, str(number))), changed=REVISED,
    )  # fmt: skip


# --- the ways ------------------------------------------------------------------------------------


def ours(given: Sample, folder: Path) -> None:
    """Write what the owners' calendars hold, checked as always."""
    _store(calendars(given.plan, given.inputs, ["owners"]), folder)


def _store(documents: Iterable[Document], folder: Path) -> None:
    for document in documents:
        path = folder / document.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.content)


def template(given: Sample, folder: Path) -> None:
    """Write the same events with one string template: no escapes, no folding, one file. The limit."""
    with (folder / "all.ics").open("w", encoding="utf-8", newline="") as file:
        file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n")
        for event in given.plan.events:
            start = f"{event.start or event.date:%Y%m%dT%H%M%S}"
            file.write(
                f"BEGIN:VEVENT\r\nUID:{event.uid}\r\nDTSTAMP:20261201T083000Z\r\n"
                f"LAST-MODIFIED:20261201T083000Z\r\nSEQUENCE:{event.sequence}\r\nDTSTART:{start}\r\n"
                f"DTEND:{start}\r\nSUMMARY:{event.title.texts['en']}\r\n"
                f"DESCRIPTION:{event.recipients}\\n{event.how.texts['en']}\r\nCATEGORIES:{event.practice}\r\n"
                "CLASS:PRIVATE\r\nTRANSP:OPAQUE\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n"
            )
        file.write("END:VCALENDAR\r\n")


def documented(given: Sample, folder: Path) -> None:
    """Write the same events as icalendar's documentation shows: one Calendar with Events added."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//x//x//EN")
    calendar.add("version", "2.0")
    for event in given.plan.events:
        calendar.add_component(_component(event))
    (folder / "icalendar.ics").write_bytes(calendar.to_ical())


def _component(event: Event) -> icalendar.Event:
    one = icalendar.Event()
    one.add("uid", event.uid)
    one.add("dtstamp", REVISED)
    one.add("last-modified", REVISED)
    one.add("sequence", event.sequence)
    one.add("dtstart", event.start or event.date)
    one.add("dtend", event.end or event.date + timedelta(1))
    one.add("summary", event.title.texts["en"])
    one.add("description", f"{event.recipients}\n{event.how.texts['en']}")
    one.add("categories", [event.practice.value])
    one.add("class", "PRIVATE")
    one.add("transp", "OPAQUE")
    one.add("status", "CONFIRMED")
    return one


# --- the clock -----------------------------------------------------------------------------------


def seconds(way: Callable[[Path], object]) -> float:
    """Return the median time of five runs, each into a folder of its own."""
    times = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            way(Path(folder))
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def checked(documents: Sequence[Document]) -> None:
    """Check documents once more."""
    for document in documents:
        icscheck.check(document.content, document.name)


def main() -> None:
    """Print the medians, events a second, and the ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    large, small = sample(count), sample(SLOW_EVENTS)
    limit = seconds(lambda folder: template(large, folder))
    both = seconds(lambda folder: ours(large, folder))
    slow = seconds(lambda folder: documented(small, folder)) * count / SLOW_EVENTS
    documents = list(calendars(large.plan, large.inputs, ["owners"]))
    check = seconds(lambda _: checked(documents))
    size = sum(len(document.content) for document in documents) / 1e6
    lines = [f"{count} events, {size:.0f} MB in {len(documents)} files, median of {RUNS} runs"]
    for name, took in {
        "template to disk (the limit)": limit,
        "csweek, made, checked and written": both,
        "csweek, without the check": both - check,
        "the check alone": check,
        "icalendar as documented": slow,
    }.items():
        lines.append(f"{name:36} {took:8.2f} s {count / took:10.0f} events/s {took / limit:8.2f} x the limit")
    lines.append(f"icalendar takes {slow / both:.0f} x as long as csweek with its check")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
