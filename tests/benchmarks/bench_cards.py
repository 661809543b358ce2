"""400 cards through csweek beside PlutoPrint alone on the finished HTML, in the same run.

python tests/benchmarks/bench_cards.py [CARDS]
"""

import io
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import plutoprint
from samples import INPUTS, PEOPLE, REVISED, event

from csweek.folder import template
from csweek.model.basics import Place
from csweek.model.inputs import Inputs, Story
from csweek.model.plan import Event
from csweek.render.cards.order import CardOrder, cards
from csweek.render.paper import fonts, pdf

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


def finished(events: list[Event], inputs: Inputs) -> str:
    """Return the HTML that csweek hands to PlutoPrint."""
    available, pdf.available = pdf.available, lambda: False
    embedded, fonts.embedded = fonts.embedded, lambda: ""
    (document,) = cards(events, inputs, ORDER, template).documents
    pdf.available, fonts.embedded = available, embedded
    return document.content.decode()


def alone(html: str) -> bytes:
    """Return the PDF that PlutoPrint makes of it by itself."""
    book = plutoprint.Book(plutoprint.PAGE_SIZE_A4, plutoprint.PAGE_MARGINS_NONE)
    made = io.BytesIO()
    book.load_html(html)
    book.write_to_pdf_stream(made)
    return made.getvalue()


def taken(work: Callable[[], object]) -> tuple[float, float]:
    """Return how long it takes, by the clock and of one processor, in ms."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000


def main() -> None:
    """Print medians and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    events, inputs = sample(count)
    html = finished(events, inputs)
    cards(events, inputs, ORDER, template)
    rounds = [
        (*taken(lambda: cards(events, inputs, ORDER, template)), *taken(lambda: alone(html)))
        for _ in range(ROUNDS)
    ]
    clock, processor, clock_alone, processor_alone = (
        statistics.median(times) for times in zip(*rounds, strict=True)
    )
    lines = [
        f"{count} cards, {html.count('<section')} pages, medians of {ROUNDS}   clock  processor",
        f"csweek                              {clock:8.0f} ms {processor:8.0f} ms",
        f"PlutoPrint alone on the same HTML   {clock_alone:8.0f} ms {processor_alone:8.0f} ms",
        f"ratio                               {clock / clock_alone:8.2f} {processor / processor_alone:11.2f}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
