from datetime import date
from pathlib import Path

import pytest
from reading import SITES, YAML, messages, people, reading
from test_read_tables import workbook

from csweek.model.basics import Occasion, Role, Span, Thanks
from csweek.read import column_words
from csweek.read.finder import Finder
from csweek.read.naming import called, turned
from csweek.read.wrong import Wrong


@pytest.mark.parametrize(
    ("name", "locale", "card"),
    [
        ("Åsa Öberg", "sv", "Åsa"),
        ("Anna-Karin Ek", "sv", "Anna-Karin"),
        ("Shaun O'Brien", "en", "Shaun"),
        ("Dr. Eva Ask", "en", "Eva"),
        ("김서연", "ko", "김서연 님"),
        ("김 서연", "en", "김 서연"),
        ("Leo Lind", "ko-KR", "Leo Lind 님"),
        ("Cher", "en", "Cher"),
    ],
)
def test_a_card_says_the_name_that_is_usual_in_the_language(name: str, locale: str, card: str) -> None:
    assert called(name, locale) == card


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Öberg, Åsa", "Åsa Öberg"),
        ("Luther King, Jr.", "Luther King, Jr."),
        ("김, 서연", "김서연"),
        ("Åsa", "Åsa"),
    ],
)
def test_a_family_name_in_front_is_turned_round(written: str, name: str) -> None:
    assert turned(written) == name


SWEDISH: list[list[object]] = [
    ["Personallista 2026"],
    [],
    ["Namn", "Grupp", "Chef", "E-post", "Startdatum", "Slutdatum", "Tjänstledig"],
    ["Öberg, Åsa", "Support", "Ek, Britt", "asa@x.example", date(2020, 1, 7), "", "2027-02-01 - 2027-05-31"],
    ["Ek, Britt", "Support", "", "britt@x.example", date(2010, 5, 3), "9999-12-31", "Nej"],
    ["Đorđe Šarić", "Support", "Britt Ek", "dorde@x.example", date(2024, 9, 2), date(2027, 6, 30), None],
]


def test_a_swedish_spreadsheet_goes_in_untouched(tmp_path: Path) -> None:
    yaml = "theme: plain\npeople: hr.xlsx\n" + SITES
    found = reading(tmp_path, {"csweek.yaml": yaml, "hr.xlsx": workbook(SWEDISH)})
    assert found.inputs
    asa, britt, dorde = found.inputs.people
    assert (asa.name, asa.called, asa.team, asa.manager) == ("Åsa Öberg", "Åsa", "Support", britt.id)
    assert asa.start_date == date(2020, 1, 7)
    assert asa.leave == (Span(date(2027, 2, 1), date(2027, 5, 31)),)
    assert (britt.end_date, britt.leave) == (None, ())
    assert (dorde.end_date, dorde.manager) == (date(2027, 6, 30), "britt@x.example")
    assert {column.field for column in found.columns} == {
        "name", "team", "manager", "email", "start_date", "end_date", "leave",
    }  # fmt: skip


@pytest.mark.parametrize(
    "end",
    [
        "9999-12-31 00:00:00",
        "31.12.9999",
        "12/31/9999",
        "2999-12-31",
        "99991231",
        "Tillsvidare",
        "-",
        "재직 중",
        "neodređeno",
    ],
)
def test_an_end_that_never_comes_is_none(end: str, tmp_path: Path) -> None:
    files = {
        "csweek.yaml": f"theme: plain\npeople: people.csv\n{SITES}",
        "people.csv": f"name,end_date\nAnna,{end}\n",
    }
    found = reading(tmp_path, files)
    assert found.inputs
    assert [person.end_date for person in found.inputs.people] == [None]


