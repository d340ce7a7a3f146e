"""One large file sent by several people at the same time, some of whom hang up in the middle."""

from __future__ import annotations

from typing import ClassVar

from ingestion.models import PriceList
from tests.chaos.arena import NOW
from tests.chaos.faults.base import Fault
from tests.chaos.faults.presses import at_once
from tests.chaos.lists import large
from tests.chaos.trials import Trial
from tests.stack.client import Answer, Client

WHOLE, CUT = 3, 2
KILOBYTES = 6_000


class SameFileRaces(Fault):
    cases_each: ClassVar[int] = 1

    def strike(self, trial: Trial) -> None:
        (case,) = trial.cases
        name = f"large-{self.arena.number()}.csv"
        content = large(case.variant, NOW, self.arena.number(), kilobytes=KILOBYTES)
        tabs = [self.arena.client.twin() for _ in range(WHOLE + CUT)]
        shares = {tab: self.arena.random.uniform(0.05, 0.99) for tab in tabs[WHOLE:]}

        def send(tab: Client) -> Answer:
            if tab in shares:
                tab.cut_upload(case.supplier, name, content, share=shares[tab], source=str(case.source))
                return Answer(0, None)
            return tab.upload(case.supplier, name, content, source=str(case.source))

        answers = at_once(tabs, send)[:WHOLE]
        trial.blame(*[f"an upload was answered with {each.status}: {each.said}" for each in answers if not each.run])
        self.arena.find_runs(case, NOW)
        trial.heal()

    def problems(self, trial: Trial) -> list[str]:
        files = PriceList.objects.filter(supplier=trial.cases[0].supplier, original_name__startswith="large-")
        found = {*files.values_list("file", flat=True)}
        return [] if len(found) == 1 else [f"one content was stored as {sorted(found)}"]
