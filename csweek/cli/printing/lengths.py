"""Lengths as people type them: ``1mm,-0.5mm``, ``0.1in,0``; plain numbers are millimetres."""

import re

import click

_LENGTH = re.compile(r"\s*([+-]?\d{1,4}(?:\.\d{1,4})?)\s*(mm|cm|in|pt)?\s*")
_MM = {None: 1.0, "mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
MOST = 50.0
"""mm that anything may be shifted."""


class Shift(click.ParamType[tuple[float, float]]):
    """A shift to the right and down, in mm."""

    name = "shift"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, float]:
        """Return both lengths in mm, or fail with an example."""
        if isinstance(value, tuple):
            return value
        found = [_LENGTH.fullmatch(part) for part in str(value).split(",")]
        if len(found) != 2 or not all(found):
            self.fail(
                f"{value!r} is no shift; write it like 1mm,-0.5mm: to the right, then down.", param, ctx
            )
        across, down = (float(one[1]) * _MM[one[2]] for one in found if one)
        if max(abs(across), abs(down)) > MOST:
            self.fail(f"{value!r} is more than {MOST:g} mm.", param, ctx)
        return across, down


SHIFT = Shift()
