import io
import os
import subprocess
import sys
from datetime import UTC, datetime

import pikepdf
import pytest

from csweek.errors import OutputError
from csweek.folder import template
from csweek.render.paper import pdf

ABOUT = pdf.About("Kort för vecka 4", "Nordic Care", "sv", datetime(2027, 1, 4, 8, 30, tzinfo=UTC))
HELLO = "<style>@page{size:100mm 50mm;margin:0}</style><p style='font-family:Caveat'>Åsa</p>"
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z" fill="red"/></svg>'


def made(html: str = HELLO) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf.write_pdf([html], ABOUT, template)))


def test_a_document_says_what_it_is_and_prints_at_its_own_size() -> None:
    document = made()
    assert str(document.docinfo.Title) == "Kort för vecka 4"
    assert str(document.docinfo.Author) == "Nordic Care"
    assert str(document.docinfo.CreationDate) == str(document.docinfo.ModDate) == "D:20270104083000Z"
    assert str(document.Root.Lang) == "sv"
    assert document.Root.ViewerPreferences.PrintScaling == "/None"
    box = [float(side) * 25.4 / 72 for side in document.pages[0].MediaBox]
    assert box == pytest.approx([0, 0, 100, 50], abs=0.01)


def test_only_packaged_fonts_are_used_and_all_are_embedded() -> None:
    document = made("<p style='font-family:Arial'>Åsa 김서연</p><p style='font-family:serif'>Åsa</p>")
    fonts = [font for _, font in document.pages[0].Resources.Font.items()]
    names = {str(font.BaseFont).partition("+")[2] for font in fonts}
    assert len(names) > 1
    assert all(name.startswith(("FiraSans", "Caveat", "NotoSansCJK")) for name in names)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert pdf.write_pdf([HELLO], ABOUT, template) == pdf.write_pdf([HELLO], ABOUT, template)


@pytest.mark.slow
def test_another_process_with_other_fonts_set_gives_the_same_bytes() -> None:
    program = (
        "import sys, test_pdf; from csweek.render.paper import pdf;"
        "sys.stdout.buffer.write(pdf.write_pdf([test_pdf.HELLO], test_pdf.ABOUT, lambda _: None))"
    )
    strange = {
        "FONTCONFIG_FILE": "/etc/fonts/fonts.conf",
        "FONTCONFIG_SYSROOT": "/nowhere",
        "LANG": "ja_JP.UTF-8",
    }
    path = {"PYTHONPATH": os.path.dirname(__file__)}  # noqa: PTH120 - a plain text for the environment
    done = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | strange | path, capture_output=True, check=True
    )
    assert done.stdout == pdf.write_pdf([HELLO], ABOUT, template)


@pytest.mark.parametrize(
    "asked",
    ["http://pictures.example/x.png", "file:///etc/passwd", "/etc/passwd", "../../x.png", "cards/gone.png"],
)
def test_what_is_neither_bundled_nor_in_the_workspace_is_refused_by_name(asked: str) -> None:
    with pytest.raises(OutputError, match="asks for") as caught:
        pdf.write_pdf([f"<img src='{asked}'>"], ABOUT, lambda _: None)
    assert asked.strip("./").rpartition("/")[2] in str(caught.value)


def test_no_file_outside_is_asked_for() -> None:
    asked: list[str] = []

    def reader(name: str) -> bytes | None:
        asked.append(name)
        return LOGO

    html = "<img src='cards/logo.svg'><img src='file:///etc/hosts'><link rel='stylesheet' href='http://x.example/a'>"
    with pytest.raises(OutputError):
        pdf.write_pdf([html], ABOUT, reader)
    assert set(asked) == {"cards/logo.svg"}


def test_a_picture_from_the_workspace_is_printed() -> None:
    data = pdf.write_pdf(["<img src='cards/logo.svg'>"], ABOUT, {"cards/logo.svg": LOGO}.get)
    with pikepdf.open(io.BytesIO(data)) as document:
        assert b"1 0 0 rg" in document.pages[0].Contents.read_bytes()


def test_several_documents_become_one_in_their_order() -> None:
    parts = [HELLO, HELLO.replace("100mm 50mm", "60mm 40mm")]
    with pikepdf.open(io.BytesIO(pdf.write_pdf(parts, ABOUT, template))) as document:
        widths = [float(page.MediaBox[2]) * 25.4 / 72 for page in document.pages]
    assert widths == pytest.approx([100, 60], abs=0.01)
