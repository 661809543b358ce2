"""A year's announcements for many teams in one channel: time and memory.

python tests/benchmarks/bench_announcements.py [TEAMS [CHANNEL]]
python tests/benchmarks/bench_announcements.py whole [TEAMS [CHANNEL]]

The first makes them in this process alone; the second plans a workspace and measures the whole command,
its other processes included (on Linux, which tells how much memory each has for itself).
"""

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parent.parent))

from samples import ACTIONS, INPUTS, PEOPLE, REVISED, SITES, YEAR

from csweek.folder import template
from csweek.model.basics import Audience, Occasion, Place, Practice, Thanks, Visibility
from csweek.model.inputs import Inputs, Story
from csweek.model.people import People, Person, Team
from csweek.model.plan import Event, Key, Plan
from csweek.model.theme import ThemeTurn
from csweek.read.theme import read_theme
from csweek.render.announcements.diary import Planned
from csweek.render.announcements.documents import CHANNELS, Layout, documents
from csweek.render.announcements.faults import Faults
from csweek.render.announcements.kinds import KINDS, Ask, announcements
from csweek.render.announcements.newsroom import Newsroom
from csweek.render.announcements.press import Press
from csweek.render.announcements.seasons import of_year

TEAMS = 2000
MEMBERS = 5
LOCALES = ("en", "sv", "ko", "bs")
CSW = date(2027, 10, 4)


def people(teams: int) -> People:
    """So many teams of five, some of whom have their day in the year."""
    someone = PEOPLE.persons["p1"]
    persons: dict[str, Person] = {}
    named: dict[str, Team] = {}
    for number in range(teams):
        name, locale = f"Team {number}", LOCALES[number % len(LOCALES)]
        members = tuple(f"p{number}-{one}" for one in range(MEMBERS))
        named[name] = Team(name, "stockholm", locale, someone.work, members)
        for one, ident in enumerate(members):
            born = (1 + (number + one) % 12, 1 + (number * 7 + one) % 28)
            persons[ident] = replace(
                someone, id=ident, name=f"Åsa Öberg {number}", team=name, locale=locale, birthday=born,
                celebrate=frozenset(Occasion), thanks=Thanks.PUBLIC if one else Thanks.PRIVATE,
            )  # fmt: skip
    return People(persons, named)


def sample(teams: int) -> tuple[Plan, Inputs]:
    """A year of a weekly moment for each team, the five days and the day after; a story a week."""
    theme, _ = read_theme("service-as-a-power", None)
    assert theme
    everyone = people(teams)
    stories = tuple(
        Story(YEAR.first + timedelta(days=7 * week), f"p{week}-1", "wow", f"Stayed on the line, {week}.",
              Place("stories.csv"), "a customer", consent=True)
        for week in range(52)
    )  # fmt: skip
    inputs = replace(INPUTS, people=everyone, themes=(ThemeTurn(theme),), stories=stories)
    events = sorted(_events(everyone, inputs), key=lambda event: event.date)
    return Plan(YEAR, tuple(events), 1, REVISED, INPUTS.settings.calendar_id or REVISED), inputs  # type: ignore[arg-type]


def _events(everyone: People, inputs: Inputs) -> Iterator[Event]:
    kind = ACTIONS["monday-story"]
    base = Event(
        Key("2027", kind.id, "", 1), YEAR.first, Practice.WOW, kind.title, kind.how, "en", "Europe/Stockholm",
        Audience.TEAM, Visibility.TEAM, kind.channel, "stockholm", None, None, "manager", (), 10, None,
        kind.cost, fixed=False, reason={}, trait="calm",
    )  # fmt: skip
    for week in range(YEAR.weeks):
        for number, team in enumerate(everyone.teams):
            day = YEAR.monday(week) + timedelta(days=number % 5)
            yield replace(base, key=Key("2027", kind.id, team, week), team=team, date=day)
    for number, (slot, actions) in enumerate(inputs.themes[0].theme.celebration.items()):
        for action in actions:
            known = inputs.themes[0].theme.actions[action]
            for site in SITES:
                day = CSW + timedelta(days=number if slot.startswith("csw") else 7)
                yield replace(
                    base, key=Key("2027", action, site, 1), date=day, title=known.title, site=site,
                    audience=Audience.ORGANISATION, visibility=Visibility.EVERYONE,
                    practice=Practice.CELEBRATION, trait=known.trait,
                )  # fmt: skip


