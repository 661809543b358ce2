"""Radicale: a whole calendar put in place of the one before it."""

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

import pytest

from programs import libraries
from programs.made import TEXTS, Made
from programs.radicale import Radicale

pytestmark = pytest.mark.slow


def test_a_calendar_put_again_follows_the_plan(server: Radicale, steps: Mapping[str, Made]) -> None:
    etags = {}
    for name, step in steps.items():
        file = step.file("/support.ics")
        assert server.put("follow", file).status == HTTPStatus.CREATED
        (found,) = server.report("follow")
        assert found.events == libraries.icalendar(file)[0]
        etags[name] = dict(found.etags)
    assert etags["again"] == etags["first"]
    assert len(set(etags["moved"].items()) - set(etags["again"].items())) == 1
    assert set(etags["moved"]) == set(etags["again"])
    assert set(etags["moved"].items()) > set(etags["dropped"].items())


def test_the_etag_of_a_calendar_changes_when_an_event_does(
    server: Radicale, steps: Mapping[str, Made]
) -> None:
    etags = {}
    for name in ("first", "again", "moved"):
        server.put("etag", steps[name].file("/support.ics"))
        answer = server.get("etag")
        assert answer.status == HTTPStatus.OK
        etags[name] = answer.headers["ETag"]
    assert etags["first"] == etags["again"] != etags["moved"]


def test_what_it_gives_back_is_what_it_got(server: Radicale, texts: Made, tmp_path: Path) -> None:
    file = texts.file("/private/bo/")
    server.put("texts", file)
    back = tmp_path / "back.ics"
    back.write_bytes(server.get("texts").content)
    (given, got) = libraries.icalendar(file, back)
    assert got == given
    assert len(got) > len(TEXTS)
