"""Checks of single values: numbers, words of a fixed list, names in quotes, text that is no HTML."""

import re
from collections.abc import Iterator

from csweek.errors import Severity
from csweek.icscheck.lines import property_of
from csweek.icscheck.reading import CONTINUED, TEXT, Fault, File

_WARNING = Severity.WARNING
SEQUENCE = re.compile(rb"(?i)SEQUENCE[^:]*:\s*[0-9]{1,9}\s*")
ONE_OF = re.compile(
    rb"(?i)(?:STATUS[^:]*:(?:CONFIRMED|TENTATIVE|CANCELLED)|TRANSP[^:]*:(?:OPAQUE|TRANSPARENT)"
    rb"|CALSCALE[^:]*:GREGORIAN)\s*"
)
CN = re.compile(rb'(?i)[^:"]*;CN=(?!")[^;:]*(?:[,"]|;[^=:;"]*[:;])')
"""A name that is not quoted although a sign in it tears the line apart."""
ADDRESS = re.compile(rb'(?i)[^:"]*(?:"[^"]*"[^:"]*)*:[a-z][a-z0-9+.-]*:')
TAG = re.compile(
    rb"(?i)</?(?:(?:html|body|head|div|span|br|ul|li|strong|em|font|img)(?:[ />]|$)|[abipu](?:/?>| [a-z-]+=))"
)


def sequences(file: File) -> Iterator[Fault]:
    """Find sequences that are no number."""
    wrong = {line for line in file.unlike("q") if not SEQUENCE.fullmatch(line)}
    if wrong:
        yield Fault(file.numbers(wrong), "SEQUENCE is no whole number", "count the changes, from 0")


def words(file: File) -> Iterator[Fault]:
    """Find values that no program knows."""
    wrong = {line for line in file.unlike("yw") if not ONE_OF.fullmatch(line)}
    places = {*file.in_events("y"), *file.numbers_of("w")} if wrong else ()
    for line in sorted(wrong):
        numbers = [number for number in file.numbers({line}) if number in places]
        if not numbers:  # a task's, which knows other words
            continue
        name = re.split(rb"[;:]", line)[0].decode().upper()
        hint = {
            "STATUS": "take CONFIRMED, TENTATIVE or CANCELLED",
            "TRANSP": "take OPAQUE (busy) or TRANSPARENT (free)",
        }.get(name, "take GREGORIAN; no program reads another one")
        yield Fault(numbers, f"{name} has a value that programs do not know", hint, _WARNING)


def quotes(file: File) -> Iterator[Fault]:
    """Find names of people whose signs tear the line apart."""
    wrong = {line for line in file.unlike("o@") if CN.match(line)}
    if wrong:
        hint = 'put the name in quotes: CN="Ek, Eva"'
        yield Fault(file.numbers(wrong), "the name in CN is not quoted", hint, _WARNING)


def addresses(file: File) -> Iterator[Fault]:
    """Find people whose address is none; Outlook and others leave them out or refuse the event."""
    wrong = {line for line in file.unlike("o@") if not ADDRESS.match(line)}
    numbers = [n for n in file.numbers(wrong) if not ADDRESS.match(file.whole(n - 1))]
    if numbers:
        hint = "write mailto: before it, as in mailto:eva@example.com"
        yield Fault(numbers, "this line ends in no address", hint, _WARNING)


def html(file: File) -> Iterator[Fault]:
    """Find descriptions that are meant for a browser."""
    if b"<" not in file.together:
        return
    wrong = {line for line in file.unlike((CONTINUED, TEXT)) if TAG.search(line)}
    numbers = [n for n in file.numbers(wrong) if property_of(file, n)[0] == TEXT]
    if numbers:
        hint = "write plain text, with \\n for a line break: most programs show the tags"
        yield Fault(numbers, "this text holds HTML", hint, _WARNING)


def zones(file: File) -> Iterator[Fault]:
    """Find time zones without a name, without hours, or whose hours do not say from what to what."""
    for match in re.finditer(r"Z[^z]*z", file.kinds):
        at, shape = match.start(), match[0]
        name = shape.find("k")
        if name < 0 or not file.whole(at + name).partition(b":")[2].strip():
            yield Fault([at + 1], "the VTIMEZONE has no TZID", "add the name that the events use")
        if not re.search("[SD]", shape):
            yield Fault([at + 1], "the VTIMEZONE has no hours", "add STANDARD, and DAYLIGHT with summer time")
        for part in re.finditer(r"[SD][^sd]*[sd]", shape):
            if not {*"b<>"} <= {*part[0]}:
                hint = "it needs DTSTART, TZOFFSETFROM and TZOFFSETTO"
                yield Fault([at + part.start() + 1], "these hours of a VTIMEZONE are not complete", hint)


CHECKS = (sequences, words, quotes, addresses, html, zones)
