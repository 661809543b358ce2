"""Values as people write them: hours, rhythms, words. Each parser returns the value or raises Wrong."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import time
from typing import TypeVar

from csweek import zones
from csweek.model.cards import link_fault
from csweek.model.theme import Every
from csweek.names import fold, near
from csweek.read import languages
from csweek.read.wrong import Wrong

T = TypeVar("T")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_LOCAL_DAYS = (
    ("man", "pon", "월"), ("tis", "uto", "화"), ("ons", "sri", "수"), ("tor", "cet", "목"),
    ("fre", "pet", "금"), ("lor", "sub", "토"), ("son", "ned", "일"),
)  # fmt: skip


# --- weekdays, hours, lengths --------------------------------------------------------------------


def weekday(text: str) -> int:
    """Return 0 for Monday to 6 for Sunday, of at least three letters."""
    word = fold(text).rstrip(".")
    for number, name in enumerate(WEEKDAYS):
        if len(word) >= 3 and name.startswith(word):
            return number
        if word.removesuffix("요일").startswith(tuple(map(fold, _LOCAL_DAYS[number]))):
            return number
    raise Wrong(f"'{text}' is not a day of the week", "write mon, tue, wed, thu, fri, sat or sun")


def weekdays(given: str | Iterable[str]) -> frozenset[int]:
    """Return the days of ``mon-fri``, ``mon,wed,fri``, or of a list of such."""
    text = given if isinstance(given, str) else ",".join(given)
    found = set[int]()
    for part in filter(str.strip, re.split(r"[,;\s]+(?![-–])", re.sub(r"\s*[-–]\s*", "-", text))):
        first, last = _ends(part, "write mon-fri or mon,wed,fri")
        start = weekday(first)
        found |= {(start + n) % 7 for n in range((weekday(last) - start) % 7 + 1)}
    return all_weekdays([found])


def _ends(part: str, hint: str) -> tuple[str, str]:
    """Return the first and last of ``mon-fri``, or of one."""
    first, dash, last = (one.strip() for one in part.partition("-"))
    if dash and not (first and last):
        raise Wrong(f"'{part}' is open at one end", hint)
    return first, last or first


def all_weekdays(sets: Iterable[Iterable[int]]) -> frozenset[int]:
    """Return the days of several sets, which must be one at least."""
    found = frozenset(day for days in sets for day in days)
    if not found:
        raise Wrong("no day of the week is given", "write mon-fri or mon,wed,fri")
    return found


def clock(text: str) -> time:
    """Return the time of day of ``9``, ``09:00`` or ``24:00``."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?(?::00)?", text.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if (hour, minute) == (24, 0):
        return time(0)
    if hour > 23 or minute > 59:
        raise Wrong(f"'{text}' is not a time of day", "write HH:MM, as in 09:00 or 21:30")
    return time(hour, minute)


def days(text: str) -> int:
    """Return the days of ``2 weeks`` or ``10 days``."""
    found = re.fullmatch(r"(\d{1,3})\s*(day|week)s?", text.strip().lower())
    if not found:
        raise Wrong(f"'{text}' is not a length of time", "write '2 weeks' or '10 days'")
    return int(found[1]) * (7 if found[2] == "week" else 1)


def every(text: str) -> Every:
    """Return the rhythm of ``2 weeks``, ``month``, ``3 months``."""
    found = re.fullmatch(r"(\d{1,2})?\s*(week|month|quarter)s?", text.strip().lower())
    count = int(found[1] or 1) if found else 0
    if not found or not 1 <= count <= 53:
        raise Wrong(f"'{text}' is not a rhythm", "write '1 week', '2 weeks', '1 month' or '3 months'")
    if found[2] == "week":
        return Every(count, "weeks")
    return Every(count * (3 if found[2] == "quarter" else 1), "months")


