"""The command from end to end: a planned workspace, a real mail server, a real webhook."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from cli import call
from post import PASSWORD, Hook, Mailbox, mail_server, web_server

from csweek.send.deliver import MOST

TODAY = ("--today", "2027-02-10")
FAST = ("--rate", "100000")
EVERYONE = [f"{name}@x.example" for name in ("anna", "dan", "eva", "fia", "bo", "liv", "olga")]


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(box: Mailbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    with mail_server(box, monkeypatch, str(tmp_path)) as port:
        said = {"HOST": "127.0.0.1", "PORT": str(port), "USER": "olga", "PASSWORD": PASSWORD}
        for name, value in (said | {"FROM": "Sample Care <csw@x.example>"}).items():
            monkeypatch.setenv(f"CSWEEK_SMTP_{name}", value)
        yield


@pytest.mark.usefixtures("server")
def test_without_deliver_nothing_leaves(root: Path, box: Mailbox) -> None:
    result = call("send", *TODAY, root=root)
    assert result.exit_code == 0
    assert result.stdout.startswith("2027-W06-weekly-en: would go to 7\n  Anna Åkesson <anna@x.example>\n")
    assert "A dry run: nothing was sent" in result.stderr
    assert box.arrived == []


@pytest.mark.usefixtures("server")
def test_the_weekly_note_goes_to_everybody_once(root: Path, box: Mailbox) -> None:
    result = call("send", "--deliver", *FAST, *TODAY, root=root)
    assert (result.stdout, result.exit_code) == ("2027-W06-weekly-en: 7 sent\n", 0)
    assert box.readers == EVERYONE
    mail = message_from_bytes(box.arrived[0].original_content or b"", policy=SMTP)
    assert (str(mail["To"]), str(mail["From"])) == (
        "Anna Åkesson <anna@x.example>",
        "Sample Care <csw@x.example>",
    )
    assert mail.get_content_type() == "multipart/alternative"
    again = call("send", "--deliver", *FAST, *TODAY, root=root)
    assert (again.stdout, again.exit_code) == ("2027-W06-weekly-en: 7 already sent\n", 0)
    assert len(box.arrived) == 7


@pytest.mark.usefixtures("server")
def test_a_refused_mailbox_is_told_and_the_others_are_served(root: Path, box: Mailbox) -> None:
    box.manners = {"dan@x.example": ["550 no such mailbox"]}
    result = call("send", "--deliver", *FAST, *TODAY, root=root)
    assert result.exit_code == 1
    assert result.stdout == "2027-W06-weekly-en: 6 sent, 1 refused\n"
    assert "error: Dan O'Brien <dan@x.example>: no such mailbox" in result.stderr


@pytest.mark.usefixtures("server")
def test_what_is_in_doubt_is_listed_and_left_until_it_is_asked_for(root: Path, box: Mailbox) -> None:
    box.endings = {"eva@x.example": ["drop"]}
    first = call("send", "--deliver", *FAST, *TODAY, root=root)
    assert (first.stdout, first.exit_code) == ("2027-W06-weekly-en: 6 sent, 1 in doubt\n", 1)
    second = call("send", "--deliver", *FAST, *TODAY, root=root)
    assert (second.stdout, second.exit_code) == ("2027-W06-weekly-en: 6 already sent, 1 in doubt\n", 1)
    assert "Eva Ek <eva@x.example>: may have arrived or not" in second.stderr
    heads = [
        call("send", *more, *TODAY, root=root).stdout.splitlines()[0] for more in ((), ("--retry-doubtful",))
    ]
    assert heads == [
        "2027-W06-weekly-en: would go to 0; 6 already sent, 1 in doubt",
        "2027-W06-weekly-en: would go to 1; 6 already sent",
    ]
    third = call("send", "--deliver", "--retry-doubtful", *FAST, *TODAY, root=root)
    assert (third.stdout, third.exit_code) == ("2027-W06-weekly-en: 1 sent, 6 already sent\n", 0)
    assert box.readers.count("eva@x.example") == 2


@pytest.mark.usefixtures("server")
def test_what_is_refused_alike_is_told_as_one(root: Path, box: Mailbox) -> None:
    box.manners = {one: ["550 not here"] for one in EVERYONE[:3]}
    told = call("send", "--deliver", *FAST, *TODAY, root=root).stderr
    assert told.count("error:") == 1
    assert (
        "Anna Åkesson <anna@x.example>, Dan O'Brien <dan@x.example>, Eva Ek <eva@x.example>: not here" in told
    )


STOPPABLE = """\
import signal
from csweek.__main__ import main
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""
"""csweek as a terminal starts it: what a script runs in the background is begun with Ctrl-C ignored."""


@pytest.mark.slow
@pytest.mark.usefixtures("server")
def test_stopped_with_ctrl_c_it_says_what_went_where(root: Path, box: Mailbox) -> None:
    box.manners = {"bo@x.example": ["hang"]}
    command = [sys.executable, "-c", STOPPABLE, "send", "--deliver", *FAST, *TODAY]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while len(box.arrived) < 4:
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    said, told = process.communicate()
    found = {what: int(number) for number, what in re.findall(r"(\d) (sent|in doubt|not sent)", said)}
    # One may be in doubt: the next, or the fourth, whose receipt was still on its way.
    assert sum(found.values()) == 7
    assert found["sent"] in {3, 4}
    assert found.get("in doubt", 0) <= 1
    assert told.strip() == "Stopped."
    assert process.returncode == 130


