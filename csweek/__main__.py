"""Where the command ``csweek`` and ``python -m csweek`` begin."""

from csweek.cli.group import csweek
from csweek.cli.streams import prepare


def main() -> None:
    """Run the command line that the program was called with, and exit with its code."""
    prepare()
    csweek.main(prog_name="csweek", complete_var="_CSWEEK_COMPLETE")


if __name__ == "__main__":
    main()
