"""A theme on one page of A4: motto, colours, the five days, an ordinary week, and a card at its own size."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from babel.dates import format_date
from markupsafe import Markup
from msgspec import Struct

from csweek.errors import CsweekError
from csweek.model.basics import Place, Practice
from csweek.model.people import Person, WorkTime
from csweek.model.plan import Document, Event
from csweek.model.theme import CSW_DAYS, DAY_AFTER, Theme
from csweek.render.cards.card import Card, Source, clean
from csweek.render.cards.compose import USUAL
from csweek.render.cards.press import DOTS, Shop, page
from csweek.render.cards.studio import PAPER, Studio
from csweek.render.cards.typeset import TOOLS
from csweek.render.paper import fonts, own, pdf
from csweek.render.paper.sheets import read_sheet
from csweek.render.phrases import PRACTICES, words
from csweek.render.speech import capital, known
from csweek.render.templates import Templates

CARD_SHEET = "a4-4up"
BAND = (190, 46)
"""Width and height of the drawing on top, in mm."""
TITLE = 180.0
"""Room for the motto in mm."""
LARGEST = {fonts.HAND: 44.0}
"""Size of the motto in points by its face; 30 for others, less where it is long."""
LINES = 8
"""So many events of a week are shown."""

FIVE_DAYS = words("The five days", "De fem dagarna", "닷새", "Pet dana")
THE_DAY_AFTER = words("The day after", "Dagen efter", "행사 다음 날", "Dan poslije")
A_WEEK = words("An ordinary week", "En vanlig vecka", "평소의 한 주", "Obična sedmica")
A_CARD = words("A card", "Ett kort", "카드", "Zahvalnica")
TRAITS = words("Through the year", "Under året", "한 해 동안", "Tokom godine")
A_NAME = words("A name", "Ett namn", "받는 분", "Ime")


class Brochure(Struct, frozen=True):
    """What a page shows: a theme in a language, and an ordinary week, which begins on a Monday."""

    theme: Theme
    locale: str
    monday: date
    week: Sequence[Event]


def brochure(shown: Brochure, shop: Shop, stamp: datetime) -> Iterator[Document]:
    """Yield the page as PDF and as PNG; only as HTML where PDF cannot be made.

    Raises CsweekError where a template does not work or a text does not fit the card.
    """
    studio = Studio(read_sheet(CARD_SHEET, shop.reader), shop.reader, shop.fonts)
    card = _card(shown)
    drawn = studio.draw(card)["card"]
    if problems := studio.told():
        raise CsweekError(problems)
    body = _body(shown, drawn, shop)
    title = clean(shown.theme.motto.say(shown.locale) or shown.theme.name.say(shown.locale))
    about = pdf.About(title, "", shown.locale, stamp)
    name = f"theme-{shown.theme.id}"
    style = own.faces(shop.fonts) + studio.style() + _style(shop)
    if not pdf.available():
        html = page(fonts.embedded() + style, [body], about)
        yield Document(f"{name}.html", "text/html", html.encode())
        return
    html = page(style, [body], about)
    yield Document(f"{name}.pdf", "application/pdf", pdf.write_pdf([html], about, studio.pictures.read))
    for picture in pdf.picture(html, studio.pictures.read, DOTS):
        yield Document(f"{name}.png", "image/png", picture)


def _style(shop: Shop) -> str:
    data = shop.reader("themes/page.css")
    return data.decode() if data else ""


def _body(shown: Brochure, card: str, shop: Shop) -> str:
    theme, locale = shown.theme, shown.locale
    look = theme.look
    name, motto = clean(theme.name.say(locale)), clean(theme.motto.say(locale))
    face = fonts.display_face(motto or name, look.letters)
    templates = Templates(shop.reader, TOOLS)
    colours = {"ink": look.ink, "accent": look.accent, "second": look.second}
    drawing = {"width": BAND[0], "height": BAND[1], "seed": 1, "letter": (motto or name)[:1], "lang": locale}
    art = Markup(  # noqa: S704 - escaped by its template
        templates.render(f"cards/motifs/{look.motif}.svg", {**colours, "paper": PAPER, **drawing})
    )
    context: Mapping[str, object] = {
        "lang": locale,
        "look": look,
        "family": fonts.stack(fonts.SANS, locale),
        "band": BAND,
        "art": art,
        "title": motto or name,
        "face": face,
        "size": _size(motto or name, face),
        "name": name if motto and name != motto else "",
        "colours": {**colours, "paper": look.paper},
        "days": [_day(theme, slot, locale) for slot in (*CSW_DAYS, DAY_AFTER) if theme.celebration.get(slot)],
        "traits": [clean(trait.title.say(locale)) for trait in theme.traits],
        "week": [_happening(event, locale) for event in shown.week[:LINES]],
        "card": Markup(card),  # noqa: S704 - as above
        "said": {
            key: text.say(locale)
            for key, text in {"days": FIVE_DAYS, "week": A_WEEK, "card": A_CARD, "traits": TRAITS}.items()
        },
    }
    return templates.render("themes/page.html", context)


def _size(title: str, face: str) -> float:
    """Return how large a motto can be on one line, in points."""
    largest = LARGEST.get(face, 30.0)
    return round(largest * min(1.0, TITLE / max(fonts.width(title, face, largest), 1.0)), 1)


def _day(theme: Theme, slot: str, locale: str) -> dict[str, object]:
    """Return a day of the programme: its name, what happens, and what it looks at."""
    actions = [theme.actions[one] for one in theme.celebration[slot]]
    titles = {trait.id: trait.title for trait in theme.traits}
    traits = [titles[one.trait] for one in actions if one.trait in titles]
    looks = [PRACTICES[one.focus] for one in actions if one.focus]
    said = dict.fromkeys(clean(text.say(locale)) for text in [*traits, *looks])
    return {
        "name": _day_name(slot, locale),
        "titles": [clean(action.title.say(locale)) for action in actions],
        "looks": list(said),
    }


def _day_name(slot: str, locale: str) -> str:
    if slot == DAY_AFTER:
        return THE_DAY_AFTER.say(locale)
    some_monday = date(2027, 10, 4)
    day = some_monday.replace(day=some_monday.day + CSW_DAYS.index(slot))
    named = format_date(day, "cccc", locale=known(locale))
    return capital(named)


def _happening(event: Event, locale: str) -> dict[str, str]:
    day = format_date(event.date, "ccc", locale=known(locale))
    title, practice = clean(event.title.say(locale)), PRACTICES[event.practice].say(locale)
    return {"day": capital(day), "title": title, "practice": practice}


def _card(shown: Brochure) -> Source:
    """Return the card for a name that is plainly nobody's."""
    theme, locale = shown.theme, shown.locale
    name = A_NAME.say(locale)
    made = Card(
        called=name, name=name, lang=locale, sender=None, title="", line="", story=None, date="",
        day=shown.monday, trait="", motto=clean(theme.motto.say(locale)), organisation="",
        look=theme.look, seed=2,
    )  # fmt: skip
    nobody = Person(name, name, name, "", locale, WorkTime(), Place(""))
    return Source(made, USUAL, None, nobody, None)


def ordinary(events: Sequence[Event], mondays: Sequence[date]) -> tuple[date, tuple[Event, ...]]:
    """Return the week that shows most practices, and one event of each kind in it, without festive ones."""
    weeks = [(monday, _kinds(events, monday)) for monday in mondays]
    return max(weeks, key=lambda week: (len({event.practice for event in week[1]}), len(week[1])))


def _kinds(events: Sequence[Event], monday: date) -> tuple[Event, ...]:
    found: dict[str, Event] = {}
    for event in events:
        if 0 <= (event.date - monday).days < 7:
            found.setdefault(event.idea or event.action, event)
    festive = any(event.practice is Practice.CELEBRATION for event in found.values())
    return () if festive else tuple(sorted(found.values(), key=lambda event: event.date))
