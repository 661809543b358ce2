"""Draws cards for one kind of sheet: template, motif, and type that fits.

Lengths in templates are in units: one is a millimetre on the card that designs are drawn for, and
``1rem`` in CSS. On a larger card everything grows, but the lines for the hand stay 8 mm apart.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace

from csweek import names
from csweek.errors import Problem, UsageError
from csweek.model.cards import link_fault
from csweek.model.theme import Look
from csweek.render.cards import art, wording
from csweek.render.cards.card import Card, Source
from csweek.render.cards.typeset import TOOLS
from csweek.render.paper import fonts
from csweek.render.paper.fit import Fit, Type, fit
from csweek.render.paper.own import OwnFont, stack
from csweek.render.paper.own import faces as font_faces
from csweek.render.paper.pictures import Pictures, qr
from csweek.render.paper.plates import Plate, Plates
from csweek.render.paper.sheets import Sheet
from csweek.render.paper.sides import Face
from csweek.render.templates import Reader, Templates

DESIGNED = (105.0, 130.0)
"""Width and height in mm of the smallest card that designs are drawn for."""
SMALL = (85.0, 50.0)
"""The same for small forms: ``NAME-small.html``, and ``small.html`` for designs that have none."""
_SMALL_GROWS = 1.3
"""How much larger the type of a small card gets at most; a larger card has more room instead."""
COVER = "cover"
"""The face with the drawing: the front of a folded card, the back of a flat one."""
PAPER = "#ffffff"
"""What is printed on: a tint all over would eat ink and end at the printer's white margin."""
HAND_LINE = 8.0
"""From one line for the hand to the next, in mm on any card."""
STYLES = ("card", "type", "picture", "hand")
"""Stylesheets that all designs share; a design's own one comes after them."""
DESIGNS = (
    "anniversary", "blank", "csw-1", "csw-2", "csw-3", "csw-4", "csw-5", "day-after", "goodbye", "hero",
    "poster", "skip-level", "tent", "thank-you", "welcome", "welcome-back", "wow", "year",
)  # fmt: skip
SEEN = 2.0
"""Contrast from which on a part of a drawing is seen on its ground."""
FIELDS = {"called": "name", "by": "storyteller's name"}
"""What people call a field of a card where that is not its name."""


class Box(Struct, frozen=True):
    """The card as a template sees it, in units.

    ``quiet`` keeps free of printers' white margins, ``bleed`` is how far colour runs over the edge (0:
    colour ends within), ``hand`` the distance of the lines for the hand.
    """

    width: float
    height: float
    quiet: float
    hand: float
    bleed: float = 0.0


class _Drawing(NamedTuple):
    """What a motif is drawn from."""

    look: Look
    width: float
    height: float
    seed: int
    letter: str
    lang: str


