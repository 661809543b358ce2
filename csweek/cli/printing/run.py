"""``csweek cards``: makes what was asked for and writes it."""

from pathlib import Path

from csweek.cli.printing import memory
from csweek.cli.printing.choice import choose
from csweek.cli.printing.job import Options, check_names, documents, ordered, shop_of
from csweek.cli.sources import find
from csweek.cli.sources.desk import desk, put
from csweek.cli.terminal.session import session
from csweek.errors import UsageError
from csweek.render.cards.order import WALLS


def run(options: Options, out: Path | None, *, dry_run: bool) -> None:
    """Make what was asked for and write it. Raises CsweekError."""
    if options.data or options.blank or options.calibrate or options.contact:
        from csweek.cli.printing import alone

        alone.run(options, out, dry_run=dry_run)
        return
    if options.locale:
        hint = "leave --locale out; it is for --data, --blank, --calibrate and --contact-sheet"
        raise UsageError("a planned card is in the language of whoever gets it", hint)
    at = desk(out)
    shop = shop_of(at.root)
    check_names(options, at.root, shop)
    if options.card in WALLS:
        from csweek.cli.printing import walls

        put(walls.documents(at, options, shop), at.out, dry_run=dry_run)
        return
    chosen = choose(at.plan, at.directory, session().today, options.wish)
    find.say_outside(at.plan.year, chosen.first, chosen.last)
    made = ordered(at, chosen, options, shop)
    memory.tell_before(at, made)
    put(documents(at, made, options, shop, chosen), at.out, dry_run=dry_run)
    if not dry_run and not options.proof:
        memory.remember(at, made)
