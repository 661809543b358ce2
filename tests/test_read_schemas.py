import json

import pytest

from csweek.read import column_words
from csweek.read.schemas import Kind, PersonShape, schema
from csweek.read.workspace_shapes import WorkspaceShape

KINDS: tuple[Kind, ...] = ("workspace", "theme", "people")


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_json_of_its_dialect(kind: Kind) -> None:
    found = json.loads(json.dumps(schema(kind)))
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["title"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_described(kind: Kind) -> None:
    found = schema(kind)
    body = found["items"] if kind == "people" else found
    assert isinstance(body, dict)
    objects = [body, *found.get("$defs", {}).values()]  # type: ignore[attr-defined]
    keys = [(name, key) for one in objects for name, key in one.get("properties", {}).items()]
    assert keys
    assert not [name for name, key in keys if not key.get("description")]


def test_unknown_keys_are_refused_by_the_schema_as_by_the_reader() -> None:
    assert schema("workspace")["additionalProperties"] is False
    assert schema("theme")["additionalProperties"] is False


def test_references_lead_somewhere() -> None:
    for kind in KINDS:
        text = json.dumps(schema(kind))
        definitions = schema(kind).get("$defs", {})
        named = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
        assert named <= set(definitions)  # type: ignore[call-overload]


def test_the_person_shape_has_the_fields_that_the_reader_knows() -> None:
    assert set(PersonShape.model_fields) == set(column_words.PEOPLE) - column_words.IN_PARTS


def test_a_short_and_a_long_way_are_both_in_the_schema() -> None:
    theme = schema("workspace")["properties"]["theme"]  # type: ignore[index]
    assert [one.get("type") for one in theme["anyOf"]] == ["string", None, "array"]
    assert WorkspaceShape.model_validate({"theme": "base"}).theme[0].theme == "base"
