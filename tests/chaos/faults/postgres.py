"""PostgreSQL is stopped in mid-run, fast or immediately, and started again a moment later."""

from __future__ import annotations

import signal

from tests.chaos.faults.stop import Stop
from tests.chaos.trials import Trial


class PostgresStops(Stop):
    def strike(self, trial: Trial) -> None:
        fast = trial.outcome.number % 2 == 0
        trial.strikes("fast" if fast else "immediate")
        self.start_lists(trial.cases)
        self.arena.servers.postgres.stop(signal.SIGINT if fast else signal.SIGQUIT)
        self.stay_away()
        self.arena.servers.postgres.start()
        trial.heal()
