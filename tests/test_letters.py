import io

import pikepdf
import pypdfium2
import pytest
from test_pdf import ABOUT

from csweek.render.paper import fonts, pdf
from csweek.render.paper.letters import readable


def printed(text: str, lang: str) -> bytes:
    html = f"<p lang='{lang}' style=\"font-family:{fonts.stack(fonts.SANS, lang)}\">{text}</p>"
    return pdf.write_pdf([html], ABOUT, lambda _: None)


def read(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "".join(page.get_textpage().get_text_range().replace("\r\n", "") for page in document)


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        ("zh", "王小明"),
        ("zh", "高大山"),
        ("zh-TW", "石青龍"),
        ("ja", "高橋一郎"),
        ("ja", "亀田 金子"),
        ("ko", "金大中"),
        ("sv", "Åsa 方水木"),
    ],
)
def test_ideographs_are_read_as_they_were_written(lang: str, name: str) -> None:
    assert read(printed(name, lang)) == name


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "number"), [("ja", 0), ("ko", 1), ("zh", 2), ("zh-TW", 3)])
def test_every_ideograph_that_looks_like_a_radical_is_read_as_it_was_written(lang: str, number: int) -> None:
    find = fonts.regions()[number]
    others = {find(code) for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))} - {0}
    alike = [chr(code) for code in range(0x4E00, 0xA000) if find(code) in others]
    assert len(alike) > 200
    lines = ["".join(alike[at : at + 30]) for at in range(0, len(alike), 30)]
    found = read(printed("<br>".join(lines), lang))
    assert [(one, seen) for one, seen in zip(alike, found, strict=True) if one != seen] == []


def test_the_same_input_gives_the_same_bytes_and_without_ideographs_nothing_is_changed() -> None:
    assert printed("王小明", "zh") == printed("王小明", "zh")
    assert readable(b"whatever", "Åsa 김서연 Наталья") == b"whatever"


def test_a_document_of_several_parts_can_be_read_whole() -> None:
    parts = (f"<p style='font-family:\"{fonts.CJK} JP\"'>{name}</p>" for name in ("小山", "Åsa", "高木"))
    data = pdf.write_pdf(parts, ABOUT, lambda _: None)
    assert read(data) == "小山Åsa高木"
    with pikepdf.open(io.BytesIO(data)) as document:
        assert str(document.docinfo.Title) == ABOUT.title
