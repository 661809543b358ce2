"""What the shapes of the users' files have in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """What all shapes share: no key but the known ones."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def optional(text: str, example: object = None, alias: str | None = None) -> Any:  # noqa: ANN401 - as pydantic's Field
    """Return a field that may be left out, described to editors."""
    return Field(default=None, description=text, examples=None if example is None else [example], alias=alias)
