"""Sample cards, plainly samples: what a design looks like before there is anybody to print it for."""

from collections import defaultdict
from datetime import timedelta

from csweek.model.basics import Day, Place, Practice, csw_monday, monday_of
from csweek.model.inputs import Inputs
from csweek.model.people import Person, WorkTime
from csweek.model.theme import CSW_DAYS
from csweek.render import phrases
from csweek.render.cards.card import Board, Card, Praise, Sender, Source, Told, Week
from csweek.render.cards.compose import long_date, month_of
from csweek.render.phrases import PRACTICES, TOLD, words
from csweek.render.speech import Speech

NAME = words("Sample Name", "Förnamn Efternamn", "견본 이름", "Primjer Ime")
CALLED = words("Sample", "Förnamn", "견본 님", "Primjer")
OCCASIONS = {
    "anniversary": "anniversary-other",
    "welcome": "first-day",
    "welcome-back": "back-from-leave",
    "goodbye": "last-day",
    "skip-level": "skip-level",
    "day-after": "day-after",
    **dict.fromkeys(CSW_DAYS, "csw"),
}
"""What a sample of a design is about."""
YEARS = 5
TEXT = words(
    "Here stands what somebody told: what was done, and for whom. This is a sample.",
    "Här står vad någon har berättat: vad som gjordes och vem det hjälpte. Det här är ett exempel.",
    "누가 무엇을 해 주었는지 들은 그대로 적는 자리예요. 이것은 견본이에요.",
    "Ovdje stoji šta je neko ispričao: šta je učinjeno i za koga. Ovo je primjer.",
)
SENDER = words("Sample Sender", "Avsändarens namn", "견본 보내는 이", "Primjer Pošiljalac")


def specimen(design: str, inputs: Inputs, day: Day) -> Source:
    """Return a sample card in the theme's look of a day and the organisers' language."""
    locale = inputs.locale
    theme = inputs.theme_on(day)
    site = next(iter(inputs.settings.sites.values()), None)
    country = site.country if site else None
    person = Person(
        "sample", NAME.say(locale), CALLED.say(locale), "", locale, WorkTime(), Place("the sample")
    )
    card = Card(
        called=person.called,
        name=person.name,
        lang=locale,
        sender=Sender(SENDER.say(locale), ""),
        title="",
        line=_line(design, locale, day),
        story=Told(TEXT.say(locale), "", "wow", TOLD.say(locale)),
        date=long_date(day, locale, country),
        day=day,
        trait=theme.traits[0].title.say(locale) if theme.traits else "",
        motto=theme.motto.say(locale),
        organisation=inputs.settings.organisation,
        look=theme.look,
        seed=1,
        weekday=Speech(locale).weekday_within(day),
        month=month_of(day, locale),
        hour="",
        years=YEARS,
        team="",
        praises=(Praise(CALLED.say(locale), TEXT.say(locale), SENDER.say(locale)),) * 2,
        extra=defaultdict(str),
        board=_board(inputs.locale, day),
    )
    return Source(card, design, country, person, None)


def _line(design: str, locale: str, day: Day) -> str:
    occasion = OCCASIONS.get(design)
    return phrases.OCCASIONS[occasion].say(locale).format(count=YEARS, year=day.year) if occasion else ""


def _board(locale: str, day: Day) -> Board:
    """Return a year of 52 weeks in which each practice has its turn."""
    practices = tuple(PRACTICES[one].say(locale) for one in Practice)
    first = monday_of(day.replace(month=1, day=4))
    mondays = [first + timedelta(weeks=number) for number in range(52)]
    csw = csw_monday(day.year)
    return Board(practices, tuple(_week(monday, locale, csw=monday == csw) for monday in mondays))


def _week(monday: Day, locale: str, *, csw: bool) -> Week:
    number = monday.isocalendar().week
    counts = tuple((number + practice) % 3 for practice in range(len(Practice)))
    month = month_of(monday, locale).split()[0] if monday.day <= 7 else ""
    return Week(f"{number}", f"{monday.day}", month, counts, "", csw)
