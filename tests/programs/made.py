"""Workspaces whose calendars are hard to read, and their exports, made through the command line."""

import json
import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from cli import PEOPLE, call, workspace

TODAY = "2027-01-04"
ZONES = {
    "Seoul": "Asia/Seoul",
    "Berlin": "Europe/Berlin",
    "New York": "America/New_York",
    "St John's": "America/St_Johns",
    "Lord Howe": "Australia/Lord_Howe",
    "Cairo": "Africa/Cairo",
    "Apia": "Pacific/Apia",
}
DAYS = (
    *("2027-01-13", "2027-07-14"),  # winter and summer
    *("2027-03-12", "2027-03-15", "2027-11-05", "2027-11-08"),  # around New York's changes
    *("2027-03-26", "2027-03-30", "2027-10-29", "2027-11-02"),  # around Berlin's
    *("2027-04-02", "2027-04-05", "2027-10-01", "2027-10-04"),  # around Lord Howe's
    *("2027-04-29", "2027-05-03", "2027-10-28"),  # around Cairo's
)
TEXTS = {
    "escapes": "a,b;c\\d",
    "breaks": "one\ntwo\r\nthree\n\nfive\ttab",
    "path": "C:\\New\\night\\Night",
    "quotes": "'single' \"double\" “curly” 'odd \"",
    "slash": "ends in a backslash \\",
    "slashes": "ends in two \\\\",
    "mask": "BEGIN:VEVENT\nEND:VCALENDAR\nDTSTART;VALUE=DATE:20270101",
    "long": "고객의 말을 소리 내어 읽어 주세요 🎉👩‍💻 " * 90,
}
SWEEP = {f"fold-{room}": "x" * room + "\\,;\\\nå한😀" for room in range(1, 80)}
"""An escape, a line break and letters of two to four bytes on each place of a line."""


class Planned(NamedTuple):
    """An event as the plan has it; start and end as in ``Seen``."""

    start: str
    end: str
    action: str
    id: str


class Made(NamedTuple):
    """A planned workspace, its calendars, and its events by UID."""

    root: Path
    files: tuple[Path, ...]
    events: Mapping[str, Planned]

    def file(self, name: str) -> Path:
        """Return the one calendar with this in its path."""
        (found,) = (path for path in self.files if name in path.as_posix())
        return found


def demo(root: Path) -> Made:
    """The sample organisation."""
    assert call("demo", root, "--today", TODAY).exit_code == 0
    return made(root, "--for", "everyone,teams,owners,people,sites,organisers")


def small(root: Path) -> Made:
    """The small workspace of the other tests."""
    workspace(root)
    return planned(root)


def texts(root: Path) -> Made:
    """Actions whose titles and words are ``TEXTS`` and ``SWEEP``, and the five days of CSW."""
    days = (date(2027, 1, 11) + timedelta(n) for n in range(300))
    workdays = (day for day in days if day.weekday() < 5)
    actions = {
        name: _action(text, on=day.isoformat(), channel="note")
        for (name, text), day in zip((TEXTS | SWEEP).items(), workdays, strict=False)
    }
    csw = {f"csw-{n}": [f"day-{n}"] for n in range(1, 6)}
    actions |= {f"day-{n}": _action(f"Day {n}", channel="gift") for n in range(1, 6)}
    return _themed(root, {"actions": actions, "celebration": csw}, "main: {timezone: Asia/Seoul}", PEOPLE)


def zones(root: Path) -> Made:
    """Teams around the world that meet on ``DAYS``, and one that works through the nights of changes."""
    sites = ", ".join(f"{site(name)}: {{timezone: {zone}}}" for name, zone in ZONES.items())
    rows = [f"{site(name)},{name},{site(name)},{site(name)},boss" for name in ZONES]
    rows += ["night,Night Owl,Night,berlin,boss", "boss,The Boss,,berlin,"]
    theme = {
        "actions": {
            "meeting": _action("Meeting", on=list(DAYS), channel="meeting", minutes=30),
            "shift": _action(
                "Shift", on=["2027-03-27", "2027-10-30"], channel="meeting", minutes=420, tags=["night"]
            ),
        }
    }
    people = "\n".join(("id,name,team,site,manager", *rows, ""))
    return _themed(root, theme, sites, people)


