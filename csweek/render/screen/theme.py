"""A theme as a page: its motto, traits, the days of CSW, what it asks all year, how many ideas it has."""

from calendar import day_abbr, day_name, month_name
from collections.abc import Iterator, Sequence

from csweek.model.basics import Practice
from csweek.model.theme import Action, Anchor, Every, On, PerYear, Theme
from csweek.render.phrases import PRACTICES
from csweek.render.screen.text import Ink, cells, columns, cut, facts, ink, many, pad, row_of, wrap

_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth"}
_SELDOM = {1: "once a year", 2: "twice a year"}
_SLOTS = {f"csw-{day + 1}": day_abbr[day] for day in range(5)}


def index(themes: Sequence[Theme], locale: str, width: int) -> Iterator[str]:
    """Yield a line for each theme: its id and motto."""
    first = max((cells(theme.id) for theme in themes), default=0)
    for theme in themes:
        motto = cut(theme.motto.say(locale) or theme.name.say(locale), width - first - 2)
        yield f"{ink(pad(theme.id, first), Ink.TITLE)}  {motto}"


def page(theme: Theme, locale: str, width: int) -> Iterator[str]:
    """Yield everything that an organiser wants to know of a theme before choosing it."""
    yield ink(theme.name.say(locale), Ink.TITLE) + ink(f" · {theme.id}", Ink.QUIET)
    look = theme.look
    languages = ", ".join(theme.name.texts)
    yield from facts(
        [
            ("Motto", theme.motto.say(locale)),
            ("Languages", languages),
            ("Look", f"{look.motif}, {look.letters}; {look.ink} {look.accent} {look.second} on {look.paper}"),
        ],
        width,
    )
    yield from _traits(theme, locale, width)
    yield from _days(theme, locale, width)
    yield from _owed(theme, locale, width)
    ideas = sum(not action.owed for action in theme.actions.values())
    yield ""
    yield ink(f"Besides, {many(ideas, 'idea')} that its weeks and days take in turn.", Ink.QUIET)


def _traits(theme: Theme, locale: str, width: int) -> Iterator[str]:
    if theme.traits:
        yield from ("", ink("What makes a service hero", Ink.TITLE))
        text = ", ".join(trait.title.say(locale) for trait in theme.traits)
        yield from wrap(text, width)


def _days(theme: Theme, locale: str, width: int) -> Iterator[str]:
    if theme.celebration:
        yield from ("", ink("The five days, and the day after", Ink.TITLE))
        slots = sorted(theme.celebration, key=lambda slot: (slot not in _SLOTS, slot))
        days = [
            (_SLOTS.get(slot, "After"), ", ".join(theme.actions[one].title.say(locale) for one in ids))
            for slot, ids in ((slot, theme.celebration[slot]) for slot in slots)
        ]
        yield from facts(days, width)


def _owed(theme: Theme, locale: str, width: int) -> Iterator[str]:
    in_csw = {one for ids in theme.celebration.values() for one in ids}
    for practice in Practice:
        mine = [
            action
            for action in theme.actions.values()
            if action.practice is practice and action.owed and action.id not in in_csw
        ]
        rows = [(action.title.say(locale), str(action.audience), rhythm(action)) for action in mine]
        if rows:
            yield from ("", ink(PRACTICES[practice].say(locale), Ink.TITLE))
            widths = columns(rows, width, stretch={0: 1, 2: 1})
            for row in rows:
                yield row_of(row, widths)


def rhythm(action: Action) -> str:
    """Return how often an action is owed, in a few words."""
    match action.rhythm:
        case PerYear(times):
            return _SELDOM.get(times, f"{times} times a year")
        case Every(count, unit):
            return f"every {unit.removesuffix('s')}" if count == 1 else f"every {count} {unit}"
        case On(anchors):
            return ", ".join(dict.fromkeys(map(_anchor, anchors)))
        case None:
            return "an idea"


def _anchor(anchor: Anchor) -> str:
    match anchor.kind:
        case "csw":
            day = f"day {anchor.nth} of CSW"
        case "weekday":
            of = month_name[anchor.month] if anchor.period == "year" else f"a {anchor.period}"
            day = f"{_NTH.get(anchor.nth, 'last')} {day_name[anchor.weekday]} of {of}"
        case "month-day":
            day = f"{anchor.day} {month_name[anchor.month]}"
        case "date":
            day = f"{anchor.on}"
        case _:
            day = "the day after" if anchor.kind == "day-after" else anchor.kind.replace("-", " ")
    if not anchor.shift:
        return day
    side = "before" if anchor.shift < 0 else "after"
    return f"{many(abs(anchor.shift), anchor.unit.removesuffix('s'))} {side} {day}"
