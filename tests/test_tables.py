import csv
import io
import json
import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from samples import INPUTS, PLAN, event, words

from csweek.model.basics import Audience, Channel, Cost, Practice, Status, Visibility
from csweek.model.plan import Directory, Plan
from csweek.render.tables import as_json, events_csv, events_json, guarded

DIRECTORY = Directory.of(INPUTS, PLAN.year.first)
SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "docs" / "plan.schema.json").read_text(encoding="utf-8")
)
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
    "array": list,
    "object": dict,
}
NOTES = {"$schema", "$defs", "title", "description"}


def is_a(value: object, kind: str) -> bool:
    counted = isinstance(value, bool) and kind in {"integer", "number"}
    return isinstance(value, TYPES[kind]) and not counted


def faults(value: Any, schema: dict[str, Any], where: str = "$") -> list[str]:  # noqa: ANN401 - JSON
    """Validate with the keywords that the schema uses; any other is a KeyError."""
    found = []
    for keyword, wanted in schema.items():
        if keyword not in NOTES:
            found += [f"{where}: {fault}" for fault in KEYWORDS[keyword](value, wanted, schema)]
    return found


def _properties(value: Any, wanted: dict[str, Any], _: object) -> list[str]:  # noqa: ANN401 - JSON
    return [fault for key, part in value.items() if key in wanted for fault in faults(part, wanted[key], key)]


def _others(value: Any, wanted: Any, schema: dict[str, Any]) -> list[str]:  # noqa: ANN401 - JSON
    others = {key: part for key, part in value.items() if key not in schema.get("properties", {})}
    if wanted is False:
        return [f"unknown key {key}" for key in others]
    return [fault for key, part in others.items() for fault in faults(part, wanted, key)]


def _items(value: Any, wanted: dict[str, Any], _: object) -> list[str]:  # noqa: ANN401 - JSON
    return [fault for n, part in enumerate(value) for fault in faults(part, wanted, str(n))]


KEYWORDS: dict[str, Any] = {
    "$ref": lambda value, wanted, _: faults(value, SCHEMA["$defs"][wanted.rpartition("/")[2]]),
    "const": lambda value, wanted, _: [] if value == wanted else [f"{value!r} is not {wanted!r}"],
    "enum": lambda value, wanted, _: [] if value in wanted else [f"{value!r} is none of {wanted}"],
    "type": lambda value, wanted, _: (
        []
        if any(is_a(value, kind) for kind in ([wanted] if isinstance(wanted, str) else wanted))
        else [f"{value!r} is no {wanted}"]
    ),
    "pattern": lambda value, wanted, _: (
        [] if value is None or re.search(wanted, value) else [f"{value!r} is not like {wanted}"]
    ),
    "minimum": lambda value, wanted, _: [] if value >= wanted else [f"{value} is under {wanted}"],
    "required": lambda value, wanted, _: [f"{key} is missing" for key in wanted if key not in value],
    "properties": _properties,
    "additionalProperties": _others,
    "items": _items,
}


def loaded(plan: Plan = PLAN, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - passed on
    found = json.loads(events_json(plan, DIRECTORY, **options))
    assert isinstance(found, dict)
    return found


def rows(content: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=delimiter, strict=True))


def with_event(**fields: Any) -> Plan:  # noqa: ANN401 - passed on
    return replace(PLAN, events=(event("wow-note", date(2027, 1, 20), "p1", id="e9", **fields),))


# --- JSON ----------------------------------------------------------------------------------------


def test_the_json_keeps_to_its_schema() -> None:
    assert faults(loaded(), SCHEMA) == []


@pytest.mark.parametrize("key", SCHEMA["$defs"]["event"]["properties"])
def test_the_schema_asks_for_every_key(key: str) -> None:
    document = loaded()
    del document["events"][0][key]
    assert faults(document, SCHEMA)


def test_the_schema_refuses_other_keys_and_other_types() -> None:
    document = loaded()
    document["events"][0] |= {"surprise": 1, "fixed": "no", "minutes": True, "week": "2027-1"}
    assert len(faults(document, SCHEMA)) == 4


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("status", Status),
        ("practice", Practice),
        ("audience", Audience),
        ("visibility", Visibility),
        ("cost", Cost),
        ("channel", Channel),
    ],
)
def test_the_schema_lists_what_the_model_knows(key: str, kind: type[StrEnum]) -> None:
    assert SCHEMA["$defs"]["event"]["properties"][key]["enum"] == [one.value for one in kind]


def test_the_head_says_whose_year_it_is() -> None:
    document = loaded()
    weeks = document["weeks"]
    assert [document[key] for key in ("schema", "organisation", "theme", "year")] == [
        1,
        "Nordic Care",
        "Service as a power",
        "2027",
    ]
    assert (weeks[0], weeks[-1], len(weeks)) == ("2027-W01", "2027-W52", 52)


