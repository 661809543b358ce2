"""What may be published tells no surprise and names nobody who wants to be thanked in private."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from announced import TEXTS, announced, room_of
from cli import Made

from csweek.model.basics import Thanks
from csweek.model.inputs import Inputs
from csweek.model.plan import Document, Plan
from csweek.read.workspace import read
from csweek.render.announcements.kinds import KINDS, Ask
from csweek.render.calendars import Maker, calendars
from csweek.store import Store

Texts = Mapping[str, str]
"""Files by name, calendars without folded lines."""


class Year(NamedTuple):
    """The demo's folder, its inputs and its year."""

    folder: Path
    inputs: Inputs
    plan: Plan


@pytest.fixture(scope="module")
def year(demo: Made) -> Year:
    inputs = read(demo.folder).inputs
    with Store.open(demo.folder, create=False) as store:
        plan = store.plan("2027")
    assert inputs
    assert plan
    return Year(demo.folder, inputs, plan)


def unfolded(content: bytes) -> str:
    return content.decode("utf-8").replace("\r\n ", "")


def below(folder: Path) -> Texts:
    return {str(path): unfolded(path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def shared(inputs: Inputs, plan: Plan, weeks: Iterable[int]) -> Texts:
    """Every calendar, and these weeks' announcements for everyone and for each team."""
    made = [*calendars(plan, inputs, ("everyone", "teams", "sites")), *_notes(inputs, plan, weeks)]
    assert all(document.name.startswith("share/") for document in made)
    return {document.name: unfolded(document.content) for document in made}


def _notes(inputs: Inputs, plan: Plan, weeks: Iterable[int]) -> Iterator[Document]:
    for week in weeks:
        monday = date.fromisocalendar(2027, week, 1)
        room = room_of(plan, inputs, monday)
        for ask in (Ask(monday), Ask(monday, tuple(inputs.people.teams))):
            for kind in KINDS.values():
                made = announced(room, kind.id, ask, TEXTS) if not kind.private else {}
                yield from (Document(name, "", text.encode()) for name, text in made.items())


def secrets(inputs: Inputs, plan: Plan) -> set[str]:
    """What tells a surprise, or a person who wants it private: identities, titles, names, addresses."""
    hidden = [event for event in plan.live if event.visibility == "surprise"]
    known = [event for event in plan.live if event.visibility != "surprise"]
    shown = {text for event in known for text in event.title.texts.values()}
    titles = {text for event in hidden for text in event.title.texts.values()} - shown
    private = [person for person in inputs.people if person.thanks is not Thanks.PUBLIC]
    assert hidden
    assert titles
    assert len(private) >= 3
    names = {text for person in private for text in (person.name, person.email, person.id) if text}
    return {event.uid for event in hidden} | titles | names


def leaks(texts: Texts, words: set[str]) -> list[tuple[str, str]]:
    return [(name, word) for name, text in texts.items() for word in words if word in text]


def test_no_file_of_the_demo_that_may_be_published_tells_a_secret(year: Year) -> None:
    folder, inputs, plan = year
    texts = below(folder / "out" / "share")
    assert len(texts) > 20
    assert leaks(texts, secrets(inputs, plan)) == []


@pytest.mark.slow
def test_no_busy_week_tells_a_secret(year: Year) -> None:
    _, inputs, plan = year
    assert leaks(shared(inputs, plan, (3, 40)), secrets(inputs, plan)) == []


@pytest.mark.slow
def test_no_week_of_the_year_tells_a_secret(year: Year) -> None:
    _, inputs, plan = year
    assert leaks(shared(inputs, plan, range(1, 53)), secrets(inputs, plan)) == []


def test_a_persons_own_calendar_tells_nothing_of_others_who_want_it_private(year: Year) -> None:
    _, inputs, plan = year
    maker = Maker(plan, inputs)
    private = {one.id: {one.name, one.email} for one in inputs.people if one.thanks is not Thanks.PUBLIC}
    found = 0
    for calendar in maker.calendars(["people"]):
        others = set[str]().union(*(words for ident, words in private.items() if ident != calendar.whose))
        texts = {one.name: unfolded(one.content) for one in maker.documents(calendar)}
        assert leaks(texts, others | hidden(plan)) == []
        found += any(word in text for text in texts.values() for word in private.get(calendar.whose, ()))
    assert found


def hidden(plan: Plan) -> set[str]:
    return {event.uid for event in plan.live if event.visibility == "surprise"}


def test_the_search_would_find_one_in_the_private_folder(year: Year) -> None:
    folder, inputs, plan = year
    private = "\n".join(below_calendars(folder / "out" / "private").values())
    found = {word for _, word in leaks({"private": private}, secrets(inputs, plan))}
    assert found & {event.uid for event in plan.live if event.visibility == "surprise"}
    assert found & {person.name for person in inputs.people if person.thanks is Thanks.PRIVATE}


def below_calendars(folder: Path) -> Texts:
    return {str(path): unfolded(path.read_bytes()) for path in folder.rglob("*.ics")}
