"""How many mails a second go to a real mail server on this machine, beside smtplib alone.

Run: python tests/benchmarks/bench_send.py [mails]
The server (aiosmtpd, STARTTLS and login) is a process of its own. Every mail is marked on the disk before
it leaves and settled after it. The limit is smtplib's sendmail in a loop over the same connection.
"""

import multiprocessing
import smtplib
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from post import PASSWORD, Mailbox, mail_server

from csweek.send.deliver import Pace, deliver
from csweek.send.letters import Fate, Letter, Ticket
from csweek.send.mail import address
from csweek.send.smtp import Server, Smtp
from csweek.store.outbox import Outbox

MAILS = 1000
RUNS = 3
NOW = datetime.now(UTC)


def draft() -> bytes:
    """Make a mail as long as a weekly note."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = "This week in service"
    mail["X-Unsent"] = "1"
    mail.set_content("Monday: ten minutes as a customer.\n" * 40, cte="quoted-printable")
    mail.add_alternative("<p>Monday: ten minutes as a customer.</p>\n" * 200, subtype="html")
    return mail.as_bytes()


def serve(folder: str, ports: "multiprocessing.Queue[int]", done: Event) -> None:
    """Serve mail until it is done."""
    with pytest.MonkeyPatch.context() as patch, mail_server(Mailbox(), patch, folder) as port:
        ports.put(port)
        done.wait()


def ours(server: Server, letters: list[Letter], folder: Path) -> None:
    """Send with marks on the disk."""
    with Outbox.open(folder / str(time.monotonic_ns()), NOW) as outbox, Smtp(server, NOW) as line:
        results = deliver(letters, line, outbox, Pace(per_minute=10_000_000))
        if any(result.fate is not Fate.SENT for result in results):
            raise SystemExit("a mail was not sent")


def bare(server: Server, letters: list[Letter]) -> None:
    """Send the same bytes with smtplib."""
    with smtplib.SMTP(server.host, server.port) as line:
        line.starttls(context=ssl.create_default_context())
        line.login(server.user, server.password)
        for letter in letters:
            line.sendmail(server.sender.addr_spec, letter.ticket.to, letter.content)


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Return the seconds that something takes: on the clock, and of this process's own work."""
    begun, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - worked


def main() -> None:
    """Print the table."""
    mails = int(sys.argv[1]) if len(sys.argv) > 1 else MAILS
    content = draft()
    letters = [
        Letter(Ticket("2027-W40-weekly", f"p{n}@x.example"), content, f"Person {n}") for n in range(mails)
    ]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        ports: multiprocessing.Queue[int] = multiprocessing.Queue()
        done = multiprocessing.Event()
        process = multiprocessing.Process(target=serve, args=(folder, ports, done))
        process.start()
        port = ports.get()
        patch.setenv("SSL_CERT_FILE", f"{folder}/ca.pem")
        server = Server("127.0.0.1", address("olga@x.example"), port, "starttls", "olga", PASSWORD)
        try:
            rounds = [
                (timed(lambda: ours(server, letters, Path(folder))), timed(lambda: bare(server, letters)))
                for _ in range(RUNS)
            ]
        finally:
            done.set()
            process.join()
    mine, limit = (statistics.median(clock for clock, _ in column) for column in zip(*rounds, strict=True))
    work = statistics.median(one[1] for one, _ in rounds)
    size = len(content) / 1000
    print(f"{mails} mails of {size:.0f} kB: {mails / mine:.0f} a second")
    print(f"smtplib alone: {mails / limit:.0f} a second")
    print(f"ratio: {mine / limit:.2f}; of the time {work / mails * 1000:.1f} ms a mail are our own work")


if __name__ == "__main__":
    main()
