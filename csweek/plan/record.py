"""From what is placed to rows: the words of each event, its language and trait, its hour on the wall."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from csweek.model.basics import Audience, Practice, Prepare, Status
from csweek.model.inputs import Action, Inputs, Theme
from csweek.model.plan import Key
from csweek.plan.again.keep import EPOCH, TICKS, Stood
from csweek.plan.again.renamed import Renamed
from csweek.plan.ideas import trait_of
from csweek.plan.owed.acts import Act, Owed, Placed, Seat
from csweek.plan.owed.demand import Subject
from csweek.plan.placing.preparing import Workdays
from csweek.plan.when.days import Days
from csweek.plan.when.hours import FULL_DAY, local, offset
from csweek.rows import (
    ACTION,
    BY_HAND,
    DAY,
    ENDS,
    KIND,
    ORDINAL,
    OWNER,
    REASON,
    RECIPIENTS,
    SEQUENCE,
    SERIAL,
    SITE,
    STARTS,
    STATUS,
    SUBJECT,
    TEAM,
    UID,
    YEAR,
    Encoder,
    Plain,
    Table,
)
from csweek.rows.reasons import owned_again
from csweek.rows.values import instant, uid, wall
from csweek.rows.values import local as wall_clock


class _Whom(NamedTuple):
    """What the rows of one subject have alike: numbers of texts, and the number of its voice."""

    subject: int
    site: int
    team: int | None
    recipients: int
    voice: int
    """Site, language and audience."""


class Recorder:
    """Makes rows of one year; texts and what events share are worked out once."""

    def __init__(
        self, before: Table, inputs: Inputs, days: Days, revised: datetime, today: date, workdays: Workdays
    ) -> None:
        self.texts = before.texts
        self._workdays = workdays
        self._inputs = inputs
        self._days = days
        self._number = before.number
        self._revised = instant(revised)
        self._week = days.index(today) // 7
        self._encoder = Encoder(before.texts, before.number)
        first = days.year.first.toordinal()
        self._ordinals = list(range(first, first + 7 * days.year.weeks))
        self._base = (days.year.first - EPOCH).days * FULL_DAY
        self._kinds: dict[object, int] = {}
        self._whoms: dict[str, _Whom] = {}
        self._voices: dict[tuple[str, str, Audience], int] = {}
        self._known: dict[int, dict[str, Any]] = {}
        self._practised: dict[int, tuple[Practice, str | None]] = {}
        self._old = before.decoder
        self._calendar = before.calendar_id
        self._traits = self._by_day(inputs)
        self._walls: dict[tuple[str, int], int | None] = {}
        self._places: dict[tuple[object, ...], tuple[str, str | None]] = {}
        self._days_said = [str(day) for day in self._ordinals]

    def _by_day(self, inputs: Inputs) -> list[str | None]:
        year = self._days.year
        themes: list[Theme] = [inputs.theme_on(self._days.date(day)) for day in range(7 * year.weeks)]
        return [trait_of(self._days.date(day), theme, year) for day, theme in enumerate(themes)]

    # --- what many have alike ------------------------------------------------------------------------

    def kind(self, owed: Owed, seat: Seat) -> int:
        """Return the number of what an event has in common with others."""
        act, subject = owed.act, owed.subject
        trait = act.offer.action.trait or self._traits[seat.day]
        prepare = self._workdays.on(_ahead(act.offer.action.prepare, seat.ahead), seat.day, seat.owner)
        known = (act.number, self._whom(subject).voice, trait, owed.fixed, prepare)
        number = self._kinds.get(known)
        if number is None:
            action = act.offer.action
            locale = self.locale(subject.audience, subject.id, subject.recipients)
            timezone = self._inputs.settings.sites[subject.site].timezone
            number = self._kinds[known] = self._keep({
                "practice": action.practice, "locale": locale, "timezone": timezone,
                "audience": subject.audience, "visibility": action.visibility, "channel": action.channel,
                "owner_role": action.owner, "minutes": action.minutes, "cost": action.cost,
                "fixed": owed.fixed, "idea": None, "trait": trait, "card": action.card,
                "title": action.title, "how": action.how, "prepare": prepare,
            })  # fmt: skip
        return number

    def _whom(self, subject: Subject) -> _Whom:
        known = self._whoms.get(subject.mark)
        if known is None:
            texts, team = self.texts, subject.team
            locale = self.locale(subject.audience, subject.id, subject.recipients)
            voice = (subject.site, locale, subject.audience)
            known = _Whom(
                texts[subject.id],
                texts[subject.site],
                None if team is None else texts[team],
                self._encoder.recipients(subject.recipients),
                self._voices.setdefault(voice, len(self._voices)),
            )
            if subject.mark:
                self._whoms[subject.mark] = known
        return known

    def locale(self, audience: Audience, subject: str, recipients: tuple[str, ...]) -> str:
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
        locale = self.locale(one.kind.audience, one.subject, one.recipients)
        prepare = self._prepared(one, act.offer.action)
        timezone = self._inputs.settings.sites[self._where(one)[0]].timezone
        known = (one.row[KIND], act.number, locale, prepare, timezone)
        number = self._kinds.get(known)
        if number is None:
            action, said = act.offer.action, self._said(one.row[KIND])
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

    def dressed(self, kind: int, idea: Action) -> int:
        """Return the number of a kind in an idea's words; rhythm, people and time stay the owed action's."""
        known = (kind, idea.id, idea.place)
        number = self._kinds.get(known)
        if number is None:
            said = self._said(kind)
            number = self._kinds[known] = self._keep(said | {
                "idea": idea.id, "practice": idea.practice, "title": idea.title, "how": idea.how,
                "trait": idea.trait or said["trait"],
            })  # fmt: skip
        return number

    def practised(self, kind: int) -> tuple[Practice, str | None]:
        """Return the practice of a kind, and its idea."""
        known = self._practised.get(kind)
        if known is None:
            said = self._said(kind)
            known = self._practised[kind] = said["practice"], said["idea"]
        return known

    def _keep(self, said: dict[str, Any]) -> int:
        shared = {name: value for name, value in said.items() if name not in {"title", "how", "prepare"}}
        number = self._encoder.kind(shared, said["title"], said["how"], said["prepare"])
        self._known[number] = said
        return number

    def _said(self, kind: int) -> dict[str, Any]:
        """Return what a kind says, by the names of an Event's fields."""
        if kind not in self._known:
            self._known[kind] = dict(self._old.kinds[kind])
        return self._known[kind]

    # --- rows ----------------------------------------------------------------------------------------

    def key(self, placed: Placed) -> tuple[int | None, int | None, int]:
        """Return what makes an event the same event, as rows have it; a text that is new is None."""
        owed, get = placed[0], self.texts.get
        return get(owed.act.id), get(owed.subject.id), owed.ordinal

    def keys(self, stood: Iterable[Stood]) -> Mapping[Any, Plain]:
        """Return what stood by its key of now, as its action and its team are called now."""
        texts = self.texts
        return {(texts[one.action], texts[one.subject], one.ordinal): one.row for one in stood}

    def row(self, placed: Placed, serial: int, kind: int) -> Plain:
        """Return the row of an event that is new, or new in this form."""
        owed, seat = placed
        texts, whom = self.texts, self._whom(owed.subject)
        starts, ends = self._hours(owed, seat)
        return (
            serial, self._number, texts[owed.act.id], whom.subject, owed.ordinal,
            self._ordinals[seat.day], starts, ends, whom.site, whom.team,
            None if seat.owner is None else texts[seat.owner],
            whom.recipients, kind, self._reason(owed, seat),
            "", 0, "planned", self._revised, 0,
        )  # fmt: skip

    def _reason(self, owed: Owed, seat: Seat) -> str:
        said = self._days_said
        minutes = "" if seat.minutes is None else seat.minutes
        if owed.fixed:
            return f"{'r' if owed.on_return else 'f'},{said[int(owed.wish)]},{seat.why},{minutes},{seat.week}"
        return (
            f"c,{owed.turn},{owed.of},{said[int(owed.wish)]},{said[owed.first]},{said[owed.last]},"
            f"{seat.why},{minutes},{seat.week}"
        )

    def _hours(self, owed: Owed, seat: Seat) -> tuple[int | None, int | None]:
        """Return the wall times at which an event begins and ends."""
        if seat.start is None:
            return None, None
        timezone = self._inputs.settings.sites[owed.subject.site].timezone
        ahead = self._steady(timezone, seat.day)
        minutes = owed.act.minutes
        if ahead is not None:
            start = (self._base + seat.start + ahead) * TICKS
            return start, start + minutes * TICKS
        begin = local(seat.start - seat.day * FULL_DAY, timezone, self._days.date(seat.day))
        return wall(begin, timezone), wall(begin.astimezone(UTC) + timedelta(minutes=minutes), timezone)

    def _steady(self, timezone: str, day: int) -> int | None:
        """Return a zone's minutes ahead of UTC around a day, None where its clocks are changed near it."""
        known = (timezone, day)
        if known not in self._walls:
            around = {offset(timezone, self._days.date(near)) for near in (day - 1, day, day + 1, day + 2)}
            self._walls[known] = around.pop() if len(around) == 1 else None
        return self._walls[known]

    def renewed(self, one: Stood, kind: int) -> Plain:
        """Return the row of an event that stands, as it is now; the same one where nothing differs."""
        row, texts = one.row, self.texts
        owner = None if one.owner is None else texts[one.owner]
        recipients = self._encoder.recipients(one.recipients)
        site, team = self._where(one)
        key = (texts[one.action], texts[one.subject], one.ordinal)
        form = (texts[site], None if team is None else texts[team], owner, recipients, kind)
        had = (row[SITE], row[TEAM], row[OWNER], row[RECIPIENTS], row[KIND])
        if (*key, *form) == (*row[ACTION:DAY], *had):
            return row
        hours = row[STARTS : ENDS + 1] if kind == row[KIND] else self._hours_now(row, kind)
        reason = row[REASON] if one.again is None else owned_again(row[REASON], *one.again)
        return (*row[:ACTION], *key, row[DAY], *hours, *form, reason, *row[UID:])

    def _hours_now(self, row: Plain, kind: int) -> tuple[int | None, int | None]:
        """Return the wall times of an event that stands, by the zone and the length that it has now."""
        if row[STARTS] is None:
            return None, None
        was, now = self._said(row[KIND])["timezone"], self._said(kind)["timezone"]
        start = row[STARTS] if was == now else wall(wall_clock(row[STARTS], was), now)
        return start, start + int(self._said(kind)["minutes"]) * TICKS

    def when(self, row: Plain) -> tuple[int, datetime | None]:
        """Return the day of a row, and the moment at which it begins where it has an hour."""
        starts = row[STARTS]
        return row[DAY], None if starts is None else wall_clock(starts, self._said(row[KIND])["timezone"])

    def relabelled(self, one: Stood, names: Renamed) -> Plain:
        """Return the row of an event that is past or settled, with its team's and site's name of now."""
        row, texts, text = one.row, self.texts, self._old.text
        if not names:
            return row
        team, site = row[TEAM] and text[row[TEAM]], text[row[SITE]]
        now = (
            texts[names.subject(one.kind.audience, text[row[SUBJECT]])],
            texts[names.sites.get(site, site)],
            team and texts[names.teams.get(team, team)],
        )
        if now == (row[SUBJECT], row[SITE], row[TEAM]):
            return row
        subject, *where = now
        return (*row[:SUBJECT], subject, *row[ORDINAL:SITE], *where, *row[OWNER:])

    def _where(self, one: Stood) -> tuple[str, str | None]:
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

    def _uid(self, row: Plain) -> str:
        """Return the UID that a row has, so that it keeps it under another key."""
        text = self._old.text
        key = Key(self._days.year.label, text[row[ACTION]], text[row[SUBJECT]], row[ORDINAL])
        return row[UID] or uid(self._calendar, key)

    def raised(self, row: Plain, old: Plain) -> Plain:
        """Return a row as the next form of an old one: people see a new sequence."""
        same = row[ACTION:DAY] == old[ACTION:DAY]
        form = (old[SERIAL], *row[YEAR:UID], old[UID] if same else self._uid(old), old[SEQUENCE] + 1)
        return (*form, row[STATUS], self._revised, row[BY_HAND])

    def cancelled(self, row: Plain) -> Plain:
        """Return a row cancelled."""
        return (*row[:SEQUENCE], row[SEQUENCE] + 1, Status.CANCELLED.value, self._revised, row[BY_HAND])


def _ahead(prepare: Prepare | None, weeks: int | None) -> Prepare | None:
    """Return a preparation so many weeks ahead, None being as many as it says."""
    return prepare if prepare is None or weeks is None else Prepare(prepare.minutes, weeks)


def order(placed: Sequence[Placed]) -> list[int]:
    """Return the positions of what is placed, by day."""
    days = [seat.day for _, seat in placed]
    return sorted(range(len(days)), key=days.__getitem__)
