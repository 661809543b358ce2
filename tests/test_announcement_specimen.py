"""The sample year finds a mistake in any announcement."""

import pytest
from announced_year import YEAR_INPUTS

from csweek.bundled import bundled
from csweek.folder import template
from csweek.render.announcements.specimen import tried

TEMPLATES = {f"announcements/{path.name}" for path in (bundled("templates") / "announcements").glob("*.md")}


def broken(name: str) -> bytes | None:
    return b"{{ nix }}" if name in TEMPLATES - {"announcements/parts.md"} else template(name)


def test_what_comes_with_csweek_has_no_mistake() -> None:
    assert list(tried(YEAR_INPUTS, template, ("html",), 2027)) == []


@pytest.mark.parametrize("year", [2026, 2029])
def test_every_template_is_tried(year: int) -> None:
    found = {one.place.file for one in tried(YEAR_INPUTS, broken, ("txt",), year) if one.place}
    assert found == {f"templates/{name}" for name in TEMPLATES - {"announcements/parts.md"}}
