"""Two lists of one supplier wait in the queue, and the first one's worker or message is lost: the second one wins."""

from __future__ import annotations

from typing import ClassVar

import redis

from tests.chaos.arena import NEXT, NOW, wait_until
from tests.chaos.at_work import works_on
from tests.chaos.faults.base import Fault
from tests.chaos.faults.kills import VICTIMS, kill_victim
from tests.chaos.trials import Case, Trial

MESSAGE = "message lost"
SECONDS = 30


class Disorder(Fault):
    """The older list ends before the newer one, or as overtaken; its prices never come after the newer one's."""

    cases_each: ClassVar[int] = 1

    def strike(self, trial: Trial) -> None:
        (case,) = trial.cases
        trial.strikes((*VICTIMS, MESSAGE)[trial.outcome.number % (len(VICTIMS) + 1)])
        with self.arena.site.paused():
            self.arena.post(case, NOW)
            if trial.outcome.struck_at == MESSAGE:
                self.lose_messages()
            self.arena.post(case, NEXT)
        if trial.outcome.struck_at != MESSAGE:
            self.kill_worker(trial, case)
        self.arena.site.heal()
        trial.heal()

    def kill_worker(self, trial: Trial, case: Case) -> None:
        older = case.posted[-2][0]
        wait_until(
            lambda: works_on(case.supplier) is not None or not self.arena.unfinished([older]),
            "the start of the older list",
            seconds=SECONDS,
            pause=0.005,
        )
        if found := works_on(case.supplier):
            kill_victim(trial.outcome.struck_at, self.arena.site.workers[found.worker], found)

    def lose_messages(self) -> None:
        with redis.Redis.from_url(self.arena.servers.addresses["REDIS_URL"]) as server:
            server.flushdb()
