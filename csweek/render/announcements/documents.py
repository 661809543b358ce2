"""From announcements to documents, in the channels that are wanted."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from csweek.model.plan import Document
from csweek.render.announcements.announcement import Announcement
from csweek.render.announcements.channels import commonmark, mail, page, plain, slack, teams
from csweek.render.announcements.faults import Faults
from csweek.render.templates import Reader, TemplateError, Templates


class Layout:
    """Lays announcements out; the page's template is compiled once."""

    def __init__(self, reader: Reader) -> None:
        self._templates = Templates(reader)

    def html(self, one: Announcement) -> str:
        """Return a page."""
        return page.html(one.message, one.look, one.strip, self._templates)

    def eml(self, one: Announcement) -> bytes:
        """Return a mail's draft."""
        return mail.eml(one.message, plain.plain_text(one.message), self.html(one), one.to)


@dataclass(frozen=True, slots=True)
class Channel:
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
    )
}  # fmt: skip
"""Every channel by its id."""


def documents(
    made: Iterable[Announcement], channels: Iterable[Channel], reader: Reader, faults: Faults
) -> Iterator[Document]:
    """Yield each announcement in each channel; those whose template does not work are noted and left out."""
    layout, wanted = Layout(reader), tuple(channels)
    for one in made:
        for channel in wanted:
            try:
                shown = channel.lay_out(layout, one)
            except TemplateError as error:
                faults.add(error)
                continue
            content = shown.encode() if isinstance(shown, str) else shown
            yield Document(f"{one.stem}{channel.ending}", channel.media_type, content)
