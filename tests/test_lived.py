"""A year that is lived: whatever changes, calendars say it under the next SEQUENCE, and keep what stays."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from cli import call, workspace
from icalendar import Calendar, Component

pytestmark = pytest.mark.slow

THEMES = "[service-as-a-power, {from: 2027-06-07, theme: everyday}]"
STEPS = {
    "2027-01-12": ("people.csv", "Anna Åkesson", "Anna Öberg"),
    "2027-02-02": ("csweek.yaml", "theme: service-as-a-power", f"theme: {THEMES}"),
    "2027-03-03": ("csweek.yaml", "year: 2027", "year: 2027\nfreeze: 4 weeks"),
    "2027-04-06": ("people.csv", ",Support,", ",Kundtjänst,"),
    "2027-05-04": ("people.csv", "dan@x.example,private", "dan@x.example,public"),
    "2027-06-09": ("people.csv", "eva,Eva Ek,Natt,bo", "eva,Eva Ek,Natt,liv"),
    "2027-08-10": ("people.csv", "anna@x.example,public", "anna@x.example,never"),
    "2027-10-06": ("csweek.yaml", "freeze: 4 weeks", "freeze: 10 days"),
    "2027-11-09": ("csweek.yaml", f"theme: {THEMES}", "theme: everyday"),
    "2027-12-01": ("csweek.yaml", "Stockholm}", "Stockholm, locale: sv}"),
    "2028-01-11": ("csweek.yaml", "year: 2027", "year: 2028"),
}
ALL = ("--for", "everyone,teams,owners,people,sites,organisers")


class Said(NamedTuple):
    """An event in a file: how often it was changed, when, and what it says."""

    sequence: int
    stamp: str
    text: str


Files = dict[tuple[str, str], Said]


def read(folder: Path) -> Files:
    return {
        (path.relative_to(folder).as_posix(), str(one["UID"])): _said(one)
        for path in folder.rglob("*.ics")
        for one in Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    }


def _said(event: Component) -> Said:
    sequence, stamp = event.pop("SEQUENCE"), event.pop("DTSTAMP").to_ical().decode()
    event.pop("LAST-MODIFIED")
    return Said(sequence, stamp, event.to_ical().decode())


def export(root: Path, out: str, today: str, *options: str) -> Path:
    result = call("export", "ics", *ALL, *options, "--today", today, "--out", root / out, root=root)
    assert result.exit_code == 0, result.output
    return root / out


def lived(root: Path, *options: str) -> Iterator[Files]:
    """Yield what the calendars say after each step; what is kept is what is made afresh."""
    for today, (name, old, new) in STEPS.items():
        _cancel_one(root, today)
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert call("plan", "--yes", "--today", today, root=root).exit_code == 0
        before = {path: path.stat().st_mtime_ns for path in (root / "out").rglob("*.ics")}
        bytes_ = {path: path.read_bytes() for path in before}
        kept = export(root, "out", today, *options)
        touched = {path for path in before if path.exists() and path.stat().st_mtime_ns != before[path]}
        assert {path for path in touched if path.read_bytes() == bytes_[path]} == set()
        fresh = export(root, "fresh", today, *options)
        assert _bytes(kept) == _bytes(fresh)
        shutil.rmtree(fresh)
        yield read(kept)


def _cancel_one(root: Path, today: str) -> None:
    """Cancel a card of CSW, which is for something."""
    shown = json.loads(call("export", "json", "--today", today, root=root).stdout)["events"]
    cards = [one["id"] for one in shown if one["action"] == "day-card" and one["status"] == "planned"]
    for one in cards[:1]:
        assert call("cancel", one, "--today", today, root=root).exit_code == 0


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.ics")}


@pytest.mark.parametrize("options", [(), ("--keep-cancelled",), ("--reminders", "--no-names")])
def test_no_two_texts_have_one_sequence_in_a_year_that_is_lived(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    root = workspace(tmp_path)
    assert call("plan", "--yes", "--today", "2026-12-01", root=root).exit_code == 0
    latest = read(export(root, "out", "2026-12-01", *options))
    for now in lived(root, *options):
        for key in latest.keys() & now.keys():
            was, is_ = latest[key], now[key]
            assert is_.sequence >= was.sequence
            assert (is_.sequence > was.sequence) == (is_.stamp > was.stamp)
            assert is_.sequence > was.sequence or is_.text == was.text
        latest |= now
