"""Every design as it is printed: what stands on it, where, and how it looks."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import yaml
from msgspec.structs import replace
from paper import MOTIFS, over
from PIL import Image, ImageChops, ImageStat
from samples import INPUTS, PEOPLE, PLAN, REVISED, event

from csweek.bundled import bundled
from csweek.folder import design_names, template
from csweek.model.basics import Letters, Place
from csweek.model.inputs import Story
from csweek.model.theme import Look
from csweek.render.cards import boards
from csweek.render.cards.art import ENOUGH, contrast, readable
from csweek.render.cards.card import Sender, Source
from csweek.render.cards.compose import source
from csweek.render.cards.press import page
from csweek.render.cards.studio import DESIGNS, Studio
from csweek.render.paper import pages, pdf
from csweek.render.paper.fonts import POINT
from csweek.render.paper.sheets import Sheet, read_sheet
from csweek.render.templates import Reader

GOLDEN = Path(__file__).parent / "golden" / "cards"
ALIKE = 2.5
"""How much two pictures may differ on average, of 255: edges are smoothed a little otherwise elsewhere."""
DAY = date(2027, 10, 6)
NAMES = {"en": "Shaun O'Brien", "sv": "Åsa-Märta", "ko": "김서연 님", "bs": "Ðorđe Šarić"}
TEXTS = {
    "en": "Stayed on the line until the tow truck came, and rang back in the evening.",
    "sv": "Stannade kvar i luren tills bärgaren kom och ringde upp på kvällen.",
    "ko": "견인차가 올 때까지 전화를 끊지 않고, 저녁에 다시 전화해 주셨어요.",
    "bs": "Na vezi do dolaska vučne službe, a uveče još jedan poziv.",
}
DRAWN = 13
"""A letter higher than so many mm is the drawing itself, and cut where the drawing is."""
FOR_WALLS = ("poster", "year")
SEEN = frozenset({"thank-you", "wow", "anniversary", "hero", "year"})
"""Designs that are looked at every day; CI looks at all."""
DAILY = [one if one in SEEN else pytest.param(one, marks=pytest.mark.slow) for one in DESIGNS]
CARDS = tuple(one for one in DESIGNS if one not in FOR_WALLS)
NAMELESS = ("blank",)


def card(design: str, locale: str, look: Look, text: str | None = "", name: str | None = None) -> Source:
    """A card of a design; a text of None is no story, an empty one the language's own."""
    called = name or NAMES[locale]
    person = replace(PEOPLE.persons["p1"], called=called, locale=locale)
    told = Story(DAY, "p1", "wow", text or TEXTS[locale], Place("stories.csv", 2), "Leo")
    made = source(event("wow-note", DAY, "p1", card=design), person, INPUTS, None if text is None else told)
    return replace(made, card=replace(made.card, look=look, years=5, hour="9:30"))


def wall(design: str, locale: str, look: Look) -> Source:
    """A poster or a year of the sample organisation."""
    stories = tuple(replace(one, date=DAY) for one in INPUTS.stories)
    where = boards.Wall(PEOPLE.teams["Support"], locale, "SE", DAY)
    inputs = replace(INPUTS, stories=stories)
    made = boards.poster(where, inputs) if design == "poster" else boards.year(where, PLAN, inputs)
    return replace(made, card=replace(made.card, look=look))


def any_design(design: str, locale: str, look: Look) -> Source:
    return wall(design, locale, look) if design in FOR_WALLS else card(design, locale, look)


def printed(cards: Sequence[Source], sheet: Sheet, reader: Reader = template) -> pypdfium2.PdfDocument:
    """The PDF of cards that all fit."""
    studio = Studio(sheet, reader)
    layout = pages.Layout(sheet)
    drawn = [studio.draw(one) for one in cards]
    assert [str(problem) for problem in studio.told()] == []
    about = pdf.About("Cards", "Nordic Care", "en", REVISED)
    html = page(pages.style(layout) + studio.style(), pages.pages(layout, drawn), about)
    return pypdfium2.PdfDocument(pdf.bind([pdf.lay_out(html, studio.pictures.read)], about))


