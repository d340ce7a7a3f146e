"""The same button pressed twice at once: "Ingest now", the upload form, "Apply it now" of a dry run."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import ClassVar

from ingestion.models import IngestionRun
from tests.chaos.arena import NOW
from tests.chaos.faults.base import Fault
from tests.chaos.lists import price_list
from tests.chaos.trials import Case, Trial
from tests.stack.client import Answer, Client

Press = Callable[[Client], Answer]


class DoublePresses(Fault):
    """The workers hold their breath meanwhile: otherwise the first run could have ended before the second press."""

    cases_each: ClassVar[int] = 1

    def strike(self, trial: Trial) -> None:
        (case,) = trial.cases
        ways = (self.ingest_now, self.upload, self.apply)
        ways[trial.outcome.number % len(ways)](trial, case)
        trial.heal()

    def ingest_now(self, trial: Trial, case: Case) -> None:
        trial.strikes("ingest now")
        self.arena.post(case, NOW)
        self.arena.wait_for(case.runs)
        button = f"/admin/suppliers/pricelistsource/{case.source}/ingest/"
        self.expect_one(trial, self.pressed_twice(trial, case, lambda tab: tab.press(button)))

    def upload(self, trial: Trial, case: Case) -> None:
        """The second one finds the content known, or is not made at all."""
        trial.strikes("upload")
        content = price_list(case.variant, NOW)
        self.pressed_twice(
            trial, case, lambda tab: tab.upload(case.supplier, f"week-{NOW}.csv", content, source=str(case.source))
        )

    def apply(self, trial: Trial, case: Case) -> None:
        trial.strikes("apply dry run")
        tried = self.arena.client.upload(
            case.supplier, f"week-{NOW}.csv", price_list(case.variant, NOW), source=str(case.source), dry_run="1"
        )
        assert tried.run is not None
        self.arena.wait_for([tried.run])
        button = f"/admin/ingestion/ingestionrun/{tried.run}/apply/"
        self.expect_one(trial, self.pressed_twice(trial, case, lambda tab: tab.press(button), tried.run))

    def pressed_twice(self, trial: Trial, case: Case, press: Press, *known: int) -> list[int]:
        """The runs that came of it."""
        before = {*case.runs, *known}
        with self.arena.site.paused():
            answers = at_once([self.arena.client.twin() for _ in range(2)], press)
        new = [run for run in self.arena.runs_of(case) if run not in before]
        case.posted += [(run, NOW) for run in new]
        trial.blame(*[f"a press was answered with {each.status}" for each in answers if not 0 < each.status < 400])
        return new

    def expect_one(self, trial: Trial, new: list[int]) -> None:
        if len(new) != 1:
            trial.blame(f"two presses of “{trial.outcome.struck_at}” made the runs {new}")

    def problems(self, trial: Trial) -> list[str]:
        ids = [run for run, week in trial.cases[0].posted if week == NOW]
        took_in = IngestionRun.objects.filter(pk__in=ids, dry_run=False, total_rows__gt=0).count()
        return [] if took_in == 1 else [f"{took_in} runs took the list in"]


def at_once(tabs: list[Client], press: Press) -> list[Answer]:
    start = Barrier(len(tabs))

    def pressed(tab: Client) -> Answer:
        start.wait(10)
        return press(tab)

    with ThreadPoolExecutor(len(tabs)) as pool:
        return list(pool.map(pressed, tabs))