@pytest.mark.parametrize(
    "csv",
    [
        "Name,Department,Manager,Birth date,Working days,Recognition\nAnna Ek,Support,,04-23,mon-thu,never\n",
        "Förnamn;Efternamn;Avdelning;Chef;Födelsedag;Arbetsdagar;Tack\nAnna;Ek;Support;;23.4.;mån-tors;aldrig\n",
        "성명,부서,관리자,생일,근무일,감사\nAnna Ek,Support,,4월 23일,월-목,안 함\n",
        "Ime i prezime;Odjel;Šef;Datum rođenja;Radni dani;Zahvale\nAnna Ek;Support;;23.04.;pon-čet;nikad\n",
    ],
    ids=["English", "Swedish", "Korean", "Bosnian"],
)
def test_headers_and_words_of_four_languages_are_known(csv: str, tmp_path: Path) -> None:
    (anna,) = people(tmp_path, csv).values()
    assert (anna.name, anna.team, anna.birthday, anna.thanks) == ("Anna Ek", "Support", (4, 23), Thanks.NEVER)
    assert anna.work.days == frozenset({0, 1, 2, 3})


def test_a_korean_name_in_two_columns_is_one(tmp_path: Path) -> None:
    (seoyeon,) = people(tmp_path, "성,이름,site\n김,서연,seoul\n").values()
    assert (seoyeon.name, seoyeon.called) == ("김서연", "김서연 님")


def test_every_value_is_read(tmp_path: Path) -> None:
    csv = (
        "id,name,called,title,email,role,locale,birthday,thanks,celebrate,leave,deputy,Shoe size\n"
        "p1,Anna Ek,Annie,Agent,Anna@X.example,leader,en-CA,1984-02-29,public,both,"
        '"2027-01-04; 2026-12-01",p2,38\n'
        "p2,Bo Lind,,,,,,,,none,,,\n"
    )
    anna, bo = people(tmp_path, csv).values()
    assert (anna.called, anna.title, anna.email, anna.locale) == ("Annie", "Agent", "Anna@X.example", "en-CA")
    assert (anna.role, anna.birthday, anna.thanks) == (Role.LEADER, (2, 29), Thanks.PUBLIC)
    assert anna.celebrate == set(Occasion)
    assert [span.first for span in anna.leave] == [date(2026, 12, 1), date(2027, 1, 4)]
    assert (anna.deputy, anna.extra) == ("p2", {"Shoe size": "38"})
    assert (bo.thanks, bo.celebrate, bo.called) == (Thanks.PRIVATE, frozenset(), "Bo")


def test_an_id_is_the_column_else_the_email_else_the_name(tmp_path: Path) -> None:
    found = people(tmp_path, "id,name,email\np1,Anna Ek,a@x.example\n,Bo Lind,Bo@x.example\n,Cia Berg,\n")
    assert list(found) == ["p1", "bo@x.example", "Cia Berg"]


def test_later_files_add_and_override(tmp_path: Path) -> None:
    yaml = "theme: plain\npeople: [hr.csv, ours.yaml, absences.csv]\n" + SITES
    found = reading(
        tmp_path,
        {
            "csweek.yaml": yaml,
            "hr.csv": "id,name,email,team,title\np1,Anna Ek,anna@x.example,Help,Agent\np2,Bo Lind,,Help,\n",
            "ours.yaml": "- {email: ANNA@x.example, name: Anna Ek, title: Coach}\n"
            "- {name: Cia Berg, team: Night}\n"
            "- name: bo lind\n  leave: [2027-03-01, 2027-04-01]\n",
            "absences.csv": "email,leave\nanna@x.example,2027-02-01..2027-02-05\nanna@x.example,2027-06-01\n",
        },
    )
    assert found.inputs, found.problems
    anna, bo, cia = found.inputs.people
    assert (anna.id, anna.title, anna.team, len(anna.leave)) == ("p1", "Coach", "Help", 2)
    assert (bo.id, bo.name, len(bo.leave)) == ("p2", "bo lind", 2)
    assert (cia.id, cia.team) == ("Cia Berg", "Night")
    assert set(found.files) >= {"csweek.yaml", "hr.csv", "ours.yaml", "absences.csv"}


def test_columns_say_what_is_not_known(tmp_path: Path) -> None:
    yaml = YAML + "columns: {team: Lagnamn, name: [Vem]}\n"
    (anna,) = people(tmp_path, "Vem;Lagnamn;Grupp\nAnna Ek;Support;7\n", yaml).values()
    assert (anna.name, anna.team, anna.extra) == ("Anna Ek", "Support", {"Grupp": "7"})


