"""Templates tried with sample data: shown, or only looked at for mistakes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from csweek import folder
from csweek.cli.options import midnight
from csweek.cli.printing.job import shop_of
from csweek.cli.sources import workspace
from csweek.cli.sources.desk import PREVIEW_OUT, put
from csweek.cli.terminal.session import session
from csweek.errors import CsweekError, Problem, UsageError
from csweek.model.basics import Day, Place
from csweek.model.inputs import Inputs
from csweek.model.plan import Document
from csweek.names import guessed, safe_name
from csweek.render.cards.order import CardOrder, Paper, of_sources
from csweek.render.cards.press import Shop
from csweek.render.cards.specimen import specimen
from csweek.render.paper.sheets import read_sheet

FOLDER = "samples"


class Trying(Struct, frozen=True, dict=True):
    """A reader in which one file stands for a template of cards, wherever it lies."""

    root: Path | None
    name: str
    data: bytes

    def __call__(self, name: str) -> bytes | None:
        """Return the file for its name, anything else as ever."""
        return self.data if name == self.name else folder.template(name, self.root)


def show(file: Path, sheet: str, form: Literal["pdf", "png", "html"], out: Path | None) -> None:
    """Write a template's sample. Raises CsweekError for what is wrong in it."""
    root = workspace.root(session())
    inputs, _ = workspace.read(session(), root)
    design, shop = _found(file, root)
    read_sheet(sheet, shop.reader, folder.template_names("sheets", ".yaml", root))
    where = out or (root / "out" if root else Path.cwd() / PREVIEW_OUT)
    put(_made(design, inputs, shop, Paper(sheet, form=form)), where, dry_run=False)


def _found(file: Path, root: Path | None) -> tuple[str, Shop]:
    """Return the design that a file or a name means, and what prints it."""
    shop = shop_of(root)
    if file.suffix == ".html" and file.is_file():
        reader = Trying(root, f"cards/{file.stem}.html", file.read_bytes())
        return file.stem, Shop(reader, shop.fonts, guarded=True)
    names = folder.design_names(root)
    if str(file) in names:
        return str(file), shop
    otherwise = "name a file such as templates/cards/ours.html, or a card"
    hint = guessed(file.name.removesuffix(".html"), names, otherwise)
    raise UsageError(f"there is no card and no file '{file}'", hint)


def _made(design: str, inputs: Inputs, shop: Shop, paper: Paper) -> Iterator[Document]:
    day = session().today
    order = CardOrder(FOLDER, safe_name(design), f"Sample of {design}", midnight(day), paper)
    yield from of_sources([specimen(design, inputs, day)], inputs, order, shop).documents(shop)


def problems(inputs: Inputs | None, root: Path) -> Iterator[Problem]:
    """Yield what is wrong in the workspace's own sheets and cards."""
    names = folder.design_names(root)
    for name in folder.own_templates("sheets", root):
        yield from _sheet_problems(Path(name), root)
    day = session().today
    for path in map(Path, folder.own_templates("cards", root)):
        if inputs and path.suffix == ".html" and path.parent.name == "cards" and path.stem in names:
            yield from _card_problems(path.stem, inputs, shop_of(root), day)


def _sheet_problems(path: Path, root: Path) -> Iterator[Problem]:
    if path.suffix == ".yaml":
        try:
            read_sheet(path.stem, shop_of(root).reader)
        except CsweekError as error:
            yield from error.problems


def _card_problems(design: str, inputs: Inputs, shop: Shop, day: Day) -> Iterator[Problem]:
    order = CardOrder(FOLDER, "sample", "", midnight(day), Paper("a4-4up"))
    try:
        for _ in of_sources([specimen(design, inputs, day)], inputs, order, shop).documents(shop):
            pass
    except CsweekError as error:
        yield from (
            one if one.place else Problem(Place(f"templates/cards/{design}.html"), one.message, one.hint)
            for one in error.problems
        )
