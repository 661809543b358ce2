"""Where the command ``csweek`` and ``python -m csweek`` begin."""

import gc
import sys

FEWER_ROUNDS = 1_000_000
"""Objects made between two searches for cycles: planning makes many, and few that are in one."""
STOPPED = 130
"""The exit code of what was stopped with Ctrl-C."""


def main() -> None:
    """Run the command line that the program was called with, and exit with its code."""
    gc.set_threshold(FEWER_ROUNDS)
    try:
        from csweek.cli.group import csweek  # noqa: PLC0415 - Ctrl-C may come while this is imported
        from csweek.cli.terminal.streams import prepare  # noqa: PLC0415 - as above

        prepare()
        csweek.main(prog_name="csweek", complete_var="_CSWEEK_COMPLETE")
    except KeyboardInterrupt:
        sys.exit(STOPPED)
    finally:
        gc.freeze()  # the process ends: what is left goes with it, and is not searched for cycles before


if __name__ == "__main__":
    main()
