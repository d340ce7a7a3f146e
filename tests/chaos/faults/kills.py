"""SIGKILL for one process of a worker or for all of them, in every stage of a run."""

from __future__ import annotations

import time
from typing import ClassVar

from tests.chaos.arena import NOW
from tests.chaos.at_work import READING, AtWork, at_work
from tests.chaos.faults.base import Fault
from tests.chaos.trials import Trial
from tests.stack.processes import children_of, holder_of, kill, kill_tree

VICTIMS = ("server", "supervisor", "group", "caretaker")  # the server is what takes lists in
STAGES = ("receiving", READING, "staging", "merging", "committing")
BEFORE_THE_TRANSACTION = STAGES[:2]  # the database cannot tell them apart; a pause of any length does
SECONDS = 8  # to see the wanted stage at some worker
LONGEST_PAUSE = 0.2


class Kills(Fault):
    cases_each: ClassVar[int] = 2

    def strike(self, trial: Trial) -> None:
        for case in trial.cases:
            self.arena.post(case, NOW)
        wanted = STAGES[self.arena.random.randrange(len(STAGES))]
        seen = self.wait_for(wanted, [run for case in trial.cases for run in case.runs])
        trial.strikes(seen.stage if seen else "between runs")
        worker = seen.worker if seen else self.arena.random.choice(sorted(self.arena.site.workers))
        victim = VICTIMS[trial.outcome.number % len(VICTIMS)]
        kill_victim(victim, self.arena.site.workers[worker], seen)
        self.arena.site.heal()
        trial.heal()

    def wait_for(self, wanted: str, runs: list[int]) -> AtWork | None:
        """A worker at that stage, or at any where none can be caught there."""
        deadline = time.monotonic() + SECONDS
        seen: list[AtWork] = []
        while time.monotonic() < deadline and self.arena.unfinished(runs):
            seen = at_work()
            if wanted in BEFORE_THE_TRANSACTION and seen:
                time.sleep(self.arena.random.uniform(0, LONGEST_PAUSE))
                return next(iter(at_work()), None)
            for each in seen:
                if each.stage == wanted:
                    return each
        return next(iter(at_work()), None)


def kill_victim(victim: str, worker: int, seen: AtWork | None) -> None:
    """The caretaker is whatever child of the worker does not take the list in; where none does, all children are."""
    if victim == "group":
        kill_tree(worker)
    elif victim == "supervisor":
        kill(worker)
    else:
        server = holder_of(worker, seen.port) if seen else None
        for child in children_of(worker):
            if server is None or (child == server) == (victim == "server"):
                kill(child)
