from datetime import UTC, datetime
from pathlib import Path

from csweek.store import Store
from csweek.store.outbox import Outbox

AT = datetime(2027, 10, 4, 8, 0, tzinfo=UTC)
ANNA, BO = ("2027-W40-weekly", "anna@x.example"), ("2027-W40-weekly", "bo@x.example")


def test_a_letter_is_begun_once_and_settled_once(tmp_path: Path) -> None:
    with Outbox.open(tmp_path, AT) as outbox:
        assert outbox.turn({}, [ANNA, BO]) == {ANNA, BO}
        assert outbox.turn({ANNA: "sent"}, [BO]) == frozenset()
        assert outbox.states() == {ANNA: "sent", BO: "begun"}
        assert outbox.turn({BO: "free"}, [BO]) == {BO}


def test_it_outlives_the_program_and_lies_beside_the_plan(tmp_path: Path) -> None:
    with Outbox.open(tmp_path, AT) as outbox:
        outbox.turn({}, [ANNA])
    with Store.open(tmp_path, create=False) as store:
        assert store.years() == ()
    with Outbox.open(tmp_path, AT) as outbox:
        assert outbox.states() == {ANNA: "begun"}


def test_two_programs_never_send_the_same(tmp_path: Path) -> None:
    with Outbox.open(tmp_path, AT) as one, Outbox.open(tmp_path, AT) as two:
        assert one.turn({}, [ANNA]) == {ANNA}
        assert two.turn({}, [ANNA, BO]) == {BO}
