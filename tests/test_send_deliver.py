"""Whole rounds: real servers, a real outbox on the disk, stops in the middle."""

import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace
from post import PASSWORD, Hook, Mailbox, mail_server, web_server

from csweek.send.deliver import Pace, deliver
from csweek.send.letters import ClosedError, Fate, Letter, Line, Result, Ticket
from csweek.send.mail import address
from csweek.send.smtp import Server, Smtp
from csweek.send.webhook import Webhook
from csweek.store.outbox import Outbox

AT = datetime(2027, 10, 4, 8, 0, tzinfo=UTC)
DRAFT = b"Subject: This week\r\nX-Unsent: 1\r\nContent-Type: text/plain\r\n\r\nHello\r\n"
FAST = Pace(per_minute=1_000_000, pause=0.01)
ONE_BY_ONE = Pace(per_minute=6000, pause=0.01)


def letters(*to: str, content: bytes = DRAFT) -> list[Letter]:
    return [Letter(Ticket("2027-W40-weekly", one), content) for one in to]


def fates(results: list[Result]) -> dict[str, Fate]:
    return {result.letter.ticket.to: result.fate for result in results}


@contextmanager
def smtp(port: int, timeout: float = 10) -> Iterator[Smtp]:
    sender = address("Olga <olga@nordic.example>")
    with Smtp(Server("127.0.0.1", sender, port, "none", timeout=timeout), AT) as line:
        yield line


def run(root: Path, wanted: list[Letter], line: Line, pace: Pace = FAST) -> list[Result]:
    with Outbox.open(root, AT) as outbox:
        return list(deliver(wanted, line, outbox, pace))


