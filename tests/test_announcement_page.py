"""The page of an announcement as a browser shows it; the picture that was looked at is kept."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

GOLDEN = Path(__file__).parent / "golden" / "announcements"
PICTURE = GOLDEN / "page.png"
BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
HIGH = 1000
SMALL = (90, 250)
"""What pictures are made down to before they are compared: fonts differ between machines, layout does not."""
ALIKE = 14.0
"""Largest mean difference of grey, of 255."""
DARK = ("--force-dark-mode", "--blink-settings=preferredColorScheme=0")


def shown(folder: Path, width: int, *, dark: bool) -> Image.Image:
    """Take a picture of the weekly note."""
    if BROWSER is None:
        assert os.environ.get("CSWEEK_PROGRAMS") != "required", "Chromium is missing"
        pytest.skip("needs Chromium")
    picture = folder / f"{width}-{dark}.png"
    subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *(DARK if dark else ()),
         f"--window-size={width},{HIGH}", f"--screenshot={picture}", (GOLDEN / "weekly.html").as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with Image.open(picture) as found:
        return found.convert("RGB")


def grey(picture: Image.Image, x: int, y: int) -> int:
    return int(picture.convert("L").getpixel((x, y)))  # type: ignore[arg-type]


@pytest.mark.slow
def test_it_looks_as_it_did_when_it_was_looked_at(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    pair = Image.new("RGB", (720, HIGH))
    for place, dark in ((0, False), (360, True)):
        pair.paste(shown(tmp_path, 360, dark=dark), (place, 0))
    if request.config.getoption("--renew-golden"):
        pair.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(PICTURE, optimize=True)
    with Image.open(PICTURE) as kept:
        before = kept.convert("L").resize(SMALL)
    difference = ImageChops.difference(before, pair.convert("L").resize(SMALL))
    assert ImageStat.Stat(difference).mean[0] < ALIKE


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 800])
def test_it_follows_the_readers_light_and_fits_the_window(width: int, tmp_path: Path) -> None:
    light, dark = (shown(tmp_path, width, dark=dark) for dark in (False, True))
    assert light.size == dark.size == (width, HIGH)
    assert grey(light, width // 2, HIGH - 5) > 200
    assert grey(dark, width // 2, HIGH - 5) < 60
    edges = {light.getpixel((x, HIGH // 4)) for x in (width - 1, width - 2)}
    assert len(edges) == 1
