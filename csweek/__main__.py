"""Where the command ``csweek`` and ``python -m csweek`` begin."""

import gc

from csweek.cli.group import csweek
from csweek.cli.terminal.streams import prepare

FEWER_ROUNDS = 1_000_000
"""Objects made between two searches for cycles: planning makes many, and few that are in one."""


def main() -> None:
    """Run the command line that the program was called with, and exit with its code."""
    gc.set_threshold(FEWER_ROUNDS)
    prepare()
    try:
        csweek.main(prog_name="csweek", complete_var="_CSWEEK_COMPLETE")
    finally:
        gc.freeze()  # the process ends: what is left goes with it, and is not searched for cycles before


if __name__ == "__main__":
    main()
