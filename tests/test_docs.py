"""The docs say what the program does: commands, options, exit codes, examples, links."""

import re
import shlex
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import xlsxwriter
from cli import Made, call
from PIL import Image

from csweek.cli.group import Stub, csweek
from csweek.errors import CsweekError, Problem
from csweek.read.checks import check_file
from csweek.read.theme import read_theme
from csweek.read.workspace import read

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
COMMANDS = (DOCS / "commands.md").read_text(encoding="utf-8")
SETUP = (
    "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/csweek demo",
    "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest",
)
LARGEST_PICTURE = 300_000


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# --- commands ------------------------------------------------------------------------------------


def loaded(command: click.Command) -> click.Command:
    return command.load() if isinstance(command, Stub) else command


def tree(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield a command and all below it, each with the words that call it."""
    command = loaded(command)
    yield path, command
    for name, one in command.commands.items() if isinstance(command, click.Group) else ():
        yield from tree(one, (*path, name))


TREE = dict(tree(csweek, ("csweek",)))


def section(command: str) -> str:
    """Return what docs/commands.md says of a top-level command."""
    found = re.search(rf"^## csweek {command}\n(.*?)(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL)
    assert found, f"docs/commands.md has no section 'csweek {command}'"
    return found[1]


def options(command: click.Command) -> Iterator[str]:
    for param in command.params:
        if isinstance(param, click.Option):
            yield max(param.opts, key=len)


@pytest.mark.parametrize("path", [path for path in TREE if len(path) > 1], ids=" ".join)
def test_every_command_and_option_is_in_the_reference(path: tuple[str, ...]) -> None:
    said = section(path[1])
    assert " ".join(path) in said
    assert [option for option in options(TREE[path]) if f"`{option}" not in said] == []


def test_no_option_is_described_that_there_is_not() -> None:
    known = {option for command in TREE.values() for param in command.params for option in param.opts}
    named = set(re.findall(r"`(--?[a-zA-Z][\w-]*)", COMMANDS))
    assert named - known == {"--help"}


def test_options_of_the_program_itself_are_in_the_reference() -> None:
    assert [option for option in options(csweek) if f"`{option}" not in COMMANDS] == []


def descendants(kind: type[CsweekError]) -> Iterator[type[CsweekError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from descendants(below)


def test_every_exit_code_is_in_the_table() -> None:
    codes = {kind.exit_code for kind in descendants(CsweekError)} | {0, 130}
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", COMMANDS, re.MULTILINE)} == codes


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def packages(requirements: list[str]) -> list[str]:
    return [re.split(r"[<>=;\[ ]", one)[0].lower() for one in requirements]


def test_every_dependency_has_its_reason() -> None:
    said = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").lower()
    wanted = packages(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"])
    assert [one for one in wanted if one not in said] == []


def test_every_dependency_is_locked_with_hashes_and_without_addresses() -> None:
    lock = (DOCS / "requirements.lock").read_text(encoding="utf-8")
    locked = re.findall(r"^([\w.-]+)==.*\\\n    --hash=sha256:", lock, re.MULTILINE)
    assert [one for one in packages(PROJECT["dependencies"]) if one not in locked] == []
    assert "://" not in lock


# --- examples ------------------------------------------------------------------------------------

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CALL = re.compile(r"(?:\S*[/\\])?csweek(?: |$)")


def blocks(page: Path, language: str) -> list[str]:
    return [body for kind, body in FENCE.findall(page.read_text(encoding="utf-8")) if kind == language]


def calls(page: Path) -> Iterator[str]:
    """Yield every line of an example, and every text in backquotes, that calls csweek."""
    text = page.read_text(encoding="utf-8")
    prose = FENCE.sub("", text)
    lines = [line for body in blocks(page, "sh") for line in body.splitlines()]
    lines += [line[4:] for line in prose.splitlines() if line.startswith("    ")]
    lines += re.findall(r"`([^`\n]+)`", prose)
    for line in lines:
        for part in re.split(r"&&|;|\| ", line):
            if CALL.match(part.strip()):
                yield part.strip()


CALLS = {name(page): sorted(set(calls(page))) for page in PAGES}


def amiss(call: str) -> Iterator[str]:
    """Yield what an example names that there is not."""
    words = [word.strip("[]") for word in shlex.split(call.partition(">")[0])[1:]]
    command: click.Command = csweek
    while True:
        context = click.Context(command, info_name=command.name)
        try:
            given, rest, _ = command.make_parser(context).parse_args(list(words))
        except click.UsageError as error:
            yield error.format_message()
            return
        if not isinstance(command, click.Group) or not rest or rest[0].isupper():
            break
        called, below, words = command.resolve_command(context, rest)
        assert below is not None, called
        command = loaded(below)
    for param in command.params:
        value = given.get(param.name or "")
        if isinstance(param.type, click.Choice) and isinstance(value, str) and not value.isupper():
            yield from {value} - {*param.type.choices}


@pytest.mark.parametrize("page", [page for page, some in CALLS.items() if some])
def test_examples_name_real_commands_and_options(page: str) -> None:
    assert {call: found for call in CALLS[page] if (found := list(amiss(call)))} == {}


def test_there_are_examples_on_every_page_for_organisers() -> None:
    wanted = {"README.md", "docs/tutorial.md", "docs/commands.md", "docs/themes.md", "docs/workspace.md"}
    assert wanted <= {page for page, some in CALLS.items() if some}


@pytest.mark.parametrize("line", SETUP)
def test_the_commands_of_readme_stand_as_they_are_run(line: str) -> None:
    assert line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()


# --- YAML ----------------------------------------------------------------------------------------


def errors(problems: tuple[Problem, ...]) -> list[str]:
    return [str(problem) for problem in problems if problem.is_error]


def yaml_blocks(page: str) -> list[str]:
    found = blocks(DOCS / page, "yaml")
    assert found
    return found


@pytest.mark.parametrize("text", yaml_blocks("themes.md"), ids=lambda text: text.split("\n", 1)[0])
def test_examples_of_themes_are_read(text: str, tmp_path: Path) -> None:
    whole = text if text.startswith("name:") else f"name: Example\nextends: base\n{text}"
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "example.yaml").write_text(whole, encoding="utf-8")
    theme, problems = read_theme("example", tmp_path)
    assert theme is not None
    assert errors(problems) == []


PEOPLE = "id,name,team\np1,Åsa Öberg,Support\n"
FILES = {
    "people.csv": PEOPLE,
    "hr.csv": PEOPLE,
    "ours.csv": "id,thanks\np1,public\n",
    "old.csv": "id,name,e-mail\np1,Åsa Öberg,asa@nordic-care.example\n",
    "absences.csv": "id,leave\np1,2027-02-01..2027-02-05\n",
    "themes/everyday.yaml": "name: Everyday\nextends: base\n",
    "themes/mission-possible.yaml": "name: Mission possible\nextends: base\n",
}


def spreadsheet(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Personal").write_row(0, 0, ["id", "name"])
    book.close()


def workspace(root: Path) -> Path:
    """Lay down the files that the examples name."""
    for file, text in FILES.items():
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    spreadsheet(root / "staff.xlsx")
    return root


@pytest.mark.parametrize("text", yaml_blocks("workspace.md"), ids=lambda text: text.split("\n", 1)[0])
def test_examples_of_workspaces_are_read(text: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    if text.startswith("- "):
        (root / "people.yaml").write_text(text, encoding="utf-8")
        assert errors(check_file(root / "people.yaml")) == []
        return
    whole = text if re.search(r"^theme:", text, re.MULTILINE) else f"theme: service-as-a-power\n{text}"
    (root / "csweek.yaml").write_text(whole, encoding="utf-8")
    assert errors(read(root).problems) == []


@pytest.mark.parametrize("page", sorted(page.name for page in (DOCS / "how-to").glob("*.md")))
def test_examples_of_how_to_pages_are_read(page: str, tmp_path: Path) -> None:
    for text in blocks(DOCS / "how-to" / page, "yaml"):
        is_theme = "extends:" in text
        root = workspace(tmp_path)
        (root / "csweek.yaml").write_text(
            "theme: service-as-a-power\n" + ("" if is_theme else text), encoding="utf-8"
        )
        (root / "themes" / "example.yaml").write_text(text if is_theme else "name: x\n", encoding="utf-8")
        found = read_theme("example", root)[1] if is_theme else read(root).problems
        assert errors(found) == []


def table(page: str, first: str) -> str:
    """Return the lines of an example that begin with its first."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.search(rf"^    {re.escape(first)}.*?\n(?!    )", text, re.MULTILINE | re.DOTALL)
    assert found
    return textwrap.dedent(found[0])


def test_the_example_of_stories_is_read(tmp_path: Path) -> None:
    (tmp_path / "stories.csv").write_text(table("workspace.md", "date,person,kind"), encoding="utf-8")
    assert check_file(tmp_path / "stories.csv") == ()


def test_the_tutorial_is_answered_as_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mistake, understood = blocks(DOCS / "tutorial.md", "text")
    staff, home = tmp_path / "staff.csv", tmp_path / "first-year"
    staff.write_text(table("tutorial.md", "Employee,"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    made = 'init first-year --organisation "Example Ltd" --country England --people staff.csv --yes'
    assert f"csweek {made}" in CALLS["docs/tutorial.md"]
    assert call(*shlex.split(made)).stderr.startswith(mistake)
    staff.write_text(staff.read_text(encoding="utf-8").replace("Dail", "Dale"), encoding="utf-8")
    monkeypatch.chdir(home)
    assert call("check").stderr == understood
    (home / "ours.csv").write_text(table("tutorial.md", "E-mail,"), encoding="utf-8")
    settings = re.sub(
        "^people: .*",
        'people: ["../staff.csv", ours.csv]',
        (home / "csweek.yaml").read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    (home / "csweek.yaml").write_text(settings, encoding="utf-8")
    assert call("check", "--strict").exit_code == 0


# --- links and pictures --------------------------------------------------------------------------

LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(page: Path) -> set[str]:
    """Return the names of a page's headings as code hosts make them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_pictures_are_small() -> None:
    pictures = list((DOCS / "images").glob("*.png"))
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > LARGEST_PICTURE] == []


def test_the_picture_of_the_year_shows_the_sample_as_it_is_planned_now(demo: Made) -> None:
    with Image.open(DOCS / "images" / "year.png") as picture:
        shown = picture.info["Shown"]
    now = call("show", "--today", "2027-05-12", root=demo.folder).stdout
    assert now == shown, "python docs/pictures.py makes it anew"


def test_every_page_is_reached_from_readme() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        links = LINK.findall(page.read_text(encoding="utf-8"))
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in links if ":" not in link]
    assert {name(page) for page in DOCS.rglob("*.md")} <= {name(page) for page in seen}


def test_the_house_is_as_described() -> None:
    text = (DOCS / "how-it-works.md").read_text(encoding="utf-8")
    named = {one for one in re.findall(r"`([a-z_/]+(?:\.py|/))`", text) if "/" in one.rstrip("/")}
    assert [one for one in sorted(named) if not (ROOT / "csweek" / one).exists()] == ["tests/test_layers.py"]
    parts = [path for path in (ROOT / "csweek").iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert [path.name for path in parts if f"`{path.name}/`" not in text] == []
