"""An event whose words change in a file gets the next SEQUENCE, whatever they come from."""

import json
import re
import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from cli import call, workspace
from msgspec.structs import replace
from samples import INPUTS, PLAN

from csweek.plan.record.languages import spoken
from csweek.plan.record.sayings import changed, news
from csweek.render.calendars import KINDS, Maker
from csweek.store import Store

FOR = ("--for", "everyone,teams,owners,people,sites,organisers", "--today", "2027-03-01")
STORY = (
    "date,person,kind,text,by,consent,answer\n2027-04-20,anna,wow,She stayed on the line.,a customer,yes,\n"
)
SWEDISH = "teams: {Support: {locale: sv}}"
_EVENT = re.compile(r"BEGIN:VEVENT\r\nUID:(\S+)\r\n(.*?)END:VEVENT", re.DOTALL)


class Read(NamedTuple):
    """An event in a file: how often it was changed, when, and what it says."""

    sequence: int
    stamp: str
    said: str


Files = Mapping[tuple[str, str], Read]


def read(out: Path) -> Files:
    found = dict[tuple[str, str], Read]()
    for path in out.rglob("*.ics"):
        name = path.relative_to(out).as_posix()
        for uid, said in _EVENT.findall(path.read_bytes().decode().replace("\r\n ", "")):
            stamp, _, sequence, rest = said.split("\r\n", 3)
            number = int(sequence.removeprefix("SEQUENCE:"))
            found[name, uid] = Read(number, stamp, rest)
    return found


def export(root: Path, out: Path) -> Files:
    assert call("export", "ics", *FOR, "--out", out, root=root).exit_code == 0
    return read(out)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = workspace(tmp_path_factory.mktemp("planned"))
    change(root, "csweek.yaml", "people: people.csv", "people: [people.csv, more.csv]")
    change(root, "more.csv", "", "id,locale\nanna,\nbo,\nolga,\n")
    with pytest.MonkeyPatch.context() as earlier:  # than the plans that follow, by more than a second
        earlier.setenv("SOURCE_DATE_EPOCH", "1600000000")
        assert call("plan", "--today", "2026-12-01", root=root).exit_code == 0
    return root


