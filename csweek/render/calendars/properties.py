"""The properties of an event that hang on little else than themselves, each as finished lines."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from csweek.model.basics import Day
from csweek.render.calendars import ical

SOON = "-PT10M"
"""When an alarm goes off before something with an hour."""

MORNING = "PT9H"
"""When it goes off on a whole day: at nine."""

STAMPED = 3
"""Lines of a stamp, with which an entry begins after its UID."""

_FORM = "%Y%m%dT%H%M%S"


def stamp(changed: datetime, sequence: int) -> bytes:
    """Return when an event was last changed, and how often."""
    at = f"{changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines: Mapping[str, str] = {"DTSTAMP": at, "LAST-MODIFIED": at, "SEQUENCE": str(sequence)}
    return b"".join(ical.line(*pair) for pair in lines.items())


def all_day(day: Day) -> bytes:
    """Return a whole day; it ends on the next."""
    after = day + timedelta(days=1)
    return ical.line("DTSTART;VALUE=DATE", f"{day:%Y%m%d}") + ical.line("DTEND;VALUE=DATE", f"{after:%Y%m%d}")


def hours(start: datetime, end: datetime, zone: str) -> bytes:
    """Return both times in the zone, in UTC without one."""
    if zone:
        return f"DTSTART;TZID={zone}:{start:{_FORM}}\r\nDTEND;TZID={zone}:{end:{_FORM}}\r\n".encode()
    first, last = start.astimezone(UTC), end.astimezone(UTC)
    return f"DTSTART:{first:{_FORM}}Z\r\nDTEND:{last:{_FORM}}Z\r\n".encode()


def flags(*, private: bool, busy: bool, live: bool) -> bytes:
    """Return who may see it, whether it takes time, and whether it stands."""
    lines = {
        "CLASS": "PRIVATE" if private else "",
        "TRANSP": "OPAQUE" if busy else "TRANSPARENT",
        "STATUS": "CONFIRMED" if live else "CANCELLED",
    }
    return b"".join(ical.line(name, value) for name, value in lines.items() if value)


def alarm(said: str, *, all_day: bool) -> bytes:
    """Return an alarm that shows a text: shortly before the hour, on a whole day in the morning."""
    trigger = ical.line("TRIGGER", MORNING if all_day else SOON)
    return ical.component(b"VALARM", (b"ACTION:DISPLAY\r\n", trigger, ical.text("DESCRIPTION", said)))
