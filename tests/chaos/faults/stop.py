"""What all stops of servers share."""

from __future__ import annotations

import time
from typing import ClassVar

from tests.chaos.arena import NOW
from tests.chaos.at_work import at_work
from tests.chaos.faults.base import Fault
from tests.chaos.trials import Case, Trial

LONGEST_RUN = 0.8  # seconds in which most lists of a trial are taken in
LONGEST_STOP = 2.0


class Stop(Fault):
    """Lists of some suppliers are under way; at some moment servers go away, and come back a little later."""

    cases_each: ClassVar[int] = 3
    strikes_all: ClassVar[bool] = True

    def start_lists(self, trial: Trial, cases: list[Case], how: str = "") -> None:
        """They all start at once, a moment before the stop."""
        with self.arena.site.paused():
            for case in cases:
                self.arena.post(case, NOW)
        time.sleep(self.arena.random.uniform(0, LONGEST_RUN))
        moment = "in mid-run" if at_work() else "between runs"
        trial.strikes(f"{how} {moment}".strip())

    def stay_away(self) -> None:
        time.sleep(self.arena.random.uniform(0, LONGEST_STOP))
