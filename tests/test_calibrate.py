from datetime import UTC, datetime

import pytest
from paper import pages

from csweek.folder import template
from csweek.render.cards.press import page
from csweek.render.paper import calibrate, pdf
from csweek.render.paper.sheets import read_sheet

ABOUT = pdf.About("Calibration", "", "en", datetime(2027, 1, 4, tzinfo=UTC))


@pytest.mark.parametrize("name", ["a4-4up", "letter-4up", "a4-half-fold", "a6-1up", "4.25x5.5-1up"])
def test_both_sides_have_a_cross_20_mm_from_two_edges_and_measures_of_100_mm(name: str) -> None:
    sheet = read_sheet(name, template)
    html = page(calibrate.style(sheet, "en"), calibrate.pages(sheet, "en"), ABOUT)
    made = pages(pdf.lay_out(html, template))
    assert len(made) == 2
    for side, option in zip(made, ("--shift 0.8mm,-0.5mm", "--back-shift 0.8mm,-0.5mm"), strict=True):
        assert side.size == pytest.approx(sheet.paper, abs=0.1)
        assert any(line[0] == line[2] == pytest.approx(20, abs=0.05) for line in side.lines)
        assert any(line[1] == line[3] == pytest.approx(20, abs=0.05) for line in side.lines)
        lengths = {round(max(line[2] - line[0], line[3] - line[1]), 1) for line in side.lines}
        assert 100.0 in lengths
        assert all(x >= 0 and right <= side.size[0] for x, _, right, _ in side.lines)
        assert max(bottom for _, (*_, bottom), _ in side.letters) < side.size[1] - 8
        assert option in " ".join(side.text.split())