def states(root: Path) -> dict[str, str]:
    with Outbox.open(root, AT) as outbox:
        return {to: state for (_, to), state in outbox.states().items()}


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def port(box: Mailbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[int]:
    with mail_server(box, monkeypatch, str(tmp_path), "none") as number:
        yield number


def test_everybody_gets_one_mail_over_one_connection(box: Mailbox, port: int, tmp_path: Path) -> None:
    with smtp(port) as line:
        results = run(tmp_path, letters("a@x.example", "b@x.example", "c@x.example"), line)
    assert set(fates(results).values()) == {Fate.SENT}
    assert box.readers == ["a@x.example", "b@x.example", "c@x.example"]
    assert box.connections == 1
    assert set(states(tmp_path).values()) == {"sent"}


def test_an_address_beyond_ascii_is_reached_where_the_server_takes_such(
    box: Mailbox, port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with smtp(port) as line:
        assert fates(run(tmp_path, letters("åsa@x.example"), line)) == {"åsa@x.example": Fate.SENT}
        monkeypatch.setattr(smtplib.SMTP, "has_extn", lambda _line, _name: False)
        (refused,) = run(tmp_path, letters("örjan@x.example"), line)
    assert (refused.fate, refused.why) == (
        Fate.REFUSED,
        "'örjan@x.example': the mail server takes no addresses beyond ASCII",
    )
    assert box.readers == ["åsa@x.example"]


def test_lines_that_begin_with_a_dot_and_a_missing_last_end_arrive_as_they_are(
    box: Mailbox, port: int, tmp_path: Path
) -> None:
    content = DRAFT + b".\r\n..two\r\n.end"
    with smtp(port) as line:
        run(tmp_path, letters("a@x.example", content=content), line)
    assert (box.arrived[0].original_content or b"").endswith(b"\r\n\r\nHello\r\n.\r\n..two\r\n.end\r\n")


def test_nobody_gets_it_twice(box: Mailbox, port: int, tmp_path: Path) -> None:
    with smtp(port) as line:
        run(tmp_path, letters("a@x.example"), line)
        again = run(tmp_path, letters("a@x.example", "b@x.example"), line)
    assert fates(again) == {"a@x.example": Fate.ALREADY, "b@x.example": Fate.SENT}
    assert box.readers == ["a@x.example", "b@x.example"]


def test_a_refused_mailbox_stops_nobody_else_and_is_free_for_another_run(
    box: Mailbox, port: int, tmp_path: Path
) -> None:
    box.manners = {"a@x.example": ["550 no such user"]}
    with smtp(port) as line:
        results = run(tmp_path, letters("a@x.example", "b@x.example"), line)
        assert results[0].why == "no such user"
        assert fates(results) == {"a@x.example": Fate.REFUSED, "b@x.example": Fate.SENT}
        assert states(tmp_path) == {"b@x.example": "sent"}
        assert fates(run(tmp_path, letters("a@x.example"), line)) == {"a@x.example": Fate.SENT}


def test_what_is_put_off_is_tried_again_after_the_others(box: Mailbox, port: int, tmp_path: Path) -> None:
    box.manners = {"a@x.example": ["450 greylisted", "451 soon"]}
    with smtp(port) as line:
        results = run(tmp_path, letters("a@x.example", "b@x.example"), line)
    assert set(fates(results).values()) == {Fate.SENT}
    assert box.readers == ["b@x.example", "a@x.example"]


def test_each_wait_is_twice_as_long_and_before_it_all_that_is_known_is_kept(
    box: Mailbox, port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[tuple[float, dict[str, str]]] = []

    def look(seconds: float) -> None:
        if seconds >= FAST.pause:
            waits.append((seconds, states(tmp_path)))

    monkeypatch.setattr("csweek.send.deliver.time", SimpleNamespace(sleep=look, monotonic=time.monotonic))
    box.manners = {"b@x.example": ["450 greylisted"] * 3}
    with smtp(port) as line:
        results = run(tmp_path, letters("a@x.example", "b@x.example"), line)
    assert set(fates(results).values()) == {Fate.SENT}
    assert waits == [(pause, {"a@x.example": "sent"}) for pause in (0.01, 0.02, 0.04)]


def test_a_server_that_refuses_one_mailbox_is_there(box: Mailbox, port: int, tmp_path: Path) -> None:
    box.manners = {"a@x.example": ["450 soon"], "b@x.example": ["550 nobody"], "c@x.example": ["450 soon"]}
    with smtp(port) as line:
        wanted = letters("a@x.example", "b@x.example", "c@x.example")
        results = run(tmp_path, wanted, line, replace(FAST, tries=2))
    assert fates(results) == {
        "a@x.example": Fate.SENT, "b@x.example": Fate.REFUSED, "c@x.example": Fate.SENT,
    }  # fmt: skip


@pytest.mark.parametrize(("per_minute", "together"), [(30, 1), (6000, 10), (1_000_000, 100)])
def test_few_letters_are_in_doubt_after_a_power_cut(per_minute: float, together: int) -> None:
    assert Pace(per_minute).together == together


def test_a_connection_that_breaks_before_the_mail_is_opened_again(
    box: Mailbox, port: int, tmp_path: Path
) -> None:
    box.manners = {"b@x.example": ["drop"]}
    with smtp(port) as line:
        results = run(tmp_path, letters("a@x.example", "b@x.example"), line)
    assert set(fates(results).values()) == {Fate.SENT}
    assert box.readers == ["a@x.example", "b@x.example"]
    assert box.connections == 2


def test_a_server_that_answers_nonsense_is_asked_anew(box: Mailbox, port: int, tmp_path: Path) -> None:
    box.manners = {"a@x.example": ["what?"]}
    with smtp(port) as line:
        results = run(tmp_path, letters("a@x.example", "b@x.example"), line)
    assert set(fates(results).values()) == {Fate.SENT}
    assert box.readers == ["b@x.example", "a@x.example"]
    assert box.connections == 2


@pytest.mark.parametrize("manner", ["drop", "stall"])
def test_a_mail_whose_answer_is_lost_is_in_doubt_and_left_alone(
    box: Mailbox, port: int, tmp_path: Path, manner: str
) -> None:
    box.endings = {"a@x.example": [manner]}
    with smtp(port, timeout=0.3) as line:
        results = run(tmp_path, letters("a@x.example", "b@x.example"), line)
        assert fates(results) == {"a@x.example": Fate.DOUBTFUL, "b@x.example": Fate.SENT}
        assert states(tmp_path) == {"a@x.example": "begun", "b@x.example": "sent"}
        again = run(tmp_path, letters("a@x.example"), line)
    assert fates(again) == {"a@x.example": Fate.ALREADY}
    assert box.readers.count("a@x.example") == 1


def test_a_server_that_is_not_there_is_given_up_and_everything_stays_free(tmp_path: Path) -> None:
    with smtp(1) as line, pytest.raises(ClosedError, match=r"no connection to 127\.0\.0\.1:1"):
        run(tmp_path, letters("a@x.example", "b@x.example", "c@x.example"), line)
    assert states(tmp_path) == {}


class StoppedLine:
    """A line on which somebody presses Ctrl-C while a letter is on its way."""

    def __init__(self, line: Line, at: str) -> None:
        self._line = line
        self._at = at

    def send(self, letter: Letter) -> None:
        self._line.send(letter)
        if letter.ticket.to == self._at:
            raise KeyboardInterrupt


@pytest.mark.parametrize("pace", [FAST, ONE_BY_ONE])
def test_stopped_in_the_middle_one_letter_is_in_doubt_and_the_rest_goes_out_next_time(
    box: Mailbox, port: int, tmp_path: Path, pace: Pace
) -> None:
    everyone = [f"{letter}@x.example" for letter in "abcdef"]
    with smtp(port) as line:
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path, letters(*everyone), StoppedLine(line, "c@x.example"), pace)
        assert states(tmp_path) == {"a@x.example": "sent", "b@x.example": "sent", "c@x.example": "begun"}
        results = run(tmp_path, letters(*everyone), line, pace)
    assert [to for to, fate in fates(results).items() if fate is Fate.SENT] == everyone[3:]
    assert box.readers == everyone


def test_the_pace_is_kept(box: Mailbox, port: int, tmp_path: Path) -> None:
    begin = datetime.now(UTC)
    with smtp(port) as line:
        run(tmp_path, letters("a@x.example", "b@x.example", "c@x.example"), line, Pace(per_minute=600))
    assert (datetime.now(UTC) - begin).total_seconds() > 0.2
    assert len(box.arrived) == 3


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_encrypted_and_logged_in(
    box: Mailbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, security: str
) -> None:
    sender = address("olga@nordic.example")
    with mail_server(box, monkeypatch, str(tmp_path), security) as number:
        good = Server("127.0.0.1", sender, number, security, "olga", PASSWORD)  # type: ignore[arg-type]
        with Smtp(good, AT) as line:
            assert fates(run(tmp_path, letters("a@x.example"), line)) == {"a@x.example": Fate.SENT}
        bad = Server("127.0.0.1", sender, number, security, "olga", "wrong")  # type: ignore[arg-type]
        refused = pytest.raises(ClosedError, match=r"^127\.0\.0\.1 refuses the login")
        with Smtp(bad, AT) as line, refused as told:
            run(tmp_path, letters("b@x.example"), line)
        assert "docs/sending.md" in told.value.hint
        monkeypatch.delenv("SSL_CERT_FILE")
        with Smtp(good, AT) as line, pytest.raises(ClosedError, match="the encryption does not hold"):
            run(tmp_path, letters("b@x.example"), line)
    assert box.readers == ["a@x.example"]
    assert states(tmp_path) == {"a@x.example": "sent"}


def test_a_server_without_starttls_gets_no_login(box: Mailbox, port: int, tmp_path: Path) -> None:
    server = Server("127.0.0.1", address("o@x.example"), port, "starttls", "olga", PASSWORD)
    with Smtp(server, AT) as line, pytest.raises(ClosedError, match="offers no STARTTLS"):
        run(tmp_path, letters("a@x.example"), line)
    assert box.arrived == []
    assert PASSWORD not in repr(server)


def test_webhooks_wait_as_long_as_they_are_asked_to(tmp_path: Path) -> None:
    hook = Hook([(429, {"Retry-After": "0.2"}), (500, {}), (503, {})])
    begin = datetime.now(UTC)
    with web_server(hook) as url:
        results = run(tmp_path, letters("slack", content=b'{"text": "Hej \xf0\x9f\x8e\x89"}'), Webhook(url))
    assert fates(results) == {"slack": Fate.SENT}
    assert hook.posted == [b'{"text": "Hej \xf0\x9f\x8e\x89"}'] * 4
    assert (datetime.now(UTC) - begin).total_seconds() > 0.2


def test_a_webhook_that_asks_for_an_hour_is_left_for_later(tmp_path: Path) -> None:
    told = pytest.raises(ClosedError, match="asks to wait 3600 seconds")
    with web_server(Hook([(429, {"Retry-After": "3600"})])) as url, told:
        run(tmp_path, letters("slack"), Webhook(url))
    assert states(tmp_path) == {}


def test_a_webhook_that_hangs_up_leaves_its_letter_in_doubt(tmp_path: Path) -> None:
    with web_server(Hook([(0, {})])) as url:
        results = run(tmp_path, letters("slack"), Webhook(url))
    assert fates(results) == {"slack": Fate.DOUBTFUL}
    assert states(tmp_path) == {"slack": "begun"}


@pytest.mark.parametrize("status", [302, 403, 404, 410])
def test_a_webhook_that_is_gone_ends_it_without_showing_its_address(tmp_path: Path, status: int) -> None:
    hook = Hook([(status, {"Location": "http://127.0.0.1:1/"})])
    with web_server(hook) as url, pytest.raises(ClosedError, match=f"answered {status}") as told:
        run(tmp_path, letters("slack"), Webhook(url))
    assert "/hook" not in str(told.value)


def test_a_message_that_a_webhook_does_not_take_is_told_and_the_next_one_goes(tmp_path: Path) -> None:
    with web_server(Hook([(400, {})])) as url:
        results = run(tmp_path, letters("slack", "other"), Webhook(url))
    assert [(one.fate, one.why) for one in results] == [
        (Fate.REFUSED, "127.0.0.1 answered 400: no_service"),
        (Fate.SENT, ""),
    ]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "slack",
        "http://hooks.example/x",
        "ftp://x.example",
        "https:///x",
        "https://[::1/x",
        "https://hooks.example:999999/x",
        "https://hooks.example/a b",
        "https://hooks.example/å",
    ],
)
def test_only_real_encrypted_addresses_are_webhooks(url: str) -> None:
    with pytest.raises(ClosedError):
        Webhook(url)


def test_a_webhook_nobody_answers_at_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(ClosedError, match="no connection"):
        run(tmp_path, letters("slack"), Webhook("http://127.0.0.1:1/x"))
    assert states(tmp_path) == {}
