from datetime import date

from msgspec.structs import replace
from paper import over
from samples import INPUTS

from csweek.folder import template
from csweek.model.basics import Place
from csweek.model.cards import CardRow
from csweek.render.cards.card import Praise, Source
from csweek.render.cards.rows import of_rows
from csweek.render.cards.unprintable import BOX, boxed, unprintable

MINE = over({"cards/mine.html": "{{ card.extra.desk }} {{ card.extra['Favourite tea'] }}"})


def row(design: str = "mine", **extra: str) -> Source:
    (one,), _ = of_rows([CardRow(Place("rows.csv", 3), "", "p1", extra=extra)], INPUTS, date(2027, 1, 20))
    return replace(one, template=design)


def test_a_column_that_the_design_prints_is_looked_at_and_another_is_not() -> None:
    one = row(**{"desk": "B \u10dc", "Favourite tea": "\U0001f375", "room": "\u10dc"})
    told = [str(problem) for problem in unprintable([one], (), MINE, boxes=False)]
    assert len(told) == 2
    assert "rows.csv:3: error: no font has the character '\u10dc' (U+10DC) in the desk of Åsa" in told[0]
    assert "in the Favourite tea of Åsa" in told[1]
    assert list(unprintable([row("thank-you", desk="\u10dc")], (), template, boxes=False)) == []


def test_a_box_stands_for_it_wherever_it_is() -> None:
    one = row(desk="B \u10dc")
    praised = replace(one.card, team="\u10dc", praises=(Praise("\u10dc", "\u10dc.", "\u10dc!"),))
    card = boxed(replace(one, card=praised), ()).card
    assert (card.extra["desk"], card.team) == (f"B {BOX}", BOX)
    assert card.praises == (Praise(BOX, f"{BOX}.", f"{BOX}!"),)
    (warning,) = unprintable([one], (), MINE, boxes=True)
    assert not warning.is_error
