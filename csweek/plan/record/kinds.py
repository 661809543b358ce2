"""What many events have alike: words, language, trait, preparation. Each is kept once, under a number."""

from datetime import date
from typing import Any

from csweek.model.basics import Audience, Practice, Prepare
from csweek.model.inputs import Inputs
from csweek.model.theme import Action
from csweek.once import Once
from csweek.plan.again.stood import Stood
from csweek.plan.ideas import trait_of
from csweek.plan.owed.acts import Act, Owed, Seat
from csweek.plan.owed.demand import Subject
from csweek.plan.placing.preparing import Workdays
from csweek.plan.when.days import Days
from csweek.rows import KIND, SITE
from csweek.rows.encoder import Encoder
from csweek.rows.table import Table


class Kinds:
    """The kinds of one year's events; each is worked out once."""

    def __init__(self, before: Table, inputs: Inputs, days: Days, today: date, workdays: Workdays) -> None:
        self._inputs = inputs
        self._days = days
        self._workdays = workdays
        self._week = days.index(today) // 7
        self._old = before.decoder
        self._encoder = Encoder(before.texts, before.number)
        self._kinds: dict[object, int] = {}
        self._voices: dict[tuple[str, str, Audience], int] = {}
        self._voiced: dict[str, int] = {}
        self._known: dict[int, dict[str, Any]] = {}
        self._practised: dict[int, tuple[Practice, str | None]] = {}
        self._places: dict[tuple[object, ...], tuple[str, str | None]] = {}
        self._traits = Once(self._trait)
        """By day."""

    def _trait(self, day: int) -> str | None:
        return trait_of(day // 7, self._inputs.theme_on(self._days.date(day)), self._days.year)

    def dealt(self, owed: Owed, seat: Seat) -> int:
        """Return the number of what an event has in common with others."""
        act, subject = owed.act, owed.subject
        action = act.offer.action
        trait, prepare = action.trait or self._traits[seat.day], action.prepare
        if prepare is not None:
            soon = seat.day < 7 * prepare.weeks
            prepare = self._workdays.on(_ahead(prepare, seat.ahead), seat.day, seat.owner, soon=soon)
        known = (act.number, self._voice(subject), trait, owed.fixed, prepare)
        number = self._kinds.get(known)
        if number is None:
            locale = self._locale(subject.audience, subject.id, subject.recipients)
            timezone = self._inputs.settings.sites[subject.site].timezone
            number = self._kinds[known] = self._keep({
                "practice": action.practice, "locale": locale, "timezone": timezone,
                "audience": subject.audience, "visibility": action.visibility, "channel": action.channel,
                "owner_role": action.owner, "minutes": action.minutes, "cost": action.cost,
                "fixed": owed.fixed, "idea": None, "trait": trait, "card": action.card,
                "title": action.title, "how": action.how, "prepare": prepare,
            })  # fmt: skip
        return number

    def _voice(self, subject: Subject) -> int:
        """Return a number for the site, language and audience of a subject."""
        known = self._voiced.get(subject.mark)
        if known is None:
            locale = self._locale(subject.audience, subject.id, subject.recipients)
            voice = (subject.site, locale, subject.audience)
            known = self._voices.setdefault(voice, len(self._voices))
            if subject.mark:
                self._voiced[subject.mark] = known
        return known

    def _locale(self, audience: Audience, subject: str, recipients: tuple[str, ...]) -> str:
        """Return the language of those whom an event is for, of the organisation where they have several."""
        people = self._inputs.people
        if len(recipients) == 1:
            return people.persons[recipients[0]].locale
        if audience is Audience.TEAM:
            return people.teams[subject].locale
        if audience is Audience.ORGANISATION:
            return self._inputs.settings.sites[subject].locale
        spoken = {people.persons[person].locale for person in recipients}
        return spoken.pop() if len(spoken) == 1 else self._inputs.locale

    def refreshed(self, one: Stood, act: Act) -> int:
        """Return the number of what an event that stands has alike in the words that hold now."""
        locale = self._locale(one.kind.audience, one.subject, one.recipients)
        prepare = self._prepared(one, act.offer.action)
        timezone = self._inputs.settings.sites[self.where(one)[0]].timezone
        known = (one.row[KIND], act.number, locale, prepare, timezone)
        number = self._kinds.get(known)
        if number is None:
            action, said = act.offer.action, self.said(one.row[KIND])
            words = {"practice": action.practice, "title": action.title, "how": action.how}
            number = self._kinds[known] = self._keep(said | (words if said["idea"] is None else {}) | {
                "visibility": action.visibility, "channel": action.channel, "minutes": action.minutes,
                "prepare": prepare, "cost": action.cost, "card": action.card,
                "owner_role": action.owner, "locale": locale, "timezone": timezone,
            })  # fmt: skip
        return number

    def _prepared(self, one: Stood, action: Action) -> Prepare | None:
        """Return the preparation of an event that stands: when it was before, unless that is too late now."""
        now, stood = action.prepare, one.kind.prepare
        if now is None or stood is None:
            return self._workdays.on(now, one.day, one.owner)
        spread = stood.weeks > now.weeks or one.day // 7 - now.weeks < self._week
        if spread and one.kind.fixed and stood.minutes == now.minutes:
            now = _ahead(now, stood.weeks) or now
        return self._workdays.still(now, stood, one.day, one.owner)

    def dressed(self, kind: int, idea: Action, theme: str) -> int:
        """Return the number of a kind in the words of a theme's idea; all else stays the owed action's."""
        known = (kind, idea.id, theme)
        number = self._kinds.get(known)
        if number is None:
            said = self.said(kind)
            number = self._kinds[known] = self._keep(said | {
                "idea": idea.id, "practice": idea.practice, "title": idea.title, "how": idea.how,
                "trait": idea.trait or said["trait"],
            })  # fmt: skip
        return number

    def practised(self, kind: int) -> tuple[Practice, str | None]:
        """Return the practice of a kind, and its idea."""
        known = self._practised.get(kind)
        if known is None:
            said = self.said(kind)
            known = self._practised[kind] = said["practice"], said["idea"]
        return known

    def _keep(self, said: dict[str, Any]) -> int:
        shared = {name: value for name, value in said.items() if name not in {"title", "how", "prepare"}}
        number = self._encoder.kind(shared, said["title"], said["how"], said["prepare"])
        self._known[number] = said
        return number

    def said(self, kind: int) -> dict[str, Any]:
        """Return what a kind says, by the names of an Event's fields."""
        if kind not in self._known:
            self._known[kind] = dict(self._old.kinds[kind])
        return self._known[kind]

    def where(self, one: Stood) -> tuple[str, str | None]:
        """Return site and team of an event that stands, as they are now."""
        known = (one.row[SITE], one.subject, one.recipients, one.kind.audience)
        if known not in self._places:
            self._places[known] = self._where_now(one)
        return self._places[known]

    def _where_now(self, one: Stood) -> tuple[str, str | None]:
        """Return the place of its team or its people; a group stays at its site while there is such a one."""
        people, settings, site = self._inputs.people, self._inputs.settings, self._old.text[one.row[SITE]]
        match one.kind.audience:
            case Audience.ORGANISATION:
                return one.subject, None
            case Audience.TEAM:
                return people.teams[one.subject].site, one.subject
        here = [people.persons[person] for person in one.recipients]
        teams = {person.team for person in here}
        team = teams.pop() if len(teams) == 1 else None
        stays = one.kind.audience is Audience.GROUP and site in settings.sites
        return site if stays else here[0].site, team


def _ahead(prepare: Prepare | None, weeks: int | None) -> Prepare | None:
    """Return a preparation so many weeks ahead, None being as many as it says."""
    return prepare if prepare is None or weeks is None else Prepare(prepare.minutes, weeks)
