"""The sheets that show the year, its events and its owners."""

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from csweek.model.basics import Words, csw_monday
from csweek.model.plan import Event
from csweek.render.phrases import PRACTICES
from csweek.render.workbook import phrases
from csweek.render.workbook.page import (
    A4,
    HEADER,
    LETTER,
    LINE,
    ROOM,
    Column,
    Page,
    begin,
    digits,
    finish,
    height,
    put,
)
from csweek.render.workbook.rows import Subject
from csweek.render.workbook.style import Style

TURNED = 8
"""From so many teams on their names are turned, so that the year stays on one page."""
BROAD = 40
"""Characters that a column of a team's name may take; a longer name goes on below."""
WIDE = 16
"""From more teams on the year is printed across, on several pages."""


def year(sheet: Worksheet, subject: Subject, style: Style) -> None:
    """Write the year as weeks by teams: how much reaches each, and what is for everyone. It names nobody."""
    say, groups = subject.speech.phrase, subject.groups
    turned = len(groups) >= TURNED
    columns = [
        Column(say(phrases.WEEK), 8),
        Column(say(phrases.FROM), 13),
        *(Column(group, 5 if turned else _broad(group), turned, "center") for group in groups),
        Column(say(phrases.ALL), 8, align="center"),
        Column(say(phrases.FOR_ALL), 46),
    ]
    motto, wide = subject.speech.say(subject.directory.motto), len(groups) > WIDE
    page = Page(_heading(subject), motto, 2, _paper(subject), landscape=wide, pages=1 - wide)
    begin(sheet, page, columns, style)
    for week in range(subject.plan.year.weeks):
        _week(sheet, subject, style, week)
        height(sheet, HEADER + 1 + week, {len(columns) - 1: subject.special(week)}, columns)
    finish(sheet, page, columns, subject.plan.year.weeks)
    first, last = HEADER + 1, HEADER + subject.plan.year.weeks
    if groups:
        scale = {"type": "2_color_scale", "min_color": style.colours.least, "max_color": style.colours.most}
        sheet.conditional_format(first, 2, last, 1 + len(groups), scale)


def _broad(group: str) -> int:
    return max(9, min(digits(group) + 2, BROAD))


def _week(sheet: Worksheet, subject: Subject, style: Style, week: int) -> None:
    monday, row = subject.plan.year.monday(week), HEADER + 1 + week
    festive = monday == csw_monday(monday.year)
    shade = {"bg_color": style.colours.special, "bold": True} if festive else {}
    sheet.write_number(row, 0, monday.isocalendar().week, style.make("number", align="left", **shade))
    sheet.write_datetime(row, 1, monday, style.make("date", **shade))
    numbers = [subject.counts.get((week, group), 0) for group in subject.groups]
    for column, number in enumerate(numbers, 2):
        sheet.write_number(row, column, number, style.make("number", align="center", num_format="0;;"))
    sheet.write_number(
        row, 2 + len(numbers), subject.weeks[week], style.make("number", align="center", **shade)
    )
    put(sheet, row, 3 + len(numbers), subject.special(week), style.make("text", text_wrap=True, **shade))


def events(sheet: Worksheet, subject: Subject, style: Style) -> None:
    """Write every event as a row, to be filtered; what is shown is counted above."""
    say = subject.speech.phrase
    columns = [
        Column(say(label), width, align="center" if label is phrases.MINUTES else "left")
        for label, width in (
            (phrases.ID, 8), (phrases.WEEK, 7), (phrases.DATE, 13), (phrases.DAY, 11), (phrases.START, 7),
            (phrases.END, 7), (phrases.WHAT, 34), (phrases.PRACTICE, 15), (phrases.CHANNEL, 13),
            (phrases.WHOM, 28), (phrases.TEAM, 15), (phrases.SITE, 12), (phrases.OWNER, 22),
            (phrases.MINUTES, 9), (phrases.COST, 9), (phrases.KNOWN_TO, 19), (phrases.STATUS, 14),
        )
    ]  # fmt: skip
    page = Page(_heading(subject, phrases.EVENTS), "", 1, _paper(subject))
    begin(sheet, page, columns, style)
    for row, event in enumerate(subject.events, HEADER + 1):
        _event(sheet, subject, style, event, row)
    finish(sheet, page, columns, len(subject.events))
    last = HEADER + max(1, len(subject.events)) + 1
    put(sheet, 1, 0, say(phrases.SHOWN), style.make("quiet"))
    count = f"=SUBTOTAL(103,A{HEADER + 2}:A{last})"
    sheet.write_formula(1, 2, count, style.make("bare", align="left"), len(subject.events))
    minutes = sum(event.minutes for event in subject.events)
    sheet.write_formula(
        1, 13, f"=SUBTOTAL(109,N{HEADER + 2}:N{last})", style.make("bare", num_format="#,##0"), minutes
    )


