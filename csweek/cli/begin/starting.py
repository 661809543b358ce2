"""What a new workspace holds, and the questions that it takes."""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import asdict

from csweek import countries as known_countries
from csweek import output
from csweek.cli.begin import guess
from csweek.cli.sources.find import keeping
from csweek.cli.terminal.asking import asked
from csweek.cli.terminal.streams import columns, tell
from csweek.errors import Problem, UsageError
from csweek.folder import DEFAULT_THEME, theme_names
from csweek.model.basics import language_of
from csweek.model.plan import Document
from csweek.names import fold, guessed
from csweek.read import languages, values
from csweek.read.column_words import FIELDS
from csweek.read.roster import said_in
from csweek.read.settings import site_line
from csweek.read.wrong import Wrong
from csweek.render.speech import SPOKEN

T = TypeVar("T")

NONE = frozenset({"", "none"})
IGNORED = (".csweek/", "out/", "people.csv", "*.xlsx", "stories.csv", "metrics.csv")
"""What no repository should hold: people, and what is made from them."""


class Answers(Struct, frozen=True, dict=True):
    """What csweek.yaml is to say; ``people`` is a path as it stands there."""

    organisation: str
    country: str | None
    subdivision: str | None
    timezone: str
    locale: str
    people: str
    own_people: bool
    """Whether the people file is the user's, so that none is made."""
    theme: str
    sites: tuple[str, ...] = ()
    """The sites that the user's people file names, that of most people first."""


def ask(folder: Path, people: Path | None, given: Mapping[str, str | None], *, quiet: bool) -> Answers:
    """Return the answers: those given, else asked for (``quiet``: else the defaults).

    A question is asked again until its answer holds. Raises UsageError where what is given names a
    country, time zone, theme or people file that does not exist.
    """

    def answer(name: str, question: str, default: str, read: Callable[[str], T]) -> T:
        value = given.get(name)
        if value is not None or quiet:
            return read((default if value is None else value).strip())
        return asked(question, default, read)

    _refuse_wrong(folder, people, given)
    organisation = answer("organisation", "Organisation", guess.organisation(folder), _text)
    country = "Country (its name or two letters, for its holidays)"
    code, part = answer("country", country, guess.country() or "none", _country)
    parts = subdivisions(code)
    if given.get("subdivision") or (part is None and parts):
        question = f"Part of it with holidays of its own ({', '.join(parts)})"
        part = answer("subdivision", question, "none", lambda text: _subdivision(text, code, parts, part))
    zone = answer("timezone", "Time zone", guess.timezone(code), _said(values.zone))
    locale = answer("locale", "Language (en, sv, ko, bs)", guess.language(code), _language)
    if given.get("theme") is None and not quiet:
        tell("\n".join(["", *_themes(folder, locale)]))
    theme = answer("theme", "Theme", DEFAULT_THEME, lambda text: _theme(text, folder))
    if people is None and not quiet and not (folder / "people.csv").exists():
        question = "A people file that you have (none: an empty people.csv)"
        likely = str(guess.people(folder, Path()) or "none")
        file, own = answer("people", question, likely, lambda text: _people(folder, _path(text)))
    else:
        file, own = _people(folder, people)
    sites = tuple(_sites_in(folder, file)) if own else ()
    return Answers(organisation, code, part, zone, locale, file, own, theme, sites)


def _text(text: str) -> str:
    """Return a text that can be written in UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError("these letters are in an encoding that is not known", "write it in UTF-8") from error
    return text


def _path(text: str) -> Path | None:
    """Return the path that was typed, or dropped on the window, which puts it in quotes."""
    whole = text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text
    return None if whole == "none" else Path(whole).expanduser()


def _country(text: str) -> tuple[str | None, str | None]:
    """Return a country's two letters, and the part of it that was named for the whole, like England."""
    if text.casefold() in NONE:
        return None, None
    code = known_countries.code(text)
    if code is None:
        meant = known_countries.likely(text)
        hint = f"did you mean '{meant}'?" if meant else "write two letters, like SE, or none"
        raise UsageError(f"there is no country {text!r}", hint)
    return code, known_countries.PARTS.get(fold(text))


def subdivisions(country: str | None) -> Mapping[str, Sequence[str]]:
    """Return the codes of a country's parts with holidays of their own, and their names."""
    if country is None:
        return {}
    try:
        kind = type(known_countries.country_holidays(country))
    except NotImplementedError:  # its holidays are not known
        return {}
    return {code: kind.get_subdivision_aliases().get(code, ()) for code in kind.subdivisions}


def _subdivision(
    text: str, country: str | None, parts: Mapping[str, Sequence[str]], named: str | None
) -> str | None:
    """Return the code of a part; ``named`` is the one that was named for the country itself, if one was."""
    spoken = {name: code for code, names in parts.items() for name in (code, *names)}
    folded = dict.fromkeys(NONE) | {fold(name): code for name, code in spoken.items()}
    if fold(text) not in folded:
        listed = f"write one of {', '.join(parts)}, or none" if parts else "leave it out"
        hint = guessed(text, spoken, listed)
        raise UsageError(f"{country or 'no country'} has no subdivision {text!r}", hint)
    found = folded[fold(text)]
    if named and found != named:
        hint = f"write {country} for the country, or leave the subdivision out"
        raise UsageError(f"the country is {named} already, which is not the subdivision {text!r}", hint)
    return found