@pytest.fixture(scope="module")
def before(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return export(planned, tmp_path_factory.mktemp("before"))


@pytest.fixture
def root(planned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(planned, tmp_path / "root"))


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    assert old in text
    path.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")


def plan(root: Path) -> str:
    planned = call("plan", "--yes", "--today", "2027-03-01", root=root)
    assert planned.exit_code == 0
    return planned.stdout


CHANGES = [
    ("people.csv", "Anna Åkesson", "Anna Öberg", "say a new name: Anna Öberg (before: Anna Åkesson)"),
    ("people.csv", "Bo Berg", "Bo Ek", "say a new name: Bo Ek (before: Bo Berg)"),
    ("people.csv", ",Support,", ",Kundtjänst,", ""),
    ("people.csv", "bo@x.example,public", "bo@x.example,private", "say Bo Berg no longer openly"),
    (
        "people.csv",
        "olga,Olga Org,,liv,organiser,olga@x.example,public,\n",
        "",
        "say nothing of Olga Org any more",
    ),
    ("people.csv", "anna@x.example,public", "anna@x.example,never", "say nothing of Anna Åkesson any more"),
    ("people.csv", "bo@x.example,public", "bo@x.example,never", "say nothing of Bo Berg any more"),
    ("people.csv", "private,2021", "public,2021", "say Dan O'Brien openly"),
    ("people.csv", "2020-03-02", "2019-03-02", "say other years of Anna Åkesson"),
    ("stories.csv", "", STORY, "say what was told of Anna Åkesson"),
    ("csweek.yaml", "Stockholm}}", "Stockholm}, x: {timezone: UTC}}", "which site they are for"),
    ("csweek.yaml", "service-as-a-power", "[service-as-a-power, {from: 2027-06-07, theme: everyday}]", ""),
    ("csweek.yaml", "year: 2027", "year: 2027\nlocale: sv", "calendars in another language: everyone, org"),
    ("csweek.yaml", "Stockholm}", "Stockholm, locale: ko}", "in another language: organisers, main, "),
    (
        "csweek.yaml",
        "year: 2027",
        f"year: 2027\n{SWEDISH}",
        "calendars in another language: Support, Anna Åkesson, ",
    ),
    ("more.csv", "anna,", "anna,sv", "~ 1 calendar in another language: Anna Åkesson\n"),
    ("more.csv", "bo,", "bo,bs", "~ 1 calendar in another language: Bo Berg\n"),
    ("more.csv", "olga,", "olga,ko", "~ 2 calendars in another language: organisers, Olga Org\n"),
]


@pytest.mark.parametrize("made", CHANGES, ids=lambda made: made[2][:20])
def test_whatever_changes_the_words_of_an_event_raises_its_sequence_once(
    root: Path, before: Files, tmp_path: Path, made: tuple[str, str, str, str]
) -> None:
    change(root, *made[:3])
    assert made[3] in plan(root)
    after = export(root, tmp_path / "after")
    both = [(before[key], after[key]) for key in before.keys() & after.keys()]
    reworded = [(was, now) for was, now in both if was.said != now.said]
    assert reworded
    assert [pair for pair in reworded if not (pair[1].sequence > pair[0].sequence)] == []
    assert [pair for pair in reworded if not (pair[1].stamp > pair[0].stamp)] == []


GONE = [made for made in CHANGES if "@x.example,never" in made[2] or made[2] == ""]


@pytest.mark.parametrize(
    "changes", [GONE, [made for made in CHANGES if made not in GONE and "olga" not in made[1]]], ids=len
)
def test_planned_again_none_of_it_raises_anything(
    root: Path, before: Files, tmp_path: Path, changes: list[tuple[str, str, str, str]]
) -> None:
    for made in changes:
        change(root, *made[:3])
    plan(root)
    after = export(root, tmp_path / "after")
    assert after != before
    assert "Nothing has changed since the last plan." in plan(root)
    assert export(root, tmp_path / "again") == after


def test_a_new_name_raises_each_event_by_one_and_moves_nothing(
    root: Path, before: Files, tmp_path: Path
) -> None:
    change(root, "people.csv", "Anna Åkesson", "Anna Öberg")
    said = plan(root)
    assert [line for line in said.splitlines() if line[:1] in {"+", ">", "-"}] == []
    after = export(root, tmp_path)
    assert after.keys() == before.keys()
    events = [key for key in before if "/prepare" not in key[1] and before[key] != after[key]]
    assert {after[key].sequence - before[key].sequence for key in events} == {1}
    starts = [re.search(r"DTSTART\S+", one.said) for one in (*before.values(), *after.values())]
    assert [start and start[0] for start in starts[: len(before)]] == [
        s and s[0] for s in starts[len(before) :]
    ]


def test_revisions_within_one_second_have_stamps_of_their_own(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")  # as long ago as the plan before
    first = export(root, tmp_path / "first")
    change(root, "people.csv", "Anna Åkesson", "Anna Öberg")
    plan(root)
    second = export(root, tmp_path / "second")
    with Store.open(root, create=False) as store:
        stored = store.plan("2027")
    assert stored is not None
    moved = next(one for one in stored.live if one.start and one.date.isoformat() > "2027-04")
    later = moved.date + timedelta(days=7)
    assert call("move", moved.id, "--to", str(later), "--today", "2027-03-01", root=root).exit_code == 0
    third = export(root, tmp_path / "third")
    for one, other in ((first, second), (second, third)):
        reworded = [(one[key], other[key]) for key in one.keys() & other.keys() if one[key] != other[key]]
        assert reworded
        assert all(was.stamp < now.stamp for was, now in reworded)


def test_the_new_name_of_who_surprises_raises_nothing_that_does_not_say_it(
    root: Path, before: Files, tmp_path: Path
) -> None:
    change(root, "people.csv", "Bo Berg", "Bo Ek")
    plan(root)
    after = export(root, tmp_path)
    surprises = {key: one for key, one in before.items() if "SUMMARY:Thank-you card" in one.said}
    own = {key: one for key, one in surprises.items() if key[0].startswith("private/bo/")}
    assert own
    assert {key: after[key] for key in own} == own


def test_a_store_of_before_names_were_kept_takes_them_over_without_a_word(root: Path) -> None:
    with Store.open(root, create=True) as store:
        store._db.execute("DELETE FROM known WHERE list LIKE 'said %'")  # noqa: SLF001 - as it was then
    assert "Nothing has changed since the last plan." in plan(root)
    change(root, "people.csv", "Anna Åkesson", "Anna Öberg")
    assert "say a new name: Anna Öberg" in plan(root)


def test_a_store_of_before_the_language_of_cards_was_kept_takes_it_over_without_a_word(root: Path) -> None:
    with Store.open(root, create=True) as store:
        now = store.said("2027")
        then = {one: re.sub(r',"[a-z]+"\]$', "]", text) for one, text in now.items()}
        assert sum(then[one] != now[one] for one in now) == 7
        db = store._db  # noqa: SLF001 - as it was then
        db.execute("UPDATE known SET value = ? WHERE list = 'said 2027' AND name = ''", [json.dumps(then)])
    assert "Nothing has changed since the last plan." in plan(root)
    change(root, "more.csv", "anna,", "anna,sv")
    assert "Anna Åkesson" in plan(root)


NO_CSW = f"""\
name: Own
extends: service-as-a-power
celebration: {{{", ".join(f"csw-{day}: []" for day in range(1, 6))}}}
"""
OWN = ("csweek.yaml", "theme: service-as-a-power", "theme: own")


def test_a_card_that_is_for_something_else_in_another_theme_has_a_sequence_of_its_own(
    root: Path, tmp_path: Path
) -> None:
    (root / "themes").mkdir()
    (root / "themes" / "own.yaml").write_text(NO_CSW, encoding="utf-8")
    shown = json.loads(call("export", "json", "--today", "2027-03-01", root=root).stdout)["events"]
    card = next(one for one in shown if one["action"] == "day-card")
    assert call("cancel", card["id"], "--today", "2027-03-01", root=root).exit_code == 0
    later, keep = ("--today", "2027-11-01"), ("--keep-cancelled", "--for", "owners", "--out")
    assert call("export", "ics", *keep, tmp_path, *later, root=root).exit_code == 0
    before = read(tmp_path)
    change(root, *OWN)
    assert "say another occasion on the card" in call("plan", "--yes", *later, root=root).stdout
    assert call("export", "ics", *keep, tmp_path, *later, root=root).exit_code == 0
    after = read(tmp_path)
    reads = {key for key in before if before[key].said != after[key].said}
    assert any("STATUS:CANCELLED" in after[key].said for key in reads)
    assert any("STATUS:CANCELLED" not in after[key].said for key in reads)
    assert reads == {key for key in before if after[key].sequence == before[key].sequence + 1}
    assert reads == {key for key in before if after[key].stamp > before[key].stamp}
    assert "Nothing has changed" in call("plan", "--yes", *later, root=root).stdout


def test_a_store_of_before_occasions_were_kept_takes_them_over_without_a_word(root: Path) -> None:
    with Store.open(root, create=True) as store:
        then = {one: text for one, text in store.said("2027").items() if one != "occasions"}
        db = store._db  # noqa: SLF001 - as it was then
        db.execute("UPDATE known SET value = ? WHERE list = 'said 2027' AND name = ''", [json.dumps(then)])
        assert store.said("2027") == then
    assert "Nothing has changed since the last plan." in plan(root)
    with Store.open(root, create=False) as store:
        assert store.said("2027").keys() - then.keys() == {"occasions"}


LATER = ("plan", "--yes", "--today", "2027-03-01", "--year", "2028")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Anna Åkesson", "Anna Öberg", "of 2028 say a new name: Anna Öberg (before: Anna Åkesson).\n"),
        pytest.param(
            ",Support,",
            ",Kundtjänst,",
            "of 2028 say new names of teams and sites.\n",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "dan@x.example,private",
            "dan@x.example,public",
            "of 2028 say Dan O'Brien openly.\n",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_year_that_is_planned_already_says_the_new_name_with_the_one_that_is_planned_again(
    root: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert call(*LATER, root=root).exit_code == 0
    before = export(root, tmp_path / "out")
    change(root, "people.csv", old, new)
    first = call("plan", "--yes", "--today", "2027-03-01", root=root)
    assert said in first.stderr
    assert "2028 is planned, too: " in first.stderr
    after = export(root, tmp_path / "out")
    both = [(before[key], after[key]) for key in before.keys() & after.keys()]
    reworded = [(was, now) for was, now in both if was.said != now.said]
    assert any("VALUE=DATE:2028" in now.said for _, now in reworded)
    assert [pair for pair in reworded if not pair[0].sequence < pair[1].sequence] == []
    assert [pair for pair in reworded if not pair[0].stamp < pair[1].stamp] == []
    assert {uid for _, uid in after} >= {uid for _, uid in before}
    again = call("plan", "--yes", "--today", "2027-03-01", root=root)
    assert "of 2028" not in again.stderr
    assert export(root, tmp_path / "out") == after
    taken_back = call("undo", "--dry-run", "--today", "2027-03-01", root=root).stderr
    assert " of 2027, 'planned'" in taken_back
    assert call(*LATER, root=root).exit_code == 0
    assert export(root, tmp_path / "out") == after
    assert "is planned, too" not in call("plan", "--today", "2027-03-01", root=root).stderr


def test_since_knows_what_events_of_a_later_year_alone_said(root: Path, tmp_path: Path) -> None:
    change(
        root, "people.csv", "anna,Anna", "gun,Gun Gren,Support,bo,,gun@x.example,public,2028-01-10\nanna,Anna"
    )
    plan(root)
    assert call(*LATER, root=root).exit_code == 0
    with Store.open(root, create=False) as store:
        year = store.plan("2027")
    assert year
    ahead = next(one for one in year.live if f"{one.date}" > "2027-05" and one.team == "Support")
    assert call("cancel", ahead.id, "--today", "2027-03-01", root=root).exit_code == 0
    change(root, "people.csv", "Gun Gren", "Gun Kvist")
    assert "of 2028 say a new name" in call("plan", "--yes", "--today", "2027-03-01", root=root).stderr
    assert "Gun Gren" in since(root, tmp_path, "3", "--only", "bo")[0]


def test_since_tells_those_who_import_of_the_old_name(root: Path, tmp_path: Path) -> None:
    change(root, "people.csv", "Anna Åkesson", "Anna Öberg")
    plan(root)
    since = ("export", "ics", "--since", "1", "--only", "bo", "--today", "2027-03-01", "--out", tmp_path)
    said = call(*since, root=root).stdout
    assert "What others come to you for: Anna Åkesson" in said
    files = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.ics"))
    assert "Anna Öberg" in files.replace("\n ", "")
    assert "Anna Åkesson" not in files


def since(root: Path, out: Path, *of: str) -> tuple[str, Mapping[str, Read]]:
    told = call("export", "ics", "--since", *of, "--today", "2027-03-01", "--out", out, root=root).stdout
    return told, {uid: one for (_, uid), one in read(out).items()}


def test_since_takes_who_wanted_no_thanks_then_for_new(root: Path, tmp_path: Path) -> None:
    change(root, "people.csv", "anna@x.example,public", "anna@x.example,never")
    plan(root)
    change(root, "people.csv", "anna@x.example,never", "anna@x.example,public")
    plan(root)
    told, found = since(root, tmp_path / "since", "2", "--for", "people", "--only", "anna")
    assert "delete by hand" not in told
    of_anna = [one for one in export(root, tmp_path / "all") if one[0].startswith("share/people/anna")]
    assert found.keys() == {uid for _, uid in of_anna}
    assert since(root, tmp_path / "both", "1", "--for", "people", "--only", "anna")[1].keys() < found.keys()


def test_since_tells_of_a_story_that_a_card_takes_up(root: Path, before: Files, tmp_path: Path) -> None:
    change(root, "stories.csv", "", STORY)
    plan(root)
    told, found = since(root, tmp_path / "since", "1", "--for", "owners")
    after = export(root, tmp_path / "all")
    other = {uid for name, uid in after if after[name, uid].said != before[name, uid].said}
    assert other
    assert found.keys() >= other
    shown = {uid: re.findall(r"DTSTART\S+|SUMMARY.*", one.said) for uid, one in found.items()}
    assert [uid for uid in shown if uid not in other and shown[uid] not in map(shown.get, other)] == []
    assert told.count("\n    2027-") == len(found)


def test_since_tells_of_another_title_of_a_trait(root: Path, tmp_path: Path) -> None:
    bundled = Path(__file__).parent.parent / "themes" / "service-as-a-power.yaml"
    (root / "themes").mkdir()
    (root / "themes" / "own.yaml").write_text(bundled.read_text(encoding="utf-8"), encoding="utf-8")
    change(root, *OWN)
    plan(root)
    before = export(root, tmp_path / "before")
    with Store.open(root, create=False) as store:
        stored = store.plan("2027")
    assert stored
    change(root, "themes/own.yaml", "en: A clear inner why", "en: A bright inner why")
    assert "another title of a trait" in plan(root)
    told, found = since(root, tmp_path / "since", f"{stored.revision}", "--for", "teams")
    after = export(root, tmp_path / "all")
    other = {key for key in before if "/teams/" in key[0] and after[key].said != before[key].said}
    assert {after[key].said for key in other} <= {one.said for one in found.values()}
    assert other
    assert told.count("\n    2027-") >= len(other)


def test_what_looks_alike_on_a_day_is_deleted_and_imported_together(
    root: Path, before: Files, tmp_path: Path
) -> None:
    change(root, "stories.csv", "", STORY)
    plan(root)
    told, found = since(root, tmp_path, "1", "--only", "bo", "--for", "owners")
    same = ("DATE:20271006", "SUMMARY:Thank-you card")
    of_bo = {uid: one.said for (name, uid), one in before.items() if name.startswith("private/bo/")}
    alike = [uid for uid, said in of_bo.items() if all(text in said for text in same)]
    assert len(alike) == told.count("2027-10-06  Thank-you card, 2 min") == 3
    assert found.keys() >= set(alike)


def test_since_brings_a_joiner_all_and_whoever_wants_no_thanks_nothing(root: Path, tmp_path: Path) -> None:
    first = export(root, tmp_path / "first")
    change(
        root, "people.csv", "anna,Anna", "gun,Gun Gren,Support,bo,,gun@x.example,public,2027-04-05\nanna,Anna"
    )
    plan(root)
    _, found = since(root, tmp_path / "joiner", "1", "--for", "people", "--only", "gun")
    of_gun = {uid for name, uid in export(root, tmp_path / "all") if "/people/gun" in name}
    assert len(of_gun) > 40
    assert found.keys() == of_gun
    change(root, "people.csv", "anna@x.example,public", "anna@x.example,never")
    plan(root)
    told, found = since(root, tmp_path / "never", "2", "--for", "people", "--only", "anna")
    assert found == {}
    assert told.count("\n    2027-") >= len([uid for name, uid in first if "/people/anna" in name]) - 1


def test_since_names_who_is_gone(root: Path, tmp_path: Path) -> None:
    change(root, "people.csv", "anna,Anna Åkesson,Support,bo,,anna@x.example,public,2020-03-02\n", "")
    change(root, "more.csv", "anna,\n", "")
    plan(root)
    told, _ = since(root, tmp_path, "1", "--for", "owners,teams,people")
    assert "What others come to you for: Anna Åkesson" in told
    assert ": anna" not in told
    assert "· Anna" not in told
    team = told.partition("· Support:")[2].partition("Sample Care")[0]
    assert ": Anna Åkesson" in team


def test_since_says_nothing_of_who_had_gone_before(root: Path, tmp_path: Path) -> None:
    whole = (root / "people.csv").read_text(encoding="utf-8")
    (root / "people.csv").write_text(re.sub(r"eva,.*\n", "", whole), encoding="utf-8")
    plan(root)
    with Store.open(root, create=False) as store:
        year = store.plan("2027")
    assert year
    past = [one.id for one in year.events if one.recipients == ("eva",) and f"{one.date}" < "2027-03-01"]
    assert past
    assert call("done", *past, "--today", "2027-03-01", root=root).exit_code == 0
    assert since(root, tmp_path, "2", "--for", "owners") == ("", {})


def test_since_brings_nobody_a_second_time_what_their_team_has_under_its_old_name(
    root: Path, before: Files, tmp_path: Path
) -> None:
    change(root, "people.csv", ",Support,", ",Kundtjänst,")
    plan(root)
    told, found = since(root, tmp_path / "since", "1", "--for", "people,teams,everyone")
    after = export(root, tmp_path / "all")
    now = {(name.partition("/teams/")[0], uid): one.said for (name, uid), one in after.items()}
    was = {(name.partition("/teams/")[0], uid): one.said for (name, uid), one in before.items()}
    files = ("share", "share/everyone.ics", *{name for name, _ in after if "/people/" in name})
    other = [key for key in now if key[0] in files and now[key] != was[key]]
    assert found.keys() == {uid for _, uid in other}
    assert told.count("\n    2027-") == len(other)


def test_who_comes_back_is_spoken_of_again(root: Path) -> None:
    people = root / "people.csv"
    text = people.read_text(encoding="utf-8")
    people.write_text(text.replace("olga,Olga Org,,liv,organiser,olga@x.example,public,\n", ""), "utf-8")
    assert "say nothing of Olga Org any more" in plan(root)
    people.write_text(text, "utf-8")
    assert "Olga Org again" in plan(root)


def test_of_many_new_names_some_are_told(root: Path) -> None:
    people = root / "people.csv"
    people.write_text(
        people.read_text(encoding="utf-8").replace(" Ek", " Eck").replace("n Å", "n Ö"), "utf-8"
    )
    change(root, "people.csv", "Anna Åkesson", "Anna Öberg")
    change(root, "people.csv", "Dan O'Brien", "Dan Brien")
    change(root, "people.csv", "Bo Berg", "Bo Ek")
    change(root, "people.csv", "Liv Lind", "Liv Lund")
    assert "say new names: Bo Ek (before: Bo Berg), Liv Lund (before: Liv Lind), " in (said := plan(root))
    assert " more\n" in said


def test_what_was_never_known_has_not_changed() -> None:
    said = {"person a": '["A",true,null]', "sites": "false"}
    assert changed({}, said) == frozenset()
    assert changed(said, {"sites": "false"}) == frozenset()
    assert changed(said, said | {"story a": "[[1,2]]"}) == {"story a"}
    assert news({"story b": "[]"}, {}) == ["what was told of b"]


def test_a_calendar_whose_language_turns_and_turns_back_never_says_two_texts_under_one_sequence(
    root: Path, before: Files, tmp_path: Path
) -> None:
    steps = [before]

    def step(name: str, old: str, new: str) -> None:
        change(root, name, old, new)
        plan(root)
        steps.append(export(root, tmp_path / "out"))

    step("csweek.yaml", "year: 2027", f"year: 2027\n{SWEDISH}")
    step("csweek.yaml", SWEDISH, "")
    step("people.csv", ",Support,", ",Natt,")
    step("people.csv", "Berg,Natt,", "Berg,Support,")
    step("csweek.yaml", "year: 2027", f"year: 2027\n{SWEDISH}")
    step("more.csv", "olga,\n", "")
    step("people.csv", "olga,Olga", "was,Olga")
    step("people.csv", "was,Olga", "olga,Olga")
    step("more.csv", "bo,\n", "bo,ko\nolga,bs\n")
    team = [
        {uid: one for (name, uid), one in at.items() if name == "share/teams/support.ics"} for at in steps
    ]
    assert [bool(at) for at in team] == [True, True, True, False, True, True, True, True, True, True]
    latest = dict[tuple[str, str], Read]()
    for at in steps:
        for key in latest.keys() & at.keys():
            was, now = latest[key], at[key]
            assert now.sequence >= was.sequence
            assert (now.sequence > was.sequence) == (now.stamp > was.stamp)
            assert was.said == now.said or now.sequence > was.sequence
        latest |= at


def test_another_zone_raises_what_has_an_hour_and_no_whole_day(
    root: Path, before: Files, tmp_path: Path
) -> None:
    change(root, "csweek.yaml", "Europe/Stockholm", "Europe/Berlin")
    plan(root)
    after = export(root, tmp_path)
    hours = {key for key in after if "DTSTART;TZID=Europe/Berlin" in after[key].said}
    assert hours
    with Store.open(root, create=False) as store:
        stored = store.plan("2027")
    assert stored
    events = {key for key in after if key[1] in {one.uid for one in stored.live}}
    assert {key for key in events if after[key].sequence > before[key].sequence} == hours
    assert {one.timezone for one in stored.live if f"{one.date}" >= "2027-03-01"} == {"Europe/Berlin"}


def test_another_language_of_the_organisation_turns_no_calendar_that_has_its_own(
    root: Path, tmp_path: Path
) -> None:
    change(root, "csweek.yaml", "Stockholm}", "Stockholm, locale: ko}")
    plan(root)
    first = export(root, tmp_path / "first")
    change(root, "csweek.yaml", "year: 2027", "year: 2027\nlocale: sv")
    assert "~ 1 calendar in another language: everyone\n" in plan(root)
    second = export(root, tmp_path / "second")
    assert {name for name, uid in first if first[name, uid] != second[name, uid]} == {"share/everyone.ics"}


def test_each_calendar_is_known_in_the_language_that_it_speaks() -> None:
    persons = {
        one.id: replace(one, locale=locale) for one, locale in zip(INPUTS.people, "abcdefgh", strict=False)
    }
    teams = {one.id: replace(one, locale=f"t-{one.id}") for one in INPUTS.people.teams.values()}
    sites = {one: replace(site, locale=f"s-{one}") for one, site in INPUTS.settings.sites.items()}
    people = replace(INPUTS.people, persons={**INPUTS.people.persons, **persons}, teams=teams)
    inputs = replace(INPUTS, people=people, settings=replace(INPUTS.settings, sites=sites, locale="o"))
    known = {one: steps[-1].locale for one, steps in spoken({}, inputs, PLAN.revised).items()}
    calendars = list(Maker(PLAN, inputs).calendars(KINDS))
    assert {one.kind for one in calendars} == set(KINDS)
    for one in calendars:
        whose = f"{'people' if one.kind == 'owners' else one.kind}/{one.whose}"
        assert known[whose] == one.locale


def test_since_brings_a_calendar_in_another_language_whole(root: Path, before: Files, tmp_path: Path) -> None:
    change(root, "more.csv", "anna,", "anna,sv")
    plan(root)
    told, found = since(root, tmp_path / "since", "1", "--for", "people")
    after = export(root, tmp_path / "all")
    of_anna = {uid for name, uid in after if name.startswith("share/people/anna")}
    assert found.keys() == of_anna
    assert {
        uid for name, uid in after if "/people/anna" in name and before[name, uid] != after[name, uid]
    } == of_anna
    assert told.count("\n    2027-") == len(of_anna)
    change(root, "more.csv", "anna,sv", "anna,")
    plan(root)
    assert since(root, tmp_path / "again", "1", "--for", "people") == ("", {})


def test_since_knows_in_which_team_somebody_was(root: Path, before: Files, tmp_path: Path) -> None:
    change(root, "people.csv", "O'Brien,Support,", "O'Brien,Natt,")
    plan(root)
    change(root, "people.csv", "Anna Åkesson", "Anna Öberg")
    plan(root)
    told, found = since(root, tmp_path / "since", "1", "--for", "people", "--only", "dan")
    after = export(root, tmp_path / "all")
    was, now = (
        {uid: one.said for (name, uid), one in at.items() if "/people/dan" in name} for at in (before, after)
    )
    gone, other = was.keys() - now.keys(), {uid for uid in was.keys() & now.keys() if was[uid] != now[uid]}
    assert any(
        "Natt" not in was[uid] and uid in {u for n, u in after if "teams/support" in n} for uid in gone
    )
    assert told.count("\n    2027-") == len(gone | other)
    assert found.keys() == other | (now.keys() - was.keys())
    others, _ = since(root, tmp_path / "later", "2", "--for", "people", "--only", "dan")
    assert len(others.splitlines()) < len(told.splitlines()) / 4


def test_stories_are_kept_as_checksums(root: Path) -> None:
    change(root, "stories.csv", "", STORY)
    assert "say what was told of Anna" in plan(root)
    assert b"stayed on the line" not in (root / ".csweek" / "store.sqlite").read_bytes()


def test_a_surprise_is_private_whoever_it_is_for(root: Path, before: Files, tmp_path: Path) -> None:
    change(root, "people.csv", "dan@x.example,private", "dan@x.example,public")
    plan(root)
    after = export(root, tmp_path)
    surprises = [key for key in before if "For: Dan O'Brien" in before[key].said]
    cards = [key for key in surprises if "SUMMARY:Thank-you card" in before[key].said]
    assert cards
    assert {key: after[key] for key in cards} == {key: before[key] for key in cards}


def test_the_language_of_who_has_gone_is_not_told(root: Path) -> None:
    change(root, "csweek.yaml", "Stockholm}", "Stockholm, locale: ko}")
    plan(root)
    change(root, "people.csv", "dan,Dan O'Brien,Support,bo,,dan@x.example,private,2021-05-10\n", "")
    assert "another language" not in plan(root)
    change(
        root, "people.csv", "eva,Eva", "dan,Dan O'Brien,Support,bo,,dan@x.example,private,2021-05-10\neva,Eva"
    )
    assert "~ 1 calendar in another language: Dan O'Brien\n" in plan(root)


def test_what_never_changes_bears_a_later_stamp_in_another_language_whenever_that_is(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # years before the weeks that are marked
    assert call(*LATER, root=root).exit_code == 0
    before = export(root, tmp_path / "before")
    change(root, "more.csv", "olga,", "olga,sv")
    plan(root)
    after = export(root, tmp_path / "after")
    weeks = [key for key in before if "csweek done --week" in before[key].said]
    assert len(weeks) > 52
    assert all(before[key].stamp < after[key].stamp and after[key].sequence == 1 for key in weeks)


def test_an_action_that_comes_back_beside_the_one_that_replaced_it_has_entries_of_its_own(
    root: Path, before: Files, tmp_path: Path
) -> None:
    letter = (
        "{replaces: wow-note, practice: wow, title: {en: A letter}, how: {en: Write.}, audience: person, "
    )
    letter += "owner: leader, per_year: 4, channel: card, visibility: surprise}"
    change(root, "csweek.yaml", "year: 2027", f"actions:\n  wow-note: off\n  letter: {letter}\nyear: 2027")
    plan(root)
    replaced = export(root, tmp_path / "out")
    change(root, "csweek.yaml", "  wow-note: off\n", "")
    plan(root)
    after = export(root, tmp_path / "out")
    assert len(after) > len(replaced)
    change(root, "csweek.yaml", f"actions:\n  letter: {letter}\n", "")
    plan(root)
    latest = export(root, tmp_path / "out")
    with Store.open(root, create=False) as store:
        stored = store.plan("2027")
    assert stored
    assert len({one.uid for one in stored.events}) == len(stored.events)
    for was, now in ((before, replaced), (replaced, after), (after, latest), (before, latest)):
        reworded = [(was[key], now[key]) for key in was.keys() & now.keys() if was[key].said != now[key].said]
        assert [pair for pair in reworded if not pair[0].sequence < pair[1].sequence] == []


def test_since_brings_what_is_done_once_a_week_for_a_new_year_and_in_another_language(
    root: Path, tmp_path: Path
) -> None:
    assert call(*LATER, root=root).exit_code == 0
    told, found = since(root, tmp_path / "year", "1", "--for", "organisers")
    weeks = [one for one in found.values() if "csweek done --week" in one.said]
    assert len(weeks) > 50
    assert all("--year 2028" in one.said for one in weeks)
    assert "delete by hand" not in told
    change(root, "more.csv", "olga,", "olga,sv")
    plan(root)
    told, found = since(root, tmp_path / "language", "1", "--for", "organisers")
    assert told.count("Mark what was held in week ") > 50
    assert len([one for one in found.values() if "csweek done --week" in one.said]) > 100


def test_another_name_of_a_site_raises_what_says_it_alone(root: Path, tmp_path: Path) -> None:
    change(root, "csweek.yaml", "Stockholm}}", "Stockholm}, x: {timezone: UTC}}")
    plan(root)
    before = export(root, tmp_path / "before")
    change(root, "csweek.yaml", "sites: {main:", "sites: {home:")
    assert "the site home has the people of main" in call("plan", "--yes", root=root).stderr
    after = export(root, tmp_path / "after")
    raised = {
        uid for name, uid in before if after.get((name, uid), before[name, uid])[:2] != before[name, uid][:2]
    }
    with Store.open(root, create=False) as store:
        stored = store.plan("2027")
    assert stored
    whole = {one.uid for one in stored.live if one.audience == "organisation"}
    assert raised & {one.uid for one in stored.live} == whole


def test_what_is_not_said_any_more_is_told_behind_what_is(root: Path) -> None:
    change(root, "people.csv", "olga,Olga Org,,liv,organiser,olga@x.example,public,\n", "")
    change(root, "stories.csv", "", STORY)
    assert "what was told of Anna Åkesson, nothing of Olga Org any more\n" in plan(root)
