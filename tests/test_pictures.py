import io
import xml.etree.ElementTree as ET
import zlib

import pytest
from PIL import Image

from csweek.errors import CsweekError
from csweek.render.paper.pictures import ENOUGH, Pictures, embedded, prepared, qr

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


def photo(size: tuple[int, int] = (40, 30), kind: str = "PNG", **options: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "#083b45").save(made, kind, **options)
    return made.getvalue()


def giant() -> bytes:
    """A PNG whose header says 20,000 x 20,000 pixels."""
    data = bytearray(photo())
    data[16:24] = (20_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


ENTITIES = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.svg", SVG), ("a.png", photo()), ("a.jpg", photo(kind="JPEG")), ("A.JPEG", photo(kind="JPEG"))],
)
def test_pictures_of_three_kinds_are_taken_as_they_are(name: str, data: bytes) -> None:
    assert prepared(f"files/{name}", data) == data


def test_what_paper_does_not_show_is_left_out() -> None:
    made = Image.open(io.BytesIO(prepared("files/a.jpg", photo((4000, 3000), "JPEG"))))
    assert made.size == (ENOUGH, ENOUGH * 3 // 4)


def test_a_photo_that_lies_on_its_side_is_turned() -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    made = Image.open(io.BytesIO(prepared("files/a.jpg", photo(kind="JPEG", exif=exif))))
    assert made.size == (30, 40)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("logo.svg", None, "logo.svg: error: the picture logo.svg is not there"),
        ("logo.png", photo()[:40], "the picture logo.png is broken"),
        ("logo.png", b"", "the picture logo.png is broken"),
        ("logo.png", giant(), "is 20,000 x 20,000 pixels, too large to print"),
        ("logo.png", photo(kind="GIF"), "is no PNG or JPEG inside"),
        ("logo.gif", photo(kind="GIF"), "is no picture that can be printed"),
        ("logo.svg", b"<p>hello</p>", "is not an SVG drawing"),
        ("logo.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "is not an SVG drawing"),
        ("logo.svg", ENTITIES.encode("utf-16"), "is not an SVG drawing"),
        (
            "logo.svg",
            SVG.replace(b"<path", b"<g>" * 9999 + b"<path").replace(b"</svg>", b"</g>" * 9999 + b"</svg>"),
            "is not an SVG drawing",
        ),
    ],
)
def test_a_picture_that_cannot_be_printed_is_told(name: str, data: bytes | None, told: str) -> None:
    with pytest.raises(CsweekError) as caught:
        prepared(f"files/{name}", data)
    assert told in str(caught.value)


def test_a_picture_is_looked_at_once_and_told_once() -> None:
    asked: list[str] = []

    def reader(name: str) -> bytes | None:
        asked.append(name)
        return {"files/logo.png": photo(), "files/p/a.jpg": photo(kind="JPEG")}.get(name)

    pictures = Pictures(reader)
    assert 'src="files/logo.png"' in pictures.logo()
    assert [pictures.show("p/a.jpg") for _ in range(3)] == [
        '<img class="picture" src="files/p/a.jpg" alt="">'
    ] * 3
    assert (pictures.show("gone.png"), pictures.show("gone.png"), pictures.show("")) == ("", "", "")
    assert len(pictures.problems) == 1
    assert asked.count("files/p/a.jpg") == asked.count("files/gone.png") == 1


def test_html_holds_its_pictures_itself() -> None:
    pictures = Pictures({"files/a b.svg": SVG}.get)
    html = embedded(f"{pictures.show('a b.svg')}<image href=\"files/a b.svg\"/><a href='x'>", pictures)
    assert html.count("data:image/svg+xml;base64,PHN2Zy") == 2
    assert "files/" not in html


def test_photos_are_forgotten_and_the_logo_is_not() -> None:
    asked: list[str] = []

    def reader(name: str) -> bytes | None:
        asked.append(name)
        return SVG if name.endswith(".svg") else None

    pictures = Pictures(reader)
    pictures.logo()
    pictures.show("a.svg")
    pictures.forget()
    asked.clear()
    assert (pictures.read("files/logo.svg"), pictures.read("files/a.svg")) == (SVG, SVG)
    assert asked == ["files/a.svg"]


def test_a_link_becomes_a_square_drawing() -> None:
    drawn = ET.fromstring(qr("https://nordic-care.example/thanks?to=åsa"))  # noqa: S314 - our own
    width, height = drawn.attrib["viewBox"].split()[2:]
    assert width == height
    assert qr("") == ""
