"""Thunderbird: a subscription follows the plan, an import does not."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from csweek.icscheck import check
from programs.libraries import icalendar
from programs.made import Made
from programs.thunderbird import Thunderbird
from programs.web import published

pytestmark = pytest.mark.slow


def test_a_subscription_follows_every_change(
    client: Thunderbird, steps: Mapping[str, Made], tmp_path: Path
) -> None:
    shelf = tmp_path / "team.ics"
    with published(tmp_path) as feed:
        for step in steps.values():
            file = step.file("/support.ics")
            changed = not shelf.exists() or shelf.read_bytes() != file.read_bytes()
            shelf.write_bytes(file.read_bytes())
            asked = len(feed.answers)
            if asked:
                client.refresh("subscribed")
            else:
                client.subscribe("subscribed", feed.url("team.ics"))
            assert feed.answers[asked:] == [("/team.ics", 200 if changed else 304)]
            assert client.shown("subscribed") == icalendar(file)[0]


def test_a_calendar_that_cannot_be_had_for_a_while_stays(
    client: Thunderbird, steps: Mapping[str, Made], tmp_path: Path
) -> None:
    file = steps["first"].file("/support.ics")
    shelf = tmp_path / "team.ics"
    shelf.write_bytes(file.read_bytes())
    with published(tmp_path) as feed:
        client.subscribe("missed", feed.url("team.ics"))
        shelf.unlink()
        client.refresh("missed")
        assert feed.answers[-1] == ("/team.ics", 404)
    assert client.shown("missed") == icalendar(file)[0]


@pytest.mark.parametrize("share", [0, 0.5])
def test_a_file_cut_short_would_empty_a_calendar(
    client: Thunderbird, steps: Mapping[str, Made], tmp_path: Path, share: float
) -> None:
    whole = steps["first"].file("/support.ics").read_bytes()
    shelf = tmp_path / "team.ics"
    shelf.write_bytes(whole)
    name = f"cut to {share}"
    with published(tmp_path) as feed:
        client.subscribe(name, feed.url("team.ics"))
        assert len(client.shown(name)) == whole.count(b"BEGIN:VEVENT")
        shelf.write_bytes(whole[: int(len(whole) * share)])
        client.refresh(name)
    assert client.shown(name) == {}
    assert any(problem.is_error for problem in check(shelf.read_bytes(), shelf.name))


def test_an_import_refuses_what_it_knows(client: Thunderbird, steps: Mapping[str, Made]) -> None:
    first, moved = (steps[step].file("/support.ics") for step in ("first", "moved"))
    assert client.take("imported", first) == "taken"
    assert client.take("imported", first) == "known"
    assert client.take("imported", moved) == "known"
    assert client.shown("imported") == icalendar(first)[0]
    assert client.take("imported anew", moved) == "taken"
    assert client.shown("imported anew") == icalendar(moved)[0]
