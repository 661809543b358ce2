import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from small_disk import make_read_only, small_disk

from csweek.errors import OutputError
from csweek.model.plan import Document, Draft
from csweek.output.kept import MANIFEST, Kept, keep

MINE = b"mine "
ROOT = Path(__file__).parent.parent


def draft(name: str, *texts: str, digest: str | None = None) -> Draft:
    """A draft of a file for each text; its digest is of the texts."""
    files = [
        Document(f"{name}-{n}.ics", "text/calendar", MINE + text.encode()) for n, text in enumerate(texts)
    ]
    return Draft(name, digest or "|".join(texts), lambda: files)


def unmade(name: str, digest: str) -> Draft:
    """A draft that must not be made."""

    def make() -> Iterator[Document]:
        pytest.fail(f"{name} is made although nothing changed")
        yield

    return Draft(name, digest, make)


def kept(folder: Path, *drafts: Draft, whole: bool = True) -> Kept:
    return keep(drafts, folder, lambda head: head.startswith(MINE), lambda _: whole)


def tree(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {name: path.read_bytes() for name, path in found.items() if path.is_file() and name != MANIFEST}


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


# --- what is made, and what is left alone ----------------------------------------------------------


def test_what_has_not_changed_is_not_made_again(tmp_path: Path) -> None:
    first = kept(tmp_path, draft("share/a", "1", "2"), draft("share/b", "3"))
    assert names(first.new) == ["a-0.ics", "a-1.ics", "b-0.ics"]
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    second = kept(tmp_path, unmade("share/a", "1|2"), unmade("share/b", "3"))
    assert names(second.unchanged) == ["a-0.ics", "a-1.ics", "b-0.ics"]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times


def test_what_has_changed_is_made_again_alone(tmp_path: Path) -> None:
    kept(tmp_path, draft("share/a", "1"), draft("share/b", "2"))
    found = kept(tmp_path, draft("share/a", "new"), unmade("share/b", "2"))
    assert (names(found.changed), names(found.unchanged)) == (["a-0.ics"], ["b-0.ics"])
    assert tree(tmp_path)["share/a-0.ics"] == b"mine new"


def test_the_same_bytes_from_another_digest_are_left_untouched(tmp_path: Path) -> None:
    kept(tmp_path, draft("share/a", "1"))
    path = tmp_path / "share/a-0.ics"
    before = path.stat().st_mtime_ns
    found = kept(tmp_path, draft("share/a", "1", digest="another"))
    assert names(found.unchanged) == ["a-0.ics"]
    assert path.stat().st_mtime_ns == before
    kept(tmp_path, unmade("share/a", "another"))


def change_a_letter(path: Path) -> None:
    path.write_bytes(b"mine 9")
    os.utime(path, (0, 0))  # it may have been written within one tick of the clock


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"mine no"),
        lambda path: path.write_bytes(b""),
        change_a_letter,
        lambda path: path.unlink(),
    ],
)
def test_a_file_that_was_changed_or_lost_is_made_again(tmp_path: Path, spoil: object) -> None:
    kept(tmp_path, draft("share/a", "1"))
    spoil(tmp_path / "share/a-0.ics")  # type: ignore[operator]
    kept(tmp_path, draft("share/a", "1"))
    assert tree(tmp_path) == {"share/a-0.ics": b"mine 1"}


def test_without_drafts_nothing_is_made(tmp_path: Path) -> None:
    kept(tmp_path / "out", draft("share/a"))
    assert not (tmp_path / "out").exists()


# --- what is removed -------------------------------------------------------------------------------


def test_what_nobody_makes_any_more_is_removed_with_its_empty_folder(tmp_path: Path) -> None:
    kept(tmp_path, draft("private/anna/x", "1"), draft("share/a", "1", "2"))
    found = kept(tmp_path, draft("share/a", "1"))
    assert names(found.removed) == ["a-1.ics", "x-0.ics"]
    assert tree(tmp_path) == {"share/a-0.ics": b"mine 1"}
    assert not (tmp_path / "private/anna").exists()


