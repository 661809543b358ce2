"""Writes small workspaces and reads them, for the tests of the reader."""

from collections.abc import Mapping
from pathlib import Path

from csweek.model.people import Person
from csweek.read.workspace import Reading, read

SITES = """
sites:
  stockholm: {country: SE, timezone: Europe/Stockholm, locale: sv}
  seoul: {country: KR, timezone: Asia/Seoul, locale: ko, tags: [phones]}
"""
YAML = f"theme: plain\npeople: people.csv\n{SITES}"


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write the files, text as UTF-8, and return the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def reading(folder: Path, files: Mapping[str, str | bytes]) -> Reading:
    """Read a workspace of these files, with two sites where no csweek.yaml is given."""
    return read(write(folder, {"themes/plain.yaml": "name: Plain\n", "csweek.yaml": YAML, **files}))


def people(folder: Path, csv: str, yaml: str = YAML) -> dict[str, Person]:
    """Read people from a CSV that must be right, by id."""
    found = reading(folder, {"csweek.yaml": yaml, "people.csv": csv})
    assert found.inputs, "\n".join(map(str, found.problems))
    return dict(found.inputs.people.persons)


def messages(found: Reading) -> list[str]:
    """Return the problems without their files, as ``line: message``."""
    return [f"{p.place.line if p.place else 0}: {p.message}" for p in found.problems]
