import hashlib
import os
from pathlib import Path

import pytest

from csweek.errors import Problem
from csweek.model.basics import Place
from csweek.read.source import Files, decode, in_order, likely

NOBODY = 65534
"""The user who may do nothing, on Linux: whoever is root may read everything."""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_recognised(encoding: str) -> None:
    assert decode("name,team\r\nÅsa,김\n".encode(encoding), "f") == ("name,team\nÅsa,김\n", ())


def test_other_encodings_are_read_when_said() -> None:
    assert decode("Åsa Öberg".encode("cp1252"), "f", encoding="cp1252")[0] == "Åsa Öberg"
    assert decode("김서연".encode("cp949"), "f", encoding="cp949")[0] == "김서연"


@pytest.mark.parametrize(
    "encoding", ["ansi", "a\0b", "hex", "rot13", "idna", "punycode", "undefined", "unicode_escape"]
)
def test_an_encoding_that_no_file_has_is_refused(encoding: str) -> None:
    text, problems = decode("Å \\xzz".encode(), "people.csv", encoding=encoding)
    assert text is None
    assert "there is no encoding" in problems[0].message
    assert "cp1252" in (problems[0].hint or "")


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    content, problems = Files(tmp_path).read(tmp_path / ("a" * 300 + ".csv"))
    assert content is None
    assert "too long" in problems[0].message
    assert problems[0].hint == "give it a shorter one"


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs users")
def test_a_file_that_one_may_not_read_is_told(tmp_path: Path) -> None:
    path, me = tmp_path / "people.csv", os.geteuid()
    path.write_bytes(b"name\n")
    path.chmod(0)
    if me == 0:
        os.seteuid(NOBODY)
    try:
        content, (problem,) = Files(tmp_path).read(path)
    finally:
        os.seteuid(me)
    assert content is None
    assert problem.message.endswith("people.csv is open in another program or protected")
    assert "ask whoever owns it to let you read it" in (problem.hint or "")


def test_a_link_that_leads_back_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "people.csv").symlink_to(tmp_path / "staff.csv")
    (tmp_path / "staff.csv").symlink_to(tmp_path / "people.csv")
    content, (problem,) = Files(tmp_path).read(tmp_path / "people.csv", Place("csweek.yaml", 3, 9))
    assert content is None
    assert problem.message.endswith("people.csv cannot be read: it is a link that leads back to itself")
    assert problem.hint == "name the file itself"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "people.csv")
    asked = Place("csweek.yaml", 2, 9)
    content, (problem,) = Files(tmp_path).read(tmp_path / "people.csv", asked)
    assert content is None
    assert problem.place == asked
    assert "people.csv is a pipe or a device, not a file" in problem.message
    assert "save what it gives as a file" in (problem.hint or "")


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs /dev/fd")
def test_what_the_shell_hands_over_is_read() -> None:
    out, into = os.pipe()
    os.write(into, b"name\nBo\n")
    os.close(into)
    try:
        assert Files(None).read(Path(f"/dev/fd/{out}")) == (b"name\nBo\n", ())
    finally:
        os.close(out)


def test_the_first_wrong_byte_has_a_place() -> None:
    _, (problem,) = decode(b"name\nBj\xf6rn\n", "f")
    assert str(problem.place) == "f:2:3"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("김서연, 상담", "cp949"),
        ("Đorđe Šarić", "cp1250"),
        ("Åsa Öberg", "cp1252"),
        ("Åsa Öberg", "mac_roman"),
    ],
)
def test_the_old_encoding_is_guessed(text: str, encoding: str) -> None:
    assert likely(text.encode(encoding)) == encoding


def test_broken_utf16_is_not_taken_for_utf8() -> None:
    _, (problem,) = decode("name\nÅsa\n".encode("utf-16")[:-1], "f")
    assert problem.message == "this is not UTF-16 from here on"


def test_bytes_that_are_no_text_are_refused() -> None:
    assert decode(b"\x00\x01\x02\x03" * 9, "f")[0] is None


def test_names_are_shown_as_one_would_type_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ws").mkdir()
    monkeypatch.chdir(tmp_path)
    assert Path(Files(None).shown(tmp_path / "ws" / "people.csv")) == Path("ws/people.csv")
    monkeypatch.chdir(tmp_path / "ws")
    assert Path(Files(None).shown(tmp_path / "people.csv")) == Path("../people.csv")


def test_each_file_read_leaves_its_digest(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"name\n")
    files = Files(tmp_path)
    assert files.read(tmp_path / "a.csv") == (b"name\n", ())
    assert files.digests == {"a.csv": hashlib.sha256(b"name\n").hexdigest()}


def test_problems_are_sorted_and_said_once() -> None:
    a, b = Problem(Place("b", 2), "x"), Problem(Place("b", 1), "y")
    c = Problem(Place("a", 9), "z")
    assert in_order([a, b, a, c], first="a") == (c, b, a)