def test_a_file_that_another_draft_makes_now_stays(tmp_path: Path) -> None:
    one = draft("share/a", "1")
    kept(tmp_path, one)
    found = kept(tmp_path, replace(one, name="share/b"))
    assert (found.removed, names(found.unchanged)) == ([], ["a-0.ics"])
    assert tree(tmp_path) == {"share/a-0.ics": b"mine 1"}


def test_what_was_removed_is_csweeks_own_no_longer(tmp_path: Path) -> None:
    kept(tmp_path, draft("a", "1"))
    assert names(kept(tmp_path, draft("a")).removed) == ["a-0.ics"]
    (tmp_path / "a-0.ics").write_bytes(b"theirs")
    with pytest.raises(OutputError, match="was not written by csweek"):
        kept(tmp_path, draft("a", "1"))


def test_what_is_not_gone_stays(tmp_path: Path) -> None:
    kept(tmp_path, draft("share/a", "1"), draft("share/b", "1"))
    assert kept(tmp_path, draft("share/a", "1"), whole=False).removed == []
    assert set(tree(tmp_path)) == {"share/a-0.ics", "share/b-0.ics"}


def test_what_somebody_changed_is_never_removed(tmp_path: Path) -> None:
    kept(tmp_path, draft("share/a", "1"))
    (tmp_path / "share/a-0.ics").write_bytes(b"mine, with a note of my own")
    found = kept(tmp_path)
    assert (found.removed, names(found.left)) == ([], ["a-0.ics"])
    assert len(tree(tmp_path)) == 1


def test_nothing_foreign_is_removed_or_replaced(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "share/theirs.ics").write_bytes(b"theirs")
    (tmp_path / "share/a-0.ics").write_bytes(b"theirs")
    with pytest.raises(OutputError, match="was not written by csweek"):
        kept(tmp_path, draft("share/a", "1"))
    kept(tmp_path, draft("share/b", "1"))
    kept(tmp_path)
    assert tree(tmp_path) == {"share/theirs.ics": b"theirs", "share/a-0.ics": b"theirs"}


def test_a_foreign_file_in_the_place_of_a_known_one_is_left_alone(tmp_path: Path) -> None:
    kept(tmp_path, draft("share/a", "1"), draft("share/b", "1"))
    (tmp_path / "share/b-0.ics").write_bytes(b"theirs")
    with pytest.raises(OutputError, match="was not written by csweek; it was left alone"):
        kept(tmp_path, draft("share/a", "2"), draft("share/b", "1"))
    assert tree(tmp_path) == {"share/a-0.ics": b"mine 2", "share/b-0.ics": b"theirs"}


def test_a_file_from_before_the_manifest_is_taken_over(tmp_path: Path) -> None:
    kept(tmp_path, draft("share/a", "1"))
    (tmp_path / MANIFEST).unlink()
    assert names(kept(tmp_path, draft("share/a", "2")).changed) == ["a-0.ics"]


