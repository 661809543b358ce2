from datetime import UTC, datetime
from pathlib import Path

from cli import saved

from csweek.model.cards import PrintedCard
from csweek.store import Store

MORNING = datetime(2027, 1, 20, 8, 30, tzinfo=UTC)
CARD = PrintedCard("e4", "p1", "a4-4up", 2, 3, MORNING)


def test_cards_are_kept_as_printed_in_their_order(tmp_path: Path) -> None:
    root = saved(tmp_path)
    other = CARD._replace(event="e5", person="p2", number=1)
    with Store.open(root, create=True) as store:
        store.record_printed([CARD, other])
        store.record_printed([CARD])
    with Store.open(root, create=False) as store:
        assert store.printed() == (other, CARD)
        assert store.printed("e4") == (CARD,)
        assert store.printed("e6") == ()


def test_a_card_printed_again_later_is_kept_beside_the_first(tmp_path: Path) -> None:
    root = saved(tmp_path)
    later = CARD._replace(at=datetime(2027, 1, 21, tzinfo=UTC))
    with Store.open(root, create=True) as store:
        store.record_printed([CARD, later])
        assert store.printed("e4") == (CARD, later)


def test_an_empty_store_has_printed_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=False) as store:
        assert store.printed() == ()
