"""Every announcement in every language as text, and every channel in one: pytest --renew-golden -n0."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from announced import TEXTS, announced, room_of
from announced_year import DAY, DAYS, EARLIER, TALK, YEAR_INPUTS, YEAR_PLAN

from csweek.render.announcements.kinds import KINDS, Ask
from csweek.render.announcements.newsroom import Newsroom

GOLDEN = Path(__file__).parent / "golden" / "announcements"
LOCALES = ("en", "sv", "ko", "bs")
SHOWN = ("weekly", "you-said", "form", "funding")
"""Between them they have every kind of block."""


def room() -> Newsroom:
    return room_of(YEAR_PLAN, YEAR_INPUTS, DAY, earlier=EARLIER)


def ask(kind: str) -> Ask:
    return Ask(DAYS.get(kind, DAY), event=TALK if kind == "invitation" else None)


def texts(locale: str) -> Iterator[str]:
    """Every announcement in a language, the private ones as if all read that language."""
    newsroom = room()
    newsroom._voices.update(dict.fromkeys((*LOCALES,), newsroom.voice(locale)))  # noqa: SLF001 - one voice for all
    for kind in KINDS:
        wanted = ask(kind)._replace(event=YEAR_PLAN.events[0]) if kind == "event" else ask(kind)
        teams = wanted._replace(teams=("Support",)) if kind == "event" else wanted
        made = announced(newsroom, kind, teams)
        shown = [
            text for name, text in made.items() if not name.startswith("share/") or f"-{locale}." in name
        ]
        yield from (f"=== {kind}\n\n{text}" for text in (shown or list(made.values()))[:1])


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
        assert (GOLDEN / f"{locale}.txt").read_text(encoding="utf-8").count("=== ") == len(KINDS) - 2
