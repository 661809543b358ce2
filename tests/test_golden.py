"""Every bundled theme as every output, compared with files that were looked at: pytest --renew-golden -n0."""

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pypdf
import pytest
import samples
from announced import announced, room_of
from msgspec.structs import replace

from csweek.folder import template, theme_names
from csweek.model.inputs import Inputs
from csweek.model.plan import Directory, Event, Plan
from csweek.model.theme import ThemeTurn
from csweek.plan.build import build
from csweek.plan.when.year import iso_year
from csweek.read.theme import read_theme
from csweek.render import tables
from csweek.render.announcements.kinds import Ask
from csweek.render.calendars import calendars
from csweek.render.cards.order import CardOrder, Paper, cards
from csweek.render.cards.press import Shop
from csweek.render.paper import pdf
from csweek.render.screen.days import week
from csweek.render.screen.theme import page
from csweek.render.screen.year import View, load_of, year

GOLDEN = Path(__file__).parent / "golden"
FULL = ("base", "service-as-a-power")
"""Themes held to every output; the others to their page alone."""
TODAY = date(2026, 11, 21)
CSW = date(2027, 10, 4)


def planned(theme: str) -> tuple[Inputs, Plan]:
    known, problems = read_theme(theme, None)
    assert known
    assert not problems
    inputs = replace(samples.INPUTS, themes=(ThemeTurn(known),))
    return inputs, build(
        inputs, iso_year(2027), TODAY, None, samples.REVISED, samples.CALENDAR_ID
    ).revision.plan


def few(plan: Plan) -> Plan:
    """The first week and CSW week: enough to see every field, little enough to be read."""
    return replace(plan, events=tuple(e for e in plan.events if e.week in {"2027-W01", "2027-W40"}))


def outputs(theme: str) -> Iterator[tuple[str, str]]:
    """Every output by file name."""
    inputs, plan = planned(theme)
    directory = Directory.of(inputs, CSW)
    view = View(plan.year, directory, CSW)
    counts = load_of(plan.year, plan.events)
    held = [event for event in plan.live if event.week == "2027-W40"]
    yield "year.txt", _screen(year(view, counts))
    yield "week.txt", _screen(week(view, CSW, held))
    yield "plan.csv", tables.events_csv(few(plan), directory).decode("utf-8-sig")
    shown = json.loads(tables.events_json(few(plan), directory))
    yield "plan.json", json.dumps(shown, ensure_ascii=False, indent=1) + "\n"
    for document in calendars(few(plan), inputs, ("everyone", "teams", "owners")):
        yield document.name.replace("/", "-"), document.content.decode("utf-8")
    for name, text in announced(room_of(plan, inputs, CSW), "weekly", Ask(CSW), ("txt",)).items():
        yield name.rpartition("/")[2], text
    yield "cards.txt", _cards(held, inputs)


def _screen(lines: Iterator[str]) -> str:
    return "".join(f"{click.unstyle(line).rstrip()}\n" for line in lines)


def _cards(events: list[Event], inputs: Inputs) -> str:
    order = CardOrder("private/organisers", "cards", "Cards", samples.REVISED, Paper("a4-4up"))
    made = cards(events, inputs, order, Shop(template))
    if not pdf.available():
        pytest.skip("cards come out as HTML here: PlutoPrint has no wheel for this platform")
    documents = made.documents(Shop(template))
    pages = (page for document in documents for page in pypdf.PdfReader(io.BytesIO(document.content)).pages)
    return "\f\n".join(f"{page.extract_text()}\n" for page in pages)


@pytest.mark.parametrize("theme", FULL)
def test_every_output_is_as_it_was_looked_at(theme: str, request: pytest.FixtureRequest) -> None:
    folder = GOLDEN / theme
    made = dict(outputs(theme))
    if request.config.getoption("--renew-golden"):
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        for name, text in made.items():
            (folder / name).write_bytes(text.encode("utf-8"))
    assert {path.name for path in folder.iterdir()} == set(made)
    for name, text in made.items():
        assert (folder / name).read_bytes().decode("utf-8") == text, name


@pytest.mark.parametrize("theme", theme_names(None))
def test_every_themes_page_is_as_it_was_looked_at(theme: str, request: pytest.FixtureRequest) -> None:
    known, _ = read_theme(theme, None)
    assert known
    file = GOLDEN / "themes" / f"{theme}.txt"
    made = "\n".join(_screen(page(known, locale, 100)) for locale in ("en", "sv", "ko", "bs"))
    if request.config.getoption("--renew-golden"):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(made.encode("utf-8"))
    assert file.read_bytes().decode("utf-8") == made