class Studio:
    """What the cards of one kind of sheet share; what does not fit is collected in ``problems``."""

    def __init__(
        self, sheet: Sheet, reader: Reader, own: Sequence[OwnFont] = (), plates: Plates | None = None
    ) -> None:
        self.problems: list[Problem] = []
        self._unit, self._small = _unit(sheet)
        lengths = (*sheet.face, sheet.quiet, HAND_LINE, sheet.bleed)
        self._box = Box(*(length / self._unit for length in lengths))
        self._ruled = Markup("<i></i>") * int(sheet.face[1] / HAND_LINE)
        self._reader = reader
        self._styles: dict[str, str] = {}
        self._art: dict[_Drawing, Markup] = {}
        self._attributes: dict[tuple[Look, str], str] = {}
        self._own = own
        self._plates = plates
        self.pictures = Pictures(reader)
        self._logo = self.pictures.logo()
        self._templates = Templates(reader, {**TOOLS, "stack": self._stack})

    def told(self) -> tuple[Problem, ...]:
        """Return what was wrong since it was asked last."""
        found = (*self.problems, *self.pictures.problems)
        self.problems.clear()
        self.pictures.problems.clear()
        return found

    def draw(self, one: Source, faces: Sequence[Face] = ("card",)) -> dict[Face, str]:
        """Return the HTML of these faces of a card."""
        return {face: self._draw(one, COVER if face == "cover" else one.template) for face in faces}

    def _draw(self, one: Source, design: str) -> str:
        name = self._template(design)
        if name not in self._styles:
            self._styles[name] = self._read_style(name)
        context = {
            "card": one.card,
            "box": self._box,
            "motif": partial(self._motif, one.card),
            "fit": partial(self._fit, one),
            "ruled": self._ruled,
            "say": partial(wording.label, one.card.lang),
            "logo": self._logo,
            "picture": partial(self._picture, one),
            "photo": partial(self._photo, one),
            "qr": partial(self._qr, one),
        }
        body = self._templates.render(f"cards/{name}.html", context)
        look, lang = one.card.look, one.card.lang
        if (look, lang) not in self._attributes:
            self._attributes[look, lang] = self._attributes_of(look, lang)
        return f'<article class="card {name}" {self._attributes[look, lang]}>{body}</article>'

    def _template(self, design: str) -> str:
        """Return the design as it is drawn at this size: on small cards its small form, else `small`."""
        if not self._small or design == COVER or self._reader(f"cards/{design}.html") is None:
            return design
        own = f"{design}-small"
        return own if self._reader(f"cards/{own}.html") is not None else "small"

    def _stack(self, face: str, lang: str) -> str:
        return stack(face, lang, self._own)

    def _attributes_of(self, look: Look, lang: str) -> str:
        """Return language, letters and colours of a card, for its styles to use."""
        colours = {
            "ink": look.ink,
            "accent": look.accent,
            "second": look.second,
            "label": art.readable(look.accent, look.ink),
            "edge": f"{max(self._box.quiet, 5):.3f}rem",
        }
        variables = "".join(f";--{name}:{value}" for name, value in colours.items())
        family = self._stack(fonts.SANS, lang)
        return f'lang="{escape(lang)}" style="font-family:{family}{variables}"'

    def style(self) -> str:
        """Return the CSS of the designs drawn so far."""
        shared = "".join(self._css(f"styles/{name}") for name in STYLES)
        over = ".card{overflow:visible}" if self._box.bleed else ""
        return f"html{{font-size:{self._unit:.5f}mm}}{shared}{''.join(self._styles.values())}{over}"

    def _css(self, name: str) -> str:
        data = self._reader(f"cards/{name}.css")
        return data.decode() if data else ""

    def _read_style(self, design: str) -> str:
        if self._reader(f"cards/{design}.html") is None:
            hint = names.guessed(design, DESIGNS, f"there is {', '.join(DESIGNS)}")
            raise UsageError(f"there is no card '{design}'", hint)
        return self._css(design)

    def _motif(self, card: Card, width: float, height: float, *, light: bool = False) -> Markup:
        """Return the theme's motif as SVG, so many units large; light, to stand on its first colour.

        It is the same for the same look, seed and letter.
        """
        key = _Drawing(
            _lit(card.look) if light else replace(card.look, paper=PAPER),
            width,
            height,
            card.seed,
            card.motto[:1].upper(),
            card.lang,
        )
        if key not in self._art:
            self._art[key] = self._draw_motif(key)
        return self._art[key]

    def _draw_motif(self, wanted: "_Drawing") -> Markup:
        look = wanted.look
        colours = {"ink": look.ink, "accent": look.accent, "second": look.second, "paper": look.paper}
        drawn = Markup(  # noqa: S704 - escaped by its template
            self._templates.render(f"cards/motifs/{look.motif}.svg", colours | wanted._asdict())
        )
        if self._plates is None:
            return drawn
        return self._plates.stand_in(Plate(drawn, wanted.width, wanted.height, font_faces(self._own)))

    def _picture(self, one: Source, path: str) -> Markup:
        return self.pictures.show(path, one.place("extra"))

    def _photo(self, one: Source, path: str, field: str = "extra") -> str:
        """Return what an ``image`` in a drawing asks for a photo by, empty where there is none to show."""
        return self.pictures.name(path, one.place(field)) if path else ""

    def _qr(self, one: Source, link: str, dark: str = "#000000") -> Markup:
        """Return the QR code of a link, and note it where no phone could read or open it."""
        if link and (fault := link_fault(link)):
            self.problems.append(
                Problem(one.place("extra"), f"the link of {one.person.name}: {fault[0]}", fault[1])
            )
            return Markup("")
        return qr(link, dark)

    def _fit(self, one: Source, field: str, text: str, kind: Type, box: tuple[float, float]) -> Fit:
        """Return how to set a field of the card in a box of units, and note it where it is too long."""
        found = fit(text, kind, *box, self._own)
        if not found.fits:
            self.problems.append(_too_long(one, field, text, found.room))
        return found


def _lit(look: Look) -> Look:
    """Return a look as it is on its own first colour."""
    ground = look.accent if art.contrast(look.accent, PAPER) >= art.ENOUGH else look.ink
    second = look.second if art.contrast(look.second, ground) >= SEEN else art.mix(ground, PAPER, 0.85)
    lines, tint = art.mix(ground, PAPER, 0.78), art.mix(ground, PAPER, 0.6)
    return replace(look, ink=lines, accent=tint, second=second, paper=ground)


def _unit(sheet: Sheet) -> tuple[float, bool]:
    """Return the length of a unit in mm, and whether the cards are small ones. Raises UsageError."""
    width, height = sheet.face
    unit = min(width / DESIGNED[0], height / DESIGNED[1])
    if unit >= 1:
        return unit, False
    small = min(width / SMALL[0], height / SMALL[1], _SMALL_GROWS)
    if small < 1:
        told = f"the cards of sheet '{sheet.name}' are too small: {width:g} x {height:g} mm"
        raise UsageError(
            f"{told}, and the designs need {SMALL[0]:g} x {SMALL[1]:g}",
            "use a sheet with larger cards, such as a4-4up or letter-4up",
        )
    return small, True


def _too_long(one: Source, field: str, text: str, room: int) -> Problem:
    return Problem(
        one.place(field),
        f"the {FIELDS.get(field, field)} of {one.person.name} is too long for the card: "
        f"{len(text)} characters, room for about {room}",
        "give a shorter one under 'called'"
        if field == "called"
        else "shorten it, or take a sheet with larger cards, such as a4-2up or letter-2up",
    )
