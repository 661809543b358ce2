"""What the workspace remembers of printing: which cards, on which sheet and place."""

from collections.abc import Iterator

from csweek.cli.options import now
from csweek.cli.sources.desk import Desk
from csweek.cli.terminal.streams import tell
from csweek.model.cards import PrintedCard
from csweek.render.cards.order import Cards
from csweek.render.screen.text import many
from csweek.store import Store

SHOWN = 5


def tell_before(at: Desk, made: Cards) -> None:
    """Say which of these cards were printed already, so that nobody gets one twice unnoticed."""
    wanted = {(one.event, one.person.id) for batch in made.batches for one in batch.sources if one.event}
    if at.root is None or not wanted:
        return
    with Store.open(at.root, create=False) as store:
        before = {(one.event, one.person): one.at for one in store.printed()}
    again = [event for event, _ in sorted(wanted & before.keys())]
    secret = {event.id for event in at.plan.events if event.secret_from(at.organisers)}
    named = [event for event in dict.fromkeys(again) if event not in secret]
    if again:
        more = ", …" if len(named) > SHOWN else ""
        ids = f": {', '.join(named[:SHOWN])}{more}" if named else ""
        were = "was" if len(again) == 1 else "were"
        tell(f"{many(len(again), 'card')} of these {were} printed before{ids}")


def remember(at: Desk, made: Cards) -> None:
    """Keep what was printed; previews and pages in HTML are none."""
    cards = list(_printed(made))
    if at.root is not None and cards:
        with Store.open(at.root, create=True) as store:
            store.record_printed(cards)


def _printed(made: Cards) -> Iterator[PrintedCard]:
    at = now()
    for batch in made.batches:
        for index, one in enumerate(batch.sources if batch.form == "pdf" else ()):
            number, place = batch.layout.place(index)
            if one.event:
                yield PrintedCard(
                    one.event, one.person.id, batch.layout.sheet.name, number + 1, place + 1, at
                )
