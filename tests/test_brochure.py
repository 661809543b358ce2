from datetime import date, timedelta
from functools import partial

import pytest
import samples
from msgspec.structs import replace

from csweek.errors import CsweekError
from csweek.folder import template
from csweek.model.basics import Practice
from csweek.model.plan import Event
from csweek.render.brochure import Brochure, brochure, ordinary
from csweek.render.cards.press import Shop
from csweek.render.paper import pdf

MONDAY = date(2027, 2, 1)
SHOP = Shop(partial(template, root=None))


def test_an_ordinary_week_shows_most_practices_and_nothing_festive() -> None:
    def on(weeks: int, action: str, practice: Practice) -> Event:
        day = MONDAY + timedelta(weeks=weeks)
        return replace(samples.event("wow-note", day, "p1"), practice=practice, idea=action)

    events = [
        on(0, "a", Practice.WOW),
        on(0, "a", Practice.WOW),
        on(1, "a", Practice.WOW), on(1, "b", Practice.CAREER), on(1, "c", Practice.CAREER),
        on(2, "a", Practice.WOW), on(2, "b", Practice.CAREER), on(2, "d", Practice.CELEBRATION),
    ]  # fmt: skip
    mondays = [MONDAY + timedelta(weeks=week) for week in range(3)]
    monday, shown = ordinary(events, mondays)
    assert monday == mondays[1]
    assert [event.idea for event in shown] == ["a", "b", "c"]
    assert ordinary(events, mondays[:1])[1] == (events[0],)


@pytest.mark.skipif(not pdf.available(), reason="PDF cannot be made on this platform")
def test_the_same_theme_gives_the_same_bytes() -> None:
    shown = Brochure(samples.THEME, "sv", MONDAY, ())
    first, second = (tuple(brochure(shown, SHOP, samples.REVISED)) for _ in range(2))
    assert first == second
    assert [document.media_type for document in first] == ["application/pdf", "image/png"]


def test_a_motif_that_is_not_there_is_told() -> None:
    theme = replace(samples.THEME, look=replace(samples.THEME.look, motif="stars"))
    with pytest.raises(CsweekError, match="stars"):
        tuple(brochure(Brochure(theme, "en", MONDAY, ()), SHOP, samples.REVISED))
