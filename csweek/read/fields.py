"""How the values of the shapes are written, checked and described to editors."""

from collections.abc import Callable
from datetime import date, time
from typing import Annotated, Any

from msgspec import Struct
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from csweek.model.basics import YEARS, Occasion, Span, Thanks, Words, monday_of
from csweek.model.theme import Anchor, Every
from csweek.names import fold
from csweek.read import anchors, dates, values, words
from csweek.read.wrong import Wrong

Json = dict[str, Any]


def sort_of(value: object) -> str:
    """Return what kind of thing a value is, in plain words."""
    if isinstance(value, list | dict):
        sort = "list" if isinstance(value, list) else "mapping"
        return f"a {sort}" if value else f"an empty {sort}"
    return f"'{value}'" if value is not None else "nothing"


class Written(Struct, frozen=True, eq=False, dict=True):  # Annotated hashes it
    """Says how a text of the user becomes a value, and how the schema describes that text."""

    parse: Callable[[Any], Any]
    schema: Json

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.parse)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        return dict(self.schema)


class Loosely(Struct, frozen=True, eq=False, dict=True):  # Annotated hashes it
    """Says how shorter ways of writing become the full one, and widens its schema to them."""

    before: Callable[[object], object]
    widen: Callable[[Json], Json]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self.before, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        return self.widen(handler(schema))


def text(parse: Callable[[str], Any], *examples: str, **schema: object) -> Written:
    """Return how one text is read; the first example stands in the hint."""

    def check(value: object) -> Any:  # noqa: ANN401 - whatever the parser returns
        if not isinstance(value, str):
            raise Wrong(f"this should be text, not {sort_of(value)}", f"write {examples[0]}")
        return parse(value)

    return Written(check, {"type": "string", "examples": list(examples)} | schema)


class Several(Struct, frozen=True, eq=False, dict=True):  # Annotated hashes it
    """Says how one text or a list of texts becomes one value: each is parsed, then all are put together."""

    one: Written
    together: Callable[[list[Any]], Any]

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> core_schema.CoreSchema:
        item = core_schema.no_info_plain_validator_function(self.one.parse)
        whole = core_schema.no_info_before_validator_function(listed, core_schema.list_schema(item))
        return core_schema.no_info_after_validator_function(self.together, whole)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        return {"anyOf": [self.one.schema, {"type": "array", "items": self.one.schema}]}


