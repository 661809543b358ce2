"""A page of HTML: for a mail, for a browser, and to be copied from there into a mail."""

from collections.abc import Iterator, Mapping, Sequence

from csweek.model.inputs import Look
from csweek.render.announcements.message import Block, Heading, Message
from csweek.render.announcements.note import Strip
from csweek.render.announcements.shades import by_day, by_night
from csweek.render.templates import Templates

TEMPLATE = "announcements/page.html"


def html(message: Message, look: Look, strip: Strip | None, templates: Templates) -> str:
    """Return a message as a page in a theme's colours, by day and by night, with nothing from elsewhere."""
    context: Mapping[str, object] = {
        "message": message,
        "parts": list(_parts(message.blocks)),
        "day": by_day(look),
        "night": by_night(look),
        "strip": strip,
    }
    return templates.render(TEMPLATE, context)


def _parts(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks from heading to heading, each part of which has a line above it."""
    part: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and part:
            yield part
            part = []
        part.append(block)
    if part:
        yield part
