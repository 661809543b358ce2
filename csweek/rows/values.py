"""How single values stand in rows: JSON, serials, instants, hours on the wall, UIDs."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from uuid import UUID

from csweek import zones
from csweek.model.plan import Key

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def serial(ident: str) -> int | None:
    """Return the number in an event's id (``e412``), None for anything else."""
    digits = ident[1:]
    return int(digits) if ident[:1] == "e" and digits.isascii() and digits.isdigit() else None


def instant(moment: datetime) -> int:
    """Return an aware datetime as whole microseconds."""
    return (moment - EPOCH) // _TICK


def moment(ticks: int) -> datetime:
    """Return the UTC datetime of an instant."""
    return EPOCH + timedelta(microseconds=ticks)


def wall(when: datetime, timezone: str) -> int:
    """Return a moment as the wall clock of a zone shows it, doubled, its lowest bit being the fold."""
    zone = zones.zone(timezone)
    local = when if when.tzinfo is zone else when.astimezone(zone)
    return instant(local.replace(tzinfo=UTC, fold=0)) * 2 + local.fold


def local(ticks: int, timezone: str) -> datetime:
    """Return the moment that ``wall`` gives."""
    return moment(ticks >> 1).replace(tzinfo=zones.zone(timezone), fold=ticks & 1)


def uid(calendar_id: UUID, key: Key) -> str:
    """Return an event's UID: stable, and telling nothing."""
    return uuid5_text(calendar_id, f"{key.year}\n{key.action}\n{key.subject}\n{key.ordinal}")


def uid_beside(other: str, number: int) -> str:
    """Return the UID of the event with a serial whose own is another event's, which had its key before."""
    return uuid5_text(UUID(other), str(number))


def uuid5_text(namespace: UUID, name: str) -> str:
    """Return what ``str(uuid5(namespace, name))`` gives, in a third of its time. Source: RFC 9562."""
    bits = sha1(namespace.bytes + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(bits[16], 16) & 3]
    return f"{bits[:8]}-{bits[8:12]}-5{bits[13:16]}-{variant}{bits[17:20]}-{bits[20:32]}"
