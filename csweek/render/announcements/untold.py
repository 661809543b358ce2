"""Why an event cannot be announced."""

from csweek.errors import Problem
from csweek.model.basics import Audience, Visibility
from csweek.model.plan import Event
from csweek.render.announcements.newsroom import Newsroom
from csweek.render.recipients import why_not


def untold(room: Newsroom, event: Event, teams: tuple[str, ...]) -> Problem | None:
    """Return why these teams (none: everyone) may not read of an event, None where they may."""
    week = room.week(event.date)
    told = [week.events(room.inputs.people.teams[team]) for team in teams] or [week.events(None)]
    if any(one.key == event.key for some in told for one in some):
        return None
    return Problem(None, *_why(room, event, teams))


def _why(room: Newsroom, event: Event, teams: tuple[str, ...]) -> tuple[str, str]:
    people = room.inputs.people
    names = ", ".join(people.persons[one].name for one in event.recipients if one in people.persons)
    if event.visibility is Visibility.SURPRISE:
        owner = people.persons.get(event.owner or "")
        who = f"only {owner.name}, who holds it," if owner else "only who holds it"
        return f"{event.id} is a surprise: {who} may know of it before", _BRIEFING
    if event.audience is Audience.PERSON:
        return f"{event.id} is for {names} alone, and nothing to announce", _BRIEFING
    absent = [one for one in event.recipients if why_not(one, event.date, people)]
    if absent and len(absent) == len(event.recipients):
        return f"nobody whom {event.id} is for is there on {event.date}", "csweek plan finds another day"
    if not room.named.issuperset(event.recipients):
        hint = "who is asked gets the word in person; thanks: public in the people file lets others read it"
        return f"not everyone whom {event.id} names ({names}) may be named to others", hint
    hint = "--team takes the team that it is for" if teams else "--team says to which team"
    return f"{event.id} does not concern these readers", hint


_BRIEFING = "it stands in its owner's calendar and briefing: csweek announce briefing"
