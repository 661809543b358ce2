# ruff: noqa: INP001 - a script beside the docs, no package
"""Makes docs/images/*.png from the sample organisation: the year on a terminal, cards, announcements, themes.

For maintainers: run it after a change of the screens, the cards or the sample, look at the pictures,
and commit them. Needs PlutoPrint, `pip install pypdfium2 pillow`, Chromium, and the fonts DejaVu Sans Mono,
Liberation and Noto CJK.

    python docs/pictures.py [year.png …]

The picture of the year carries its text, by which tests/test_docs.py sees when it is out of date.
"""

import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import plutoprint
import pypdfium2
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

IMAGES = Path(__file__).parent / "images"
LARGEST = 300_000
TEXT = "Shown"
"""The name under which a picture keeps its text."""
PLANNED, SHOWN = "2026-11-20", "2027-05-12"
"""The days on which the sample year is planned, and shown."""
CARDS = {"zoe.mcallister": "2027-01-20", "haeun.jeong": "2027-01-22"}
"""Whose next card is shown, from when on: shortly after their story was told."""
NOTED = "2027-01-18"
"""The day on which announcements are made."""
CARD = (105, 142.5)
"""Width and height of a card in mm, four on A4."""
ROOM = 4
"""Around the cards, in mm."""
HIGH = 880
"""Height of pages of announcements, in pixels."""
MM = 72 / 25.4
SCALE = 2.2
ADVANCE = 1233 / 2048
"""How wide a letter of DejaVu Sans Mono is, in parts of its size."""
FONT = 10
BLOCKS = " ▁▂▃▄▅▆▇█"

