"""The workbook as one file in memory."""

import io

from xlsxwriter import Workbook

from csweek.model.basics import language_of
from csweek.render.workbook import phrases, sheets
from csweek.render.workbook.page import names
from csweek.render.workbook.rows import Subject
from csweek.render.workbook.style import Style
from csweek.render.workbook.ticks import lists, ticks

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(subject: Subject) -> bytes:
    """Return the workbook's bytes, the same for the same plan."""
    content, speech = io.BytesIO(), subject.speech
    book = Workbook(content, _OPTIONS)
    book.set_properties(
        {
            "title": f"{subject.directory.organisation} {subject.plan.year.label}".strip(),
            "created": subject.plan.revised.replace(tzinfo=None),
        }
    )
    style = Style(book, subject.look, phrases.DATES[language_of(speech.locale)])
    owned = lists(subject)
    shown = (speech.phrase(phrases.YEAR), speech.phrase(phrases.EVENTS), speech.phrase(phrases.OWNERS))
    people = [subject.directory.name(owner) or speech.phrase(phrases.NOBODY) for owner in owned]
    titles = names([*shown, *people])
    pages = [book.add_worksheet(title) for title in titles]
    for page, write in zip(pages, (sheets.year, sheets.events, sheets.owners), strict=False):
        write(page, subject, style)
        page.set_tab_color(style.colours.accent)
    for page, events in zip(pages[3:], owned.values(), strict=True):
        ticks(page, subject, style, events)
    book.close()
    return content.getvalue()