def listed(value: object) -> list[object]:
    """Return a list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]


def texts(parse: Callable[[str], Any], *examples: str, **schema: object) -> Several:
    """Return how a text or a list of texts is read to a tuple."""
    return Several(text(parse, *examples, **schema), tuple)


def _sets(parse: Callable[[str], Any], *examples: str, **schema: object) -> Several:
    return Several(text(parse, *examples, **schema), lambda sets: frozenset().union(*sets))


def _words(value: object) -> Words:
    if isinstance(value, str):
        value = {"en": value}
    if not isinstance(value, dict):
        raise Wrong(f"this should be text, or one text per language, not {sort_of(value)}", _WORDS_HINT)
    for name, one in value.items():
        if not isinstance(one, str):
            raise Wrong(f"the text for '{name}' is {sort_of(one)}", _WORDS_HINT)
    if not value or not all(one.strip() for one in value.values()):
        raise Wrong("this has no text", _WORDS_HINT)
    return Words({values.locale(name): one.strip() for name, one in value.items()})


_WORDS_HINT = "write {en: …, sv: …}"


def _tags(one: str) -> frozenset[str]:
    return frozenset(words.tag(tag.strip()) for tag in one.split(",") if tag.strip())


def _in_order(spans: list[tuple[Span, ...]]) -> tuple[Span, ...]:
    return tuple(sorted({span for several in spans for span in several}))


def _country(text: str) -> str:
    from csweek import countries  # noqa: PLC0415 - only for workspaces with countries

    bare = text.strip()
    if bare.upper() in countries.known():
        return bare.upper()
    if part := countries.PARTS.get(fold(bare)):
        raise Wrong(f"'{text}' is a part of GB", f"write country: GB, subdivision: {part}")
    meant = countries.likely(bare)
    hint = f"did you mean '{meant}'?" if meant else "write the two letters of the country: SE, KR, BA, CA"
    raise Wrong(f"there is no country '{text}'", hint)


def _monday(text: str) -> date:
    day = dates.day(text)
    if day.weekday():
        raise Wrong(f"{text} is a {values.WEEKDAYS[day.weekday()].title()}, and a year begins on a Monday",
                    f"write {monday_of(day)}")  # fmt: skip
    return day


def _from(text: str) -> int:
    word, _, year = text.strip().lower().replace("-", " ").partition(" ")
    if word != "csw" or (year and (not year.isdecimal() or int(year) not in YEARS)):
        raise Wrong(
            f"'{text}' is nothing that a year can run from", "write 'csw', or 'csw 2027' for the one of 2027"
        )
    return int(year or 0)


def _weeks(value: object) -> frozenset[int]:
    return values.numbers(_parts(value), 53)


def _months(value: object) -> frozenset[int]:
    return values.numbers(_parts(value), 12, values.month)


def _plain_text(value: object) -> str:
    if not isinstance(value, str):
        raise Wrong(f"this should be text, not {sort_of(value)}")
    if not value.strip():
        raise Wrong("this is empty")
    return value.strip()


def _parts(value: object) -> list[str]:
    parts: list[Any] = value if isinstance(value, list) else [value]
    if not all(isinstance(part, str) for part in parts):
        raise Wrong("this should be numbers", "write 7, 1-13 or [1, 14, 27, 40]")
    return parts


_DAY = r"\d{4}-\d{2}-\d{2}"
_LOCALES = ["en", "sv", "ko", "bs"]
_WORDS: Json = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "properties": {name: {"type": "string"} for name in _LOCALES},
            "additionalProperties": {"type": "string", "minLength": 1},
            "minProperties": 1,
        },
    ]
}
_NUMBERS: Json = {"anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "array"}]}

Text = Annotated[str, Written(_plain_text, {"type": "string", "minLength": 1})]
Names = Annotated[tuple[str, ...], texts(_plain_text, "[first, second]")]
Phrase = Annotated[Words, Written(_words, _WORDS)]
DayText = Annotated[date, text(dates.day, "2027-10-04", format="date")]
Monday = Annotated[date, text(_monday, "2027-01-04", format="date")]
Spans = Annotated[
    tuple[Span, ...],
    Several(text(dates.spans, "2027-12-24..2027-12-31", pattern=rf"{_DAY}(\.\.{_DAY})?"), _in_order),
]
Clock = Annotated[time, text(values.clock, '"09:00"')]
WeekdaySet = Annotated[
    frozenset[int], Several(text(values.weekdays, "mon-fri", "sat,sun"), values.all_weekdays)
]
TagSet = Annotated[frozenset[str], _sets(_tags, "[remote, night, quiet]")]
Locale = Annotated[str, text(values.locale, "sv", "en-CA")]
Truth = Annotated[bool, Written(text(words.truth, "true").parse, {"type": "boolean"})]
Link = Annotated[str, text(values.link, "https://forms.nordic.example/week", format="uri")]
Colour = Annotated[str, text(values.colour, "#0b7285", pattern="^#([0-9a-fA-F]{3}){1,2}$")]
Zone = Annotated[str, text(values.zone, "Europe/Stockholm")]
Country = Annotated[str, text(_country, "SE", pattern="^[A-Za-z]{2}$")]
Anchors = Annotated[
    tuple[Anchor, ...],
    texts(anchors.anchor, *anchors.ANCHORS, "first friday of march", "last-day - 3 days", "12-13"),
]
Rhythm = Annotated[Every, text(values.every, "1 week", "2 weeks", "1 month", "3 months")]
Weeks = Annotated[frozenset[int], Written(_weeks, {**_NUMBERS, "examples": ["1-13, 40", [1, 14]]})]
Months = Annotated[frozenset[int], Written(_months, {**_NUMBERS, "examples": ["mar-may", [1, 9]]})]
Since = Annotated[int, text(_from, "csw", "csw 2027")]
Size = Annotated[tuple[int, int], text(values.sizes, "4-6", "5", type=["string", "integer"])]
Length = Annotated[int, text(values.days, "2 weeks", "10 days")]
Share = Annotated[
    float, Written(text(values.share, "0.2").parse, {"type": ["number", "string"], "examples": [0.2]})
]
Occasions = Annotated[
    frozenset[Occasion],
    _sets(words.celebrate, "[anniversary]", enum=[*Occasion, "none", "both"]),
]
Gratitude = Annotated[Thanks, text(words.thanks, *Thanks, enum=list(Thanks))]
