from datetime import UTC, datetime
from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csweek.send.letters import Letter, RefusedError, Ticket
from csweek.send.mail import address, addressed

AT = datetime(2027, 10, 4, 8, 0, tzinfo=UTC)
SENDER = address("Olga Org <olga@nordic.example>")


def draft(subject: str, text: str = "Hej") -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject
    mail["X-Unsent"] = "1"
    mail["To"] = "somebody@else.example"
    mail.set_content(text)
    mail.add_alternative(f"<p>{text}</p>", subtype="html")
    return mail.as_bytes()


def sent(to: str, name: str = "", subject: str = "This week", text: str = "Hej") -> EmailMessage:
    content = addressed(Letter(Ticket("note", to), draft(subject, text), name), SENDER, AT)
    assert b"\n" not in content.replace(b"\r\n", b"")
    found = message_from_string(content.decode(), policy=SMTPUTF8)
    assert isinstance(found, EmailMessage)
    return found


def test_a_draft_becomes_a_mail_to_one_reader() -> None:
    mail = sent("asa@nordic.example", "Åsa Öberg")
    assert (str(mail["From"]), str(mail["To"])) == (
        "Olga Org <olga@nordic.example>",
        "Åsa Öberg <asa@nordic.example>",
    )
    assert mail["Date"].datetime == AT
    assert mail["X-Unsent"] is None
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    body = mail.get_body(("plain",))
    assert body
    assert body.get_content() == "Hej\r\n"


def test_its_id_is_that_of_what_is_sent_to_whom() -> None:
    ids = [sent(to)["Message-ID"] for to in ("a@x.example", "a@x.example", "b@x.example")]
    assert ids[0] == ids[1] != ids[2]
    assert str(ids[0]).endswith("@nordic.example>")


@pytest.mark.parametrize(
    "name",
    ['Shaun "Mo" O\'Brien', "Ek, Anna", "김서연", "🎉 Party", "a\r\nBcc: evil@x.example", "x\x00y", "a <b>"],
)
def test_names_stay_what_they_are_and_no_header_gets_in(name: str) -> None:
    mail = sent("a@x.example", name)
    (to,) = mail["To"].addresses
    assert to.addr_spec == "a@x.example"
    assert to.display_name == " ".join("".join(c if c.isprintable() else " " for c in name).split())
    assert mail["Bcc"] is None
    assert set(mail.keys()) == {
        "Subject", "MIME-Version", "Content-Type", "From", "To", "Date", "Message-ID", "Auto-Submitted",
    }  # fmt: skip


@pytest.mark.parametrize("subject", ['Say "thank you" 🎉', ("힘이 되는 서비스 " * 8).strip(), "å" * 200])
def test_subjects_stay_what_they_are(subject: str) -> None:
    assert str(sent("a@x.example", subject=subject)["Subject"]) == subject


def test_an_address_beyond_ascii_is_written_as_it_is() -> None:
    assert sent("åsa@nordic.example")["To"].addresses[0].addr_spec == "åsa@nordic.example"
    assert sent("a@nordiskvård.example")["To"].addresses[0].domain == "nordiskvård.example"


@pytest.mark.parametrize(
    "to",
    [
        "",
        "anna",
        "a@b@c",
        "a b@x.example",
        "a@x.example\r\nRCPT TO:<b@x.example>",
        "a@x.example, b@x.example",
        "<>",
        "a@",
        "@x.example",
    ],
)
def test_what_is_no_address_is_refused(to: str) -> None:
    with pytest.raises(RefusedError, match="it is no e-mail address"):
        sent(to)


@given(st.text(max_size=40), st.text(max_size=60))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_no_name_and_no_subject_adds_a_header(name: str, text: str) -> None:
    mail = sent("a@x.example", name, text=text.replace("\r", ""))
    assert [to.addr_spec for to in mail["To"].addresses] == ["a@x.example"]
    assert len(mail.keys()) == 8
