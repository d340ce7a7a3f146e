"""PostgreSQL is stopped in mid-run, fast or immediately, and started again a moment later."""

from __future__ import annotations

import signal

from tests.chaos.faults.stop import Stop
from tests.chaos.trials import Trial


class PostgresStops(Stop):
    def strike(self, trial: Trial) -> None:
        fast = trial.outcome.number % 2 == 0
        self.start_lists(trial, trial.cases, "fast" if fast else "immediate")
        self.arena.servers.postgres.stop(signal.SIGINT if fast else signal.SIGQUIT)
        self.stay_away()
        self.arena.servers.postgres.start()
        trial.heal()
