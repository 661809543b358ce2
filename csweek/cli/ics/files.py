"""The files of calendars: by which program they are made, what was done to each."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import babel
import tzdata

from csweek import __version__, render
from csweek.cli.sources.desk import Desk
from csweek.cli.terminal.called import as_typed
from csweek.cli.terminal.progress import working
from csweek.cli.terminal.session import session
from csweek.cli.terminal.streams import say, tell
from csweek.errors import Problem, Severity
from csweek.model.people import People
from csweek.model.plan import Draft
from csweek.names import safe_name
from csweek.output.kept import Kept, keep
from csweek.render.calendars.files import ours

FEW = 100
"""Files that are listed although nothing was done to them."""


def edition(at: Desk) -> str:
    """Return by which program, zones and languages files are made: with another one they are made again.

    A preview has no revisions that would tell of changed words, so these belong to it there.
    """
    digest = hashlib.sha256()
    for path in sorted(Path(next(iter(render.__path__))).rglob("*.py")):
        digest.update(path.read_bytes())
    if at.root is None:
        digest.update(repr([(event.title, event.how) for event in at.plan.events]).encode())
    return f"{__version__} {tzdata.IANA_VERSION} {babel.__version__} {digest.hexdigest()}"


def write(drafts: Iterable[Draft], at: Desk, gone: Callable[[str], bool]) -> Kept:
    """Make what is new or changed, and say what was done. Raises OutputError."""
    with working("Writing"):
        found = keep(drafts, at.out, ours, gone)
    names = _by_number(at.inputs.people)
    for path in (*found.new, *found.changed):
        say(_line(path, at.out, names))
    for path in found.removed:
        say(f"{_line(path, at.out, names)} (removed)")
    for path in found.unchanged if len(found.unchanged) <= FEW else ():
        say(f"{_line(path, at.out, names)} (unchanged)")
    if len(found.unchanged) > FEW:
        tell(f"{len(found.unchanged)} files are unchanged.")
    session().warn(_left(path) for path in found.left)
    return found


def _by_number(people: People) -> Mapping[str, str]:
    """Return the names of those whose ids are staff numbers, which tell nobody whose a file is."""
    return {safe_name(one.id): one.name for one in people if any(map(str.isdigit, one.id))}


def _line(path: Path, out: Path, names: Mapping[str, str]) -> str:
    """Return a path, and whose it is where their folder, or their file in front of its token, is a number."""
    _, whose, *_ = path.relative_to(out).parts
    own = path.stem.rpartition("-")[0] if whose == "people" else whose
    return f"{as_typed(path)}  {names[own]}" if own in names else str(as_typed(path))


def _left(path: Path) -> Problem:
    text = f"{as_typed(path)} is no longer made, and was changed since csweek wrote it; it was left alone"
    return Problem(None, text, "remove it by hand", Severity.WARNING)