def _refuse_wrong(folder: Path, people: Path | None, given: Mapping[str, str | None]) -> None:
    """Raise UsageError with all that is wrong in what is given, before anything is asked."""
    readers: Mapping[str, Callable[[str], object]] = {
        "country": _country,
        "timezone": _said(values.zone),
        "locale": _language,
        "theme": partial(_theme, folder=folder),
    }
    wrong: list[Problem] = []
    for name, read in readers.items():
        value = given.get(name)
        if value is not None:
            with keeping(wrong):
                read(value.strip())
    with keeping(wrong):
        _people(folder, people)
    if wrong:
        raise UsageError(wrong)


def _language(text: str) -> str:
    locale = _said(values.locale)(text)
    letters = language_of(locale)
    if one := languages.meant(letters, SPOKEN):
        raise UsageError(f"{text!r} is no language of csweek's own", languages.slip(letters, one))
    return locale


def _said(read: Callable[[str], str]) -> Callable[[str], str]:
    """Return the reader of a value in csweek.yaml as the reader of an answer."""

    def said(text: str) -> str:
        try:
            return read(text)
        except Wrong as wrong:
            raise UsageError(str(wrong), wrong.hint) from wrong

    return said


def _themes(folder: Path, locale: str) -> Iterator[str]:
    """Yield a line for each theme that there is."""
    from csweek.read.theme import read_theme  # brings pydantic
    from csweek.render.screen.theme import index

    found = (read_theme(name, folder)[0] for name in theme_names(folder))
    return index([one for one in found if one], locale, columns())


def _theme(name: str, folder: Path) -> str:
    known = theme_names(folder)
    if name not in known:
        raise UsageError(f"there is no theme {name!r}", guessed(name, known, f"there are {', '.join(known)}"))
    return name


def _people(folder: Path, people: Path | None) -> tuple[str, bool]:
    """Return the people file as csweek.yaml names it, and whether the user has it already."""
    if people is None:
        return "people.csv", (folder / "people.csv").exists()
    if not people.is_file():
        beside = people.absolute().parent
        known = [one.name for one in beside.iterdir() if one.is_file()] if beside.is_dir() else []
        hint = guessed(people.name, known, "name the people file that you have, or none")
        raise UsageError(f"there is no file {people}", hint)
    return _text(Path(os.path.relpath(people.absolute(), folder.absolute())).as_posix()), True


def _sites_in(folder: Path, people: str) -> Iterator[str]:
    """Yield the sites that a people file names, that of most people first; none where it cannot be read."""
    spelt: dict[str, str] = {}
    path = Path(os.path.normpath(folder.absolute() / people))  # the folder may not be there yet
    said = said_in(path, "site")
    counts = Counter(fold(text) for text in said if spelt.setdefault(fold(text), text))
    yield from (spelt[one] for one, _ in counts.most_common())


def countries(answers: Answers) -> Iterator[tuple[str, str | None, str]]:
    """Yield each site, its country and its time zone: a city's own where it has one, else those answered."""
    for name in answers.sites or ("main",):
        yield name, *(guess.city(name) or (answers.country, answers.timezone))


def _site_lines(answers: Answers) -> str:
    lines = []
    for name, country, zone in countries(answers):
        here = country == answers.country
        locale = answers.locale if here else guess.language(country)
        part = answers.subdivision if here else None
        lines.append(site_line(name, country, zone, locale, part))
    return "\n".join(lines)


def documents(answers: Answers, year: int) -> Iterator[Document]:
    """Yield the files of a new workspace."""
    yield Document("csweek.yaml", "application/yaml", _workspace(answers, year).encode())
    if not answers.own_people:
        yield Document("people.csv", "text/csv", b"\xef\xbb\xbf" + f"{','.join(FIELDS)}\r\n".encode())
    yield Document(".gitignore", "text/plain", "".join(f"{line}\n" for line in _ignored(answers)).encode())


def _ignored(answers: Answers) -> Iterator[str]:
    """Yield what no repository should hold, the user's own people file in this folder among it."""
    yield from IGNORED
    if answers.own_people and not answers.people.startswith(("../", "/")):
        yield "/" + re.sub(r"([\\*?\[\]])", r"\\\1", answers.people)


def _workspace(answers: Answers, year: int) -> str:
    text = {name: json.dumps(value, ensure_ascii=False) for name, value in asdict(answers).items()}
    return f"""\
# What csweek plans for. Only `theme` is needed; everything else has a default.
# After a change: csweek check, then csweek plan.

organisation: {text["organisation"]}
calendar_id: {uuid4()}   # never change it, never copy it to another organisation
theme: {answers.theme}   # csweek theme list names the others
people: {text["people"]}   # .csv, .xlsx or .yaml, or a list of files
locale: {answers.locale}   # the language of whoever has no other

sites:   # one for each place with its own holidays or time zone; people and teams name theirs
{_site_lines(answers)}

defaults: {{thanks: private, celebrate: [anniversary]}}   # for people who have not said

# year: {year}                        # else this year until CSW is over, then the next
# teams:                            # only what differs
#   Night: {{hours: {{from: "21:00", to: "07:00"}}, tags: [night, quiet], work_on_holidays: true}}
#   Home:  {{tags: [remote]}}
# event_hours: {{from: "09:00", to: "16:00"}}   # when meetings and calls may be
# closed: [{year}-12-24..{year}-12-31]  # nothing is planned
# no_gatherings: [{year}-11-22..{year}-11-30]       # notes and cards only
# limits: {{owner_minutes_per_week: 90, max_team_away: 0.2}}
# budget: {{currency: EUR, amount: 5000}}
# costs: {{low: 5, medium: 25, high: 150}}        # per recipient
"""


def put_new(new: Iterable[Document], folder: Path) -> Iterator[Path]:
    """Write those files that are not there yet, and yield them."""
    missing = [one for one in new if not (folder / one.name).exists()]
    written = output.write(missing, folder)
    yield from (*written.new, *written.changed, *written.unchanged)
