"""Cards through csweek beside PlutoPrint alone on the finished HTML, WeasyPrint and ReportLab, in one run.

python tests/benchmarks/bench_cards.py [CARDS]

WeasyPrint and ReportLab are left out where they are not installed: pip install weasyprint reportlab
"""

import io
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import plutoprint
from samples import INPUTS, PEOPLE, REVISED, event

from csweek.folder import template
from csweek.model.basics import Place
from csweek.model.inputs import Inputs, Story
from csweek.model.plan import Event
from csweek.render.cards.card import Card
from csweek.render.cards.order import CardOrder, Cards, cards
from csweek.render.cards.press import Shop, press
from csweek.render.paper import fonts, pdf
from csweek.render.templates import Reader

SHOP = Shop(template)
ORDER = CardOrder("private/organisers", "cards", "Cards", REVISED)
GIVEN = ("Åsa", "Ðorđe", "Shaun", "Maria", "Наталья", "김서연 님", "Erik", "Šejla", "Ioan", "Nguyễn")
ROUNDS = 5


def sample(count: int) -> tuple[list[Event], Inputs]:
    """So many people with a card each, every other one with a story."""
    someone = PEOPLE.persons["p1"]
    names = {f"x{number}": GIVEN[number % len(GIVEN)] for number in range(count)}
    persons = {key: replace(someone, id=key, name=name, called=name) for key, name in names.items()}
    text = "She asked one question, wrote it down, and called back the same evening, as she had said."
    stories = tuple(
        Story(date(2027, 1, 3), key, "wow", f"{text} {key}", Place("stories.csv"), "a customer")
        for key in list(persons)[::2]
    )
    people = replace(PEOPLE, persons={**persons, "l1": PEOPLE.persons["l1"]})
    one = event("wow-note", date(2027, 1, 20), "p1")
    events = [
        replace(
            one, key=one.key._replace(subject=key), recipients=(key,), date=one.date + timedelta(number % 5)
        )
        for number, key in enumerate(persons)
    ]
    return events, replace(INPUTS, people=people, stories=stories)


def finished(order: Cards) -> list[str]:
    """Return the HTML that csweek hands to PlutoPrint, part by part."""
    seen: list[str] = []
    really = pdf.lay_out

    def lay_out(html: str, reader: Reader) -> bytes:
        seen.append(html)
        return really(html, reader)

    pdf.lay_out = lay_out
    in_one_process(order)
    pdf.lay_out = really
    return seen


def in_one_process(order: Cards) -> None:
    """Print an order here alone."""
    for _ in press(order.batches, SHOP, workers=0):
        pass


def alone(parts: list[str]) -> None:
    """Make the PDFs that PlutoPrint makes of the parts by itself."""
    for html in parts:
        book = plutoprint.Book(plutoprint.PAGE_SIZE_A4, plutoprint.PAGE_MARGINS_NONE)
        book.load_html(html)
        book.write_to_pdf_stream(io.BytesIO())


def weasyprint(parts: list[str]) -> None:
    """Make the PDFs that WeasyPrint makes of them. Raises ImportError where it is missing."""
    from weasyprint import HTML  # noqa: PLC0415 - not everywhere

    for html in parts:
        HTML(string=html).write_pdf(io.BytesIO())


def by_hand(order: Cards) -> None:
    """Draw the same words, lines and motif with ReportLab. Raises ImportError where it is missing."""
    from reportlab.lib.units import mm  # noqa: PLC0415 - as above
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - as above
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - as above
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - as above

    for face in (fonts.HAND, fonts.SANS):
        pdfmetrics.registerFont(TTFont(face, fonts.font_file(face)))
    page = Canvas(io.BytesIO(), (210 * mm, 297 * mm))
    (batch,) = order.batches
    for index, one in enumerate(batch.sources):
        _, place = batch.layout.place(index)
        box = batch.layout.sheet.boxes[place]
        draw_by_hand(page, one.card, box.x * mm, (297 - box.bottom) * mm, mm)
        if place == len(batch.layout.sheet.boxes) - 1:
            page.showPage()
    page.save()


def draw_by_hand(page: Any, card: Card, left: float, bottom: float, mm: float) -> None:  # noqa: ANN401 - ReportLab's
    """Draw a card: fourteen curves, its words, its lines."""
    for number in range(14):
        up = bottom + (95 + 2.5 * number) * mm
        page.bezier(
            left + 5 * mm, up, left + 35 * mm, up + 20 * mm, left + 70 * mm, up - 20 * mm, left + 100 * mm, up
        )
    sender = card.sender.name if card.sender else ""
    told = card.story.text if card.story else ""
    texts = (
        (fonts.SANS, 6.5, 80, card.motto.upper()), (fonts.HAND, 30, 67, card.called),
        (fonts.SANS, 9, 60, card.line),
        (fonts.SANS, 9, 54, told[:60]), (fonts.SANS, 9, 49.5, told[60:]), (fonts.SANS, 9, 10, sender),
        (fonts.SANS, 6.5, 6, card.organisation), (fonts.SANS, 6.5, 3, card.date),
    )  # fmt: skip
    for face, size, up, text in texts:
        page.setFont(face, size)
        page.drawString(left + 10 * mm, bottom + up * mm, text)
    for up in (16, 24, 32, 40):
        page.line(left + 10 * mm, bottom + up * mm, left + 95 * mm, bottom + up * mm)


def taken(work: Callable[[], object]) -> tuple[float, float]:
    """Return how long it takes, by the clock and of one processor, in ms."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000


def main() -> None:
    """Print medians of what is fast, one run of what is slow, and their ratios to the limit."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    rounds = ROUNDS if count <= 1000 else 3
    events, inputs = sample(count)
    order = cards(events, inputs, ORDER, SHOP)
    parts = finished(order)
    ways: dict[str, Callable[[], object]] = {
        "PlutoPrint alone on the same HTML": lambda: alone(parts),
        "csweek, one process": lambda: in_one_process(cards(events, inputs, ORDER, SHOP)),
        "csweek, as it comes": lambda: list(cards(events, inputs, ORDER, SHOP).documents(SHOP)),
        "ReportLab by hand": lambda: by_hand(order),
    }
    found = {name: [] for name in ways}  # type: dict[str, list[tuple[float, float]]]
    for _ in range(rounds):
        for name, work in ways.items():
            with suppress(ImportError):
                found[name].append(taken(work))
    some = parts[: max(1, min(len(parts), 2))]
    with suppress(ImportError):
        (clock, processor), (limit, _) = taken(lambda: weasyprint(some)), taken(lambda: alone(some))
        first = statistics.median(time for time, _ in found["PlutoPrint alone on the same HTML"])
        share = clock / limit
        found[f"WeasyPrint (from {len(some)} of {len(parts)} parts)"] = [
            (first * share, processor * first / limit)
        ]
    show(count, sum(html.count("<section") for html in parts), found)


def show(count: int, pages: int, found: Mapping[str, list[tuple[float, float]]]) -> None:
    """Print the table."""
    medians = {
        name: tuple(statistics.median(one) for one in zip(*times, strict=True))
        for name, times in found.items()
        if times
    }
    limit = next(iter(medians.values()))
    print(f"{count} cards, {pages} pages; ms by the clock and of this process, and times the limit")
    for name, (clock, processor) in medians.items():
        print(f"{name:45}{clock:9.0f}{processor:9.0f}{clock / limit[0]:9.2f}")


if __name__ == "__main__":
    main()
