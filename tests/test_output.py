import os
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_disk import make_read_only, run, small_disk

from csweek.errors import OutputError
from csweek.model.plan import Document
from csweek.output import Listed, listing, write

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")


def doc(name: str, content: bytes = b"new") -> Document:
    return Document(name, "text/plain", content)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, temporary ones too."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {name: path.read_bytes() for name, path in found.items() if path.is_file()}


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with two files from before."""
    write([doc("share/a.txt", b"old a"), doc("share/b.txt", b"old b")], tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB of its own."""
    with small_disk(tmp_path / "disk", "64k") as place:
        yield place


# --- what is written -----------------------------------------------------------------------------


def test_folders_and_files_are_made(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    written = write([doc("share/sv/a.txt", b"A"), doc("b.txt", b"")], folder)
    assert tree(folder) == {"share/sv/a.txt": b"A", "b.txt": b""}
    assert written.new == (folder / "share/sv/a.txt", folder / "b.txt")
    assert (written.changed, written.unchanged) == ((), ())


def test_without_documents_nothing_is_made(tmp_path: Path) -> None:
    assert write([], tmp_path / "out").new == ()
    assert not (tmp_path / "out").exists()


def test_each_file_is_told_as_new_changed_or_unchanged(out: Path) -> None:
    written = write([doc("share/a.txt", b"old a"), doc("share/b.txt", b"new b"), doc("c.txt")], out)
    assert written.unchanged == (out / "share/a.txt",)
    assert written.changed == (out / "share/b.txt",)
    assert written.new == (out / "c.txt",)
    assert tree(out) == {"share/a.txt": b"old a", "share/b.txt": b"new b", "c.txt": b"new"}


def test_same_length_other_bytes_is_a_change(out: Path) -> None:
    assert write([doc("share/a.txt", b"OLD A")], out).changed == (out / "share/a.txt",)


def test_an_unchanged_file_keeps_its_time_and_its_inode(out: Path) -> None:
    path = out / "share/a.txt"
    os.utime(path, ns=(1, 1))
    before = path.stat()
    write([doc("share/a.txt", b"old a")], out)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (1, before.st_ino)


def test_files_of_before_that_are_not_named_stay(out: Path) -> None:
    write([doc("c.txt")], out)
    assert set(tree(out)) == {"share/a.txt", "share/b.txt", "c.txt"}


def test_documents_are_let_go_one_by_one(tmp_path: Path) -> None:
    size = 1_000_000
    tracemalloc.start()
    write((doc(f"{number}.txt", bytes([number]) * size) for number in range(20)), tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * size


@POSIX
def test_what_is_private_is_closed_to_others(tmp_path: Path) -> None:
    write([doc("private/asa/week.ics"), doc("share/all.ics")], tmp_path)
    assert [mode(tmp_path / name) for name in ("private", "private/asa", "private/asa/week.ics")] == [
        0o700, 0o700, 0o600,
    ]  # fmt: skip
    mask = os.umask(0)
    os.umask(mask)
    assert mode(tmp_path / "share/all.ics") == 0o666 & ~mask


@POSIX
def test_what_is_private_is_closed_again(tmp_path: Path) -> None:
    write([doc("private/asa/week.ics")], tmp_path)
    for name in ("private", "private/asa", "private/asa/week.ics"):
        (tmp_path / name).chmod(0o755)
    assert write([doc("private/asa/week.ics")], tmp_path).unchanged
    assert [mode(tmp_path / name) & 0o077 for name in ("private", "private/asa", "private/asa/week.ics")] == [
        0
    ] * 3


def test_a_list_of_what_would_be_written_writes_nothing(tmp_path: Path) -> None:
    listed = list(listing([doc("share/a.txt", b"123")]))
    assert listed == [Listed("share/a.txt", "text/plain", 3)]
    assert tree(tmp_path) == {}


# --- nothing outside -----------------------------------------------------------------------------

OUTSIDE = [
    "../x", "share/../../x", "share/..", "/etc/x", "//server/x", "C:/x", "C:x", "share\\..\\x", "..\\x",
    "", ".", "share/", "share//x", "./x", "x\0y", "x\ny", "share/x:stream", "x.", "x ", "a*", 'a"b', "a|b",
]  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_names_that_lead_elsewhere_are_refused(out: Path, name: str) -> None:
    before = tree(out.parent)
    with pytest.raises(OutputError, match="not a name for a file inside"):
        write([doc("share/a.txt"), doc(name)], out)
    with pytest.raises(OutputError, match="not a name for a file inside"):
        list(listing([doc(name)]))
    assert tree(out.parent) == before


@settings(derandomize=True, max_examples=60)
@given(
    name=st.lists(
        st.sampled_from(["..", ".", "/", "\\", "a", "C:", " ", "\0", "~", "share"]), max_size=6
    ).map("".join)
)
def test_no_name_leads_outside(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    around = tmp_path_factory.mktemp("around")
    try:
        written = write([doc(name)], around / "x" / "y")
    except OutputError:
        assert tree(around) == {}
    else:
        assert written.new[0].resolve().is_relative_to((around / "x" / "y").resolve())


@POSIX
@pytest.mark.parametrize("link", ["share", "share/a.txt", "private"])
def test_links_inside_the_folder_are_refused(tmp_path: Path, link: str) -> None:
    elsewhere, out = tmp_path / "elsewhere", tmp_path / "out"
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_bytes(b"kept")
    (out / link).parent.mkdir(parents=True)
    (out / link).symlink_to(elsewhere / "kept.txt" if link.endswith("txt") else elsewhere)
    with pytest.raises(OutputError, match="is a link; nothing was changed"):
        write([doc("b.txt"), doc("share/a.txt"), doc("private/a.txt")], out)
    assert tree(elsewhere) == {"kept.txt": b"kept"}
    assert not (out / "b.txt").exists()


@POSIX
def test_what_is_private_does_not_follow_a_link_to_what_is_shared(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "private").symlink_to("share")
    with pytest.raises(OutputError, match="is a link"):
        write([doc("private/asa.txt")], tmp_path)
    assert tree(tmp_path) == {}


@POSIX
def test_the_chosen_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    write([doc("share/a.txt")], tmp_path / "out")
    assert tree(tmp_path / "real") == {"share/a.txt": b"new"}


@pytest.mark.parametrize("other", ["share/a.txt", "share/A.TXT", "Share/a.txt"])
def test_two_documents_of_one_name_are_refused(tmp_path: Path, other: str) -> None:
    with pytest.raises(OutputError, match="two documents are named"):
        write([doc("share/a.txt", b"one"), doc(other, b"two")], tmp_path)
    assert tree(tmp_path) == {}


# --- when it goes wrong --------------------------------------------------------------------------


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, OSError])
def test_an_error_while_documents_are_made_changes_nothing(out: Path, error: type[BaseException]) -> None:
    def failing() -> Iterator[Document]:
        yield doc("share/a.txt")
        yield doc("new/folder/c.txt")
        raise error

    with pytest.raises(error):
        write(failing(), out)
    assert tree(out) == {"share/a.txt": b"old a", "share/b.txt": b"old b"}
    assert not (out / "new").exists()


def test_a_full_disk_changes_nothing_and_is_told(disk: Path) -> None:
    write([doc("share/a.txt", b"old a")], disk / "out")
    big = (doc(f"share/{name}", bytes(30_000)) for name in ("a.txt", "b.txt", "c.txt"))
    with pytest.raises(OutputError, match="the disk is full; nothing was changed") as told:
        write(big, disk / "out")
    assert tree(disk) == {"out/share/a.txt": b"old a"}
    assert told.value.problems[0].hint == "make room and run this again"


def test_a_disk_for_reading_only_is_told(disk: Path) -> None:
    write([doc("share/a.txt", b"old a")], disk / "out")
    make_read_only(disk)
    with pytest.raises(OutputError, match="may not be written; nothing was changed"):
        write([doc("share/a.txt")], disk / "out")
    with pytest.raises(OutputError, match="other may not be written; nothing was changed"):
        write([doc("a.txt")], disk / "other")
    assert write([doc("share/a.txt", b"old a")], disk / "out").unchanged


@pytest.fixture
def protected(out: Path) -> Iterator[Path]:
    """A file that nobody may replace, which is what an open one is on Windows."""
    path = out / "share/b.txt"
    if not run("chattr", "+i", path):
        pytest.skip("files cannot be protected here")
    yield path
    assert run("chattr", "-i", path)


def test_a_file_that_is_in_use_is_named(out: Path, protected: Path) -> None:
    with pytest.raises(OutputError, match=r"b\.txt is open in another program or protected") as told:
        write([doc("share/b.txt"), doc("share/c.txt")], out)
    assert told.value.problems[0].hint == "close b.txt and run this again"
    assert tree(out) == {"share/a.txt": b"old a", "share/b.txt": b"old b"}
    assert protected.read_bytes() == b"old b"


@pytest.mark.parametrize("beside", [".~lock.b.txt#", "~$b.txt"])
def test_a_file_that_another_program_has_open_is_left_alone(out: Path, beside: str) -> None:
    (out / "share" / beside).touch()
    before = tree(out)
    assert write([doc("share/b.txt", b"old b")], out).changed == ()
    with pytest.raises(OutputError, match=r"b\.txt is open in another program; nothing was changed") as told:
        write([doc("share/a.txt"), doc("share/b.txt")], out)
    assert str(told.value.problems[0].hint).endswith(f"if nobody has it open, remove {beside}")
    assert tree(out) == before
    assert write([doc("share/a.txt"), doc("share/c.txt")], out).changed == (out / "share/a.txt",)


BLOCKED: list[tuple[str, Callable[[Path], Path], str]] = [
    ("share/a.txt/c.txt", lambda out: out, "a file is where a folder should be"),
    ("c.txt", lambda out: out / "share/a.txt", "a file is where a folder should be"),
    ("c.txt", lambda out: out / "share/a.txt/below", "a file is where a folder should be"),
    ("share", lambda out: out, "is a folder where a file is to be written"),
    ("x" * 300, lambda out: out, "cannot be written: File name too long"),
]


@POSIX
@pytest.mark.parametrize(("name", "place", "message"), BLOCKED)
def test_what_stands_in_the_way_is_told(
    out: Path, name: str, place: Callable[[Path], Path], message: str
) -> None:
    with pytest.raises(OutputError, match=message):
        write([doc("share/b.txt"), doc(name)] if place(out) == out else [doc(name)], place(out))
    assert tree(out) == {"share/a.txt": b"old a", "share/b.txt": b"old b"}
