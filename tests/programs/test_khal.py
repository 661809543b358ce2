"""khal: importing a calendar again brings it up to date."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from programs.khal import Khal
from programs.libraries import icalendar
from programs.made import Made
from programs.seen import Calendar

pytestmark = pytest.mark.slow


def hours(calendar: Calendar) -> dict[str, tuple[str, str]]:
    return {uid: (event.start, event.end) for uid, event in calendar.items()}


def test_importing_again_moves_events_and_makes_none_twice(steps: Mapping[str, Made], tmp_path: Path) -> None:
    khal = Khal(tmp_path)
    shown = {}
    for name, step in steps.items():
        khal.take(step.file("/support.ics"))
        shown[name] = hours(khal.shown())
    written = {name: hours(icalendar(step.file("/support.ics"))[0]) for name, step in steps.items()}
    assert shown["first"] == shown["again"] == written["first"]
    assert shown["moved"] == written["moved"] != written["first"]
    # An import takes nothing away: what was dropped has to be deleted by hand.
    assert shown["dropped"] == shown["moved"]
    assert shown["next year"] == shown["replanned"] | written["next year"]
    assert len(shown["next year"]) > len(shown["replanned"])
