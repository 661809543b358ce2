"""Checks of the bytes: line ends, lengths, folds, letters, escapes. Sources: RFC 5545, 3.1, 3.1.4, 3.3.11."""

import re
from collections.abc import Iterator, Sequence

from csweek.errors import Severity
from csweek.icscheck.reading import BLANK, CONTINUED, HEAD, MALFORMED, MARK, TEXT, TEXTS, TITLE, Fault, File

LONGEST = 75
MOST_BYTES = 1_000_000

_START = 1000
"""Bytes in which a calendar nearly always begins."""

_END = re.compile(rb"\r\n|\r|\n")
_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})
_INSIDE = re.compile(rb"[ \t][\x80-\xbf]")
_HALF_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\$")
_UNKNOWN_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\[^\\;,nN]")
_SIGNS = (b";", b",")
_BARE = re.compile(rb"(?<!\\)(?:\\\\)*[;,]")
_BARE_IN_LIST = re.compile(rb"(?<!\\)(?:\\\\)*;")
TEXTS_IN_HEAD = re.compile(rb"(?i)(?:NAME|X-WR-CALNAME|X-WR-CALDESC)[:;]")
VALUE = re.compile(rb'[^:"]*(?:"[^"]*"[^:"]*)*:')
_GIVEN = r'(?: *"[^"]*"|(?:\\.|[^":;,\\])*)'
NAMED = re.compile(rf"[A-Za-z0-9-]+(?:;[^\":;=]+={_GIVEN}(?:,{_GIVEN})*)*:".encode())
"""What stands before a value: a name, and parameters whose quotes are closed."""
_WITH_PARAMETERS = re.compile(rb"(?m)^[A-Za-z0-9-]+;[^\n]*")
_WARNING = Severity.WARNING


