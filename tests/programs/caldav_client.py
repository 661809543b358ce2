"""Asks a CalDAV server for calendars with the caldav package, and prints each as a line of JSON.

Run in the environment of that package: caldav_client.py URL…; the ETags are by UID.
"""

import json
import sys
from datetime import UTC, date, datetime
from typing import Any

import caldav

USER = "tester"


def main() -> None:
    """Send a REPORT for each calendar: all events of three years."""
    for url in sys.argv[1:]:
        calendar = caldav.DAVClient(url, username=USER, password=USER).calendar(url=url)
        found = calendar.search(
            start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(2029, 1, 1, tzinfo=UTC), event=True
        )
        etags = {str(one.icalendar_component["UID"]): one.props["{DAV:}getetag"] for one in found}
        events = [_row(one.icalendar_component) for one in found]
        sys.stdout.write(json.dumps({"events": events, "etags": etags}) + "\n")


def _row(event: Any) -> list[object]:  # noqa: ANN401 - icalendar has no types
    return [
        event["UID"], _moment(event.start), _moment(event.end), str(event["SUMMARY"]),
        str(event.get("DESCRIPTION", "")), event["SEQUENCE"], str(event["STATUS"]),
    ]  # fmt: skip


def _moment(at: date) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(at, datetime) else at.isoformat()


if __name__ == "__main__":
    main()
