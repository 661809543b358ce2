"""Cards through csweek beside PlutoPrint alone on the same HTML, WeasyPrint and ReportLab, in one run.

python tests/benchmarks/bench_cards.py [CARDS]
python tests/benchmarks/bench_cards.py large [CARDS]

The second prints so many cards (100,000) and a tenth of them with all processors: one PDF, and one a team.

WeasyPrint and ReportLab are left out where they are not installed: pip install weasyprint reportlab
"""

import io
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parent.parent))

import plutoprint
from samples import INPUTS, PEOPLE, REVISED, event

from csweek import output
from csweek.folder import template
from csweek.model.basics import Place
from csweek.model.inputs import Inputs, Story
from csweek.model.plan import Event
from csweek.render.cards.card import Card
from csweek.render.cards.order import CardOrder, Cards, cards
from csweek.render.cards.press import Shop, press
from csweek.render.paper import fonts, pdf
from csweek.render.paper.plates import Plates
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


def finished(order: Cards, *, in_full: bool) -> list[str]:
    """Return the HTML of the cards, part by part: with all drawings, or as csweek hands it to PlutoPrint."""
    seen: list[str] = []
    really = pdf.lay_out

    def lay_out(html: str, reader: Reader) -> bytes:
        seen.append(html)
        return really(html, reader)

    drawn = patch.object(Plates, "stand_in", lambda _, plate: plate.drawing) if in_full else nullcontext()
    with patch.object(pdf, "lay_out", lay_out), drawn:
        in_one_process(order)
    return [html for html in seen if "<section" in html]


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


def held() -> float:
    """Return the memory of this process and those that it started, what they share counted once, in MB."""
    ours = [os.getpid(), *(one.pid for one in multiprocessing.active_children())]
    return sum(map(_share, ours)) / 1024


def _share(process: int | None) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


@contextmanager
def watched() -> Iterator[list[float]]:
    """Give a list whose last number is the most memory held until then."""
    most, ended = [held()], threading.Event()

    def look() -> None:
        while not ended.wait(0.3):
            most.append(max(most[-1], held()))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        ended.set()
        watcher.join()


def processor() -> float:
    """Return the seconds that this process and those that it started have computed."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def printed(count: int, size: int) -> tuple[float, float, float, int]:
    """Print cards with all processors, so many to a document; return seconds of both kinds, MB, bytes."""
    events, inputs = sample(count)
    clock, computed = time.perf_counter(), processor()
    with watched() as most, tempfile.TemporaryDirectory() as folder:
        orders = [
            cards(events[at : at + size], inputs, replace(ORDER, stem=f"cards-{at // size}"), SHOP)
            for at in range(0, count, size)
        ]
        batches = [batch for order in orders for batch in order.batches]
        made = output.write(press(batches, SHOP), Path(folder))
        total = sum(path.stat().st_size for path in made.new)
    return time.perf_counter() - clock, processor() - computed, most[-1], total


def large(count: int) -> None:
    """Print what many cards take, and how that grows with their number."""
    for said, team in (("one PDF", count), ("a PDF for each team of 100", 100)):
        few, many = printed(count // 10, min(team, count // 10)), printed(count, team)
        for number, (clock, computed, memory, total) in ((count // 10, few), (count, many)):
            print(
                f"{number:7,} cards, {said}: {clock:.1f} s by the clock, {computed:.1f} s of processors, "
                f"{memory:.0f} MB in all processes, {total / 1e6:.0f} MB written"
            )
        print(f"ten times as many take {many[1] / few[1]:.1f} times the processors' time")


def main() -> None:
    """Print medians of what is fast, one run of what is slow, and their ratios to the limit."""
    asked = sys.argv[1:]
    if asked[:1] == ["large"]:
        large(int(asked[1]) if len(asked) > 1 else 100_000)
        return
    count = int(asked[0]) if asked else 400
    rounds = ROUNDS if count < 1000 else 3
    events, inputs = sample(count)
    order = cards(events, inputs, ORDER, SHOP)
    parts, bare = finished(order, in_full=True), finished(order, in_full=False)
    ways: dict[str, Callable[[], object]] = {
        "PlutoPrint alone on the same HTML": lambda: alone(parts),
        "PlutoPrint alone without the drawings": lambda: alone(bare),
        "csweek, one process": lambda: in_one_process(cards(events, inputs, ORDER, SHOP)),
        "csweek, as it comes": lambda: list(cards(events, inputs, ORDER, SHOP).documents(SHOP)),
        "ReportLab by hand": lambda: by_hand(order),
    }
    found = {name: [] for name in ways}  # type: dict[str, list[tuple[float, float]]]
    for _ in range(rounds):
        for name, work in ways.items():
            with suppress(ImportError):
                found[name].append(taken(work))
    with suppress(ImportError):
        times = len(parts)
        clock, computed = taken(lambda: weasyprint(parts[:1]))
        found[f"WeasyPrint, {times} times the first part"] = [(clock * times, computed * times)]
    show(count, sum(html.count("<section") for html in parts), found)


def show(count: int, pages: int, found: Mapping[str, list[tuple[float, float]]]) -> None:
    """Print the table."""
    medians = {
        name: tuple(statistics.median(one) for one in zip(*times, strict=True))
        for name, times in found.items()
        if times
    }
    limit = next(iter(medians.values()))
    print(f"{count} cards, {pages} pages; ms by the clock and of this process, and that times the limit")
    for name, (clock, computed) in medians.items():
        print(f"{name:45}{clock:9.0f}{computed:9.0f}{computed / limit[1]:9.2f}")


if __name__ == "__main__":
    main()
