"""How good a plan is, and what it asks: figures that `csweek plan` and `csweek report` show.

Every measure is a function of a plan and the inputs that it was made from (together a Scene).
"""

from csweek.plan.measure.asks import asks, loads, minutes_by_week
from csweek.plan.measure.even import Evenness, evenness, touches
from csweek.plan.told.asks import Asks, Load

__all__ = ["Asks", "Evenness", "Load", "asks", "evenness", "loads", "minutes_by_week", "touches"]
