import pytest
from msgspec.structs import replace
from organisations import Shape, action, joined, organisation
from planned import plan_of

from csweek.model.basics import Audience, Channel, Practice
from csweek.model.inputs import Inputs
from csweek.model.plan import Event
from csweek.model.theme import PerYear
from csweek.plan.owed.demand import Subject
from csweek.plan.owed.owners import Owners

CALM = Shape(people=9, teams=2, sites=1, leaders=2, leave=0, odd_hours=0, never=0, movers=0)


def test_a_team_and_a_site_of_the_same_name_have_owners_of_their_own() -> None:
    people = organisation(CALM, 1).people
    name, team = next((name, team) for name, team in people.teams.items() if team.members)
    owners = Owners(people)
    site = owners.of("manager", Subject(name, Audience.ORGANISATION, team.site, 0, 0))
    assert site.first == ()
    assert owners.of("manager", Subject(name, Audience.TEAM, team.site, 0, 0, name)).first


def owned_by(owner: str) -> Inputs:
    """An organisation in which everyone is owed two cards from such an owner."""
    card = action("card", Practice.HEROES, owner=owner, rhythm=PerYear(2), channel=Channel.CARD)
    return organisation(replace(CALM, actions=(card,)), 1)


def cards(inputs: Inputs) -> list[Event]:
    found = [event for event in plan_of(inputs).events if event.action == "card"]
    assert len(found) == 2 * len(inputs.people)
    return found


def test_a_peer_is_somebody_else_of_the_own_team_and_an_organiser_where_there_is_none() -> None:
    inputs = owned_by("peer")
    persons = inputs.people.persons
    for event in cards(inputs):
        receiver, owner = persons[event.key.subject], persons.get(event.owner or "")
        if receiver.id == "o0":
            assert owner is None
        elif receiver.team is None:
            assert owner is persons["o0"]
        else:
            assert owner is not receiver
            assert owner is not None
            assert owner.team == receiver.team


def test_a_person_who_is_named_holds_all_but_their_own() -> None:
    owners = {event.key.subject: event.owner for event in cards(owned_by("p3"))}
    assert owners.pop("p3") == "o0"
    assert set(owners.values()) == {"p3"}


@pytest.mark.parametrize("owner", ["organiser", "nobody-here"])
def test_organisers_hold_what_is_theirs_or_nobodys(owner: str) -> None:
    inputs = owned_by(owner)
    second = replace(inputs.people.persons["o0"], id="o1", name="O1", called="o1")
    owners = {event.key.subject: event.owner for event in cards(joined(inputs, second))}
    assert (owners["o0"], owners["o1"]) == ("o1", "o0")
    assert set(owners.values()) == {"o0", "o1"}
