import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csweek.model.basics import Place, monday_of


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)))
def test_a_week_begins_on_the_monday_of_each_of_its_days(day: date) -> None:
    monday = monday_of(day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7
    assert monday.isocalendar()[:2] == day.isocalendar()[:2]


def test_a_plan_is_known_without_what_the_user_wrote() -> None:
    ask = "import sys, csweek.model.plan; print('csweek.model.inputs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "False"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("people.csv", 8, 6), "people.csv:8:6"),
        (Place("people.xlsx", 8, 6), "people.xlsx:F8"),
        (Place("Personal.XLSX", 2, 28), "Personal.XLSX:AB2"),
        (Place("people.ods", 8), "people.ods:8"),
        (Place("ticks (2).XLSX (Åsa (Support))", 8, 6), "ticks (2).XLSX (Åsa (Support)):F8"),
        (Place("a.xlsx (copy).csv", 8, 6), "a.xlsx (copy).csv:8:6"),
        (Place("people.xlsx"), "people.xlsx"),
    ],
)
def test_a_place_is_named_as_its_program_names_it(place: Place, said: str) -> None:
    assert str(place) == said