@pytest.mark.slow
@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("after", [1, 20, 45])
def test_killed_in_the_middle_nobody_gets_it_twice(root: Path, box: Mailbox, after: int) -> None:
    rows = [f"p{n},Person {n},S,p{n}@x.example" for n in range(60)]
    (root / "people.csv").write_text("\n".join(["id,name,team,email", *rows]), encoding="utf-8")
    command = [sys.executable, "-m", "csweek", "send", "--deliver", *FAST, *TODAY]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while len(box.arrived) < after and process.poll() is None:
        time.sleep(0.001)
    process.kill()
    process.wait()
    result = call("send", "--json", "--deliver", *FAST, *TODAY, root=root)
    doubtful = [one["to"] for one in json.loads(result.stdout)["letters"] if one["fate"] == "doubtful"]
    assert len(box.readers) == len(set(box.readers))
    assert 60 - len(doubtful) <= len(box.readers)
    assert len(doubtful) <= MOST
    assert result.exit_code == bool(doubtful)
    call("send", "--deliver", "--retry-doubtful", *FAST, *TODAY, root=root)
    assert set(box.readers) == {f"p{n}@x.example" for n in range(60)}


@pytest.mark.usefixtures("server")
def test_a_team_gets_its_own_and_an_owner_the_briefing(root: Path, box: Mailbox) -> None:
    assert call("send", "--team", "Natt", "--deliver", *FAST, *TODAY, root=root).exit_code == 0
    assert box.readers == ["eva@x.example", "fia@x.example"]
    box.arrived.clear()
    result = call("send", "briefing", "--owner", "liv", "--deliver", *FAST, *TODAY, root=root)
    assert result.exit_code == 0, result.stderr
    assert box.readers == ["liv@x.example"]


def test_who_is_away_or_has_no_address_is_named(root: Path) -> None:
    rows = (
        "id,name,team,email,leave",
        "anna,Anna Ek,S,anna@x.example,2027-02-01..2027-02-28",
        "bo,Bo Berg,S,,",
    )
    (root / "people.csv").write_text("\n".join(rows), encoding="utf-8")
    result = call("send", *TODAY, root=root)
    assert "Anna Ek is left out: is on leave" in result.stderr
    assert "no e-mail address: Bo Berg" in result.stderr
    assert "There is nothing to send to anybody." in result.stderr


def test_a_channel_gets_one_message_in_one_language(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hook = Hook()
    with web_server(hook) as url:
        monkeypatch.setenv("CSWEEK_SLACK_WEBHOOK", url)
        result = call("send", "--by", "slack", "--deliver", *TODAY, root=root)
        call("send", "--by", "slack", "--deliver", *TODAY, root=root)
        monkeypatch.setenv("SUPPORT", url)
        team = call(
            "send",
            "--by",
            "teams",
            "--webhook",
            "SUPPORT",
            "--team",
            "Support",
            "--deliver",
            *TODAY,
            root=root,
        )
    assert result.stdout == "2027-W06-weekly-en: 1 sent\n"
    assert team.exit_code == 0
    assert len(hook.posted) == 2
    assert "blocks" in json.loads(hook.posted[0])
    assert json.loads(hook.posted[1])["attachments"]
    assert url not in result.output + team.output


def test_what_is_private_is_not_posted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSWEEK_SLACK_WEBHOOK", "https://hooks.slack.example/x")
    result = call("send", "briefing", "--by", "slack", "--deliver", *TODAY, root=root)
    assert result.exit_code == 1
    assert "briefing is private and goes to no channel" in result.stderr


@pytest.mark.usefixtures("server")
def test_programs_get_json(root: Path) -> None:
    shown = json.loads(call("send", "--json", *TODAY, root=root).stdout)
    assert (shown["delivered"], len(shown["letters"]), shown["letters"][0]["fate"]) == (False, 7, "not sent")
    sent = json.loads(call("send", "--json", "--deliver", *FAST, *TODAY, root=root).stdout)
    assert (sent["delivered"], {one["fate"] for one in sent["letters"]}) == (True, {"sent"})
    assert set(sent["letters"][0]) == {"what", "to", "name", "fate", "why"}


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "no mail server is set: CSWEEK_SMTP_HOST is empty"),
        ({"PORT": "x"}, "CSWEEK_SMTP_PORT is 'x'"),
        ({"SECURITY": "ssl"}, "CSWEEK_SMTP_SECURITY is 'ssl'"),
        ({"SECURITY": "none", "USER": "olga"}, "a login is not sent without encryption"),
        ({"FROM": ""}, "CSWEEK_SMTP_FROM says no address"),
        ({"FROM": "Olga"}, "CSWEEK_SMTP_FROM says no address"),
    ],
)
def test_what_the_environment_gets_wrong_is_told_before_anything_is_read(
    root: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], said: str
) -> None:
    if environment:
        monkeypatch.setenv("CSWEEK_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("CSWEEK_SMTP_FROM", "o@x.example")
    for name, value in environment.items():
        monkeypatch.setenv(f"CSWEEK_SMTP_{name}", value)
    result = call("send", "--deliver", *TODAY, root=root)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--by", "slack"], "no webhook is set: CSWEEK_SLACK_WEBHOOK is empty"),
        (["--by", "teams", "--webhook", "OURS"], "no webhook is set: OURS is empty"),
        (["--webhook", "OURS"], "--webhook is for --by slack or teams"),
        (["nonsense"], "there is no announcement 'nonsense'"),
    ],
)
def test_what_cannot_be_meant_is_told(root: Path, options: list[str], said: str) -> None:
    result = call("send", *options, "--deliver", *TODAY, root=root)
    assert result.exit_code == 2
    assert said in result.stderr


def test_without_a_workspace_there_is_nobody_to_write_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "nobody to write to" in call("send", *TODAY).stderr
