"""What ``csweek cards`` prints without a plan: rows of a table, blank cards, calibration, samples."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace

from csweek.cli.options import midnight
from csweek.cli.printing.job import Options, Whose, check_names, printed, shop_of, together
from csweek.cli.sources import workspace
from csweek.cli.sources.desk import PREVIEW_OUT, put
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import tell
from csweek.cli.themes import wordless
from csweek.errors import InputError, UsageError
from csweek.model.cards import CardRow
from csweek.model.inputs import Inputs
from csweek.model.plan import Document
from csweek.names import safe_name, token
from csweek.render.cards import contact, rows
from csweek.render.cards.card import Source
from csweek.render.cards.order import WALLS, CardOrder, Cards, of_sources
from csweek.render.cards.press import Shop, page
from csweek.render.paper import calibrate, pdf
from csweek.render.paper.sheets import default_sheet, read_sheet
from csweek.render.phrases import CARDS

FOLDER = "private/organisers"
ALL = Whose(FOLDER)
"""One document of all cards."""


class Bench(NamedTuple):
    """What printing without a plan needs: what the workspace says, its folder, the folder to write into."""

    inputs: Inputs
    root: Path | None
    out: Path
    shop: Shop

    @property
    def country(self) -> str | None:
        """The country of the first site, whose paper it is."""
        return next((site.country for site in self.inputs.settings.sites.values()), None)


def run(options: Options, out: Path | None, *, dry_run: bool) -> None:
    """Make it and write it. Raises CsweekError."""
    _refuse_others(options)
    root = workspace.root(session())
    inputs = _speaking(options.locale, workspace.read(session(), root)[0])
    at = Bench(inputs, root, out or (root / "out" if root else Path.cwd() / PREVIEW_OUT), shop_of(root))
    check_names(options, root, at.shop)
    put(_documents(at, options), at.out, dry_run=dry_run)


def _speaking(asked: str | None, inputs: Inputs) -> Inputs:
    """Return the inputs in the language asked for. Raises UsageError for one that there is not."""
    if asked is None:
        return inputs
    locale = wordless.asked(asked, inputs.theme_on(session().today))
    return replace(inputs, settings=replace(inputs.settings, locale=locale))


def _refuse_others(options: Options) -> None:
    given = [name for name in ("data", "blank", "calibrate", "contact") if getattr(options, name)]
    wish = [f"--{name.replace('_', '-')}" for name, value in options.wish._asdict().items() if value]
    if len(given) > 1 or wish:
        other = wish[0] if wish else f"--{given[1]}"
        raise UsageError(f"--{given[0]} and {other} exclude each other", "take one of them")
    if options.per and not options.data:
        raise UsageError(f"--{given[0]} and --per exclude each other", "take one of them")
    if options.card in WALLS:
        hint = "take --team or --day, or a card that is handed over"
        raise UsageError(f"--card {options.card} hangs on a wall, so --{given[0]} means nothing", hint)


def _documents(at: Bench, options: Options) -> Iterator[Document]:
    if options.calibrate:
        yield _calibration(at, options)
    elif options.contact:
        yield contact.contact_sheet(at.inputs, session().today, at.shop, _about(at, "Designs of cards"))
    elif options.blank:
        found = rows.blank(options.blank, at.inputs, session().today)
        yield from _printed(at, options, "blank", _ordered(at, options, "blank", found))
    elif options.data:
        yield from _merged(at, options, options.data)


def _merged(at: Bench, options: Options, data: Path) -> Iterator[Document]:
    made = _of_table(at, options, data)
    if made.count:
        yield from _printed(at, options, safe_name(data.stem), made)
    else:
        tell(f"There are no cards in {data}: nobody in it can be thanked now.")


def _of_table(at: Bench, options: Options, data: Path) -> Cards:
    """Return the cards of a table's rows. Raises InputError with all that is wrong in it."""
    from csweek.read.card_rows import read_rows  # brings pydantic

    found, problems = read_rows(data, at.inputs.people)
    if any(problem.is_error for problem in problems):
        raise InputError(problems)
    session().warn(problems)
    name = safe_name(data.stem)
    return together(
        _merged_of(at, options, name, Whose(_folder(at, options, label), label), some)
        for label, some in rows.grouped(found, at.inputs, options.per).items()
    )


def _merged_of(at: Bench, options: Options, name: str, whose: Whose, some: Iterable[CardRow]) -> Cards:
    merged = rows.of_rows(some, at.inputs, session().today)
    return replace(_ordered(at, options, name, merged.sources, whose), absent=merged.absent)


def _folder(at: Bench, options: Options, label: str) -> str:
    """Return where cards of a sender or a team lie: with the sender, where that is somebody known."""
    own = options.per == "owner" and label in at.inputs.people.persons
    return f"private/{safe_name(label)}" if own else FOLDER


def _ordered(at: Bench, options: Options, name: str, found: Iterable[Source], whose: Whose = ALL) -> Cards:
    what = "-".join(filter(None, (name, whose.label and safe_name(whose.label))))
    stem = f"cards-{what}-{token(at.inputs.settings.calendar_id or UUID(int=0), what)}"
    person = at.inputs.people.persons.get(whose.label)
    title = " · ".join(filter(None, (CARDS.say(at.inputs.locale), person.name if person else whose.label)))
    order = CardOrder(whose.folder, stem, title, midnight(session().today), options.paper, options.card)
    return of_sources(found, at.inputs, order, at.shop)


def _printed(at: Bench, options: Options, what: str, made: Cards) -> Iterator[Document]:
    said = "" if what == "blank" else f" from {options.data}"
    yield from printed(made, said, options, at.shop, at.inputs.people)


def _calibration(at: Bench, options: Options) -> Document:
    sheet = read_sheet(options.sheet or default_sheet(at.country), at.shop.reader)
    locale = at.inputs.locale
    about = _about(at, "Calibration")
    html = page(calibrate.style(sheet, locale), calibrate.pages(sheet, locale), about)
    made = pdf.bind([pdf.lay_out(html, at.shop.reader)], about)
    return Document(f"calibrate-{sheet.name}.pdf", "application/pdf", made)


def _about(at: Bench, title: str) -> pdf.About:
    return pdf.About(title, at.inputs.settings.organisation, at.inputs.locale, midnight(session().today))
