"""Valkey is stopped in mid-run and comes back, with its data or empty."""

from __future__ import annotations

import signal

from tests.chaos.arena import NOW
from tests.chaos.faults.stop import Stop
from tests.chaos.trials import Case, Trial


class ValkeyStops(Stop):
    """While it is away, one more list is uploaded: PostgreSQL is the truth, so it is received all the same."""

    def strike(self, trial: Trial) -> None:
        empty, politely = trial.outcome.number % 2 == 0, trial.outcome.number % 4 < 2
        *under_way, meanwhile = trial.cases
        self.start_lists(trial, under_way, "emptied" if empty else "data kept")
        self.arena.servers.valkey.stop(signal.SIGTERM if politely else signal.SIGKILL)
        self.upload(trial, meanwhile)
        self.stay_away()
        if empty:
            self.arena.servers.empty_valkey()
        self.arena.servers.valkey.start()
        trial.heal()

    def upload(self, trial: Trial, case: Case) -> None:
        answer = self.arena.try_to_post(case, NOW)
        if answer.run is None:
            self.arena.find_runs(case, NOW)
            trial.blame(f"an upload without the queue was answered with {answer.status}; the runs are {case.runs}")
