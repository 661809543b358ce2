"""How fast calendars are written and checked, beside a plain string template and beside other libraries.

Run: python tests/benchmarks/bench_calendars.py [events]    the ways, side by side, with a real plan
     python tests/benchmarks/bench_calendars.py long        the same with long texts and little variety
     python tests/benchmarks/bench_calendars.py large       a million events in 20,000 files, three times
The other libraries take part where they are: pip install ics, npm install ical-generator.
"""

import contextlib
import gc
import importlib.util
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid5

import icalendar
from bench_commands import TODAY, run, workspace
from msgspec import Struct

from csweek import icscheck, zones
from csweek.__main__ import FEWER_ROUNDS
from csweek.icscheck.seen import Composed, Seen
from csweek.model.basics import Audience, Channel, Cost, Day, Place, Practice, Thanks, Visibility, Words, Year
from csweek.model.inputs import Inputs, Settings
from csweek.model.people import People, Person, Site, Team, WorkTime
from csweek.model.plan import Document, Event, Key, Plan
from csweek.model.theme import Look, Theme, ThemeTurn
from csweek.output.kept import keep
from csweek.plan.build import build
from csweek.plan.when.year import year_for
from csweek.read.workspace import read
from csweek.render.calendars import Kind, Maker, calendars
from csweek.render.calendars.files import Made
from csweek.render.calendars.files import ours as is_ours

RUNS = 5
EVENTS = 100_000
SLOW_EVENTS = 2_000
"""What other libraries are measured with; their time grows at least in proportion."""
COLLECTING = gc.get_threshold()
"""When Python looks for garbage by itself."""

LARGE, LARGE_FILES = 1_000_000, 20_000
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


A_PERSON = 20.6
"""Entries that a person of ``real`` adds to owners' calendars in a year, preparations included."""


class Said(NamedTuple):
    """What an entry says, as every way is given it."""

    uid: str
    stamp: datetime
    sequence: int
    start: Day | datetime
    end: Day | datetime
    summary: str
    description: str
    category: str
    private: bool
    busy: bool


class Sample(Struct, frozen=True, dict=True):
    """A plan, and the inputs it stands on."""

    plan: Plan
    inputs: Inputs

    def said(self) -> Sequence[Said]:
        """Return what its owners' calendars say, read back from them."""
        documents = calendars(self.plan, self.inputs, ["owners"])
        return [said for document in documents for said in _read_back(document.content)]


def _read_back(content: bytes) -> Iterator[Said]:
    for entry in icalendar.Calendar.from_ical(content).events:
        yield Said(
            str(entry["UID"]), entry.stamp, entry.sequence, entry.start, entry.end, str(entry["SUMMARY"]),
            str(entry["DESCRIPTION"]), entry.categories[0], "CLASS" in entry, entry["TRANSP"] == "OPAQUE",
        )  # fmt: skip


def real(count: int) -> Sample:
    """Return a year as csweek plans it, for as many people as give so many entries for owners."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = read(workspace(Path(folder, "real"), round(count / A_PERSON))).inputs
    if inputs is None:
        raise SystemExit("the sample organisation is not in order")
    start = date.fromisoformat(TODAY)
    year = year_for(inputs.settings, start)
    return Sample(build(inputs, year, start, None, REVISED, CALENDAR_ID).revision.plan, inputs)


def sample(count: int, owners: int = OWNERS) -> Sample:
    """Return a plan in csweek's shape: 52 actions, 1,000 persons, every fifth event a team's meeting."""
    words = [_words(number) for number in range(ACTIONS)]
    days = [YEAR.first + timedelta(day) for day in range(364) if day % 7 < 5]
    made = (_event(n, words[n % ACTIONS], days, owners) for n in range(count))
    events = sorted(made, key=lambda event: event.sort_key)
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


@cache
def _alone(person: int) -> tuple[str, ...]:
    """Return one recipient; the same for many events, as in a plan that is read."""
    return (sys.intern(f"p{person}"),)


def _event(number: int, words: tuple[Words, Words], days: Sequence[date], owners: int) -> Event:
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
        sys.intern(f"p{(number if owners > PERSONS else person) % owners}"), "leader",
        () if meeting else _alone(person), 10, None, Cost.NONE,
        fixed=False, reason={}, start=start if meeting else None,
        end=start + timedelta(minutes=10) if meeting else None,
        id=f"e{number}", uid=str(uuid5(CALENDAR_ID, str(number))), changed=REVISED,
    )  # fmt: skip


# --- the ways ------------------------------------------------------------------------------------


def ours(given: Sample, folder: Path, kinds: Sequence[Kind] = ("owners",)) -> None:
    """Write what the owners' calendars hold, digested, checked and kept as ``csweek export`` does."""
    maker = Maker(given.plan, given.inputs)
    keep(maker.drafts(maker.calendars(kinds), "bench"), folder, is_ours, lambda _: True)