def unreadable(data: bytes) -> Iterator[Fault]:
    """Find what keeps everything else from being looked at."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield Fault([0], "the file is UTF-16, and calendars are UTF-8", "save it again as UTF-8")
    elif not data.strip():
        yield Fault(
            [0], "the file is empty", "export it again: a program that gets this shows no events at all"
        )
    elif b"BEGIN:VCALENDAR" not in data[:_START] and b"BEGIN:VCALENDAR" not in data.upper():
        hint = "export it again; where a download asks for a login, a web page is often what was saved"
        yield Fault([0], "this is no calendar: BEGIN:VCALENDAR is nowhere in it", hint)


def byte_order_mark(file: File) -> Iterator[Fault]:
    """Find the three bytes that Windows programs like to put first."""
    if file.data.startswith(MARK):
        yield Fault([1], "the file begins with a byte order mark", "save it as UTF-8 without BOM")


def line_ends(file: File) -> Iterator[Fault]:
    """Find lines that end in CR alone, which only some programs see, or in LF alone, which all read."""
    ends = [found[0] for found in _END.finditer(file.data)] if file.loose else ()
    hint = "save the file with Windows line ends"
    if alone := _ending(ends, b"\r"):
        yield Fault(alone, "this line ends in CR alone", hint)
    if alone := _ending(ends, b"\n"):
        yield Fault(alone, "this line does not end in CR LF", hint, _WARNING)
    if not file.data.endswith((b"\n", b"\r")):
        yield Fault([len(file.lines)], "the last line has no end", "end the file with CR LF", _WARNING)


def _ending(ends: Sequence[bytes], wanted: bytes) -> Sequence[int]:
    """Return the numbers of the lines with this end, each counted as a line."""
    return [number for number, end in enumerate(ends, 1) if end == wanted]


def encoding(file: File) -> Iterator[Fault]:
    """Find what is not UTF-8; a fold inside a character is named as such."""
    if is_utf8(b"\n".join(file.different)):
        return
    cut = file.numbers({line for line in file.different if _INSIDE.match(line)})
    if cut:
        hint = "fold between characters; Thunderbird misreads the whole file"
        yield Fault(cut, "the line before is folded inside a character", hint)
    else:
        wrong = file.numbers({line for line in file.different if not is_utf8(line)})
        yield Fault(wrong, "this line is not UTF-8", "save the file as UTF-8")


def is_utf8(line: bytes) -> bool:
    """Whether a line is UTF-8."""
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def control_characters(file: File) -> Iterator[Fault]:
    """Find characters that no text has; a NUL makes libical refuse the file."""
    if len(file.together.translate(None, _CONTROLS)) < len(file.together):
        numbers = file.numbers({line for line in file.different if line.translate(None, _CONTROLS) != line})
        yield Fault(
            numbers, "this line holds a control character", "take it out; \\n stands for a line break"
        )


def lengths(file: File) -> Iterator[Fault]:
    """Find lines of more than 75 octets."""
    if max(map(len, file.different), default=0) > LONGEST:
        numbers = file.numbers({line for line in file.different if len(line) > LONGEST} - {*file.joined})
        if not numbers:
            return
        hint = "break it: CR LF and a space, between two characters"
        yield Fault(numbers, f"this line is longer than {LONGEST} octets", hint, _WARNING)


def malformed(file: File) -> Iterator[Fault]:
    """Find lines that are neither a property nor the continuation of one."""
    if MALFORMED in file.kinds:
        hint = "a line break in a text is written \\n, and a continued line begins with a space"
        yield Fault(file.numbers_of(MALFORMED), "this line is no property (NAME:value)", hint)
    if BLANK in file.kinds:
        yield Fault(file.numbers_of(BLANK), "this line is empty", "take it out", _WARNING)
    if file.kinds.startswith(CONTINUED):
        yield Fault([1], "the file begins with a continued line", "take out the space it begins with")


def parameters(file: File) -> Iterator[Fault]:
    """Find lines without a value, and those of which nobody can tell where it begins."""
    lines = _WITH_PARAMETERS.findall(b"\n".join(file.different))
    wrong = {line for line in lines if not NAMED.match(line)}
    numbers = [number for number in file.numbers(wrong) if not NAMED.match(file.whole(number - 1))]
    if numbers:
        hint = 'write NAME;PARAMETER="…":value; ical.js refuses the whole file for such a line'
        yield Fault(numbers, "what stands before the value of this line cannot be read", hint)


def folds(file: File) -> Iterator[Fault]:
    """Find escapes that a fold tears apart, and texts that end in half of one."""
    if not file.loose and b"\\\r\n" not in file.data and not file.data.endswith(b"\\"):
        return
    halves = {line for line in file.different if line.endswith(b"\\") and _HALF_ESCAPE.search(line)}
    numbers = file.numbers(halves)
    torn = [n for n in numbers if file.kinds[n : n + 1] == CONTINUED]
    open_ = [n for n in numbers if file.kinds[n : n + 1] != CONTINUED and property_of(file, n)[0] != ""]
    if torn:
        yield Fault(torn, "this line is folded inside an escape", "fold before the backslash", _WARNING)
    if open_:
        yield Fault(open_, "this text ends in a single backslash", "write it as \\\\", _WARNING)


def escapes(file: File) -> Iterator[Fault]:
    """Find texts with a bare comma or semicolon, or with an escape that does not exist."""
    texts = [*file.unlike((CONTINUED, TEXT, TITLE, TEXTS)), *filter(TEXTS_IN_HEAD.match, file.unlike(HEAD))]
    suspects = {line for line in texts if _suspect(line)} if _suspect(b"\n".join(texts)) else ()
    bare, unknown = [], []
    for number in file.numbers(suspects):
        kind, value = property_of(file, number)
        wrong = {TEXT: _BARE, TITLE: _BARE, TEXTS: _BARE_IN_LIST}.get(kind)
        if wrong and wrong.search(value):
            bare.append(number)
        if wrong and _UNKNOWN_ESCAPE.search(value):
            unknown.append(number)
    if bare:
        yield Fault(bare, "this text holds a bare comma or semicolon", "write \\, and \\;", _WARNING)
    if unknown:
        hint = "only \\\\ \\; \\, and \\n exist; some programs drop other backslashes"
        yield Fault(unknown, "this text holds an unknown escape", hint, _WARNING)


def _suspect(text: bytes) -> bool:
    """Whether not every backslash begins an escape, or a comma or semicolon stands outside one."""
    first, *others = text.replace(rb"\\", b"").split(b"\\")
    signs = b"".join([other[:1] for other in others])
    known = len(signs) == len(others) and not signs.translate(None, b";,nN")
    bare = any(sign in first for sign in _SIGNS) or any(text.count(s) > signs.count(s) for s in _SIGNS)
    return bare or not known


def property_of(file: File, number: int) -> tuple[str, bytes]:
    """Return the kind of the property a line belongs to ("": no text), and the line's part of the value."""
    first = number - 1
    while first and file.kinds[first] == CONTINUED:
        first -= 1
    kind = file.kinds[first]
    if kind == HEAD and TEXTS_IN_HEAD.match(file.lines[first]):
        kind = TEXT
    line = file.lines[number - 1]
    if number - 1 == first:
        head = VALUE.match(line)
        line = line[head.end() :] if head else b""
    return (kind if kind in (TEXT, TITLE, TEXTS) else ""), line


def value_of(line: bytes) -> bytes:
    """Return what stands after the name and the parameters."""
    found = VALUE.match(line)
    return line[found.end() :] if found else b""


def size(file: File) -> Iterator[Fault]:
    """Find files that Google no longer takes."""
    if len(file.data) > MOST_BYTES:
        hint = "split it by part of the year; Google takes no more than about 1 MB"
        yield Fault([0], f"the file has {len(file.data) / 1e6:.1f} MB", hint, _WARNING)


CHECKS = (
    byte_order_mark, line_ends, encoding, control_characters, lengths, malformed, parameters, folds,
    escapes, size
)  # fmt: skip
