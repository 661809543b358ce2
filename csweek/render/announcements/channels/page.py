"""A page of HTML: for a mail, for a browser, and to be copied from there into a mail."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from csweek.model.theme import Look
from csweek.render.announcements.message import Block, Heading, Message
from csweek.render.announcements.note import Strip
from csweek.render.announcements.shades import by_day, by_night
from csweek.render.templates import Templates

TEMPLATE, STRIP = "announcements/page.html", "announcements/strip.html"


class Pages:
    """Lays messages out as pages; what pages of a week have alike is rendered once."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._strips: dict[tuple[Look, Strip], Markup] = {}

    def html(self, message: Message, look: Look, strip: Strip | None) -> str:
        """Return a message as a page in a theme's colours, by day and night, with nothing from elsewhere."""
        context: Mapping[str, object] = {
            "message": message,
            "parts": list(_parts(message.blocks)),
            "day": by_day(look),
            "night": by_night(look),
            "strip": strip and self._strip(look, strip),
        }
        return self._templates.render(TEMPLATE, context)

    def _strip(self, look: Look, strip: Strip) -> Markup:
        if (look, strip) not in self._strips:
            text = self._templates.render(STRIP, {"strip": strip, "day": by_day(look)})
            self._strips[look, strip] = Markup(text)  # noqa: S704 - the template escapes
        return self._strips[look, strip]


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