def test_one_warning_tells_of_all_names_turned_round(tmp_path: Path) -> None:
    csv = "name\n" + "".join(f'"Ek, Anna{n}"\n' for n in range(9))
    found = reading(tmp_path, {"people.csv": csv})
    assert [m for m in messages(found) if "read as" in m] == [
        "2: 'Ek, Anna0' is read as 'Anna0 Ek', and 8 more like it"
    ]


def test_people_are_found_by_id_email_or_name_in_any_case() -> None:
    finder = Finder(
        [("p1", "Åsa Öberg", "asa@x.example"), ("p2", "Asa Oberg", ""), ("p3", "Ðorđe Šarić", "d@x.example")]
    )
    written = ("p1", "ASA@x.example", "Asa Oberg", "Åsa Öberg", "saric, DORDE")
    assert [finder.find(word) for word in written] == [
        "p1", "p1", "p2", "p1", "p3",
    ]  # fmt: skip
    with pytest.raises(Wrong, match="2 people"):
        finder.find("asa oberg")


TWO_FILES = "theme: plain\npeople: [hr.csv, ours.csv]\n" + SITES


def test_a_second_file_finds_people_whose_surname_comes_first_in_the_other(tmp_path: Path) -> None:
    hr = 'id,name,site\n7,"Ek, Anna",seoul\n8,"Lind, Bo",seoul\n'
    ours = 'name,role\nanna ek,leader\n"Lind, Bo",organiser\n'
    found = reading(tmp_path, {"csweek.yaml": TWO_FILES, "hr.csv": hr, "ours.csv": ours})
    assert found.inputs, "\n".join(map(str, found.problems))
    assert {p.id: p.role for p in found.inputs.people} == {"7": Role.LEADER, "8": Role.ORGANISER}


def test_a_name_in_a_second_file_that_is_nearly_one_of_the_first_is_asked_about(tmp_path: Path) -> None:
    hr = 'id,name,site\n7,"Wiik, Petra",seoul\n8,Bo Lind,seoul\n'
    ours = "name,role,site\nPetra Wik,leader,seoul\nCia Lind,,seoul\nPetra Berg,,seoul\n"
    found = reading(tmp_path, {"csweek.yaml": TWO_FILES, "hr.csv": hr, "ours.csv": ours})
    (asked,) = (one for one in found.problems if "somebody new" in one.message)
    assert (str(asked.place), asked.hint) == (f"{tmp_path / 'ours.csv'}:2:1", "did you mean 'Petra Wiik'?")
    assert found.inputs
    assert len(found.inputs.people) == 5


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Delić", "did you mean 'Lejla Delić'?"),
        ("anna", "did you mean 'Anna Ek' or 'Anna Maria Berg'?"),
        ("berg anna", "did you mean 'Anna Maria Berg'?"),
        ("Zoe", "write the id, e-mail or name from the people file"),
        ("Ek", "write the id, e-mail or name from the people file"),
    ],
)
def test_who_is_meant_by_a_part_of_a_name_is_asked(text: str, hint: str) -> None:
    names = ["Lejla Delić", "Anna Ek", "Anna Maria Berg", "Bo Ek", "Cia Ek", "Dan Ek"]
    with pytest.raises(Wrong) as caught:
        Finder([(f"p{n}", name, "") for n, name in enumerate(names)]).find(text)
    assert caught.value.hint == hint


def test_where_no_header_says_name_the_column_that_looks_like_names_is_proposed(tmp_path: Path) -> None:
    csv = 'Number,Address,Colleague,Hue\nA 7,5 High Street,"Ek, Anna",Deep blue\n8,,Per-Erik Björk,Red\n'
    (problem,) = reading(tmp_path, {"people.csv": csv}).problems
    assert problem.lines == ("columns: {name: Colleague}",)


