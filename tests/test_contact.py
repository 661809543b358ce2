from datetime import UTC, date, datetime

from paper import pages
from samples import INPUTS
from test_order import SHOP

from csweek.render.cards.contact import contact_sheet
from csweek.render.cards.studio import DESIGNS
from csweek.render.paper import pdf

ABOUT = pdf.About("Designs", "", "en", datetime(2027, 1, 4, tzinfo=UTC))


def test_every_design_is_there_with_its_name() -> None:
    made = pages(contact_sheet(INPUTS, date(2027, 1, 4), SHOP, ABOUT).content)
    text = "\n".join(page.text for page in made)
    assert [name for name in DESIGNS if name not in text] == []
    assert text.count("Sample") >= len(DESIGNS) - 1
