"""Where the command ``csweek`` and ``python -m csweek`` begin."""

import gc

from csweek.cli.group import csweek
from csweek.cli.streams import prepare

FEWER_ROUNDS = 50_000
"""Objects made between two searches for cycles; a start makes many objects, and is a tenth faster so."""


def main() -> None:
    """Run the command line that the program was called with, and exit with its code."""
    gc.set_threshold(FEWER_ROUNDS)
    prepare()
    csweek.main(prog_name="csweek", complete_var="_CSWEEK_COMPLETE")


if __name__ == "__main__":
    main()
