"""Text and where it stands, the words of the trade, time: what inputs and plans are both made of."""

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from enum import StrEnum

from msgspec import Struct

Day = date
"""``date`` under a name that no field hides."""

Value = str | int | float | bool | None
"""What a reason or an extra column may hold: plain enough for JSON."""

YEARS = range(2000, 2200)
"""Years that can be planned; the calendars of holidays tell little beyond them."""


SPREADSHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
"""What the names of files end in whose columns have letters."""


class Place(Struct, frozen=True):
    """A spot in a user's file; line and column count from 1, 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """``people.csv:2:5``, ``people.xlsx:E2`` as spreadsheets name a cell; without what is not known.

        Of several sheets one is named after its file: ``people.xlsx (Staff):E2``.
        """
        if self.column and self._in_spreadsheet:
            return f"{self.file}:{cell_name(self.line, self.column)}"
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])

    @property
    def _in_spreadsheet(self) -> bool:
        file = self.file.lower()
        of_several = file.endswith(")") and any(f"{kind} (" in file for kind in SPREADSHEETS)
        return of_several or file.endswith(SPREADSHEETS)


def cell_name(line: int, column: int) -> str:
    """Return ``C7`` for line 7 and column 3, as spreadsheets name it."""
    letters, left = "", column
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{line}"


def language_of(locale: str) -> str:
    """Return the language of a locale: ``en`` of ``en-GB``."""
    return locale.partition("-")[0]


class Words(Struct, frozen=True):
    """One text in several languages, by locale."""

    texts: Mapping[str, str]

    def say(self, *locales: str) -> str:
        """Return the text in the first of these locales that it has, else in English, else in any."""
        for locale in (*locales, "en"):
            for name in (locale, language_of(locale)):
                if name in self.texts:
                    return self.texts[name]
        return next(iter(self.texts.values()), "")


class Practice(StrEnum):
    """The five practices that last all year, and the celebration itself."""

    HEROES = "heroes"
    WOW = "wow"
    OUTSIDE_IN = "outside_in"
    SKIP_LEVEL = "skip_level"
    CAREER = "career"
    CELEBRATION = "celebration"


class Audience(StrEnum):
    """Who receives an event."""

    ORGANISATION = "organisation"
    TEAM = "team"
    GROUP = "group"
    PERSON = "person"


class Visibility(StrEnum):
    """Who may know before it happens; of ``surprise`` the owner alone."""

    SURPRISE = "surprise"
    TEAM = "team"
    EVERYONE = "everyone"


class Channel(StrEnum):
    """How it reaches the recipients; only a meeting or a call has an hour."""

    CARD = "card"
    NOTE = "note"
    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    ANNOUNCEMENT = "announcement"
    GIFT = "gift"
    TASK = "task"


TIMED = frozenset({Channel.MEETING, Channel.CALL})

GATHERING = frozenset({Channel.MEETING})

THANKING = frozenset({Channel.CARD, Channel.NOTE, Channel.CALL, Channel.VISIT, Channel.GIFT})
"""How somebody is thanked."""

HANDED_OVER = frozenset({Channel.CARD, Channel.NOTE, Channel.GIFT, Channel.ANNOUNCEMENT})
"""Made beforehand and passed on; the owner need not be there on the very day."""


class Letters(StrEnum):
    """What names and headings on paper are set in."""

    HAND = "hand"
    SERIF = "serif"
    SANS = "sans"


class Cost(StrEnum):
    """A level; the workspace's ``costs`` price it per recipient."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Status(StrEnum):
    """What became of an event; what is past without a word is unconfirmed and thanked nobody."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    UNCONFIRMED = "unconfirmed"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """What a person is here; whoever is someone's manager is a manager besides."""

    STAFF = "staff"
    LEADER = "leader"
    ORGANISER = "organiser"


class Thanks(StrEnum):
    """How a person wants to be thanked."""

    PUBLIC = "public"
    PRIVATE = "private"
    NEVER = "never"


class Occasion(StrEnum):
    """A personal day that a person may want remembered."""

    ANNIVERSARY = "anniversary"
    BIRTHDAY = "birthday"


class Prepare(Struct, frozen=True):
    """Minutes of writing, ordering or inviting, and how many weeks before the day they fall due."""

    minutes: int
    weeks: int = 0
    early: int = 0
    """So many days before that, because its owner works then; negative: after it."""

    def day(self, on: date) -> date:
        """Return the day on which it is done for an event on a day."""
        return on - timedelta(7 * self.weeks + self.early)


class Span(Struct, frozen=True, order=True):
    """Days from first to last, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last

    @property
    def days(self) -> Iterator[date]:
        """Its days in order."""
        return (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))


class Hours(Struct, frozen=True):
    """Local hours of a day; an end at or before the start lies on the next day."""

    start: time
    end: time

    @property
    def overnight(self) -> bool:
        """Whether it ends on the day after it began."""
        return self.end <= self.start


class Year(Struct, frozen=True):
    """The weeks that a plan covers, from a Monday on."""

    label: str
    first: date
    weeks: int

    @property
    def last(self) -> date:
        """Its last Sunday."""
        return self.first + timedelta(days=7 * self.weeks - 1)

    def __contains__(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last

    def week_of(self, day: date) -> int:
        """Return the position of the day's week, from 0."""
        return (day - self.first).days // 7

    def monday(self, week: int) -> date:
        """Return the Monday of the week at this position, from 0."""
        return self.first + timedelta(days=7 * week)


def iso_week(day: date) -> str:
    """Return the ISO week of a day: ``2027-W01``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def week_said(day: date) -> str:
    """Return the week of a day where its year matters: ``week 1 of 2027``."""
    year, week, _ = day.isocalendar()
    return f"week {week} of {year}"


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def sunday_of(day: date) -> date:
    """Return the Sunday of a day's week."""
    return day + timedelta(days=6 - day.weekday())


def csw_monday(year: int) -> date:
    """Return the Monday of CSW in a calendar year.

    Source: the first of October, as every dated announcement since 2008 has it.
    """
    first = date(year, 10, 1)
    return first + timedelta(days=-first.weekday() % 7)
