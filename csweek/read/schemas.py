"""The JSON Schemas of csweek.yaml, of a theme and of people in YAML."""

from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import GenerateJsonSchema

from csweek.model.basics import Thanks
from csweek.read.theme_shapes import ThemeShape
from csweek.read.workspace_shapes import WorkspaceShape


def _cell(text: str, example: str | None = None, **schema: Any) -> Any:  # noqa: ANN401 - as pydantic's Field
    examples = [example] if example else None
    return Field(None, description=text, examples=examples, json_schema_extra=schema)


class PersonShape(BaseModel):
    """Somebody; any other key is kept as person.extra."""

    model_config = ConfigDict(extra="allow")

    name: str = Field(description="First name and last name", examples=["Åsa Öberg"], min_length=1)
    id: str | None = _cell("What others call them by; else the e-mail, else the name", "p17")
    called: str | None = _cell("What the card says, where it is not the first name", "Åsa")
    title: str | None = _cell("Job title", "Team leader")
    email: str | None = _cell("E-mail", "asa@nordic.example")
    team: str | None = _cell("Team", "Support")
    manager: str | None = _cell("Id, e-mail or name of the manager", "p3")
    role: str | None = _cell("staff, leader or organiser", "staff", enum=["staff", "leader", "organiser"])
    site: str | None = _cell("Id of the site", "stockholm")
    locale: str | None = _cell("Language", "sv")
    start_date: str | None = _cell("First day of work", "2021-03-01", format="date")
    end_date: str | None = _cell("Last day of work", "2027-06-30", format="date")
    birthday: str | None = _cell("MM-DD, without the year", "04-23")
    thanks: str | None = _cell("How they want to be thanked", "private", enum=list(Thanks))
    celebrate: str | list[str] | None = _cell("anniversary, birthday, both or none", "anniversary")
    work_days: str | list[str] | None = _cell("Days of the week", "mon-thu")
    leave: str | list[str] | None = _cell("Days away", "2027-02-01..2027-05-31")
    deputy: str | None = _cell("Id, e-mail or name of who stands in", "p4")


Kind = Literal["workspace", "theme", "people"]


def schema(kind: Kind) -> dict[str, object]:
    """Return the JSON Schema (2020-12) of csweek.yaml, of a theme or of a people file in YAML."""
    shape: dict[str, type[BaseModel]] = {
        "workspace": WorkspaceShape,
        "theme": ThemeShape,
        "people": PersonShape,
    }
    body: dict[str, object] = shape[kind].model_json_schema(by_alias=True, schema_generator=_Generator)
    if kind == "people":
        body = {"type": "array", "items": body}
    titles = {"workspace": "csweek.yaml", "theme": "a csweek theme", "people": "people for csweek"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_instances(body),
        "title": titles[kind],
    }


class _Generator(GenerateJsonSchema):
    ignored_warning_kinds = frozenset({"non-serializable-default"})  # type: ignore[assignment]


def _instances(schema: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a schema whose examples, written as in YAML, are what they stand for."""
    if isinstance(schema, list):
        return [_instances(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: [_instance(one) for one in value] if key == "examples" else _instances(value)
        for key, value in schema.items()
    }


def _instance(example: object) -> object:
    if not isinstance(example, str) or example[:1] not in '[{0123456789"':
        return example
    return int(example) if example.isdigit() else yaml.load(example, yaml.BaseLoader)  # noqa: S506 - text only