def letters(one: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float, float, float]]:
    """Every letter of a page with its left, top, right and bottom in mm."""
    text, height = one.get_textpage(), one.get_height()
    for index in range(text.count_chars()):
        letter = text.get_text_range(index, 1)
        left, bottom, right, top = text.get_charbox(index)
        if letter.strip():
            yield letter, left * POINT, (height - top) * POINT, right * POINT, (height - bottom) * POINT


def bare(text: str) -> str:
    return "".join(text.split())


def looks() -> Iterator[Look]:
    """The looks of all bundled themes, and one for every motif and kind of letters."""
    for path in sorted(bundled("themes").glob("*.yaml")):
        for said in re.findall("^look: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE):
            yield Look(**yaml.safe_load(said))
    for number, motif in enumerate(MOTIFS):
        yield Look(motif=motif, letters=list(Letters)[number % len(Letters)])


LOOKS = tuple(dict.fromkeys(looks()))
PLAIN = Look("#083b45", "#0b7285", "#f59f00", "#fffdf7", "waves")


def test_every_design_is_in_the_list_and_names_its_motif_file() -> None:
    assert sorted(design_names(None)) == sorted(DESIGNS)
    assert {look.motif for look in LOOKS} >= set(MOTIFS)
    assert len(LOOKS) > len(MOTIFS) + 8


def check(cards: Sequence[Source], sheet: Sheet) -> None:
    """Names stand there letter for letter, and no letter leaves its card's safe area."""
    size = len(sheet.boxes)
    document = printed(cards, sheet)
    for number, one in enumerate(document):
        here = cards[number * size : (number + 1) * size]
        text = bare(one.get_textpage().get_text_range())
        assert [each.card.called for each in here if shown(each) not in text] == []
        for letter, left, top, right, bottom in letters(one):
            if bottom > sheet.boxes[-1].bottom or bottom - top > DRAWN:
                continue
            assert any(
                left >= box.x + 4.9
                and right <= box.right - 4.9
                and top >= box.y + 4.9
                and bottom <= box.bottom - 4.9
                for box in sheet.boxes
            ), (letter, left, top, number)


def shown(one: Source) -> str:
    return "" if one.template in NAMELESS else bare(one.card.called)


@pytest.mark.parametrize("locale", ["ko"])
def test_names_stand_letter_for_letter_within_the_safe_area(locale: str) -> None:
    check([card(design, locale, PLAIN) for design in CARDS], read_sheet("a4-4up", template))


@pytest.mark.parametrize("design", FOR_WALLS)
def test_pages_for_the_wall_stay_within_the_safe_area(design: str) -> None:
    check([wall(design, locale, PLAIN) for locale in NAMES], read_sheet("letter-1up", template))


@pytest.mark.slow
@pytest.mark.parametrize("locale", NAMES)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.motif}-{look.accent}")
def test_every_design_in_every_look_and_language(look: Look, locale: str) -> None:
    check([card(design, locale, look) for design in CARDS], read_sheet("letter-4up", template))
    check([wall(design, locale, look) for design in FOR_WALLS], read_sheet("a4-1up", template))


@pytest.mark.slow
@pytest.mark.parametrize("design", CARDS)
def test_long_and_short_names_with_and_without_a_message(design: str) -> None:
    long, one = "Maximiliane-Alexandrina von Hohenlohe", "Å"
    made = [
        card(design, "sv", PLAIN, text, name) for name in (long, one) for text in (None, "", "Tack. " * 60)
    ]
    check(made, read_sheet("a4-4up", template))


@pytest.mark.parametrize("design", sorted(set(CARDS) - {"blank", "day-after", "skip-level", "tent"}))
def test_a_message_of_600_characters_is_whole_or_told_to_be_too_long(design: str) -> None:
    text = (TEXTS["sv"] + " ") * 9
    sheet = read_sheet("a4-4up", template)
    studio = Studio(sheet, template)
    studio.draw(card(design, "sv", PLAIN, text[:600]))
    assert studio.told() == ()
    studio.draw(card(design, "sv", PLAIN, text * 3))
    (problem,) = studio.told()
    assert "is too long for the card" in problem.message


