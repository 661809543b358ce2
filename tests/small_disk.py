"""A real disk of a few kilobytes, for tests of full and of read-only ones."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def run(program: str, *arguments: str | Path) -> bool:
    """Whether a program of the system is there and did it."""
    found = shutil.which(program) if os.name == "posix" else None
    if found is None:
        return False
    return subprocess.run([found, *arguments], check=False, capture_output=True).returncode == 0


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """Mount it on a folder; skips the test where that is not allowed."""
    place.mkdir(exist_ok=True)
    if not run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place):
        pytest.skip("a disk cannot be mounted here, which only an administrator of Linux may do")
    try:
        yield place
    finally:
        run("umount", place)


def make_read_only(disk: Path) -> None:
    assert run("mount", "-o", "remount,ro", disk)