COLOURS = {
    "1": "font-weight:bold",
    "2": "color:#8b949e",
    "31": "color:#ff7b72",
    "32": "color:#7ee787",
    "35": "color:#d2a8ff",
    "36": "color:#76e3ea",
}
OURS = """organisation: Sample Care
theme: service-as-a-power
form: https://forms.example/week
"""
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" width="120" height="48" viewBox="0 0 120 48">
<circle cx="24" cy="24" r="22" fill="#0b7285"/><path d="M54 12h66v8H54zM54 28h44v8H54z" fill="#083b45"/>
</svg>"""
FACE = """<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100" viewBox="0 0 100 100">
<path d="M0 0h100v100H0z" fill="#cfe3e4"/><circle cx="50" cy="42" r="19" fill="#0b7285"/>
<path d="M10 100c3-26 20-36 40-36s37 10 40 36z" fill="#083b45"/></svg>"""
ROWS = """called,from,sender's title,text,by,photo
Sample,Sample Sender,Head of service,Stayed on the line until the tow truck came.,a customer,face.svg
"""
TERMINAL = """<style>
@page {{ size: {width}pt {height}pt; margin: 0 }}
body {{ margin: 0; background: #14191f; color: #e6edf3 }}
pre {{ margin: 0; padding: 16pt 20pt; font: {font}pt/12.5pt "DejaVu Sans Mono", monospace }}
i {{ display: inline-block; background: currentColor; vertical-align: -0.236em }}
</style><pre>{text}</pre>"""


def csweek(folder: Path, *words: str, **environment: str) -> str:
    """Run csweek in a folder and return what it prints."""
    known = os.environ | {"SOURCE_DATE_EPOCH": "1796083200", "COLUMNS": "80"} | environment
    done = subprocess.run(  # noqa: S603 - this very Python with words of ours
        [sys.executable, "-m", "csweek", *words], cwd=folder, env=known, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode()


def spans(text: str) -> Iterator[str]:
    """Yield the HTML of a text with the colour codes of a terminal."""
    for part in re.split(r"(?=\x1b\[)", text):
        codes, words = re.match(r"(?:\x1b\[([\d;]*)m)?(.*)", part, re.DOTALL).groups()  # type: ignore[union-attr]
        style = ";".join(COLOURS[code] for code in (codes or "").split(";") if code in COLOURS)
        drawn = re.sub(f"([{BLOCKS[1:]}])\\1*", bar, html.escape(words))
        yield f'<span style="{style}">{drawn}</span>'


def bar(found: re.Match[str]) -> str:
    """Return blocks as one box: as letters they would show seams."""
    width, height = len(found[0]) * ADVANCE, BLOCKS.index(found[1]) / 8
    return f'<i style="width:{width:.4f}em;height:{height:.4f}em"></i>'


def terminal(text: str) -> Image.Image:
    """Return a text as it looks on a terminal."""
    lines = re.sub(r"\x1b\[[\d;]*m", "", text).rstrip().split("\n")
    width, height = FONT * ADVANCE * max(map(len, lines)), 12.5 * len(lines)
    size = {"width": 40 + width, "height": 32 + height, "font": FONT}
    book = plutoprint.Book()
    book.load_html(TERMINAL.format(text="".join(spans(text.rstrip())), **size))
    with tempfile.NamedTemporaryFile(suffix=".pdf") as made:
        book.write_to_pdf(made.name)
        return page(Path(made.name))


def page(file: Path) -> Image.Image:
    """Return the first page of a PDF."""
    with pypdfium2.PdfDocument(file) as document:
        picture: Image.Image = document[0].render(scale=SCALE).to_pil()
        return picture


def card(folder: Path, person: str, today: str) -> Image.Image:
    """Return the first card of somebody's sheet, with a thin edge."""
    csweek(folder, "cards", "--person", person, "--sheet", "a4-4up", "--today", today, "--out", person)
    return first_card(folder / person)


def first_card(folder: Path) -> Image.Image:
    """Return the first of four cards of the sheet in a folder, with a thin edge."""
    sheet = page(next(one for one in folder.rglob("*.pdf") if "cover" not in one.name))
    width, height = (round(side * MM * SCALE) for side in CARD)
    inside = round(MM * SCALE)
    cut = sheet.crop((0, 0, width, height)).crop((inside, inside, width - inside, height - inside))
    return ImageOps.expand(cut, 2, "#d0d7de")


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures beside each other on white."""
    room = round(ROOM * MM * SCALE)
    width = sum(one.width + room for one in pictures) + room
    whole = Image.new("RGB", (width, max(one.height for one in pictures) + 2 * room), "white")
    left = room
    for one in pictures:
        whole.paste(one, (left, room))
        left += one.width + room
    return whole


def designs(folder: Path) -> Image.Image:
    """Return the contact sheet without the white below."""
    csweek(folder, "cards", "--contact-sheet", "--today", SHOWN, "--out", "designs")
    return trimmed(page(next((folder / "designs").rglob("*.pdf"))))


def looks(scratch: Path) -> Image.Image:
    """Return a blank card in the look of every theme, five in a row."""
    listed = json.loads(csweek(scratch, "theme", "list", "--json"))
    return in_rows([front(scratch, theme["id"]) for theme in listed if theme["id"] != "base"], 5)


def personal(scratch: Path) -> Image.Image:
    """Return a certificate with a face and an invitation with a code, both with a logo."""
    folder = scratch / "personal"
    folder.mkdir()
    (folder / "csweek.yaml").write_text(OURS, encoding="utf-8")
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    (folder / "face.svg").write_text(FACE, encoding="utf-8")
    (folder / "rows.csv").write_text(ROWS, encoding="utf-8")
    found = []
    for design in ("hero", "skip-level"):
        words = ("cards", "--data", "rows.csv", "--card", design, "--two-sided", "long-edge")
        csweek(folder, *words, "--sheet", "a4-1up", "--today", SHOWN, "--out", design)
        whole = page(next(one for one in (folder / design).rglob("*.pdf") if "cover" not in one.name))
        found.append(whole.resize((whole.width // 2, whole.height // 2), Image.Resampling.LANCZOS))
    return side_by_side([ImageOps.expand(one, 2, "#d0d7de") for one in found])


def front(scratch: Path, theme: str) -> Image.Image:
    """Return the blank card of a theme."""
    folder = scratch / f"look-{theme}"
    folder.mkdir()
    (folder / "csweek.yaml").write_text(f"theme: {theme}\n", encoding="utf-8")
    csweek(folder, "cards", "--blank", "1", "--card", "blank", "--sheet", "a4-4up", "--out", "out")
    whole = first_card(folder / "out")
    return whole.resize((whole.width // 2, whole.height // 2), Image.Resampling.LANCZOS)


def announcements(folder: Path) -> Image.Image:
    """Return a week in Swedish in a browser, the form in Korean on a telephone at night, and a poster."""
    note = announced(folder, "html", "weekly", "--locale", "sv")
    form = announced(folder, "html", "form", "--locale", "ko")
    poster = page(announced(folder, "pdf", "kickoff", "--locale", "en"))
    poster = poster.resize((round(HIGH * poster.width / poster.height), HIGH), Image.Resampling.LANCZOS)
    shown = [browser(note, 660), browser(form, 360, dark=True), ImageOps.expand(poster, 2, "#d0d7de")]
    return side_by_side(shown)


def announced(folder: Path, channel: str, *words: str) -> Path:
    """Return the one file that an announcement is made as."""
    out = folder / "announced" / "-".join(words)
    csweek(folder, "announce", *words, "--channel", channel, "--today", NOTED, "--out", str(out))
    return next(one for one in out.rglob("*") if one.is_file())


def browser(file: Path, width: int, *, dark: bool = False) -> Image.Image:
    """Return a page as a browser shows it, by day or by night."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or sys.exit("needs Chromium")
    night = ("--force-dark-mode", "--blink-settings=preferredColorScheme=0") if dark else ()
    picture = file.with_suffix(".png")
    subprocess.run(  # noqa: S603 - a page of ours
        [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *night,
         f"--window-size={width},{HIGH}", f"--screenshot={picture}", file.as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip
    with Image.open(picture) as found:
        return found.convert("RGB")


def trimmed(picture: Image.Image) -> Image.Image:
    """Return a picture without the white around it, but for a little."""
    left, top, right, bottom = ImageOps.invert(picture.convert("L")).getbbox() or (0, 0, *picture.size)
    return picture.crop((left - 12, top - 12, right + 12, bottom + 12))


def in_rows(pictures: list[Image.Image], across: int) -> Image.Image:
    """Return pictures in rows of so many."""
    rows = [side_by_side(pictures[at : at + across]) for at in range(0, len(pictures), across)]
    whole = Image.new("RGB", (rows[0].width, sum(row.height for row in rows)), "white")
    for number, row in enumerate(rows):
        whole.paste(row, (0, number * rows[0].height))
    return whole


def save(picture: Image.Image, name: str, text: str = "") -> None:
    """Write a picture with few colours, and the text that it shows, and say how large it came out."""
    path, about = IMAGES / name, PngInfo()
    if text:
        about.add_itxt(TEXT, text)
    picture.convert("RGB").quantize(128).save(path, optimize=True, pnginfo=about)
    size = path.stat().st_size
    print(f"{path} {size:,} bytes")  # noqa: T201 - what a script is for
    if size > LARGEST:
        sys.exit(f"{name} is larger than {LARGEST:,} bytes")


def year(folder: Path) -> tuple[Image.Image, str]:
    """Return the year on a terminal, and its text."""
    seen = csweek(folder, "show", "--today", SHOWN, FORCE_COLOR="1")
    return terminal(seen), re.sub(r"\x1b\[[\d;]*m", "", seen)


def main(wanted: list[str]) -> None:
    """Make the pictures that are wanted, or all."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        csweek(root, "demo", "sample", "--today", PLANNED)
        sample = root / "sample"
        pictures: dict[str, Callable[[], tuple[Image.Image, str]]] = {
            "year.png": lambda: year(sample),
            "designs.png": lambda: (designs(sample), ""),
            "looks.png": lambda: (looks(root), ""),
            "personal.png": lambda: (personal(root), ""),
            "announcements.png": lambda: (announcements(sample), ""),
            "card.png": lambda: (side_by_side([card(sample, *one) for one in CARDS.items()]), ""),
        }
        for name in wanted or pictures:
            picture, text = pictures[name]()
            save(picture, name, text)


if __name__ == "__main__":
    main(sys.argv[1:])
