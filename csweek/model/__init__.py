"""The types that pass between the parts: frozen, without behaviour that needs anything from outside.

text → Settings, Theme, People, Story (together: Inputs) → Plan of Event → Document → file

They stand in three modules, in the order in which these may know each other (basics, inputs, plan), and
all are imported from here.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from csweek.model.basics import *  # noqa: F403 - its names are listed once, where they are
from csweek.model.plan import *  # noqa: F403 - as above

if TYPE_CHECKING:
    from csweek.model.inputs import *  # noqa: F403 - as above
else:

    def __getattr__(name: str) -> object:
        """Bring what the user wrote when it is first asked for: showing a saved plan does without.

        A frozen dataclass takes 0.6 ms to make, and these are two in three of them.
        """
        return getattr(import_module("csweek.model.inputs"), name)
