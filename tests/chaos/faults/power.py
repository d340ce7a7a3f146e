"""A power cut: everything is killed at once. It comes back, and people go on where they were."""

from __future__ import annotations

import signal

from tests.chaos.arena import NEXT
from tests.chaos.faults.stop import Stop
from tests.chaos.trials import Trial
from tests.stack.client import UPLOAD


class PowerCuts(Stop):
    def strike(self, trial: Trial) -> None:
        self.start_lists(trial, trial.cases)
        servers = self.arena.servers
        for server in (servers.postgres, servers.valkey):
            server.stop(signal.SIGKILL)
        self.arena.site.kill()
        self.stay_away()
        servers.start()
        self.arena.site.heal()
        trial.heal()
        self.arena.look_again()
        self.go_on(trial)

    def go_on(self, trial: Trial) -> None:
        """Whoever was signed in still is, and sends the next list."""
        answer = self.arena.client.press(UPLOAD)
        if answer.status >= 400:
            trial.blame(f"the page of uploads answers with {answer.status} after the power came back")
        self.arena.post(trial.cases[0], NEXT)