@pytest.mark.parametrize(
    "headers",
    [
        "Worker ID,Worker,Supervisory Organization,Business Title,Work Location,Original Hire,Work E-mail",
        "Anst.nr,Anställds namn,Organisatorisk enhet,Yrke,Tjänsteställe,Anställd fr.o.m.,E-postadress arbete",
        "사번,사원명,소속 부서,직무,근무처,입사년월일,업무 이메일",
        "Šifra radnika,Ime i prezime radnika,Odsjek,Zanimanje,Mjesto rada,Datum prijema,Službeni email",
    ],
)
def test_headers_of_hr_systems_are_known(headers: str) -> None:
    layout = column_words.OF_PEOPLE
    found = [layout[column_words.plain(header)] for header in headers.split(",")]
    assert found == ["id", "name", "team", "title", "site", "start_date", "email"]


ONE_SITE = "theme: plain\npeople: people.csv\nsites: {x: {timezone: UTC}}\n"


def test_a_surname_and_the_name_one_goes_by_are_a_name(tmp_path: Path) -> None:
    csv = "Anställningsnr,Efternamn,Tilltalsnamn,Närmaste chef (anst.nr)\n7,Ek,Anna,\n8,Lind,Bo,7\n"
    found = people(tmp_path, csv)
    assert {one.name for one in found.values()} == {"Anna Ek", "Bo Lind"}
    assert (found["8"].called, found["8"].manager) == ("Bo", "7")


@pytest.mark.parametrize(
    "header", ["Prezime i ime", "Efternamn, förnamn", "Last Name, First Name", "Surname First name"]
)
def test_names_under_a_header_that_says_so_begin_with_the_family_name(tmp_path: Path, header: str) -> None:
    csv = f'"{header}",Chef\nHadžić Amra,\nBegić Selma,Hadžić Amra\n"Mehić, Lejla",Selma Begić\n김민준,\n'
    found = reading(tmp_path, {"csweek.yaml": ONE_SITE, "people.csv": csv})
    assert found.inputs is not None
    assert messages(found) == []
    assert [(one.name, one.called, one.manager) for one in found.inputs.people] == [
        ("Amra Hadžić", "Amra", None),
        ("Selma Begić", "Selma", "Amra Hadžić"),
        ("Lejla Mehić", "Lejla", "Selma Begić"),
        ("김민준", "김민준", None),
    ]


def test_a_family_name_that_may_be_two_words_is_asked_about(tmp_path: Path) -> None:
    csv = "Prezime i ime\nĐurić Begović Ana\nKovač Ana Marija\n"
    found = reading(tmp_path, {"csweek.yaml": ONE_SITE, "people.csv": csv})
    assert found.inputs is not None
    assert [one.called for one in found.inputs.people] == ["Ana", "Marija"]
    assert messages(found) == [
        "2: 'Đurić Begović Ana' is read as 'Ana Đurić Begović'",
        "3: 'Kovač Ana Marija' is read as 'Marija Kovač Ana'",
    ]
    assert (found.problems[1].hint or "").endswith("as in 'Kovač, Ana Marija'")


@pytest.mark.parametrize(
    ("header", "last", "asked"),
    [
        ("Namn", "Öberg Eva,eva.oberg@x.example", True),
        ("Namn", "Öberg Eva,e.oberg@x.example", True),
        ("Namn", "Eva Öberg,eva.oberg@x.example", False),
        ("Namn", "Öberg Eva,eva@x.example", False),
        ("Efternamn och förnamn", "Öberg Eva,eva.oberg@x.example", False),
    ],
)
def test_names_that_all_addresses_turn_round_are_asked_about(
    tmp_path: Path, header: str, last: str, *, asked: bool
) -> None:
    csv = f"{header},E-post\nBerg Anna,anna.berg@x.example\nLind Bo,bo.lind@x.example\n{last}\n"
    found = reading(tmp_path, {"csweek.yaml": ONE_SITE, "people.csv": csv})
    assert found.inputs is not None
    assert ["a card would say 'Berg'" in one for one in messages(found)] == [True] * asked


def test_a_manager_whose_name_stands_the_other_way_round_is_guessed(tmp_path: Path) -> None:
    csv = "Name,Chef\nHadžić Amra,\nBegić Selma,Amra Hadžić\n"
    (problem,) = reading(tmp_path, {"csweek.yaml": ONE_SITE, "people.csv": csv}).problems
    assert problem.hint == "did you mean 'Hadžić Amra'?"