def test_what_is_not_fitted_wraps_and_leaves_less_to_the_story() -> None:
    def long(one: Source) -> Source:
        its = replace(
            one.card,
            sender=Sender("Maximiliane-Alexandrina von Hohenlohe", "Head of Service and Claims, Nordics"),
            organisation="Nordic Care International Customer Services AB",
            motto="Svar som håller från veckans första timme till den sista",
        )
        return replace(one, card=its)

    made = [long(card(design, "sv", PLAIN, "Ringde upp samma kväll. " * 12)) for design in CARDS]
    check(made, read_sheet("letter-4up", template))


def test_nothing_is_praised_without_a_reason() -> None:
    cards = [card(design, "en", PLAIN, None) for design in CARDS]
    for one in printed(cards, read_sheet("a4-4up", template)):
        text = one.get_textpage().get_text_range()
        assert "!" not in text
        assert not {"great", "outstanding", "amazing", "best", "excellent"} & set(text.casefold().split())


def small(document: pypdfium2.PdfDocument) -> Image.Image:
    """A page as a picture of 240 grey dots in width."""
    one = document[0]
    picture = one.render(scale=480 / one.get_width()).to_pil().convert("L")
    shrunk: Image.Image = picture.resize(
        (240, round(240 * picture.height / picture.width)), Image.Resampling.BOX
    )
    return shrunk


@pytest.mark.parametrize("design", DAILY)
def test_a_design_looks_as_it_was_looked_at(design: str, request: pytest.FixtureRequest) -> None:
    sheet = read_sheet("a4-1up" if design in {"hero", *FOR_WALLS} else "a6-1up", template)
    made = small(printed([any_design(design, "sv", PLAIN)], sheet))
    path = GOLDEN / f"{design}.png"
    if request.config.getoption("--renew-golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        made.quantize(16).save(path, optimize=True)
    kept = Image.open(io.BytesIO(path.read_bytes())).convert("L")
    assert kept.size == made.size
    assert ImageStat.Stat(ImageChops.difference(kept, made)).mean[0] < ALIKE


def test_coloured_text_can_be_read_in_every_look() -> None:
    for look in LOOKS:
        for paper in ("#ffffff", look.paper):
            assert contrast(look.ink, paper) >= ENOUGH
        assert contrast(readable(look.accent, look.ink), "#ffffff") >= ENOUGH


@pytest.mark.slow
def test_looks_differ_at_a_glance() -> None:
    sheet = read_sheet("a6-1up", template)
    pictures = [small(printed([card("thank-you", "en", look)], sheet)) for look in LOOKS[-len(MOTIFS) :]]
    for number, one in enumerate(pictures):
        for other in pictures[:number]:
            assert ImageStat.Stat(ImageChops.difference(one, other)).mean[0] > ALIKE


@pytest.mark.slow
@pytest.mark.parametrize("motif", MOTIFS)
def test_each_of_the_five_days_has_its_share_of_the_drawing(motif: str) -> None:
    sheet = read_sheet("a6-1up", template)
    look = replace(PLAIN, motif=motif)
    for seed in (0, 5, 9):
        made = [card(f"csw-{day}", "en", look) for day in range(1, 6)]
        document = printed([replace(one, card=replace(one.card, seed=seed)) for one in made], sheet)
        for day, one in enumerate(document, 1):
            picture = one.render(scale=1).to_pil().convert("L")
            millimetre = picture.width / 105
            band = picture.crop((0, 0, picture.width, round(29 * millimetre)))
            drawn = sum(band.histogram()[:245]) / (band.width * band.height)
            assert drawn > 0.002, (day, seed)


LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="3"><path d="M0 0h9v3H0z" fill="#f0f"/></svg>'
)
LINK = "https://forms.nordic.example/week?team=support"


