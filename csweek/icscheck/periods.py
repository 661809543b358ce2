"""Checks of how long and how often: rules, exceptions, lengths, alarms, zones' offsets.

Sources: RFC 5545, 3.3.6, 3.3.9, 3.3.10, 3.3.14, 3.8.5, 3.8.6.3; for RSCALE and SKIP RFC 7529.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from csweek.errors import Severity
from csweek.icscheck.lines import value_of
from csweek.icscheck.never import never
from csweek.icscheck.reading import Fault, File
from csweek.icscheck.times import moment_of

_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"


def _list(one: str) -> str:
    return f"{one}(?:,{one})*"


_PARTS = {
    name: re.compile(form)
    for name, form in {
        "FREQ": "SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY",
        "UNTIL": r"\d{8}(?:T\d{6}Z?)?",
        "COUNT": r"0*[1-9]\d*",
        "INTERVAL": r"0*[1-9]\d*",
        "BYSECOND": _list(r"(?:[0-5]?\d|60)"),
        "BYMINUTE": _list(r"[0-5]?\d"),
        "BYHOUR": _list(r"(?:[01]?\d|2[0-3])"),
        "BYDAY": _list(rf"(?:[+-]?0*[1-5]?\d)?{_DAY}"),
        "BYMONTHDAY": _list(r"[+-]?(?:0?[1-9]|[12]\d|3[01])"),
        "BYYEARDAY": _list(r"[+-]?0*[1-9]\d{0,2}"),
        "BYWEEKNO": _list(r"[+-]?(?:0?[1-9]|[1-4]\d|5[0-3])"),
        "BYMONTH": _list(r"(?:0?[1-9]|1[0-2])L?"),
        "BYSETPOS": _list(r"[+-]?0*[1-9]\d{0,2}"),
        "WKST": _DAY,
        "RSCALE": r"[A-Z0-9-]+",
        "SKIP": "OMIT|BACKWARD|FORWARD",
    }.items()
}
_LENGTH = rb"P(?=T?\d)(?:\d{1,5}W)?(?:\d{1,5}D)?(?:T(?:\d{1,7}H)?(?:\d{1,7}M)?(?:\d{1,7}S)?)?"
_DURATION = re.compile(rb"\+?" + _LENGTH)
_BEFORE = re.compile(rb"[-+]?" + _LENGTH)
_AT = re.compile(rb"\d{8}T\d{6}Z")
_OFFSET = re.compile(rb"[-+](?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?\s*")
_MOMENT = rb"\d{8}(?:T\d{6}Z?)?"
_PERIOD = _MOMENT + rb"/(?:" + _MOMENT + rb"|\+?" + _LENGTH + rb")"
_MOMENTS = re.compile(rb"%b(?:,%b)*" % (_MOMENT, _MOMENT))
_PERIODS = re.compile(rb"%b(?:,%b)*" % (_PERIOD, _PERIOD))
_UNTIL = re.compile(rb"(?:^|;)UNTIL=\d{8}(T\d{6}Z?)?(?=;|\s*$)")
_DATE = re.compile(rb"\d{8}(?:,|$)")


def rules(file: File) -> Iterator[Fault]:
    """Find rules that programs drop, or for which they refuse the file."""
    found: dict[str, list[int]] = {}
    for number in file.numbers_of("r"):
        if fault := fault_of_rule(value_of(file.whole(number - 1))):
            found.setdefault(fault, []).append(number)
    for fault, numbers in found.items():
        hint = "write it like FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10; programs drop others, some the whole file"
        yield Fault(numbers, fault, hint)


def days(file: File) -> Iterator[Fault]:
    """Find rules that fall on no day."""
    rules = {number: value_of(file.whole(number - 1)) for number in file.numbers_of("r")}
    numbers = [number for number, rule in rules.items() if not fault_of_rule(rule) and falls_never(rule)]
    if numbers:
        hint = "say a day that there is; programs show the first event alone, or none"
        yield Fault(numbers, "this rule falls on no day that there is", hint, Severity.WARNING)


def lists(file: File) -> Iterator[Fault]:
    """Find further days and exceptions that are none."""
    numbers = _not(file, "R%", _is_list)
    if numbers:
        hint = "write days as ;VALUE=DATE:20270104,20270111, times like DTSTART"
        yield Fault(numbers, "this is no list of days or times", hint)


def exceptions(file: File) -> Iterator[Fault]:
    """Find exceptions that name days where the event has hours, or the other way round."""
    if numbers := _beside_start(file, "%", _differ):
        fault = "EXDATE is a day and DTSTART a time, or the other way round"
        hint = "write it like DTSTART, with the hour and the zone; else most programs show the day"
        yield Fault(numbers, fault, hint, Severity.WARNING)


def lasts(file: File) -> Iterator[Fault]:
    """Find rules until a day where the event has hours, or the other way round."""
    if numbers := _beside_start(file, "r", _ends_otherwise):
        fault = "UNTIL is a day and DTSTART a time, or the other way round"
        hint = "write UNTIL=20270401 for days, UNTIL=20270401T215959Z for hours: programs differ"
        yield Fault(numbers, fault, hint, Severity.WARNING)


def _beside_start(file: File, kind: str, differ: Callable[[bytes, bytes], bool]) -> Sequence[int]:
    """Return the lines of events that are of a kind and do not go with their DTSTART."""
    return sorted(
        start + found.start() + 1
        for shape in file.shapes
        if kind in shape and "b" in shape
        for start in file.events[shape]
        for found in re.finditer(kind, shape)
        if differ(file.whole(start + shape.index("b")), file.whole(start + found.start()))
    )


def lengths(file: File) -> Iterator[Fault]:
    """Find durations of events that are none, or that no program can work out."""
    numbers = [n for n in file.in_events("g") if not _DURATION.fullmatch(value_of(file.whole(n - 1)))]
    if numbers:
        hint = "write P1D for a day, PT1H30M for an hour and a half; DTEND is read by more programs"
        yield Fault(numbers, "this is no length of time", hint)


def triggers(file: File) -> Iterator[Fault]:
    """Find alarms at no time."""
    numbers = _not(file, "&", is_trigger)
    if numbers:
        hint = "write -PT10M for ten minutes before, or ;VALUE=DATE-TIME:20270104T083000Z"
        yield Fault(numbers, "this alarm has no time", hint)


def offsets(file: File) -> Iterator[Fault]:
    """Find differences from UTC that are none."""
    numbers = _not(file, "<>", lambda line: _OFFSET.fullmatch(value_of(line)))
    if numbers:
        yield Fault(numbers, "this is no difference from UTC", "write it as +0100 or -0330")


def is_trigger(line: bytes) -> bool:
    """Whether a TRIGGER says when: so long before or after, or at a moment in UTC."""
    form = _AT if b";VALUE=DATE-TIME" in line[: -len(value_of(line)) or None].upper() else _BEFORE
    return form.fullmatch(value_of(line)) is not None


def _not(file: File, kinds: str, is_sound: Callable[[bytes], object]) -> list[int]:
    """Return the lines of these kinds that are not sound as a whole."""
    if not any(file.unlike(kinds)):
        return []
    judged = cache(is_sound)
    return [number for number in file.numbers_of(kinds) if not judged(file.whole(number - 1))]


@cache
def fault_of_rule(value: bytes) -> str:
    """Return what is wrong with a rule, empty where nothing is."""
    text = value.decode("utf-8", "replace").removesuffix(";")
    parts = [part.partition("=")[::2] for part in text.split(";")]
    names = [name for name, _ in parts]
    if "FREQ" not in names:
        return "this rule has no FREQ"
    for name, said in parts:
        if name not in _PARTS:
            return f"this rule has a part that no rule has: {name[:20]!r}"
        if not _PARTS[name].fullmatch(said):
            return f"{name} in this rule has no value that programs know"
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        return f"this rule has {twice[0]} more than once"
    return "this rule has both COUNT and UNTIL" if {"COUNT", "UNTIL"} <= {*names} else ""


@cache
def falls_never(value: bytes) -> bool:
    """Whether a rule falls on no day that there is."""
    try:
        return never(value.decode("ascii", "replace").strip().removesuffix(";"))
    except (ValueError, KeyError):  # it is no rule
        return False


def _is_list(line: bytes) -> bool:
    value = value_of(line).strip()
    period = b";VALUE=PERIOD" in line[: -len(value) or None].upper()
    return not value or bool((_PERIODS if period else _MOMENTS).fullmatch(value))


def _differ(start: bytes, exception: bytes) -> bool:
    moment, value = moment_of(start), value_of(exception).strip()
    if moment is None or not value or not _is_list(exception):
        return False
    return moment.is_day != bool(_DATE.match(value))


def _ends_otherwise(start: bytes, rule: bytes) -> bool:
    moment, until = moment_of(start), _UNTIL.search(value_of(rule))
    return moment is not None and until is not None and moment.is_day == bool(until[1])


CHECKS = (rules, days, lists, exceptions, lasts, lengths, triggers, offsets)