def test_the_last_line_of_a_report_is_a_remark(tmp_path: Path) -> None:
    files = {"csweek.yaml": ONE_SITE, "people.csv": "id,name,team\n1,Anna,A\nTotal: 1,,\n"}
    found = reading(tmp_path, files)
    assert found.inputs is not None
    assert messages(found) == ["3: only the first cell of this row is filled; it is taken for a remark"]


@pytest.mark.parametrize(
    "row",
    [
        "Total: 2,,",
        "Summe,,",
        "TOTAL,,2",
        "2,,",
        "Totalt 2 personer,,",
        "합계: 2명,,",
        "Ukupno = 2,,",
        "Count,2,",
    ],
)
def test_totals_are_nobody_and_that_is_said(tmp_path: Path, row: str) -> None:
    csv = f"name,team,number\nAnna,A,1\nTotal Wang,A,\n{row}\n"
    found = reading(tmp_path, {"csweek.yaml": ONE_SITE, "people.csv": csv})
    assert found.inputs is not None
    assert [one.name for one in found.inputs.people] == ["Anna", "Total Wang"]
    assert messages(found) == ["4: this row is taken for the totals of a report, not for somebody"]


def test_who_is_called_like_totals_needs_an_id_or_an_address(tmp_path: Path) -> None:
    csv = "id,name,email\n7,Suma,\n,Sum,sum@x.example\nSuma,Suma,\n"
    found = reading(tmp_path, {"csweek.yaml": ONE_SITE, "people.csv": csv})
    assert found.inputs is not None
    assert [one.name for one in found.inputs.people] == ["Suma", "Sum"]


def test_two_rows_with_one_id_are_told_where_names_are_in_two_columns(tmp_path: Path) -> None:
    csv = "id,efternamn,tilltalsnamn\n1,Ek,Anna\n1,Lind,Bo\n"
    found = reading(tmp_path, {"csweek.yaml": ONE_SITE, "people.csv": csv})
    assert messages(found) == ["3: the id '1' stands in line 2 already"]


def test_a_file_with_nothing_but_a_refused_column_is_told(tmp_path: Path) -> None:
    found = reading(tmp_path, {"people.csv": "personnummer\n19900101-1234\n"})
    assert "0: no column holds the name" in messages(found)


SHARED = "id,name,email\np1,Anna Ek,desk@x.example\np2,Bo Ek,desk@x.example\n"


def test_a_shared_address_does_not_say_who_is_meant(tmp_path: Path) -> None:
    yaml = YAML.replace("people.csv", "[people.csv, more.csv]")
    more = "email,thanks\ndesk@x.example,private\n"
    found = reading(tmp_path, {"csweek.yaml": yaml, "people.csv": SHARED, "more.csv": more})
    assert messages(found)[-1] == "2: 2 people have the e-mail desk@x.example"


def test_of_those_who_share_an_address_the_name_says_who_is_meant(tmp_path: Path) -> None:
    yaml = YAML.replace("people.csv", "[people.csv, more.csv]")
    more = "email,name,thanks\ndesk@x.example,Bo Ek,private\n"
    found = reading(tmp_path, {"csweek.yaml": yaml, "people.csv": SHARED, "more.csv": more})
    assert found.inputs
    assert found.inputs.people.persons["p2"].thanks is Thanks.PRIVATE


def test_many_rows_that_are_too_wide_are_told_in_a_few_lines(tmp_path: Path) -> None:
    rows = "".join(f"Anna {n},a{n}@x.example,Boss, senior\n" for n in range(100))
    found = reading(tmp_path, {"people.csv": f"name,email,title\n{rows}"})
    assert sum("header has 3" in one or "94 more" in one or "95 more" in one for one in messages(found)) == 6


