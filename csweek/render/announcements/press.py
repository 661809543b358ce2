"""From a draft to a message: the template's Markdown, rendered once for all channels."""

from csweek.render.announcements.announcement import Draft
from csweek.render.announcements.markdown import Values, message
from csweek.render.announcements.message import Message
from csweek.render.announcements.voice import Voice
from csweek.render.templates import Reader, Templates


class Press:
    """Renders drafts; each template is compiled once."""

    def __init__(self, reader: Reader) -> None:
        self._values = Values()
        self._templates = Templates(reader, finish=self._values.mark)

    def message(self, draft: Draft, voice: Voice) -> Message:
        """Return what a draft says. Raises TemplateError where its template does not work."""
        self._values.clear()
        facts = {**draft.facts, "say": voice.writer(self._values.mark)}
        source = self._templates.render(f"announcements/{draft.kind}.md", facts)
        return message(source, self._values, voice.locale)
