"""Every announcement in every language as text, and every channel in one: pytest --renew-golden -n0."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from announced import TEXTS, announced, room_of
from announced_year import DAY, DAYS, EARLIER, TALK, YEAR_INPUTS, YEAR_PLAN
from msgspec.structs import replace

from csweek.render.announcements.kinds import KINDS, Ask
from csweek.render.announcements.newsroom import Newsroom

GOLDEN = Path(__file__).parent / "golden" / "announcements"
LOCALES = ("en", "sv", "ko", "bs")
SHOWN = ("weekly", "you-said", "form", "funding")
"""Between them they have every kind of block."""


def room(locale: str = "en") -> Newsroom:
    """An organisation with this language."""
    inputs = replace(YEAR_INPUTS, settings=replace(YEAR_INPUTS.settings, locale=locale))
    return room_of(YEAR_PLAN, inputs, DAY, earlier=EARLIER)


def ask(kind: str) -> Ask:
    return Ask(DAYS.get(kind, DAY), event=TALK if kind == "invitation" else None)


def texts(locale: str) -> Iterator[str]:
    """Every announcement in a language, the first of its kind."""
    for kind in KINDS:
        wanted = ask(kind)._replace(locale=locale)
        teams = wanted._replace(event=YEAR_PLAN.events[0], teams=("Support",)) if kind == "event" else wanted
        yield f"=== {kind}\n\n{next(iter(announced(room(locale), kind, teams).values()))}"


def channels() -> Iterator[tuple[str, str]]:
    for kind in SHOWN:
        for name, text in announced(room(), kind, ask(kind), TEXTS).items():
            if name.startswith("private/") or "-en." in name:
                yield f"{kind}.{name.partition('.')[2]}", text


def outputs() -> dict[str, str]:
    return {**{f"{locale}.txt": "\n".join(texts(locale)) for locale in LOCALES}, **dict(channels())}


def test_every_announcement_is_as_it_was_read(request: pytest.FixtureRequest) -> None:
    made = outputs()
    if request.config.getoption("--renew-golden"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        for path in GOLDEN.glob("*[!g]"):
            path.unlink()
        for name, text in made.items():
            (GOLDEN / name).write_bytes(text.encode())
    assert {path.name for path in GOLDEN.iterdir() if path.suffix != ".png"} == set(made)
    for name, text in made.items():
        assert (GOLDEN / name).read_bytes().decode() == text, name


def test_every_kind_is_there_in_every_language() -> None:
    for locale in LOCALES:
        assert (GOLDEN / f"{locale}.txt").read_text(encoding="utf-8").count("=== ") == len(KINDS)
