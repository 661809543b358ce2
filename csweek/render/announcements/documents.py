"""From announcements to documents, in the channels that are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from csweek.errors import OutputError
from csweek.model.plan import Document
from csweek.render.announcements.announcement import Announcement
from csweek.render.announcements.channels import commonmark, mail, page, plain, slack, teams
from csweek.render.announcements.faults import Faults
from csweek.render.announcements.newsroom import Newsroom
from csweek.render.speech import plain as plain_name
from csweek.render.templates import Reader, TemplateError, Templates

if TYPE_CHECKING:
    from csweek.render.announcements.channels.poster import Posters


class Layout:
    """Lays announcements out; the templates of pages are compiled once.

    ``author`` and ``stamp`` are what a PDF says of who made it, and its only time.
    """

    def __init__(self, reader: Reader, author: str, stamp: datetime) -> None:
        self._reader, self._author, self._stamp = reader, author, stamp
        self._pages = page.Pages(Templates(reader))

    @classmethod
    def of(cls, room: Newsroom) -> Self:
        """Return what lays a newsroom's announcements out."""
        return cls(room.reader, plain_name(room.inputs.settings.organisation), room.plan.revised)

    @cached_property
    def _posters(self) -> Posters:
        from csweek.render.announcements.channels.poster import Posters  # noqa: PLC0415 - loads pikepdf

        return Posters(self._reader)

    def html(self, one: Announcement) -> str:
        """Return a page."""
        return self._pages.html(one.message, one.look, one.strip)

    def eml(self, one: Announcement) -> bytes:
        """Return a mail's draft."""
        return mail.eml(one.message, plain.plain_text(one.message), self.html(one), one.to)

    def pdf(self, one: Announcement) -> bytes:
        """Return a poster. Raises OutputError where PDF cannot be made on this machine."""
        from csweek.render.paper.pdf import About  # noqa: PLC0415 - loads pikepdf

        about = About(one.message.title, self._author, one.message.locale, self._stamp)
        return self._posters.pdf(one.message, one.look, about)


class Channel(Struct, frozen=True):
    """A place where people read: how its files end, what they are, and how they are made."""

    id: str
    ending: str
    media_type: str
    lay_out: Callable[[Layout, Announcement], str | bytes]
    about: str


CHANNELS: Mapping[str, Channel] = {
    channel.id: channel
    for channel in (
        Channel("txt", ".txt", "text/plain; charset=utf-8",
                lambda _, one: plain.plain_text(one.message), "plain text"),
        Channel("md", ".md", "text/markdown; charset=utf-8",
                lambda _, one: commonmark.markdown(one.message), "Markdown"),
        Channel("html", ".html", "text/html; charset=utf-8",
                Layout.html, "a page, to open and to copy into a mail"),
        Channel("eml", ".eml", "message/rfc822", Layout.eml, "a mail as a draft"),
        Channel("slack", ".slack.json", "application/json",
                lambda _, one: slack.block_kit(one.message), "Slack's Block Kit"),
        Channel("mrkdwn", ".slack.txt", "text/plain; charset=utf-8",
                lambda _, one: slack.mrkdwn(one.message), "text in Slack's markup"),
        Channel("teams", ".teams.json", "application/json",
                lambda _, one: teams.adaptive_card(one.message), "an Adaptive Card for Teams"),
        Channel("pdf", ".pdf", "application/pdf", Layout.pdf, "a poster of one page"),
    )
}  # fmt: skip
"""Every channel by its id."""


def documents(
    made: Iterable[Announcement], channels: Iterable[Channel], layout: Layout, faults: Faults
) -> Iterator[Document]:
    """Yield each announcement in each channel; those that cannot be laid out are noted and left out."""
    wanted = tuple(channels)
    for one in made:
        for channel in wanted:
            try:
                shown = channel.lay_out(layout, one)
            except (TemplateError, OutputError) as error:
                faults.add(error)
                continue
            content = shown.encode() if isinstance(shown, str) else shown
            yield Document(f"{one.stem}{channel.ending}", channel.media_type, content)