def alone(teams: int, name: str) -> None:
    """Print how many texts, how long, and the most memory that this process held."""
    channel = CHANNELS[name]
    plan, inputs = sample(teams)
    clock, processor, count, faults = time.perf_counter(), time.process_time(), 0, Faults()
    room, press = Newsroom(plan, inputs, YEAR.first, template, Planned(plan)), Press(template)
    layout = Layout.of(room)
    for kind, day in of_year(plan.year):
        ask = Ask(day, tuple(inputs.people.teams))
        made = announcements(room, press, (KINDS[kind], ask), faults)
        count += sum(1 for _ in documents(made, (channel,), layout, faults))
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    assert not list(faults)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{teams:,} teams, {channel.id}: {count:,} texts, {memory:.0f} MiB at most")
    print(f"clock {clock:.1f} s, processor {processor:.1f} s, {processor / count * 1000:.3f} ms each")


def whole(teams: int, channel: str) -> None:
    """Print the same of the whole command, reading and writing included."""
    csweek = [sys.executable, "-m", "csweek"]
    with tempfile.TemporaryDirectory() as folder:
        write_workspace(Path(folder), teams)
        subprocess.run([*csweek, "plan", "--yes"], cwd=folder, check=True, capture_output=True)
        clock, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        words = [*csweek, "announce", "--all-year", "--all-teams", "--channel", channel, "--out", "out"]
        process, most = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL), 0
        while process.poll() is None:
            most = max(most, sum(map(own_memory, family(process.pid))))
            time.sleep(0.2)
        clock, after = time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_CHILDREN)
        assert process.returncode == 0
        count = sum(1 for path in Path(folder, "out").rglob("*") if path.is_file())
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"the whole command, {teams:,} teams, {channel}: {count:,} files, {most / 1024:.0f} MiB at most")
    print(f"clock {clock:.1f} s, processor {processor:.1f} s in all processes")


def write_workspace(folder: Path, teams: int) -> None:
    """Write so many teams of five, 40 leaders and an organiser."""
    names = [
        "id",
        "name",
        "team",
        "manager",
        "role",
        "locale",
        "start_date",
        "birthday",
        "thanks",
        "celebrate",
    ]
    rows = [[f"l{n}", f"Leo Lind {n}", "Office", "", "leader", "en", "", "", "public", ""] for n in range(40)]
    rows.append(["o", "Olga Org", "Office", "", "organiser", "en", "", "", "public", ""])
    for number in range(teams * MEMBERS):
        team, one = divmod(number, MEMBERS)
        manager = f"p{number - one}" if one else f"l{team % 40}"
        born = f"{1 + number % 12:02}-{1 + number % 28:02}"
        locale, thanks = LOCALES[team % len(LOCALES)], "public" if one else "private"
        rows.append([f"p{number}", f"Åsa Öberg {number}", f"Team {team}", manager, "", locale,
                     f"2020-{born}", born, thanks, "both"])  # fmt: skip
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([names, *rows])
    (folder / "csweek.yaml").write_text(
        "theme: service-as-a-power\nyear: 2027\npeople: people.csv\n"
        "sites: {stockholm: {country: SE, timezone: Europe/Stockholm, locale: sv}}\n",
        encoding="utf-8",
    )


def family(process: int) -> list[int]:
    """Return a process and those that it has started."""
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        found = [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        return [process]
    return [process, *(one for child in found for one in family(child))]


def own_memory(process: int) -> int:
    """Return its memory in KiB, what it shares with others in proportion; 0 where that is not told."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "whole"]
    run = whole if "whole" in sys.argv[1:] else alone
    run(int(given[0]) if given else TEAMS, given[1] if len(given) > 1 else "txt")
