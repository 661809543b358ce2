import pkgutil
import subprocess
import sys
from datetime import date

import holidays
import pytest

from csweek.countries import PARTS, code, country_holidays, known, likely

LOADED = "import sys; print(sum(1 for name in sys.modules if name.startswith('holidays.countries.')))"
HERE = "from csweek.countries import country_holidays as of; of('SE'); of('CA', subdiv='ON'); of('AX'); "


def test_only_the_countries_asked_for_are_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", HERE + LOADED], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 10


def test_who_imports_them_all_gets_them_all() -> None:
    there = "import holidays.countries as them; assert them.Norway.country == 'NO'; "
    done = subprocess.run(
        [sys.executable, "-c", HERE + there + LOADED], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 200


@pytest.mark.parametrize("country", ["SE", "KR", "BA", "CA", "US", "AX", "GB", "HK"])
def test_they_have_their_holidays(country: str) -> None:
    assert date(2027, 1, 1) in country_holidays(country, years=[2027])


def test_every_country_is_found() -> None:
    names = [module.name for module in pkgutil.iter_modules([f"{holidays.__path__[0]}/countries"])]
    codes = holidays.utils.list_supported_countries(include_aliases=False)
    assert len(names) >= len(codes) > 200
    assert all(country_holidays(code).country == code for code in codes)


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("SE", "SE"),
        ("se", "SE"),
        ("Sweden", "SE"),
        ("sverige", "SE"),
        ("대한민국", "KR"),
        ("Bosna", "BA"),
        ("한국", "KR"),
        ("UK", "GB"),
        ("Wales", "GB"),
        ("Kosovo", "XK"),
        ("X", None),
    ],
)
def test_a_country_is_known_by_letters_or_name(text: str, two: str | None) -> None:
    assert code(text) == two


def test_one_that_is_nearly_written_is_guessed() -> None:
    assert (likely("Sverge"), likely("Bosna i Hercegvina")) == ("SE", "BA")
    assert (likely("Untied States"), likely("bosnia"), likely("Narnia"), likely("QQ")) == (
        "US",
        "BA",
        None,
        None,
    )


def test_the_parts_are_parts() -> None:
    assert set(PARTS.values()) <= set(country_holidays("GB").subdivisions)
    assert {"SE", "KR", "BA", "CA", "GB"} <= known()