def site(name: str) -> str:
    """Return the id of a place."""
    return name.lower().replace(" ", "-").replace("'", "")


def split(root: Path) -> Made:
    """One team with more events a year than one file takes."""
    actions = {
        f"weekly-{n}": _action(f"Weekly {n}", every="1 week", channel="note", minutes=1) for n in range(20)
    }
    return _themed(root, {"actions": actions}, "main: {timezone: Asia/Seoul}", PEOPLE)


def planned(root: Path) -> Made:
    """Plan a workspace and export its calendars."""
    result = call("plan", "--yes", "--today", TODAY, root=root)
    assert result.exit_code == 0, result.output
    return made(root)


def made(root: Path, *options: str, year: str = "2027") -> Made:
    """Export the calendars of a workspace; the events are those of one year."""
    result = call("export", "ics", "--today", TODAY, *options, root=root)
    assert result.exit_code == 0, result.output
    rows = json.loads(call("export", "json", "--today", TODAY, "--year", year, root=root).stdout)["events"]
    events = {row["uid"]: _event(row) for row in rows if row["status"] != "cancelled"}
    return Made(root, tuple(sorted((root / "out").rglob("*.ics"))), events)


def steps(root: Path) -> Mapping[str, Made]:
    """A small workspace's exports one after the other, each kept: what a subscriber meets in a year."""
    first = small(root / "workspace")
    meetings = iter(_meetings(first))
    moved, dropped = next(meetings), next(meetings)
    kept = {"first": _kept(first, root / "first")}
    for name, command in {
        "again": ("show",),
        "moved": ("move", moved, "--to", "+1d", "--at", "10:30"),
        "dropped": ("cancel", dropped),
        "replanned": ("plan", "--yes"),
    }.items():
        assert call(*command, "--today", TODAY, root=first.root).exit_code == 0
        kept[name] = _kept(made(first.root), root / name)
    assert call("plan", "--yes", "--today", TODAY, "--year", "2028", root=first.root).exit_code == 0
    return kept | {"next year": _kept(made(first.root, year="2028"), root / "next-year")}


def _meetings(of: Made) -> list[str]:
    """Return the ids of the meetings of the team whose calendar is followed."""
    content = of.file("support.ics").read_text(encoding="utf-8")
    return [one.id for uid, one in of.events.items() if uid in content and one.start > "2027-02-01T"]


def _kept(of: Made, folder: Path) -> Made:
    """Return an export in a folder of its own, which the next one does not touch."""
    shutil.copytree(of.root / "out", folder)
    return of._replace(root=folder, files=tuple(sorted(folder.rglob("*.ics"))))


def _event(row: Mapping[str, str]) -> Planned:
    if row["start"]:
        return Planned(_utc(row["start"]), _utc(row["end"]), row["action"], row["id"])
    after = date.fromisoformat(row["date"]) + timedelta(1)
    return Planned(row["date"], after.isoformat(), row["action"], row["id"])


def _utc(local: str) -> str:
    return f"{datetime.fromisoformat(local).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _action(text: str, **fields: object) -> dict[str, Any]:
    base = {"practice": "wow", "title": text.replace("\r", ""), "how": text, "audience": "team"}
    return base | {"visibility": "everyone"} | fields


def _themed(root: Path, theme: Mapping[str, object], sites: str, people: str) -> Made:
    workspace(root, people)
    (root / "themes").mkdir()
    whole = {"name": "Hard to read", "motto": "Hard to read", **theme}
    (root / "themes" / "hard.yaml").write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    text = "\n".join(
        (
            "organisation: 'Sample, \"Care\"; \\'",
            "theme: hard",
            "year: 2027",
            "people: people.csv",
            f"sites: {{{sites}}}",
            "teams: {Night: {hours: {from: '21:00', to: '07:00'}, work_days: mon-sun, tags: [night]}}",
            "",
        )
    )
    (root / "csweek.yaml").write_text(text, encoding="utf-8")
    return planned(root)