def plainly(given: Sample, folder: Path) -> None:
    """Make the owners' calendars from the plan and write them, nothing digested, checked or remembered."""
    for file in put_together(given):
        _write(folder, f"{file.name}.ics", file.file.data)


def bytes_alone(documents: Sequence[Document], folder: Path) -> None:
    """Write what csweek made, each file into its folder and nothing else: what the disk takes of its time."""
    for document in documents:
        _write(folder, document.name, document.content)


def _write(folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def template(entries: Sequence[Said], folder: Path) -> None:
    """Write the same entries with one string template: no escapes, no folding, one file. The limit."""
    with (folder / "all.ics").open("w", encoding="utf-8", newline="") as file:
        file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n")
        for one in entries:
            file.write(
                f"BEGIN:VEVENT\r\nUID:{one.uid}\r\nDTSTAMP:20261201T083000Z\r\n"
                f"LAST-MODIFIED:20261201T083000Z\r\nSEQUENCE:{one.sequence}\r\n"
                f"DTSTART:{one.start:%Y%m%dT%H%M%S}\r\nDTEND:{one.end:%Y%m%dT%H%M%S}\r\n"
                f"SUMMARY:{one.summary}\r\nDESCRIPTION:{one.description}\r\nCATEGORIES:{one.category}\r\n"
                "CLASS:PRIVATE\r\nTRANSP:OPAQUE\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n"
            )
        file.write("END:VCALENDAR\r\n")


def documented(entries: Sequence[Said], folder: Path) -> None:
    """Write the same entries as icalendar's documentation shows: one Calendar with Events added."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//x//x//EN")
    calendar.add("version", "2.0")
    for one in entries:
        calendar.add_component(_component(one))
    (folder / "icalendar.ics").write_bytes(calendar.to_ical())


def documented_alone(entries: Sequence[Said], folder: Path) -> float:
    """Return the processor time of that in a process of its own, which looks for garbage as Python does."""
    gc.freeze()  # the entries are ours: icalendar's process does not look through it
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        gc.set_threshold(*COLLECTING)
        os.write(write, str(once(lambda where: documented(entries, where), folder)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    gc.unfreeze()
    os.close(write)
    with os.fdopen(read) as told:
        return float(told.read())


def streamed(entries: Sequence[Said], folder: Path) -> None:
    """Write the same entries with icalendar, each let go once it is written."""
    with (folder / "streamed.ics").open("wb") as file:
        file.write(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n")
        for one in entries:
            file.write(_component(one).to_ical())
        file.write(b"END:VCALENDAR\r\n")


def _component(said: Said) -> icalendar.Event:
    one = icalendar.Event()
    one.add("uid", said.uid)
    one.add("dtstamp", said.stamp)
    one.add("last-modified", said.stamp)
    one.add("sequence", said.sequence)
    one.add("dtstart", said.start)
    one.add("dtend", said.end)
    one.add("summary", said.summary)
    one.add("description", said.description)
    one.add("categories", [said.category])
    if said.private:
        one.add("class", "PRIVATE")
    one.add("transp", "OPAQUE" if said.busy else "TRANSPARENT")
    one.add("status", "CONFIRMED")
    return one


def with_ics(entries: Sequence[Said], folder: Path) -> None:
    """Write the same entries with the library ics."""
    library = importlib.import_module("ics")
    calendar = library.Calendar()
    for one in entries:
        begin = one.start if isinstance(one.start, datetime) else str(one.start)
        event = library.Event(
            name=one.summary, begin=begin, uid=one.uid, description=one.description, created=one.stamp,
            last_modified=one.stamp, categories=[one.category], transparent=not one.busy, status="CONFIRMED",
        )  # fmt: skip
        calendar.events.add(event)
    (folder / "ics.ics").write_text(calendar.serialize(), encoding="utf-8", newline="")


GENERATOR = """
const {default: ical} = require('ical-generator'); const fs = require('fs');
const events = JSON.parse(fs.readFileSync(process.argv[1], 'utf8'));
const begun = process.cpuUsage();
const calendar = ical({name: 'x'});
for (const e of events)
  calendar.createEvent({id: e.uid, stamp: e.stamp, lastModified: e.stamp, sequence: 0, start: e.start,
    end: e.end, allDay: e.day, summary: e.title, description: e.how, categories: [{name: e.practice}],
    class: 'PRIVATE', transparency: 'OPAQUE', status: 'CONFIRMED'});
fs.writeFileSync(process.argv[2], calendar.toString());
const used = process.cpuUsage(begun);
console.log((used.user + used.system) / 1e6);
"""


def generator(entries: Sequence[Said]) -> float | None:
    """Return how long ical-generator takes for the same entries, None where node does not know it."""
    node = shutil.which("node")
    knows = [node or "", "-e", "require.resolve('ical-generator')"]
    if node is None or subprocess.run(knows, capture_output=True, check=False).returncode:
        return None
    rows = [
        {
            "uid": one.uid, "stamp": one.stamp.isoformat(), "title": one.summary, "how": one.description,
            "practice": one.category, "start": one.start.isoformat(), "end": one.end.isoformat(),
            "day": not isinstance(one.start, datetime),
        }
        for one in entries
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "events.json").write_text(json.dumps(rows), encoding="utf-8")
        arguments = [node, "-e", GENERATOR, f"{folder}/events.json", f"{folder}/out.ics"]
        times = [float(subprocess.check_output(arguments)) for _ in range(3)]
    return statistics.median(times)


# --- the clock -----------------------------------------------------------------------------------


def once(way: Callable[[Path], object], root: Path) -> float:
    """Return the processor time of one run into a folder of its own; others may share the machine.

    Its files are emptied and stay until the end: where many were just removed, ext4 looks long for a
    place for a new one, which nobody's export has to wait for.
    """
    folder = Path(tempfile.mkdtemp(dir=root))
    start = time.process_time()
    way(folder)
    took = time.process_time() - start
    for path in folder.rglob("*"):
        if path.is_file():
            os.truncate(path, 0)
    return took


def put_together(given: Sample) -> Iterator[Made]:
    """Yield the owners' calendars as they are before they are checked and written."""
    maker = Maker(given.plan, given.inputs)
    for one in maker.calendars(["owners"]):
        yield from maker.files(one)


def checked(files: Sequence[Composed]) -> None:
    """Check files once more, as csweek checks its own."""
    seen = Seen()
    if not all(map(seen.accepts, files)):
        raise SystemExit("a calendar is not known to be sound")


def checked_alone(documents: Sequence[Document]) -> None:
    """Check documents once more, each as ``csweek check`` does."""
    for document in documents:
        icscheck.check(document.content, document.name)


def in_turn(*ways: Callable[[Path], object]) -> list[list[float]]:
    """Return the times of each way; all take their turn in each round, so that a busy machine slows all."""
    with tempfile.TemporaryDirectory() as root:
        rounds = [[once(way, Path(root)) for way in ways] for _ in range(RUNS)]
    return [list(times) for times in zip(*rounds, strict=True)]


def peak() -> float:
    """Return the most memory that this process had since ``reset``, in MB; Linux alone tells."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


def reset() -> float:
    """Forget what was needed before, and return what is needed now, in MB."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return peak()


def side_by_side(large: Sample) -> Iterator[str]:
    """Yield the medians, events a second, and the ratios."""
    entries = large.said()
    count = len(entries)
    some = entries[:: max(1, count // SLOW_EVENTS)][:SLOW_EVENTS]
    documents = list(calendars(large.plan, large.inputs, ["owners"]))
    files = [made.file for made in put_together(large)]
    size = sum(len(document.content) for document in documents) / 1e6
    yield f"{count} events, {size:.0f} MB in {len(documents)} files, medians of {RUNS} runs in turn"
    ways: dict[str, Callable[[Path], object]] = {
        "template to disk (the limit)": lambda folder: template(entries, folder),
        "csweek, made, checked, remembered": lambda folder: ours(large, folder),
        "csweek, made and written alone": lambda folder: plainly(large, folder),
        "the check alone": lambda _: checked(files),
        "the same files, their bytes alone": lambda folder: bytes_alone(documents, folder),
        "the same as csweek check does it": lambda _: checked_alone(documents),
        "icalendar, to_ical() streamed": lambda folder: streamed(some, folder),
    }
    if importlib.util.find_spec("ics"):
        ways["ics"] = lambda folder: with_ics(some, folder)
    times = dict(zip(ways, in_turn(*ways.values()), strict=True))
    factor = {name: count / SLOW_EVENTS if name.startswith("ic") else 1 for name in times}
    medians = {name: statistics.median(times[name]) * factor[name] for name in times}
    both = times["csweek, made, checked, remembered"]
    parts = [whole - check for whole, check in zip(both, times["the check alone"], strict=True)]
    medians["csweek, without the check"] = statistics.median(parts)
    with tempfile.TemporaryDirectory() as folder:
        medians["icalendar as documented, once"] = documented_alone(entries, Path(folder))
    found = generator(some)
    if found is not None:
        medians["ical-generator (node)"] = found * count / SLOW_EVENTS
    limit = medians["template to disk (the limit)"]
    for name, took in medians.items():
        yield f"{name:34} {took:8.2f} s {count / took:9.0f} events/s {took / limit:8.2f} x the limit"
    slow = medians["icalendar as documented, once"]
    yield "icalendar as documented takes so many times as long as"
    for name, took in medians.items():
        if name.startswith("csweek"):
            yield f"    {name:34} {slow / took:5.0f}"


def given(of: str) -> Sample:
    """Return the plan that is asked for: one with long texts, or a real one with so many entries."""
    return sample(EVENTS) if of == "long" else real(int(of))


def memory(of: str) -> Iterator[str]:
    """Yield what a process needs that has such a plan and writes its calendars."""
    plan = given(of)
    gc.collect()
    loaded = reset()
    with tempfile.TemporaryDirectory() as folder:
        ours(plan, Path(folder))
    yield f"memory with the plan loaded {loaded:.0f} MB, while writing {peak():.0f} MB"


def command(count: int) -> Iterator[str]:
    """Yield what the whole command needs for such a year, files and saved plan read by itself."""
    with tempfile.TemporaryDirectory() as folder:
        home = workspace(Path(folder, "real"), round(count / A_PERSON))
        csweek = [sys.executable, "-m", "csweek", "-C", str(home)]
        run(*csweek, "plan", "--yes", "--today", TODAY)
        _, first = run(*csweek, "export", "ics", "--for", "owners", "--today", TODAY)
        _, again = run(*csweek, "export", "ics", "--for", "owners", "--today", TODAY)
    yield f"csweek export ics --for owners: {first / 1024:.0f} MB, again {again / 1024:.0f} MB"


def large() -> Iterator[str]:
    """Yield how long a million events in 20,000 files take, first and again without a change."""
    given = sample(LARGE, LARGE_FILES)
    gc.freeze()
    loaded = reset()
    with tempfile.TemporaryDirectory() as folder:
        times = []
        for _ in range(3):
            start = time.process_time()
            ours(given, Path(folder))
            times.append(time.process_time() - start)
        files = sum(1 for path in Path(folder).rglob("*.ics") if path.is_file())
    first, *again = times
    yield f"{LARGE} events in {files} files: {first:.1f} s, again {', '.join(f'{t:.1f}' for t in again)} s"
    yield f"again is {max(again) / first:.2f} of the first; {peak() - loaded:.0f} MB beside the loaded plan"


def main() -> None:
    """Print the tables."""
    gc.set_threshold(FEWER_ROUNDS)  # as csweek itself does
    what, *more = sys.argv[1:] or [str(EVENTS)]
    of = what if not more else more[0]
    lines: Iterable[str]
    if what == "large":
        lines = large()
    elif more:  # the command first: a process counts what the one that began it needed then
        lines = chain(command(int(of)) if of != "long" else (), memory(of))
    else:
        lines = side_by_side(given(of))
    with contextlib.suppress(BrokenPipeError):
        for line in lines:
            print(line, flush=True)
        if what not in {"large", "memory"}:
            subprocess.run([sys.executable, __file__, "memory", what], check=True)


if __name__ == "__main__":
    main()