def test_a_list_on_another_sheet_is_asked_for_by_its_name(tmp_path: Path) -> None:
    content = workbook([["Senast uppdaterad"], ["i november"]], [["Namn"], ["Åsa Ek"]])
    found = reading(tmp_path, {"csweek.yaml": YAML.replace("people.csv", "hr.xlsx"), "hr.xlsx": content})
    (problem,) = (one for one in found.problems if one.is_error)
    asked, _, typed = (problem.hint or "").partition("csweek.yaml: ")
    assert asked == "is the list on another sheet (Sheet2)? then say so in "
    yaml = YAML.replace("people: people.csv", typed.replace("…", "hr.xlsx"))
    assert reading(tmp_path, {"csweek.yaml": yaml, "hr.xlsx": content}).inputs


def test_an_address_that_is_a_link_is_an_address(tmp_path: Path) -> None:
    (anna,) = people(tmp_path, "name,email\nAnna Ek,MAILTO:anna@x.example\n").values()
    assert (anna.id, anna.email) == ("anna@x.example", "anna@x.example")


def test_who_worked_a_single_day_ended_on_the_day_of_the_start(tmp_path: Path) -> None:
    (anna,) = people(tmp_path, "name,start_date,end_date\nAnna,2027-03-01,2027-03-01\n").values()
    assert anna.start_date == anna.end_date == date(2027, 3, 1)


def test_a_row_may_end_before_its_last_columns(tmp_path: Path) -> None:
    anna, bo = people(tmp_path, "name,email,manager\nAnna Ek,anna@x.example\nBo Ek,,Anna Ek\n").values()
    assert (anna.manager, bo.manager) == (None, anna.id)


def test_a_town_is_a_site_in_bosnian(tmp_path: Path) -> None:
    (amra,) = people(tmp_path, "Ime i prezime,Grad\nAmra Hodžić,seoul\n").values()
    assert amra.site == "seoul"


@pytest.mark.parametrize(
    ("headers", "first", "last"),
    [
        ("Frånvaro from,Frånvaro tom", "2027-02-01", "2027-05-31"),
        ("휴직 시작일,휴직 종료일", "2027. 2. 1.", "2027. 5. 31."),
        ("Odsustvo od,Odsustvo do", "1.2.2027.", "31.5.2027."),
        ("Leave start,Leave end", "2027-02-01", "2027-05-31"),
    ],
)
def test_a_leave_may_be_two_columns(headers: str, first: str, last: str, tmp_path: Path) -> None:
    anna, bo, cia = people(tmp_path, f"name,{headers}\nAnna,{first},{last}\nBo,,\nCia,-,-\n").values()
    assert anna.leave == (Span(date(2027, 2, 1), date(2027, 5, 31)),)
    assert bo.leave == cia.leave == ()


def test_a_leave_of_two_columns_without_an_end_is_told(tmp_path: Path) -> None:
    files = {
        "csweek.yaml": f"theme: plain\npeople: people.csv\n{SITES}",
        "people.csv": "name,leave from,leave to\nAnna,2027-02-01,\n",
    }
    said = messages(reading(tmp_path, files))
    assert any("'2027-02-01..' is open at one end" in one for one in said)


def test_a_header_may_stand_there_in_two_ways(tmp_path: Path) -> None:
    (anna,) = people(tmp_path, "이름 / Name,Enhet/avdelning\n김하늘,A\n").values()
    assert (anna.name, anna.team) == ("김하늘", "A")


@pytest.mark.parametrize(
    ("shown", "month", "number"), [("24/12/2019", 4, 3), ("12/24/2019", 3, 4), ("24-12-2019", 4, 3)]
)
def test_one_day_of_a_column_shows_what_comes_first_in_all_of_them(
    shown: str, month: int, number: int, tmp_path: Path
) -> None:
    anna, bo = people(tmp_path, f"name,start_date\nAnna,3/4/2020\nBo,{shown}\n").values()
    assert (anna.start_date, bo.start_date) == (date(2020, month, number), date(2019, 12, 24))


def test_where_a_column_shows_both_it_is_asked(tmp_path: Path) -> None:
    csv = "name,start_date\nAnna,3/4/2020\nBo,24/12/2019\nCia,12/24/2019\n"
    found = reading(tmp_path, {"people.csv": csv})
    assert [one for one in messages(found) if "'3/4/2020' is not a date" in one]
    assert found.inputs is None
