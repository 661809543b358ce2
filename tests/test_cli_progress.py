"""Signs of life, on a real terminal."""

import os
import re
import sys
import threading
import time
from collections.abc import Callable

import pytest

from csweek.cli.terminal import progress
from csweek.cli.terminal.streams import tell

pty = pytest.importorskip("pty", reason="terminals of Unix")


def shown(work: Callable[[], None], monkeypatch: pytest.MonkeyPatch, patience: float = 0.05) -> str:
    """What somebody at a terminal sees of it, redrawn lines one after the other; after so many seconds."""
    outer, inner = pty.openpty()
    seen: list[bytes] = []

    def read() -> None:
        while data := os.read(outer, 1000):
            seen.append(data)
            if b"the end" in b"".join(seen[-2:]):
                return

    reader = threading.Thread(target=read)
    reader.start()
    with os.fdopen(inner, "w", encoding="utf-8") as terminal, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        patch.setattr(progress, "PATIENCE", patience)
        work()
        terminal.write("the end")
        terminal.flush()
        reader.join()
    os.close(outer)
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", b"".join(seen).decode()).replace("\r", "\n")


def test_a_count_takes_the_place_of_the_spinner_and_what_is_told_stands_beside_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def work() -> None:
        with progress.working("Writing"):
            time.sleep(0.15)
            tell("12 cards, 3 sheets")
            with progress.counting("Printing", 10) as done:
                time.sleep(0.1)
                done(4)
                time.sleep(0.1)
                done(6)
            time.sleep(0.1)

    seen = shown(work, monkeypatch)
    kinds: list[str] = re.findall("Writing|Printing|12 cards", seen)
    steps = [kind for number, kind in enumerate(kinds) if number == 0 or kinds[number - 1] != kind]
    # How often each is drawn depends on the clock; they take turns whatever it says.
    assert [kind for kind in steps if kind != "Writing"] == ["12 cards", "Printing"]
    assert "10/10" in seen


def test_what_is_quick_is_not_spoken_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def work() -> None:
        with progress.working("Writing"), progress.counting("Printing", 1) as done:
            done(1)

    # On a busy machine, too.
    assert shown(work, monkeypatch, patience=60).strip() == "the end"