def of_magenta(one: pypdfium2.PdfPage) -> tuple[float, ...] | None:
    """Where a page is magenta, in mm."""
    picture = one.render(scale=200 / 72).to_pil().convert("RGB")
    red, green, blue = (channel.point(lambda value: 255 * (value > 200)) for channel in picture.split())
    box = ImageChops.logical_and(
        ImageChops.logical_and(red.convert("1"), blue.convert("1")), ImageChops.invert(green).convert("1")
    ).getbbox()
    return box and tuple(side * 25.4 / 200 for side in box)


@pytest.mark.slow
@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_bears_the_logo_within_the_safe_area(design: str) -> None:
    reader = over({"files/logo.svg": LOGO})
    for name in ("a4-1up",) if design in FOR_WALLS else ("a4-1up", "a6-1up", "avery-5371"):
        sheet = read_sheet(name, template)
        box = of_magenta(printed([any_design(design, "sv", PLAIN)], sheet, reader)[0])
        assert box is not None, name
        left, top, right, bottom = box
        place = sheet.boxes[0]
        edge = sheet.quiet - 0.3
        assert left > place.x + edge, name
        assert top > place.y + edge, name
        assert right < place.right - edge, name
        assert bottom < place.bottom - edge, name


@pytest.mark.parametrize(("design", "wanted"), [("hero", 1), ("anniversary", 1), ("poster", 2), ("tent", 0)])
def test_photos_stand_on_what_is_about_somebody(design: str, wanted: int) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (60, 80), "#ff00ff").save(photo, "PNG")
    one = any_design(design, "sv", PLAIN)
    praises = tuple(replace(praise, photo="photos/a.png") for praise in one.card.praises * 2)
    person = PEOPLE.persons["p1"]
    one = replace(one, stories=one.stories * 2, praised=(person, person))
    one = replace(one, card=replace(one.card, photo="photos/a.png", praises=praises))
    files = {"files/photos/a.png": photo.getvalue()}
    page = printed([one], read_sheet("a4-1up", template), lambda name: files.get(name) or template(name))[0]
    kinds = [each.type for each in page.get_objects(max_depth=5)]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == wanted
    assert (of_magenta(page) is not None) is bool(wanted)


@pytest.mark.parametrize("sheet", ["a6-1up", pytest.param("a4-1up", marks=pytest.mark.slow), "avery-5371"])
@pytest.mark.parametrize("design", ["skip-level", pytest.param("wow", marks=pytest.mark.slow)])
def test_a_link_is_a_qr_code_that_is_read_as_it_was_written(design: str, sheet: str) -> None:
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp reads QR codes: pip install -e '.[dev]'")
    one = card(design, "ko", PLAIN)
    page = printed([replace(one, card=replace(one.card, link=LINK))], read_sheet(sheet, template))[0]
    grey = page.render(scale=300 / 72).to_pil().convert("L")
    assert [code.text for code in zxingcpp.read_barcodes(grey)] == [LINK]


@pytest.mark.slow
def test_the_organisations_form_stands_on_cards_that_ask() -> None:
    zxingcpp = pytest.importorskip("zxingcpp", reason="as above")
    found = {}
    for design in CARDS:
        one = card(design, "en", PLAIN)
        page = printed([replace(one, card=replace(one.card, form=LINK))], read_sheet("a6-1up", template))[0]
        found[design] = len(zxingcpp.read_barcodes(page.render(scale=3).to_pil().convert("L")))
    assert {design for design, count in found.items() if count} == {"skip-level", "day-after"}


def test_templates_are_short_enough_to_be_read_in_two_minutes() -> None:
    for path in (bundled("templates") / "cards").glob("*.html"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 60, path.name


def test_the_design_in_the_docs_works_as_it_stands() -> None:
    lines = (Path(__file__).parents[1] / "docs" / "cards.md").read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("    {# Our thanks"))
    html = "\n".join(line[4:] for line in lines[start:] if line.startswith("    "))
    studio = Studio(read_sheet("a4-4up", template), over({"cards/ours.html": html}))
    assert "Lugn och balans" in studio.draw(card("ours", "sv", PLAIN))["card"]
    assert studio.told() == ()
