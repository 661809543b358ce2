import subprocess
import sys
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from csweek.model.basics import monday_of


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
