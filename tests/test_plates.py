"""Drawings that many cards share: each stands in the PDF once, and looks as if every card had its own."""

import io

import pikepdf
import pytest
from markupsafe import Markup
from msgspec.structs import replace
from paper import seen
from PIL import Image, ImageChops, ImageStat
from samples import INPUTS, REVISED
from test_order import DAY, SHOP

from csweek.folder import template
from csweek.render.cards.order import WALLS, CardOrder, Paper, of_sources
from csweek.render.cards.specimen import specimen
from csweek.render.cards.studio import DESIGNS
from csweek.render.paper import pdf
from csweek.render.paper.plates import Plate, Plates

DRAWING = Markup(
    '<circle cx="20" cy="10" r="6" fill="#f00"/><path d="M0 0L40 20" stroke="#00f" stroke-width="1"/>'
    '<text x="2" y="18" font-family="Fira Sans" font-size="6">Åk</text>'
)
SIZE = (40.0, 20.0)


PAGE = (
    "<style>@page{{size:100mm 80mm;margin:0}}html,body{{margin:0}}"
    "section{{height:80mm;position:relative;overflow:hidden;break-after:page}}"
    "section:last-child{{break-after:auto}}svg{{display:block;width:100%;height:100%}}</style>{}"
)


def document(shown: Markup, around: str = "{}") -> str:
    """On two pages the same drawing upright, smaller, on its head, cut by an outline, and half of it."""
    outline = '<defs><clipPath id="c"><circle cx="20" cy="10" r="8"/></clipPath></defs>'
    places = (
        ("left:5mm;top:5mm;width:40mm;height:20mm", "0 0 40 20", around.format(shown)),
        ("left:50mm;top:5mm;width:20mm;height:10mm", "0 0 40 20", shown),
        ("left:5mm;top:30mm;width:40mm;height:20mm;transform:rotate(180deg)", "0 0 40 20", shown),
        (
            "left:50mm;top:30mm;width:40mm;height:20mm",
            "0 0 40 20",
            f'{outline}<g clip-path="url(#c)">{shown}</g>',
        ),
        ("left:5mm;top:55mm;width:20mm;height:20mm", "20 0 20 20", shown),
    )
    drawn = "".join(
        f'<div style="position:absolute;overflow:hidden;{at}"><svg viewBox="{part}">{one}</svg></div>'
        for at, part, one in places
    )
    return PAGE.format(f"<section>{drawn}</section>" * 2)


def put_in(around: str = "{}") -> bytes:
    plates = Plates(template)
    return plates.lay_out(document(plates.stand_in(Plate(DRAWING, *SIZE)), around), template)


def drawn(around: str = "{}") -> bytes:
    return pdf.lay_out(document(DRAWING, around), template)


def streams(data: bytes, kind: str) -> list[bytes]:
    with pikepdf.open(io.BytesIO(data)) as document:
        found = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
        return [one.read_bytes() for one in found if one.get("/Subtype") == kind]


def difference(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def test_a_drawing_looks_as_if_it_were_drawn_where_it_is_shown() -> None:
    made = put_in()
    for page in (0, 1):
        assert difference(seen(made, page), seen(drawn(), page)) < 0.1
    assert difference(seen(made), Image.new("RGB", seen(made).size, "white")) > 5


def test_it_stands_in_the_pdf_once() -> None:
    made = put_in()
    assert streams(made, "/Image") == []
    assert len([one for one in streams(made, "/Form") if b"1 0 0 rg" in one]) == 1
    assert len(made) < len(drawn())


@pytest.mark.parametrize("around", ['<g opacity=".5">{}</g>', '<g opacity=".5" clip-path="url(#c)">{}</g>'])
def test_a_drawing_within_what_is_painted_as_a_whole_looks_as_it_should(around: str) -> None:
    assert difference(seen(put_in(around)), seen(drawn(around))) < 0.1


def test_pictures_of_the_users_own_stay_as_they_are() -> None:
    photo = io.BytesIO()
    Image.new("RGB", (5, 1), "#00ff00").save(photo, "PNG")
    plates = Plates(template)
    shown = plates.stand_in(Plate(DRAWING, *SIZE))
    own = "<img src='files/a.png' style='display:block;width:50mm;height:20mm'>"
    made = plates.lay_out(PAGE.format(f"<svg>{shown}</svg>{own}"), lambda _: photo.getvalue())
    assert streams(made, "/Image") == [bytes((0, 255, 0)) * 5]


def test_without_drawings_a_document_stays_as_it_is() -> None:
    assert Plates(template).lay_out("<p>Å</p>", template) == pdf.lay_out("<p>Å</p>", template)


def test_no_bundled_design_needs_more_than_its_drawings_put_in() -> None:
    for sheet in ("a6-1up", "avery-5371"):
        order = CardOrder("o", "cards", "Cards", REVISED, Paper(sheet))
        sources = [specimen(design, INPUTS, DAY) for design in DESIGNS if design not in WALLS]
        (made,) = of_sources(sources, INPUTS, order, SHOP).documents(SHOP)
        assert streams(made.content, "/Image") == []
        assert len(streams(made.content, "/Form")) > 0


@pytest.mark.parametrize("design", ["thank-you", "welcome", "csw-2", "tent", "anniversary"])
def test_cards_look_as_their_previews_do(design: str) -> None:
    order = CardOrder("o", "cards", "Cards", REVISED, Paper("a6-1up"))
    source = [specimen(design, INPUTS, DAY)]
    (printed,) = of_sources(source, INPUTS, order, SHOP).documents(SHOP)
    preview = replace(order, paper=Paper("a6-1up", form="png"))
    (picture,) = of_sources(source, INPUTS, preview, SHOP).documents(SHOP)
    drawn = Image.open(io.BytesIO(picture.content)).convert("RGB")
    assert difference(seen(printed.content, dots=110).resize(drawn.size), drawn) < 3
