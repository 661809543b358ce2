import io
import re
import zipfile
from datetime import date, time
from pathlib import Path

import pytest
import python_calamine
import samples
from msgspec.structs import replace

from csweek.model.basics import Status
from csweek.model.plan import Directory, Plan
from csweek.plan.measure import minutes_by_week
from csweek.read.ticks import read_ticks
from csweek.render.workbook.book import workbook
from csweek.render.workbook.page import names
from csweek.render.workbook.rows import Subject

DIRECTORY = Directory.of(samples.INPUTS, date(2027, 1, 4))
LANGUAGES = ("en", "sv", "ko", "bs")


def subject(plan: Plan = samples.PLAN, locale: str = "en", hidden: frozenset[str] = frozenset()) -> Subject:
    directory = replace(DIRECTORY, locale=locale)
    return Subject(plan, directory, samples.THEME.look, hidden, minutes_by_week(plan, plan.live), 90)


def opened(content: bytes) -> dict[str, list[list[object]]]:
    book = python_calamine.load_workbook(io.BytesIO(content))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in book.sheet_names
    }


def parts(content: bytes, name: str = "xl/worksheets/sheet") -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return [book.read(one).decode() for one in sorted(book.namelist()) if one.startswith(name)]


def test_the_year_counts_what_reaches_each_team_week_by_week() -> None:
    rows = opened(workbook(subject()))["Year"]
    assert rows[0][0] == "Nordic Care · 2027"
    assert rows[3][:6] == ["Week", "From", "Support", "Natt", "Seoul", "All"]
    assert rows[4][:6] == [1, date(2027, 1, 4), 1, 1, 1, 3]
    assert rows[6][:6] == [3, date(2027, 1, 18), 1, 0, 0, 1]
    assert len(rows) == 4 + 52


def test_the_first_sheet_names_nobody() -> None:
    said = " ".join(str(cell) for row in opened(workbook(subject()))["Year"] for cell in row)
    assert [one.name for one in samples.PEOPLE if one.name in said] == []
    assert "handwritten" not in said


def test_events_are_rows_with_real_days_and_hours() -> None:
    rows = opened(workbook(subject()))["Events"]
    assert len(rows) == 4 + len(samples.PLAN.events)
    assert rows[4][:7] == ["e1", 1, date(2027, 1, 4), "Monday", time(9, 30), time(9, 40), "Monday's story"]
    assert rows[7][2:5] == [date(2027, 1, 20), "Wednesday", ""]
    assert rows[7][9] == "Åsa Öberg"


def test_owners_stand_by_their_load_with_their_weeks() -> None:
    rows = opened(workbook(subject()))["Owners"]
    assert rows[4][:7] == ["Leo Lind", "", 4, 60, pytest.approx(60 / 52), 3, 15]
    assert rows[5][0] == "Britt Ek"
    assert rows[4][7 + 2] == 15


def test_every_owner_has_a_list_in_which_what_is_done_is_ticked() -> None:
    done = tuple(replace(e, status=Status.DONE) if e.id == "e4" else e for e in samples.PLAN.events)
    book = opened(workbook(subject(replace(samples.PLAN, events=done))))
    assert list(book) == ["Year", "Events", "Owners", "Britt Ek", "Leo Lind"]
    assert [row[:2] for row in book["Leo Lind"][4:]] == [["x", "e4"], ["", "e5"], ["", "e6"], ["", "e7"]]


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_list_in_any_language_is_read_back(locale: str, tmp_path: Path) -> None:
    done = tuple(replace(event, status=Status.DONE) for event in samples.PLAN.events)
    path = tmp_path / "ticks.xlsx"
    path.write_bytes(workbook(subject(replace(samples.PLAN, events=done), locale)))
    ticks, problems = read_ticks(path)
    assert problems == ()
    assert {one.event for one in ticks} == {event.id for event in samples.PLAN.events}


def test_headers_speak_the_language_of_the_organisation() -> None:
    heads = [opened(workbook(subject(locale=locale))) for locale in LANGUAGES]
    assert len({tuple(book) for book in heads}) == 4
    assert len({tuple(map(str, list(book.values())[1][3])) for book in heads}) == 4


def test_surprises_for_those_who_open_it_are_left_out_everywhere() -> None:
    book = opened(workbook(subject(hidden=frozenset({"p1"}))))
    cells = [str(cell) for rows in book.values() for row in rows for cell in row]
    assert "e4" not in cells
    assert "Åsa Öberg" not in cells
    assert book["Year"][6][2] == 0


def test_texts_are_no_formulas_links_or_control_characters() -> None:
    bad = ("=1+1", "+1", "-1", "@x", "\t=1", "https://x.example", "a\x08b", "=cmd|' /C calc'!A0")
    events = tuple(replace(e, title=samples.words(t)) for e, t in zip(samples.PLAN.events, bad, strict=False))
    content = workbook(subject(replace(samples.PLAN, events=events)))
    sheets = parts(content)
    formulas = [one for sheet in sheets for one in re.findall("<f>(.*?)</f>", sheet)]
    assert formulas == ["SUBTOTAL(103,A5:A11)", "SUBTOTAL(109,N5:N11)"]
    assert not any("<hyperlink" in sheet for sheet in sheets)
    assert 'quotePrefix="1"' in parts(content, "xl/styles")[0]
    assert "=1+1" in [str(row[6]) for row in opened(content)["Events"]]


def test_every_sheet_keeps_its_header_in_sight_and_says_how_it_is_printed() -> None:
    for sheet in parts(workbook(subject())):
        assert 'state="frozen"' in sheet
        assert "<autoFilter" in sheet
        assert 'fitToPage="1"' in sheet
    names_ = parts(workbook(subject()), "xl/workbook.xml")[0]
    assert names_.count("_xlnm.Print_Area") == names_.count("_xlnm.Print_Titles") == 5


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert workbook(subject()) == workbook(subject())


def test_an_empty_year_is_a_workbook_too() -> None:
    book = opened(workbook(subject(replace(samples.PLAN, events=()))))
    assert list(book) == ["Year", "Events", "Owners"]


def test_names_of_sheets_are_short_plain_and_each_once() -> None:
    wanted = ["Year", "a/b:c", "A-B-C", "'x'", "", "x" * 50, "x" * 60, "History", "김서연"]
    found = names(wanted)
    assert len({one.casefold() for one in found}) == len(found) == len(wanted)
    assert all(1 <= len(one) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", one) for one in found)
    assert found[-1] == "김서연"
    assert max(len(one.encode("utf-16-le")) // 2 for one in names(["😀" * 20, "😀" * 30])) <= 31


def test_a_team_with_a_long_name_has_a_column_that_a_screen_holds() -> None:
    directory = replace(DIRECTORY, teams={"Team " * 80: "stockholm", "Natt": "stockholm"})
    year = parts(workbook(replace(subject(), directory=directory)))[0]
    widths = [float(one) for one in re.findall(r'<col [^>]*width="([\d.]+)"', year)]
    assert 40 < max(widths) < 50
