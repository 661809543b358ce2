"""One sheet for each owner: what they hold, to be ticked and read back by ``csweek done --from``."""

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from csweek.model.basics import Status
from csweek.model.plan import Event
from csweek.names import fold
from csweek.render.workbook import phrases
from csweek.render.workbook.page import A4, HEADER, LETTER, Column, Page, begin, finish, height, put
from csweek.render.workbook.rows import Subject
from csweek.render.workbook.style import Style

TICK = "x"
COLUMNS = (
    (phrases.TICK, 9, "center"), (phrases.ID, 8, "left"), (phrases.DATE, 13, "left"),
    (phrases.DAY, 12, "left"), (phrases.START, 8, "left"), (phrases.WHAT, 36, "left"),
    (phrases.WHOM, 32, "left"), (phrases.MINUTES, 9, "center"), (phrases.STATUS, 14, "left"),
)  # fmt: skip


def lists(subject: Subject) -> Mapping[str, Sequence[Event]]:
    """Return the events of each owner, the owners by name; those without one come last, under ""."""
    found: dict[str, list[Event]] = {}
    for event in subject.live:
        found.setdefault(event.owner or "", []).append(event)
    order = sorted(found, key=lambda owner: (not owner, fold(subject.directory.name(owner)), owner))
    return {owner: found[owner] for owner in order}


def ticks(sheet: Worksheet, subject: Subject, style: Style, events: Sequence[Event]) -> None:
    """Write an owner's list; what is known to be done is ticked."""
    say, owner = subject.speech.phrase, events[0].owner
    columns = [Column(say(label), width, align=align) for label, width, align in COLUMNS]
    name = subject.directory.name(owner) or say(phrases.NOBODY)
    title = f"{name} · {subject.plan.year.label}"
    page = Page(title, say(phrases.HOW_TO_TICK), 2, LETTER if subject.letter else A4, landscape=False)
    begin(sheet, page, columns, style)
    for row, event in enumerate(events, HEADER + 1):
        _event(sheet, subject, style, event, row)
        height(sheet, row, {5: subject.title_of(event), 6: subject.whom(event)}, columns)
    finish(sheet, page, columns, len(events))
    first, last = HEADER + 1, HEADER + len(events)
    hint = {"error_type": "warning", "input_message": say(phrases.TICK_OR_NOT)}
    sheet.data_validation(first, 0, last, 0, {"validate": "list", "source": [TICK], **hint})
    ticked = {
        "type": "formula",
        "criteria": f'=$A{first + 1}<>""',
        "format": style.make("bare", font_color=style.colours.soft),
    }
    sheet.conditional_format(first, 1, last, len(columns) - 1, ticked)


def _event(sheet: Worksheet, subject: Subject, style: Style, event: Event, row: int) -> None:
    box = style.make("text", align="center", bold=True, border=1, border_color=style.colours.accent, bottom=1)
    put(sheet, row, 0, TICK if event.status is Status.DONE else "", box)
    put(sheet, row, 1, event.id, style.make("text"))
    sheet.write_datetime(row, 2, event.date, style.make("date"))
    put(sheet, row, 3, subject.weekdays[event.date.weekday()], style.make("text"))
    if event.start is None:
        sheet.write_blank(row, 4, None, style.make("hour"))
    else:
        sheet.write_datetime(row, 4, event.start.time(), style.make("hour"))
    put(sheet, row, 5, subject.title_of(event), style.make("text", text_wrap=True))
    put(sheet, row, 6, subject.whom(event), style.make("text", text_wrap=True))
    sheet.write_number(row, 7, event.minutes, style.make("number", align="center"))
    put(sheet, row, 8, subject.speech.phrase(phrases.STATUSES[event.status]), style.make("text"))
