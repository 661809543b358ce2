"""A command line that cannot be meant: told like every other mistake."""

import pytest
from cli import call


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("nope", "there is no command 'csweek nope'", "csweek --help says more"),
        ("shw", "there is no command 'csweek shw'", "did you mean show?"),
        ("export pdf", "there is no command 'csweek export pdf'", "there are ics, csv, xlsx, json"),
        ("--nope", "csweek has no option --nope", "csweek --help says more"),
        ("plan --dryrun", "csweek plan has no option --dryrun", "did you mean --dry-run?"),
        ("init --org KC", "csweek init has no option --org", "did you mean --organisation?"),
        ("cards --al", "csweek cards has no option --al", "did you mean --all-year?"),
        (
            "help plan",
            "there is no command 'csweek help'",
            "csweek --help lists all commands; csweek COMMAND --help tells of one",
        ),
        ("export outlook", "there is no command 'csweek export outlook'", "csweek export ics"),
        ("send --channel slack", "csweek send has no option --channel", "csweek send --help says more"),
        ("excel", "there is no command 'csweek excel'", "csweek export xlsx"),
        ("ics", "there is no command 'csweek ics'", "csweek export ics"),
        ("week 9", "there is no command 'csweek week'", "csweek show week"),
        ("print", "there is no command 'csweek print'", "csweek cards"),
        ("announce --format html", "csweek announce has no option --format", "did you mean --channel?"),
        ("cards --lang sv", "csweek cards has no option --lang", "did you mean --locale?"),
        ("cards --png", "csweek cards has no option --png", "did you mean --format png?"),
        ("announce --png", "csweek announce has no option --png", "csweek announce --help says more"),
        ("cards --from x.csv", "csweek cards has no option --from", "did you mean --data?"),
        (
            "cards --two-sided",
            "--two-sided needs a value",
            "write long-edge or short-edge behind, or leave the option out",
        ),
        (
            "cards Anna",
            "csweek cards can do nothing with 'Anna'",
            "csweek cards --person Anna, or --team Anna",
        ),
        ("cards week 6", "csweek cards can do nothing with 'week 6'", "csweek cards --week 6"),
        (
            "cards Anna Berg",
            "csweek cards can do nothing with 'Anna Berg'",
            'csweek cards --person "Anna Berg", or --team "Anna Berg"',
        ),
        ("done week 6", "'week 6' is no event", "csweek done --week 6"),
        ("missed 1-8", "'1-8' is no event", "csweek missed --week 1-8"),
        ("export ics --team A", "csweek export ics has no option --team", "did you mean --for teams?"),
        ("init --name x", "csweek init has no option --name", "did you mean --organisation?"),
        (
            "theme new warmth",
            "csweek theme new can do nothing with 'warmth'",
            "csweek theme new --name warmth",
        ),
        (
            "theme everyday",
            "there is no command 'csweek theme everyday'",
            "there are list, new, schema, show; csweek theme show everyday?",
        ),
        ("e5", "there is no command 'csweek e5'", "csweek show e5"),
        ("show --week 5", "csweek show has no option --week", "type it like: csweek show week 41"),
        (
            "template copy x",
            "card, sheet, motif or announcement: 'x' is not one of 'card', 'sheet', 'motif', 'announcement'",
            "type it like: csweek template copy card thank-you",
        ),
        ("ideas wow", "there is no action 'wow' in this theme", "csweek ideas --practice wow"),
        ("show v9", "there is no command 'csweek show v9'", "csweek show week 9"),
        ("show 9주", "there is no command 'csweek show 9주'", "csweek show week 9"),
        ("show 2027-10-04", "there is no command 'csweek show 2027-10-04'", "csweek show week 2027-W40"),
        ("show 2027", "there is no command 'csweek show 2027'", "csweek show --year 2027"),
        (
            "show anna",
            "there is no command 'csweek show anna'",
            "csweek show person anna, or csweek show team anna; csweek show --help lists all pages",
        ),
        ("show person", "WHO is missing", "type it like: csweek show person anna"),
        ("show team", "NAME is missing", "type it like: csweek show team Support"),
        (
            "template copy",
            "card, sheet, motif or announcement is missing",
            "type it like: csweek template copy card thank-you",
        ),
        ("cards --week", "--week needs a value", "write it behind, or leave the option out"),
        ("cards --blank 0", "--blank: 0 is not between 1 and 1000", "csweek cards --help says more"),
        (
            "show --today 1999-12-31",
            "--today: csweek knows the years 2000 to 2199",
            "write it like 2027-10-04",
        ),
        ("plan --year 3000", "csweek knows the years 2000 to 2199", "take one of them"),
        ("announce --day soon", "--day: 'soon' is no day", "write it like 2027-10-04"),
        ("move e1 --at 9", "--at: '9' is no hour", "write it like 09:30"),
        (
            "export ics --for team",
            "--for: 'team' is not one of 'everyone', 'teams', 'owners', 'people', 'sites', 'organisers'",
            "did you mean 'teams'?",
        ),
        ("plan 2027", "csweek plan can do nothing with '2027'", "csweek plan --year 2027"),
        ("cards 41", "csweek cards can do nothing with '41'", "csweek cards --week 41"),
        (
            "cards 2027-10-04",
            "csweek cards can do nothing with '2027-10-04'",
            "csweek cards --day 2027-10-04",
        ),
        ("plan 41", "csweek plan can do nothing with '41'", "csweek plan --help says more"),
        ("export kalender", "there is no command 'csweek export kalender'", "csweek export ics"),
        ("plan now", "csweek plan can do nothing with 'now'", "csweek plan --help says more"),
        ("-C nowhere show", "-C: directory 'nowhere' does not exist", "csweek --help says more"),
    ],
)
def test_it_says_what_is_wrong_and_what_to_type(
    typed: str, message: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["csweek/__main__.py"])
    result = call(*typed.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.replace("python -m csweek", "csweek") == f"error: {message}\n  hint: {hint}\n"
