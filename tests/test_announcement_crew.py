"""Many announcements: shared out among processes, the same whoever makes them."""

import pickle
from datetime import timedelta
from pathlib import Path

import pytest
from announced import room_of
from announced_year import DAY, DAYS, YEAR_INPUTS, YEAR_PLAN
from keeping import keep
from msgspec.structs import replace

from csweek.cli.sources.saved import Saved
from csweek.errors import InputError, Problem
from csweek.folder import template
from csweek.model.basics import Place, Words
from csweek.model.plan import Directory, Document
from csweek.model.theme import ThemeTurn
from csweek.render.announcements.crew import AT_ONCE, crewed, pieces
from csweek.render.announcements.faults import Faults
from csweek.render.announcements.kinds import Ask
from csweek.render.announcements.newsroom import Newsroom
from csweek.store import Store

TURNS = [
    (kind, Ask(DAYS.get(kind, DAY), teams))
    for teams in ((), tuple(YEAR_INPUTS.people.teams))
    for kind in ("weekly", "kickoff", "csw-1", "wow", "briefing")
]


def broken(name: str) -> bytes | None:
    """Templates with a mistake in one of them."""
    return b"# {{ stroy }}\n" if name == "announcements/wow.md" else template(name)


def half_said(root: Path) -> Newsroom:
    """A saved year with a theme without its Korean motto, and a template that does not work."""
    theme = replace(YEAR_INPUTS.themes[0].theme, motto=Words({"en": "Power", "sv": "Kraft"}))
    inputs = replace(YEAR_INPUTS, themes=(ThemeTurn(theme),))
    diary = Saved(root, "2027", YEAR_PLAN.revision, DAY)
    return Newsroom(replace(YEAR_PLAN, events=()), inputs, DAY, broken, diary)


def made(room: Newsroom, workers: int) -> tuple[list[Document], list[Problem]]:
    faults = Faults()
    found = list(crewed(TURNS, ["txt", "slack"], room, faults, workers))
    return found, [*faults, *room.problems()]


def test_a_turn_is_cut_by_its_teams_and_what_is_private_is_made_once() -> None:
    teams = tuple(f"Team {number}" for number in range(AT_ONCE + 1))
    both = list(pieces(("weekly", Ask(DAY, teams)), ("txt", "slack")))
    assert tuple(team for piece in both for team in piece.turn[1].teams) == teams
    assert [len(piece.turn[1].teams) for piece in both] == [AT_ONCE // 2, AT_ONCE // 2, 1]
    assert len(list(pieces(("briefing", Ask(DAY, teams)), ("txt",)))) == 1
    assert len(list(pieces(("weekly", Ask(DAY)), ("txt",)))) == 1


def names(room: Newsroom, *turns: tuple[str, Ask]) -> list[str]:
    return [one.name for one in crewed(turns, ["txt"], room, Faults(), 0)]


def test_what_is_still_the_latest_a_week_later_comes_once() -> None:
    turns = [(kind, Ask(DAY + timedelta(days=days))) for kind in ("hero", "scorecard") for days in (0, 7)]
    room = room_of(YEAR_PLAN, YEAR_INPUTS, DAY)
    found = names(room, *turns)
    assert len(found) == len(set(found)) == 2 * len(room.languages)


def test_two_of_one_name_are_no_latest_though_the_team_is_called_like_one() -> None:
    team = replace(YEAR_INPUTS.people.teams["Natt"], id="night-hero-team")
    people = replace(YEAR_INPUTS.people, teams={**YEAR_INPUTS.people.teams, team.id: team})
    room = room_of(YEAR_PLAN, replace(YEAR_INPUTS, people=people), DAY)
    found = names(room, *[("weekly", Ask(DAY, (team.id,)))] * 2)
    assert found == ["share/announcements/2027-W03-weekly-night-hero-team.txt"] * 2


@pytest.mark.slow
def test_two_processes_make_the_same_as_one_and_tell_the_same_mistakes(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        keep(store, YEAR_PLAN, Directory.of(YEAR_INPUTS, DAY), {})
    documents, problems = made(half_said(tmp_path), 0)
    assert made(half_said(tmp_path), 2) == (documents, problems)
    assert len(documents) > 40
    assert any("unknown name 'stroy'" in one.message for one in problems)
    assert any("the theme has no ko for 'Power'" in one.message for one in problems)


def test_an_error_comes_out_of_another_process_with_its_problems() -> None:
    error = InputError([Problem(Place("people.csv", 3), "no name", "write one")])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(again), again.problems) == (InputError, error.problems)