def share(text: str) -> float:
    """Return the part of ``0.2`` or ``20 %``."""
    bare = text.strip().replace(",", ".")
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(%?)", bare)
    part = float(found[1]) / (100 if found[2] else 1) if found else 0
    if not 0 < part <= 1:
        raise Wrong(f"'{text}' is not a part of a team", "write 0.2 or 20% for a fifth")
    return part


def numbers(given: str | Iterable[str], highest: int, name: Callable[[str], int] = int) -> frozenset[int]:
    """Return the numbers from 1 to ``highest`` of ``3``, ``1-13, 40`` or a list of such."""
    text = given if isinstance(given, str) else ",".join(given)
    found = set[int]()
    for part in filter(None, map(str.strip, text.split(","))):
        first, last = _ends(part, "write 7, 1-13 or [1, 14, 27, 40]")
        try:
            start, end = name(first), name(last)
        except ValueError:
            start, end = 0, 0
        if not 1 <= start <= end <= highest:
            raise Wrong(f"'{part}' is not between 1 and {highest}", "write 7, 1-13 or [1, 14, 27, 40]")
        found |= set(range(start, end + 1))
    return frozenset(found)


def month(text: str) -> int:
    """Return the number of a month given as number or English name of at least three letters."""
    word = fold(text)
    named = [n for n, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    return named[0] if named else int(word)


def sizes(text: str) -> tuple[int, int]:
    """Return smallest and largest of ``4-6`` or ``5``."""
    found = re.fullmatch(r"(\d{1,3})\s*(?:[-–]\s*(\d{1,3}))?", text.strip())
    low = int(found[1]) if found else 0
    high = int(found[2] or low) if found else 0
    if not 2 <= low <= high:
        raise Wrong(f"'{text}' is not the size of a group", "write 4-6, or 5; the smallest group is 2")
    return low, high


# --- words ---------------------------------------------------------------------------------------


def locale(text: str) -> str:
    """Return a language code such as ``sv`` or ``en-CA``, also of ``Svenska`` or ``swe``."""
    first, *rest = text.strip().replace("_", "-").split("-")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?", "-".join([first, *rest])):
        if named := languages.code(text):
            return named
        raise Wrong(f"'{text}' is not a language", "write a code such as en, sv, ko, bs or en-CA")
    letters = first.lower() if len(first) == 2 else languages.shortest(first.lower())
    return "-".join([letters, *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def zone(name: str) -> str:
    """Return the IANA name of a time zone; the hint knows cities too."""
    if name.strip() in zones.names():
        return name.strip()
    wanted = fold(name).replace(" ", "_").rpartition("/")[2]
    ending = [zone for zone in sorted(zones.names()) if fold(zone).rpartition("/")[2] == wanted]
    guess = ending[0] if ending else near(name, zones.names(), 0.8)
    hint = (
        f"did you mean '{guess}'?" if guess else "write region and city, as in Europe/Stockholm or Asia/Seoul"
    )
    raise Wrong(f"there is no time zone '{name}'", hint)


def colour(text: str) -> str:
    """Return ``#rrggbb`` in lower case, of ``#rgb`` too."""
    bare = text.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", bare):
        return "#" + "".join(digit * 2 for digit in bare[1:])
    if not re.fullmatch(r"#[0-9a-f]{6}", bare):
        raise Wrong(f"'{text}' is not a colour", 'write "#rrggbb" in quotes, as in "#0b7285"')
    return bare


def link(text: str) -> str:
    """Return the whole address of a page, a mailbox or a telephone."""
    bare = text.strip()
    if fault := link_fault(bare):
        raise Wrong(*fault)
    return bare


def choice(text: str, meanings: Mapping[str, T], named: Sequence[str]) -> T:
    """Return what a word means, whatever its case and accents."""
    word = fold(text)
    if word in meanings:
        return meanings[word]
    guess = near(text, named, 0.6) or near(text, meanings, 0.75)
    hint = f"did you mean '{guess}'?" if guess else "write " + ", ".join(named[:-1]) + f" or {named[-1]}"
    raise Wrong(f"'{text}' is none of {', '.join(named)}", hint)
