"""The class behind each kind of fault."""

from __future__ import annotations

from tests.chaos.faults.base import Fault
from tests.chaos.faults.disk import FullDisks
from tests.chaos.faults.kills import Kills
from tests.chaos.faults.order import Disorder
from tests.chaos.faults.postgres import PostgresStops
from tests.chaos.faults.power import PowerCuts
from tests.chaos.faults.presses import DoublePresses
from tests.chaos.faults.races import SameFileRaces
from tests.chaos.faults.storing import KillsWhileStoring
from tests.chaos.faults.valkey import ValkeyStops

FAULTS: dict[str, type[Fault]] = {
    "kills": Kills,
    "postgres": PostgresStops,
    "valkey": ValkeyStops,
    "power": PowerCuts,
    "presses": DoublePresses,
    "races": SameFileRaces,
    "storing": KillsWhileStoring,
    "disk": FullDisks,
    "order": Disorder,
}
