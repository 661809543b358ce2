"""Exports, each made once for all programs; and the programs."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import pytest

from programs import khal, libraries, made, radicale, thunderbird
from programs.made import Made
from programs.radicale import Radicale
from programs.seen import Reader
from programs.thunderbird import Thunderbird

Folders = pytest.TempPathFactory
Steps = Mapping[str, Made]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: Folders) -> Made:
    return made.demo(tmp_path_factory.mktemp("demo") / "demo")


@pytest.fixture(scope="session")
def texts(tmp_path_factory: Folders) -> Made:
    return made.texts(tmp_path_factory.mktemp("texts"))


@pytest.fixture(scope="session")
def zones(tmp_path_factory: Folders) -> Made:
    return made.zones(tmp_path_factory.mktemp("zones"))


@pytest.fixture(scope="session")
def split(tmp_path_factory: Folders) -> Made:
    return made.split(tmp_path_factory.mktemp("split"))


@pytest.fixture(scope="session")
def steps(tmp_path_factory: Folders) -> Steps:
    return made.steps(tmp_path_factory.mktemp("steps"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: Folders) -> Iterator[Radicale]:
    with radicale.serving(tmp_path_factory.mktemp("radicale")) as running:
        yield running


@pytest.fixture(scope="session")
def client(tmp_path_factory: Folders) -> Iterator[Thunderbird]:
    with thunderbird.started(tmp_path_factory.mktemp("thunderbird")) as running:
        yield running


READERS = ("libical", "ical.js", "node-ical", "icalendar", "khal", "radicale", "thunderbird")


@pytest.fixture(scope="session", params=READERS)
def reader(request: pytest.FixtureRequest, tmp_path_factory: Folders) -> Reader:
    """Each of the programs that read calendars; a set of files is read once."""
    folder = tmp_path_factory.mktemp("reader")
    makers: Mapping[str, Callable[[], Reader]] = {
        "libical": lambda: libraries.libical(folder),
        "ical.js": libraries.ical_js,
        "node-ical": libraries.node_ical,
        "icalendar": lambda: libraries.icalendar,
        "khal": lambda: khal.reading(folder),
        "radicale": lambda: radicale.reading(request.getfixturevalue("server")),
        "thunderbird": lambda: thunderbird.reading(request.getfixturevalue("client")),
    }
    return cache(makers[request.param]())
