"""Pages about one thing: a person, a team, an owner, an event."""

from collections import Counter
from collections.abc import Iterator, Sequence

from csweek.model.basics import Status, Visibility
from csweek.model.cards import PrintedCard
from csweek.model.plan import Contact, Event
from csweek.render.phrases import PRACTICES
from csweek.render.screen.days import by, listing, section, signs, whom
from csweek.render.screen.text import Ink, cells, facts, ink, long, many, wrap
from csweek.render.screen.year import View


def person(view: View, contact: Contact, received: Sequence[Event], held: Sequence[Event]) -> Iterator[str]:
    """Yield who somebody is, what reaches them by name or with others, and what they hold."""
    yield from _titled(contact.name, _about(contact), view.width)
    own = [event for event in received if contact.id in event.recipients]
    shared = [event for event in received if contact.id not in event.recipients]
    yield many(len([e for e in own if e.live]), "moment") + " by name" + _with_others(shared)
    yield from section("By name", own, view, without={"whom"})
    yield from section("With the team or everyone", shared, view)
    yield from section("Holds", held, view, without={"by"})
    yield from signs([*received, *held], view.width)


def _about(contact: Contact) -> str:
    role = "" if contact.role == "staff" else str(contact.role)
    parts = dict.fromkeys((contact.id, role, contact.team, contact.site, contact.email))
    return " · ".join(part for part in parts if part and part != contact.name)


def _titled(title: str, about: str, width: int) -> Iterator[str]:
    """Yield a title with what stands beside it, on lines below where there is no room."""
    if cells(f"{title} · {about}") <= width:
        yield ink(title, Ink.TITLE) + ink(f" · {about}" if about else "", Ink.QUIET)
        return
    yield from (ink(line, Ink.TITLE) for line in wrap(title, width))
    yield from (ink(line, Ink.QUIET) for line in wrap(about, width))


def _with_others(shared: Sequence[Event]) -> str:
    live = [event for event in shared if event.live]
    return f", {len(live):,} with others" if live else ""


def team(view: View, name: str, members: Sequence[str], events: Sequence[Event]) -> Iterator[str]:
    """Yield a team, who is in it, and its events."""
    site = view.directory.teams.get(name, "")
    yield from _titled(name, site, view.width)
    yield from wrap(f"{many(len(members), 'person', 'people')}: {', '.join(members)}", view.width)
    yield ""
    yield from listing(events, view) if events else ["Nothing is planned for this team."]
    yield from signs(events, view.width)


def owner(view: View, name: str, events: Sequence[Event]) -> Iterator[str]:
    """Yield what somebody is asked to do, with the minutes of the fullest week."""
    yield ink(name, Ink.TITLE)
    loads = minutes_by_week(view, [event for event in events if event.live])
    if not loads:
        yield "Holds nothing in this year."
        return
    fullest = max(loads, key=lambda position: loads[position])
    number = view.year.monday(fullest).isocalendar().week
    average = sum(loads.values()) / (view.year.weeks - view.begins)
    asked = (
        f"{many(sum(e.live for e in events), 'event')}, {average:.0f} minutes in an average week, "
        f"{loads[fullest]} in the fullest (week {number})"
    )
    yield from wrap(asked, view.width)
    yield ""
    yield from listing(events, view, without={"by"})
    yield from signs(events, view.width)


def minutes_by_week(view: View, events: Sequence[Event]) -> Counter[int]:
    """Return what an owner's events ask, preparation included, by the position of the week."""
    minutes = Counter[int]()
    for event in events:
        at = view.year.week_of(event.date)
        minutes[at] += event.minutes
        if event.prepare:
            minutes[max(0, at - event.prepare.weeks)] += event.prepare.minutes
    return minutes


def event(view: View, one: Event, why: Sequence[str], printed: Sequence[PrintedCard] = ()) -> Iterator[str]:
    """Yield everything about an event; ``why``: the sentences that explain it."""
    directory = view.directory
    *above, title = wrap(f"{one.id} · {one.title.say(directory.locale)}", view.width - len(one.status) - 3)
    yield from (ink(line, Ink.TITLE) for line in above)
    yield ink(title, Ink.TITLE) + ink(f" · {one.status}", *_LOOK.get(one.status, ()))
    yield from facts(
        [
            ("When", _when(one)),
            ("For", _for(one, view)),
            ("By", f"{by(one, directory)}{f' as {one.owner_role}' if one.owner else ''}"),
            ("What", _what(one)),
            ("Prepare", _prepare(one)),
            ("Practice", PRACTICES[one.practice].say(directory.locale)),
            ("Secret", _secret(one)),
            ("Printed", "; ".join(_printed(card, view) for card in printed[-_PRINTED:])),
            ("How", one.how.say(directory.locale)),
            ("Why", " ".join(why)),
        ],
        view.width,
    )


_PRINTED = 5
"""Printed cards that are listed, the latest."""


def _printed(card: PrintedCard, view: View) -> str:
    where = f"sheet {card.number} of {card.sheet}, place {card.place}"
    return f"{card.at.day} {card.at:%B %Y} for {view.directory.name(card.person)} on {where}"


_LOOK: dict[Status, tuple[Ink, ...]] = {Status.DONE: (Ink.GOOD,), Status.MISSED: (Ink.BAD,)}


def _when(one: Event) -> str:
    week = one.date.isocalendar().week
    given = "its date is given" if one.fixed else "its day was chosen"
    if one.start is None or one.end is None:
        return f"{long(one.date)} (week {week}; {given})"
    hours = f"{one.start:%H:%M} to {one.end:%H:%M} {one.timezone}"
    if one.start.date() == one.date:
        return f"{long(one.date)}, {hours} (week {week}; {given})"
    return f"{long(one.start.date())}, {hours}, in the shift of {one.date:%A} (week {week}; {given})"


def _for(one: Event, view: View) -> str:
    names = [view.directory.name(recipient) for recipient in one.recipients]
    place = [part for part in (one.team, one.site) if part]
    if not names:
        return ", ".join(dict.fromkeys([whom(one, view.directory), *(part for part in (one.site,) if part)]))
    return ", ".join(names) + (f" ({', '.join(place)})" if place else "")


def _what(one: Event) -> str:
    cost = "" if one.cost == "none" else f", cost {one.cost}"
    idea = f", idea {one.idea}" if one.idea else ""
    return f"{one.channel}, {one.minutes} min{cost} (action {one.action}{idea})"


def _prepare(one: Event) -> str:
    if one.prepare is None:
        return ""
    return f"{one.prepare.minutes} min, by {long(one.prepare.day(one.date))}"


def _secret(one: Event) -> str:
    secret = one.visibility is Visibility.SURPRISE
    return "a surprise: only who holds it may know before" if secret else ""