def test_a_manifest_leads_nowhere_else(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (tmp_path / "theirs.ics").write_bytes(b"mine 1")
    kept(out, draft("a", "1"))
    (out / "link.ics").symlink_to(tmp_path / "theirs.ics")
    text = (out / MANIFEST).read_text(encoding="utf-8")
    (out / MANIFEST).write_text(
        text.replace("a-0.ics", "../theirs.ics") + text.replace("a-0.ics", "link.ics").replace('"a"', '"b"'),
        encoding="utf-8",
    )
    assert kept(out).removed == []
    assert (tmp_path / "theirs.ics").exists()


def test_a_folder_that_became_a_link_leads_nowhere_else(tmp_path: Path) -> None:
    out = tmp_path / "out"
    kept(out, draft("share/a", "1"))
    theirs = (out / "share").rename(tmp_path / "theirs")
    (out / "share").symlink_to(theirs)
    assert kept(out).removed == []
    assert (theirs / "a-0.ics").exists()
    with pytest.raises(OutputError, match="share is a link; every file that is there is whole"):
        kept(out, draft("private/a", "1"), draft("share/a", "2"))
    assert (out / "private/a-0.ics").exists()


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 200))
def test_a_broken_manifest_costs_only_time(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    folder = tmp_path_factory.mktemp("broken")
    kept(folder, draft("share/a", "1"), draft("share/b", "2"))
    whole = (folder / MANIFEST).read_bytes()
    (folder / MANIFEST).write_bytes(whole[:at] + noise)
    kept(folder, draft("share/a", "1"), draft("share/b", "2"))
    assert tree(folder) == {"share/a-0.ics": b"mine 1", "share/b-0.ics": b"mine 2"}
    kept(folder, unmade("share/a", "1"), unmade("share/b", "2"))


# --- what goes wrong -------------------------------------------------------------------------------


def test_a_mistake_on_the_way_keeps_what_was_made(tmp_path: Path) -> None:
    def broken() -> Iterator[Document]:
        raise OutputError("not this one")
        yield

    with pytest.raises(OutputError, match="not this one"):
        kept(tmp_path, draft("share/a", "1"), Draft("share/b", "x", broken))
    kept(tmp_path, unmade("share/a", "1"), draft("share/b", "2"))
    assert set(tree(tmp_path)) == {"share/a-0.ics", "share/b-0.ics"}


def test_a_full_disk_leaves_every_file_whole(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "64k") as disk:
        old = [draft(f"share/{n}", "x" * 3000) for n in range(4)]
        kept(disk, *old)
        with pytest.raises(OutputError, match="the disk is full; every file that is there is whole"):
            kept(disk, *(draft(f"share/{n}", "y" * 3000) for n in range(40)))
        assert {len(content) for content in tree(disk).values()} == {3005}
        assert not [name for name in tree(disk) if name.endswith(".tmp")]


def test_a_disk_for_reading_only_is_told(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "64k") as disk:
        kept(disk, draft("share/a", "1"))
        make_read_only(disk)
        with pytest.raises(OutputError, match="may not be written; every file that is there is whole"):
            kept(disk, draft("share/a", "2"))
        kept(disk, unmade("share/a", "1"))


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_others_may_not_read_the_manifest(tmp_path: Path) -> None:
    kept(tmp_path, draft("private/anna/x", "1"))
    assert (tmp_path / MANIFEST).stat().st_mode & 0o077 == 0


def test_old_temporary_files_are_swept_away_and_new_ones_left(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    old, new = (tmp_path / f"share/.csweek-{letter * 16}.tmp" for letter in "ab")
    for path in (old, new):
        path.touch()
    os.utime(old, (time.time() - 7200,) * 2)
    kept(tmp_path, draft("share/a", "1"))
    assert (old.exists(), new.exists()) == (False, True)


MANY = 20_000
WRITER = f"""
import sys
sys.path.insert(0, "tests")
from pathlib import Path
from test_output_kept import draft, kept
kept(Path(sys.argv[1]), *(draft(f"share/{{n % 100}}/f{{n}}", f"{{n}} " * 50) for n in range({MANY})))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_a_kill_leaves_every_file_whole_and_the_next_run_writes_what_is_missing(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT)
    while len(list(tmp_path.rglob("f*.ics"))) < MANY // 5:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    there = {path.name: path.read_bytes() for path in tmp_path.rglob("f*.ics")}
    assert MANY // 5 <= len(there) < MANY
    assert all(content == MINE + f"{name[1:-6]} ".encode() * 50 for name, content in there.items())
    rest = kept(tmp_path, *(draft(f"share/{n % 100}/f{n}", f"{n} " * 50) for n in range(MANY)))
    assert (len(rest.new), len(rest.changed), len(rest.unchanged)) == (MANY - len(there), 0, len(there))
