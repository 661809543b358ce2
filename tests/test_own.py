import io
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from msgspec.structs import replace
from paper import pages
from test_order import ORDER, SHOP, for_each, ordered, with_people

from csweek.errors import CsweekError, InputError
from csweek.folder import template
from csweek.render.cards.order import Cards, Paper, cards
from csweek.render.cards.press import Shop
from csweek.render.cards.unprintable import BOX
from csweek.render.paper import fonts, own

LETTERS = "\u05d0\u05d1"
"""Two Hebrew letters, which no packaged font has."""


def square() -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 700), (500, 700), (500, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def made_font() -> bytes:
    """A font of two letters, each 600 of 1,000 units wide."""
    names = [".notdef", *(f"uni{ord(letter):04X}" for letter in LETTERS)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): f"uni{ord(letter):04X}" for letter in LETTERS})
    builder.setupGlyf(dict.fromkeys(names, square()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Trial", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


FONT = made_font()


def reader(name: str) -> bytes | None:
    return FONT if name == "fonts/Trial.ttf" else template(name)


TRIAL = Shop(reader, own.read_own(["fonts/Trial.ttf"], reader))


def test_a_font_of_the_workspace_draws_what_no_packaged_one_has() -> None:
    assert own.missing(f"Å{LETTERS}", TRIAL.fonts) == ()
    assert own.missing(f"{LETTERS}\u05d2", TRIAL.fonts) == ("\u05d2",)
    plain = fonts.width("Å", fonts.SANS, 1)
    assert own.width_of(f"Å{LETTERS}", fonts.SANS, TRIAL.fonts) == pytest.approx(plain + 1.2 * fonts.POINT)


def test_a_name_is_printed_with_it() -> None:
    made = ordered(with_people({"x": (LETTERS, "en")}), shop=TRIAL)
    (document,) = made.documents(TRIAL)
    (page,) = pages(document.content)
    assert set(LETTERS) <= {letter for letter, _, _ in page.letters}


DRAWING = """
import sys
from datetime import UTC, datetime
from csweek.render.paper import pdf
font = open(sys.argv[1], "rb").read()
def page(family, letters, sizes):
    return "".join(f'<p style="font:{10 + n / 100}pt {family}">{letters}' for n in range(sizes))
face = "<style>@font-face{font-family:Trial;src:url('fonts/Trial.ttf')}</style>"
pages = [face + page("Trial", "\u05d0", 100), page("Fira Sans", "a", 240)]
print(len(pdf.write_pdf(pages, pdf.About("", "", "en", datetime(2027, 1, 4, tzinfo=UTC)), lambda name: font)))
"""


def test_a_process_that_drew_it_in_many_sizes_ends_well(tmp_path: Path) -> None:
    file = tmp_path / "Trial.ttf"
    file.write_bytes(FONT)
    done = subprocess.run([sys.executable, "-c", DRAWING, file], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert int(done.stdout) > 1000


@pytest.mark.parametrize("data", [b"name,from\n", FONT[:-200]])
def test_what_is_no_font_or_cut_off_is_told(data: bytes) -> None:
    with pytest.raises(CsweekError, match=r"fonts/x\.ttf: error: this is not a font that csweek can read"):
        own.read_own(["fonts/x.ttf"], lambda _: data)


def boxed(name: str) -> Cards:
    inputs = with_people({"x": (name, "en"), "y": ("Åsa", "sv")})
    order = replace(ORDER, paper=Paper(boxes=True))
    return cards(for_each(inputs), inputs, order, SHOP)


def test_one_name_that_cannot_be_printed_stops_the_order_by_name_or_becomes_boxes() -> None:
    with pytest.raises(InputError, match=r"no font has the character .* in the name of Ann"):
        ordered(with_people({"x": ("Ann \U0001f600", "en"), "y": ("Åsa", "sv")}))
    made = boxed("Ann \U0001f600")
    (warning,) = made.warnings
    assert "a box stands for it" in warning.message
    assert not warning.is_error
    assert [one.card.called for batch in made.batches for one in batch.sources] == [f"Ann {BOX}", "Åsa"]
