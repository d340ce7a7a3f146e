"""What all stops of servers share."""

from __future__ import annotations

import time
from typing import ClassVar

from tests.chaos.arena import NOW
from tests.chaos.faults.base import Fault
from tests.chaos.trials import Case

LONGEST_RUN = 1.5  # seconds after which the lists of a trial have been taken in, mostly
LONGEST_STOP = 2.0


class Stop(Fault):
    """Lists of some suppliers are under way; at some moment servers go away, and come back a little later."""

    cases_each: ClassVar[int] = 3
    strikes_all: ClassVar[bool] = True

    def start_lists(self, cases: list[Case]) -> None:
        for case in cases:
            self.arena.post(case, NOW)
        time.sleep(self.arena.random.uniform(0, LONGEST_RUN))

    def stay_away(self) -> None:
        time.sleep(self.arena.random.uniform(0, LONGEST_STOP))
