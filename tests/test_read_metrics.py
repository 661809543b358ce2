from datetime import date
from pathlib import Path

import pytest

from csweek.read.checks import check_file
from csweek.read.metrics import kind_of, month, read_metrics
from csweek.read.tables import read_csv
from csweek.read.workspace import read
from csweek.read.wrong import Wrong

HEADER = "month,name,value,target,kind\n"


def found(text: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    table, problems = read_csv(text, "metrics.csv")
    metrics, more = read_metrics(table)
    return [(one.name, one.value, one.kind) for one in metrics], [str(one) for one in (*problems, *more)]


def test_figures_are_kept_as_they_are_written() -> None:
    table, _ = read_csv(HEADER + "2027-01,NPS,41,45,external\n2027-01,Svarstid,6:40,,\n", "metrics.csv")
    first, second = read_metrics(table)[0]
    assert (first.month, first.value, first.target, first.kind) == (date(2027, 1, 1), "41", "45", "external")
    assert (second.value, second.target, second.kind, second.place.line) == ("6:40", "", "internal", 3)


@pytest.mark.parametrize(
    "text",
    [
        "2027-01",
        "2027/1",
        "01/2027",
        "1.2027",
        "2027년 1월",
        "2027-01-31",
        "31.1.2027",
        "2027-01-01 00:00:00",
        "jan-27",
        "Jan 2027",
        "januari 2027",
        "januar 2027.",
        "January, 2027",
    ],
)
def test_a_month_is_written_in_many_ways(text: str) -> None:
    assert month(text) == date(2027, 1, 1)


@pytest.mark.parametrize("text", ["2027-13", "January", "2027", "soon 2027"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(Wrong) as caught:
        month(text)
    assert caught.value.hint == "write YYYY-MM, as in 2027-01"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("NPS", "external"), ("Net Promoter Score", "external"), ("CSAT, %", "external"), ("CES", "external"),
        ("Customer satisfaction", "external"), ("Complaints", "external"), ("Kundnöjdhet (NKI)", "external"),
        ("고객 만족도", "external"), ("Zadovoljstvo kupaca", "external"), ("Pritužbe", "external"),
        ("Handle time", "internal"), ("Adherence", "internal"), ("Successes", "internal"),
        ("Employee satisfaction", "internal"), ("Svarstid", "internal"), ("Prosječno vrijeme", "internal"),
    ],
)  # fmt: skip
def test_the_name_says_whether_customers_give_a_figure(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_the_column_kind_goes_before_the_name() -> None:
    metrics, problems = found(HEADER + "2027-01,NPS,41,,intern\n2027-01,Wall of thanks,7,,kund\n")
    assert metrics == [("NPS", "41", "internal"), ("Wall of thanks", "7", "external")]
    assert problems == []


def test_headers_are_known_in_other_languages_and_with_semicolons() -> None:
    metrics, problems = found("Månad;Nyckeltal;Utfall;Mål\n2027-01;NKI;72,5;75\n")
    assert metrics == [("NKI", "72,5", "external")]
    assert problems == []


def test_every_mistake_is_told_at_its_place() -> None:
    _, problems = found(
        HEADER
        + "2027-13,NPS,41,45,\n2027-01,,41,,\n2027-01,CES,good,,\n2027-01,X,1,,sideways\n2027-01,Y,2,soon,\n"
        "2027-02,NPS,1,,\n2027-02,nps,2,,\n"
    )
    assert [problem.split("\n")[0] for problem in problems] == [
        "metrics.csv:2:1: error: month: there is no month 2027-13",
        "metrics.csv:3:9: error: name: this is empty",
        "metrics.csv:4:13: error: value: 'good' is no figure",
        "metrics.csv:5:14: error: kind: 'sideways' is none of external, internal",
        "metrics.csv:6:13: error: target: 'soon' is no figure",
        "metrics.csv:8: error: nps of 2027-02 stands in line 7 already",
    ]
    assert all("hint: " in problem for problem in problems)


def test_a_file_without_what_is_needed_says_what_to_write() -> None:
    for text in ("", "name,value\nNPS,4\n"):
        _, problems = found(text)
        assert "write month,name,value,target,kind in its first line" in problems[-1]


def test_an_identity_number_is_refused_and_not_shown() -> None:
    _, problems = found(HEADER + "2027-01,811218-9876,41,,\n")
    assert "national identity number" in problems[0]
    assert "811218-9876" not in problems[0]


def test_a_large_figure_is_no_identity_number() -> None:
    metrics, problems = found(HEADER + "2027-01,Revenue,130 692 544,046 454 286,\n")
    assert metrics == [("Revenue", "130 692 544", "internal")]
    assert not problems


def test_a_file_pasted_twice_is_told_in_a_few_lines() -> None:
    _, problems = found(HEADER + "2027-01,NPS,41,45,\n" * 100)
    assert len(problems) == 6
    assert "94 more like the 5 above" in problems[-1]


def test_the_workspace_reads_it_and_no_plan_hangs_on_it(tmp_path: Path) -> None:
    (tmp_path / "csweek.yaml").write_text("theme: service-as-a-power\n", encoding="utf-8")
    (tmp_path / "metrics.csv").write_text(HEADER + "2027-01,NPS,41,45,\n", encoding="utf-8")
    reading = read(tmp_path)
    assert reading.inputs
    assert [one.name for one in reading.inputs.metrics] == ["NPS"]
    assert "metrics.csv" not in reading.files
    assert check_file(tmp_path / "metrics.csv") == ()
    (tmp_path / "metrics.csv").write_text(HEADER + "2027-01,NPS,many,45,\n", encoding="utf-8")
    assert len(check_file(tmp_path / "metrics.csv")) == 1
    assert read(tmp_path).inputs is None


def test_all_columns_that_are_missing_are_told_at_once() -> None:
    _, (problem,) = found("month,b\n2027-01,2\n")
    assert problem.startswith("metrics.csv:1: error: there is no column 'name' or 'value'\n")
