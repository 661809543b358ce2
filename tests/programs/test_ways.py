"""The other ways to export: kept cancellations, alarms, a publisher, invitations, only what changed."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from cli import call

from programs import made
from programs.khal import Khal
from programs.libraries import icalendar
from programs.made import TODAY
from programs.seen import Calendar, Reader
from programs.thunderbird import Thunderbird

pytestmark = pytest.mark.slow

SOME = 4
"""Files that are read of each way."""
FILE_READERS = ("libical", "ical.js", "node-ical", "icalendar", "thunderbird")


class Changed(NamedTuple):
    """A plan in which an event has moved and another is cancelled, and its calendars before and after."""

    root: Path
    before: Path
    after: Path
    cancelled: str

    def export(self, *options: str) -> list[Path]:
        """Export into a folder of its own."""
        folder = self.root / "-".join(("ways", *options))
        result = call("export", "ics", "--today", TODAY, "--out", folder, *options, root=self.root)
        assert result.exit_code == 0, result.output
        return sorted(folder.rglob("*.ics"))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Changed:
    root = tmp_path_factory.mktemp("ways")
    steps = made.steps(root)
    file = {name: step.file("/support.ics") for name, step in steps.items()}
    (cancelled,) = set(icalendar(file["moved"])[0]) - set(icalendar(file["dropped"])[0])
    return Changed(root / "workspace", file["first"], file["dropped"], cancelled)


def team(files: list[Path]) -> Path:
    (found,) = (path for path in files if "/share/teams/support" in path.as_posix())
    return found


@pytest.mark.parametrize("reader", FILE_READERS, indirect=True)
def test_a_cancelled_event_can_stay_and_says_so(reader: Reader, changed: Changed) -> None:
    (found,) = reader(team(changed.export("--keep-cancelled")))
    assert {uid for uid, event in found.items() if event.status == "CANCELLED"} == {changed.cancelled}
    assert found[changed.cancelled].sequence == 1


@pytest.mark.parametrize("options", [("--reminders",), ("--method", "publish"), ("--no-names",)])
@pytest.mark.parametrize("reader", FILE_READERS, indirect=True)
def test_each_way_of_writing_is_read(reader: Reader, changed: Changed, options: tuple[str, ...]) -> None:
    plain, written = (reader(*changed.export(*way)[:SOME]) for way in ((), options))
    assert [set(one) for one in written] == [set(one) for one in plain]
    for one, other in zip(plain, written, strict=True):
        assert {uid: event[:2] for uid, event in one.items()} == {
            uid: event[:2] for uid, event in other.items()
        }


@pytest.mark.parametrize("reader", FILE_READERS, indirect=True)
def test_an_invitation_is_one_meeting_each(reader: Reader, changed: Changed) -> None:
    found = reader(*changed.export("--invites")[:SOME])
    assert [len(one) for one in found] == [1] * SOME


def test_importing_only_what_changed_moves_what_has_moved(changed: Changed, tmp_path: Path) -> None:
    khal = Khal(tmp_path)
    khal.take(changed.before)
    khal.take(team(changed.export("--since", "1")))
    shown = {uid: event[:2] for uid, event in khal.shown().items()}
    del shown[changed.cancelled]  # by hand, as the command says
    (after,) = icalendar(changed.after)
    assert {uid: shown[uid] for uid in after} == {uid: event[:2] for uid, event in after.items()}


def test_what_is_to_be_deleted_by_hand_makes_room_for_what_changed(
    client: Thunderbird, changed: Changed
) -> None:
    assert client.take("by hand", changed.before) == "taken"
    result = call(
        "export",
        "ics",
        "--since",
        "1",
        "--today",
        TODAY,
        "--for",
        "teams",
        "--only",
        "Support",
        "--out",
        changed.root / "since",
        root=changed.root,
    )
    named = re.findall(r"^ {4}(\d{4}-\d\d-\d\d)(?: \d\d:\d\d)?  (.+)$", result.stdout, re.MULTILINE)
    assert len(named) == 2
    client.delete("by hand", [found(day, title, client.shown("by hand")) for day, title in named])
    assert client.take("by hand", team(sorted((changed.root / "since").rglob("*.ics")))) == "taken"
    shown, after = client.shown("by hand"), icalendar(changed.after)[0]
    # What is new comes with the years planned since as well.
    later = {uid: event for uid, event in shown.items() if event.start >= "2028"}
    assert shown == {**after, **later}
    assert all(uid not in after or after[uid] == event for uid, event in later.items())


def found(day: str, title: str, calendar: Calendar) -> str:
    """Return the one event of a day with this title."""
    (uid,) = (uid for uid, event in calendar.items() if (event.start[:10], event.summary) == (day, title))
    return uid
