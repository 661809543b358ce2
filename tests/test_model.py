import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csweek import model
from csweek.model import monday_of


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)))
def test_a_week_begins_on_the_monday_of_each_of_its_days(day: date) -> None:
    monday = monday_of(day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7
    assert monday.isocalendar()[:2] == day.isocalendar()[:2]


def test_what_the_user_wrote_is_brought_when_it_is_asked_for() -> None:
    ask = "import sys, csweek.model as model; {}print('csweek.model.inputs' in sys.modules)"
    for first, there in (("", "False"), ("model.Plan; ", "False"), ("model.Person; ", "True")):
        done = subprocess.run([sys.executable, "-c", ask.format(first)], capture_output=True, check=True)
        assert done.stdout.decode().strip() == there


def test_a_name_that_is_not_there_is_no_part_of_the_model() -> None:
    with pytest.raises(AttributeError, match="Persson"):
        _ = model.Persson  # type: ignore[attr-defined]