def test_times_are_local_with_their_offset_and_null_for_all_day() -> None:
    first, second, *_, last = loaded()["events"]
    assert {first["start"], second["start"]} == {"2027-01-04T09:30:00+01:00", "2027-01-04T10:00:00+09:00"}
    assert (last["start"], last["end"]) == (None, None)


def test_a_title_is_in_the_language_of_the_organisation_as_on_the_terminal() -> None:
    assert {e["locale"]: e["title"] for e in loaded()["events"] if e["action"] == "wow-note"} == {
        "sv": "A handwritten note",
        "ko": "A handwritten note",
        "en": "A handwritten note",
    }
    note = next(event for event in PLAN.events if event.action == "wow-note")
    assert as_json(note, "ko")["title"] == "손으로 쓴 쪽지"


def test_cost_is_the_level_and_a_reason_is_kept_as_it_is() -> None:
    found = as_json(with_event(cost=Cost.HIGH, reason={"code": "x", "gap": 1.5}).events[0], "en")
    assert (found["cost"], found["reason"]) == ("high", {"code": "x", "gap": 1.5})


def test_a_plan_without_events_is_valid_json() -> None:
    assert loaded(replace(PLAN, events=()))["events"] == []


def test_an_event_is_a_line_so_that_two_years_can_be_compared() -> None:
    lines = events_json(PLAN, DIRECTORY).splitlines()
    assert len(lines) == len(PLAN.events) + 2
    assert all(json.loads(line.rstrip(b",")) for line in lines[1:-1])


# --- what is hidden ------------------------------------------------------------------------------


def test_an_organiser_does_not_see_what_is_planned_for_that_organiser() -> None:
    hidden = frozenset({"p1"})
    assert {e["id"] for e in loaded()["events"]} - {e["id"] for e in loaded(hide_from=hidden)["events"]} == {
        "e4"
    }
    assert "Åsa" not in events_csv(PLAN, DIRECTORY, hidden).decode()


def test_what_is_no_surprise_any_more_is_shown() -> None:
    shown = [with_event(visibility=Visibility.TEAM), with_event(status=Status.DONE)]
    assert [len(loaded(plan, hide_from=frozenset({"p1"}))["events"]) for plan in shown] == [1, 1]


# --- CSV -----------------------------------------------------------------------------------------


def test_excel_is_told_the_encoding_and_gets_its_line_ends() -> None:
    content = events_csv(PLAN, DIRECTORY)
    assert content.startswith(b"\xef\xbb\xbfid,week,date,start,end,")
    assert content.count(b"\r\n") == content.count(b"\n") == len(PLAN.events) + 1


def test_names_stand_beside_ids() -> None:
    row = next(row for row in rows(events_csv(PLAN, DIRECTORY)) if row["recipients"] == "p2")
    assert [row[key] for key in ("recipient_names", "owner", "owner_name")] == [
        "Ðorđe Šarić",
        "l1",
        "Leo Lind",
    ]


def test_times_are_what_spreadsheets_read() -> None:
    first, *_, last = rows(events_csv(PLAN, DIRECTORY))
    assert [first[key] for key in ("date", "start", "end")] == [
        "2027-01-04",
        "2027-01-04 09:30",
        "2027-01-04 09:40",
    ]
    assert [last[key] for key in ("date", "start", "end", "idea")] == ["2027-02-10", "", "", ""]


def test_what_is_fixed_is_a_yes_or_a_no() -> None:
    (row,) = rows(events_csv(with_event(fixed=True), DIRECTORY))
    assert row["fixed"] == "yes"
    (row,) = rows(events_csv(with_event(fixed=False), DIRECTORY))
    assert row["fixed"] == "no"


def test_a_semicolon_may_divide_the_cells() -> None:
    assert rows(events_csv(PLAN, DIRECTORY, delimiter=";"), ";") == rows(events_csv(PLAN, DIRECTORY))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])  # noqa: RUF001 - Excel takes it
def test_no_cell_is_a_formula(start: str) -> None:
    title = f'{start}HYPERLINK("http://x.example";"y")'
    (row,) = rows(events_csv(with_event(title=words(title, title)), DIRECTORY))
    assert row["title"] == f"'{title}"
    assert guarded("a=b") == "a=b"


def test_a_title_of_several_lines_stays_one_cell() -> None:
    title = 'One\r\ntwo, "three"; four'
    (row,) = rows(events_csv(with_event(title=words(title, title)), DIRECTORY))
    assert row["title"] == title


# --- both ----------------------------------------------------------------------------------------


def test_a_large_year_is_there_whole() -> None:
    plan = replace(PLAN, events=PLAN.events * 200)
    assert len(rows(events_csv(plan, DIRECTORY))) == len(loaded(plan)["events"]) == len(plan.events)
