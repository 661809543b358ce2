"""What ``csweek cards`` prints without a plan: rows of a table, blank cards, calibration, samples."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from csweek.cli import workspace
from csweek.cli.desk import PREVIEW_OUT, put
from csweek.cli.printing import Told, check_names, printed, shop_of
from csweek.cli.session import session
from csweek.cli.streams import tell
from csweek.errors import InputError, UsageError
from csweek.model.basics import Day
from csweek.model.inputs import Inputs
from csweek.model.plan import Document
from csweek.names import safe_name, token
from csweek.render.cards import contact, rows
from csweek.render.cards.card import Source
from csweek.render.cards.order import CardOrder, Cards, of_sources
from csweek.render.cards.press import Shop, page
from csweek.render.paper import calibrate, pdf
from csweek.render.paper.sheets import default_sheet, read_sheet
from csweek.render.phrases import CARDS

FOLDER = "private/organisers"


class Place(NamedTuple):
    """Where it is printed: the files of the workspace, its folder, the folder for what is made."""

    inputs: Inputs
    root: Path | None
    out: Path
    shop: Shop

    @property
    def country(self) -> str | None:
        """The country of the first site, whose paper it is."""
        return next((site.country for site in self.inputs.settings.sites.values()), None)


def run(told: Told, out: Path | None, *, dry_run: bool) -> None:
    """Make it and write it. Raises CsweekError."""
    _refuse_others(told)
    root = workspace.root(session())
    inputs, _ = workspace.read(session(), root)
    at = Place(inputs, root, out or (root / "out" if root else Path.cwd() / PREVIEW_OUT), shop_of(root))
    check_names(told, root, at.shop)
    put(_documents(at, told), at.out, dry_run=dry_run)


def _refuse_others(told: Told) -> None:
    given = [name for name in ("data", "blank", "calibrate", "contact") if getattr(told, name)]
    wish = [f"--{name.replace('_', '-')}" for name, value in told.wish._asdict().items() if value]
    if len(given) > 1 or wish:
        other = wish[0] if wish else f"--{given[1]}"
        raise UsageError(f"--{given[0]} and {other} exclude each other", "take one of them")


def _documents(at: Place, told: Told) -> Iterator[Document]:
    if told.calibrate:
        yield _calibration(at, told)
    elif told.contact:
        yield contact.contact_sheet(at.inputs, session().today, at.shop, _about(at, "Designs of cards"))
    elif told.blank:
        found = rows.blank(told.blank, at.inputs, session().today)
        yield from _printed(at, told, "blank", _ordered(at, told, "blank", found))
    elif told.data:
        yield from _merged(at, told, told.data)


def _merged(at: Place, told: Told, data: Path) -> Iterator[Document]:
    """Yield the cards of a table's rows. Raises InputError with all that is wrong in it."""
    from csweek.read.card_rows import read_rows  # brings pydantic

    found, problems = read_rows(data, at.inputs.people)
    if any(problem.is_error for problem in problems):
        raise InputError(problems)
    session().warn(problems)
    merged = rows.of_rows(found, at.inputs, session().today)
    name = safe_name(data.stem)
    made = replace(_ordered(at, told, name, merged.sources), absent=merged.absent)
    if made.count:
        yield from _printed(at, told, name, made)
    else:
        tell(f"There are no cards in {data}: nobody in it can be thanked now.")


def _ordered(at: Place, told: Told, what: str, found: Iterable[Source]) -> Cards:
    stem = f"cards-{what}-{token(at.inputs.settings.calendar_id or UUID(int=0), what)}"
    title = CARDS.say(at.inputs.locale)
    order = CardOrder(FOLDER, stem, title, _stamp(session().today), told.paper, told.card)
    return of_sources(found, at.inputs, order, at.shop)


def _printed(at: Place, told: Told, what: str, made: Cards) -> Iterator[Document]:
    said = "" if what == "blank" else f" from {told.data}"
    yield from printed(made, said, told, at.shop, at.inputs.people)


def _calibration(at: Place, told: Told) -> Document:
    sheet = read_sheet(told.sheet or default_sheet(at.country), at.shop.reader)
    locale = at.inputs.locale
    about = _about(at, "Calibration")
    html = page(calibrate.style(sheet, locale), calibrate.pages(sheet, locale), about)
    made = pdf.bind([pdf.lay_out(html, at.shop.reader)], about)
    return Document(f"calibrate-{sheet.name}.pdf", "application/pdf", made)


def _about(at: Place, title: str) -> pdf.About:
    return pdf.About(title, at.inputs.settings.organisation, at.inputs.locale, _stamp(session().today))


def _stamp(day: Day) -> datetime:
    return datetime.combine(day, time(), UTC)