def _event(sheet: Worksheet, subject: Subject, style: Style, event: Event, row: int) -> None:
    say = subject.speech.phrase
    text = style.make("text") if event.live else style.make("text", font_strikeout=True)
    put(sheet, row, 0, event.id, text)
    sheet.write_number(row, 1, event.date.isocalendar().week, style.make("number", align="left"))
    sheet.write_datetime(row, 2, event.date, style.make("date"))
    put(sheet, row, 3, subject.weekdays[event.date.weekday()], text)
    for column, moment in ((4, event.start), (5, event.end)):
        if moment is None:
            sheet.write_blank(row, column, None, style.make("hour"))
        else:
            sheet.write_datetime(row, column, moment.time(), style.make("hour"))
    cells = {
        6: subject.title_of(event),
        7: say(PRACTICES[event.practice]),
        8: say(phrases.CHANNELS[event.channel]),
        9: subject.whom(event),
        10: event.team or "",
        11: event.site,
        12: subject.directory.name(event.owner) or say(phrases.NOBODY),
        14: say(phrases.COSTS[event.cost]),
        15: say(phrases.KNOWN[event.visibility]),
        16: say(phrases.STATUSES[event.status]),
    }
    for column, cell in cells.items():
        put(sheet, row, column, cell, text)
    sheet.write_number(row, 13, event.minutes, style.make("number", align="center"))
    sheet.set_row(row, ROOM + LINE)


def owners(sheet: Worksheet, subject: Subject, style: Style) -> None:
    """Write what the year asks of each owner: in all, in the fullest week, and week by week."""
    say, year_ = subject.speech.phrase, subject.plan.year
    labels: tuple[tuple[Words, float], ...] = (
        (phrases.OWNER, 28), (phrases.TEAM, 16), (phrases.COUNT, 11), (phrases.IN_YEAR, 11),
        (phrases.A_WEEK, 11), (phrases.FULLEST, 11), (phrases.MOST, 11),
    )  # fmt: skip
    columns = [Column(say(label), width, align="left" if width > 11 else "center") for label, width in labels]
    numbers = [str(year_.monday(week).isocalendar().week) for week in range(year_.weeks)]
    weeks = [Column(number, 4.5, align="center") for number in numbers]
    page = Page(
        _heading(subject),
        say(phrases.LIMIT, limit=subject.limit),
        1,
        _paper(subject),
        landscape=False,
        printed=len(columns),
    )
    begin(sheet, page, [*columns, *weeks], style)
    ordered = sorted(subject.load.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))
    for row, (owner, minutes) in enumerate(ordered, HEADER + 1):
        _owner(sheet, subject, style, (row, owner, minutes))
    finish(sheet, page, [*columns, *weeks], len(ordered))
    _shade_owners(sheet, subject, style, HEADER + max(1, len(ordered)), len(columns))


def _owner(
    sheet: Worksheet, subject: Subject, style: Style, line: tuple[int, str, Mapping[int, int]]
) -> None:
    row, owner, minutes = line
    year_, known = subject.plan.year, subject.directory.persons.get(owner)
    fullest = min(minutes, key=lambda week: (-minutes[week], week))
    put(sheet, row, 0, subject.directory.name(owner), style.make("text"))
    put(sheet, row, 1, (known.team if known else None) or "", style.make("text"))
    figures = (
        subject.owned[owner],
        sum(minutes.values()),
        sum(minutes.values()) / year_.weeks,
        year_.monday(fullest).isocalendar().week,
        minutes[fullest],
    )
    for column, figure in enumerate(figures, 2):
        sheet.write_number(row, column, figure, style.make("number", align="center"))
    sheet.set_row(row, ROOM + LINE)
    for week in range(year_.weeks):
        shape = style.make("number", num_format="0;;", align="center", font_size=9)
        sheet.write_number(row, len(figures) + 2 + week, minutes.get(week, 0), shape)


def _shade_owners(sheet: Worksheet, subject: Subject, style: Style, last: int, before: int) -> None:
    over = {
        "type": "cell",
        "criteria": ">",
        "value": subject.limit,
        "format": style.make("bare", bold=True, bg_color=style.colours.warning),
    }
    scale = {"type": "2_color_scale", "min_color": style.colours.least, "max_color": style.colours.most}
    bar = {
        "type": "data_bar",
        "bar_color": style.colours.most,
        "bar_solid": True,
        "bar_border_color": style.colours.most,
    }
    first, end = HEADER + 1, before + subject.plan.year.weeks - 1
    sheet.conditional_format(first, 3, last, 3, bar)
    sheet.conditional_format(first, 6, last, 6, over)
    sheet.conditional_format(first, before, last, end, over)
    sheet.conditional_format(first, before, last, end, scale)


def _heading(subject: Subject, what: Words | None = None) -> str:
    parts = (
        subject.directory.organisation,
        subject.plan.year.label,
        subject.speech.phrase(what) if what else "",
    )
    return " · ".join(part for part in parts if part)


def _paper(subject: Subject) -> int:
    return LETTER if subject.letter else A4
