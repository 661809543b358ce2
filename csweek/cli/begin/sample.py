"""The sample organisation: its files, its year, and what is made from it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from csweek import output
from csweek.bundled import bundled
from csweek.cli import export_tables
from csweek.cli.printing import job
from csweek.cli.printing.choice import Wish, choose
from csweek.cli.sources import workspace
from csweek.cli.sources.desk import Desk, desk
from csweek.cli.telling import announcing
from csweek.cli.terminal.called import again, as_typed, called
from csweek.cli.terminal.progress import working
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import columns, say
from csweek.cli.year import planning
from csweek.errors import OutputError
from csweek.model.basics import monday_of
from csweek.model.plan import Document
from csweek.names import safe_name
from csweek.plan.when.year import year_for
from csweek.read.settings import default_settings
from csweek.render.calendars import calendars
from csweek.render.cards.sources import has_card
from csweek.render.recipients import left_out
from csweek.render.screen.text import Ink, ink, many

FILES = ("csweek.yaml", "people.csv", "stories.csv", "metrics.csv")


def run(folder: Path) -> None:
    """Make or refresh the demo in a folder, and say what is where and what to try next.

    It is made whole also where nobody reads standard output, as in `csweek demo | head -1`.
    Raises OutputError for a folder that is there and is no demo.
    """
    _refuse(folder)
    year = int(year_for(default_settings(), session().today).label)
    output.write(files(year), folder)
    session().folder = folder
    planning.keep(folder, workspace.read(session(), folder))
    at = desk(None)
    week = good_week(at, session().today)
    unread: OSError | OutputError | None = None
    try:
        say(f"{heading(at)}\n")
    except (BrokenPipeError, OutputError) as stop:
        unread = stop
    with working("Making cards, announcements and calendars"):
        written = output.write(everything(at, week), at.out)
    if unread:
        raise unread
    made = (*written.new, *written.changed, *written.unchanged)
    say("\n".join(ending(folder, at, Made(week, made))))


class Made(NamedTuple):
    """What there is to tell of."""

    week: date
    files: Sequence[Path]


def _refuse(folder: Path) -> None:
    if not folder.exists() or not any(folder.iterdir()):
        return
    workspace_file = folder / FILES[0]
    if not (workspace_file.is_file() and _identity(workspace_file) == _identity(bundled("demo") / FILES[0])):
        raise OutputError(f"{folder} is there already and is no csweek demo", f"{called()} demo another-name")


def _identity(file: Path) -> str:
    """Return the calendar's id, by which the demo is known whatever was changed in it."""
    found = re.search(
        r"^calendar_id: *(\S+)", file.read_text(encoding="utf-8", errors="replace"), re.MULTILINE
    )
    return found[1] if found else ""


def files(year: int) -> Iterator[Document]:
    """Yield the sample organisation's files for a year."""
    for name in FILES:
        text = (bundled("demo") / name).read_text(encoding="utf-8")
        text = text.replace("{{ year }}", str(year)).replace("{{ last_year }}", str(year - 1))
        yield Document(name, "text/plain", text.encode())


def good_week(at: Desk, today: date) -> date:
    """Return the Monday of the week with most cards among the next eight, CSW aside."""
    start = max(today, at.plan.year.first)
    cards = Counter(
        monday_of(event.date)
        for event in at.plan.live
        if has_card(event) and start <= event.date < start + timedelta(weeks=8) and not event.fixed
    )
    return max(cards, key=lambda monday: (cards[monday], -monday.toordinal()), default=start)


def everything(at: Desk, week: date) -> Iterator[Document]:
    """Yield what a demo holds: a week's cards and announcements, all calendars, the plan as tables."""
    chosen = choose(at.plan, at.directory, session().today, Wish(f"{week:%G-W%V}"))
    options, shop = job.Options(), job.shop_of(at.root)
    yield from job.documents(at, job.ordered(at, chosen, options, shop), options, shop, chosen)
    yield from announcing.week(at, week)
    ahead = (event for event in at.plan.live if event.date >= session().today)
    session().warn(left_out(ahead, at.inputs.people))
    yield from calendars(at.plan, at.inputs)
    yield export_tables.table(at, "csv")
    yield export_tables.table(at, "json")


def heading(at: Desk) -> str:
    """Return whose year this is and how large: the line over all that is told of it."""
    events = many(sum(not event.secret_from(at.organisers) for event in at.plan.live), "event")
    persons = many(len(at.inputs.people), "person", "people")
    plan = f"{persons}, {events} in {at.plan.year.label}"
    return ink(f"{at.directory.organisation}, a sample organisation: {plan}", Ink.TITLE)


def ending(folder: Path, at: Desk, made: Made) -> Iterator[str]:
    """Yield what is where, and what to try next, as it can be typed."""
    where = as_typed(at.out)
    number = made.week.isocalendar().week
    cards = [path for path in made.files if path.name.startswith("cards-")]
    names = {safe_name(person.id): person.name for person in at.inputs.people}
    first = {
        "everyone.ics": "what concerns everyone, for a calendar",
        f"{made.week:%G-W%V}-weekly-{at.inputs.locale}.html": f"the note of week {number}, for a browser",
    }
    yield from _listed(
        [
            (folder / FILES[0], f"what an organiser writes, beside it {', '.join(FILES[1:])}"),
            (where / "share", "may be published: calendars and announcements"),
            *((as_typed(path), first[path.name]) for path in made.files if path.name in first),
            (where / "private", "for each owner alone: their calendar; for the organisers: cards and tables"),
            *((as_typed(path), _printed(path, number, names)) for path in sorted(cards, key=_pile)),
        ]
    )
    yield ""
    yield ink("Try next", Ink.TITLE)
    csweek = again(folder)
    yield from _listed(
        [
            (f"{csweek} show", "the year"),
            (f"{csweek} show week {number}", "a week"),
            (f"{csweek} show person anna", "who is meant by a part of a name"),
            (f"{csweek} cards --person oskar", "one person's cards"),
            (f"{called()} init my-company", "a workspace of your own"),
        ]
    )


def _pile(path: Path) -> tuple[str, bool]:
    """Put a cover behind its cards."""
    cover = path.stem.endswith("-cover")
    return str(path.with_name(path.stem.removesuffix("-cover"))), cover


def _printed(path: Path, week: int, names: Mapping[str, str]) -> str:
    if path.stem.endswith("-cover"):
        return "their cover page: paper, cuts, who gets which"
    if owner := names.get(path.parent.name):
        return f"card of week {week} for an organiser: {owner} prints and signs it"
    sheet = path.stem.partition("-a4")[1] or path.stem.partition("-letter")[1]
    return f"cards of week {week}, to print{_PAPERS.get(sheet, '')}"


_PAPERS = {"-a4": " on A4 paper", "-letter": " on Letter paper"}
"""By what the name of a file says of its sheet; nothing where all cards go on one kind."""


def _listed(pairs: Sequence[tuple[object, str]]) -> Iterator[str]:
    first = max(len(str(text)) for text, _ in pairs)
    second = max(len(meaning) for _, meaning in pairs)
    beside = first + second + 4 <= columns()
    for text, meaning in pairs:
        quiet = ink(meaning, Ink.QUIET)
        yield f"  {str(text).ljust(first)}  {quiet}" if beside else f"  {text}\n      {quiet}"
