"""What faults are thrown at: the stack, a person who uses it, and the suppliers who send lists."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

from django.db import DatabaseError, connection

from ingestion.models import IngestionRun
from suppliers.models import Supplier
from tests.chaos.checksum import Checksums, checksums
from tests.chaos.lists import VARIANTS, price_list
from tests.chaos.trials import Case
from tests.stack.client import Answer, Client
from tests.stack.servers import Servers
from tests.stack.site import Site

PATIENCE = 180
EARLIER, NOW, NEXT = 0, 1, 2  # the weeks of a supplier's lists


class Impatient(Exception):
    """Something that had to happen did not."""


def wait_until(condition: Callable[[], bool], what: str, *, seconds: float = PATIENCE, pause: float = 0.05) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise Impatient(f"{what}: not within {seconds:.0f} s")
        time.sleep(pause)


@dataclass
class Arena:
    folder: Path
    servers: Servers
    site: Site
    client: Client
    random: Random = field(default_factory=Random)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _references: dict[tuple[int, tuple[int, ...]], Checksums] = field(default_factory=dict)

    @property
    def media(self) -> Path:
        return self.folder / "media"

    def number(self) -> int:
        """Another one each time, for what has to be unique."""
        return next(self._numbers)

    def case(self, variant: int | None = None) -> Case:
        """A supplier who has sent nothing yet."""
        variant = self.random.randrange(VARIANTS) if variant is None else variant
        supplier = Supplier.objects.create(name=f"Supplier {self.number()}", default_currency="EUR")
        source = supplier.sources.create(name="Price list")
        return Case(supplier.pk, source.pk, variant)

    def cases(self, number: int) -> list[Case]:
        """Suppliers in calm: the list of an earlier week of every second one is in force already."""
        found = [self.case() for _ in range(number)]
        for case in found[::2]:
            self.post(case, EARLIER)
        self.wait_for(run for case in found for run in case.runs)
        return found

    def post(self, case: Case, week: int, content: bytes | None = None) -> Answer:
        """Uploads a list; the run of one that was received belongs to the case."""
        answer = self.try_to_post(case, week, content)
        if answer.run is None:
            raise Impatient(f"an upload in calm was answered with {answer.status}: {answer.said}")
        return answer

    def try_to_post(self, case: Case, week: int, content: bytes | None = None) -> Answer:
        content = price_list(case.variant, week) if content is None else content
        answer = self.client.upload(case.supplier, f"week-{week}.csv", content, source=str(case.source))
        if answer.run is not None:
            case.posted.append((answer.run, week))
        return answer

    def runs_of(self, case: Case) -> list[int]:
        return list(IngestionRun.objects.filter(supplier=case.supplier).order_by("id").values_list("pk", flat=True))

    def find_runs(self, case: Case, week: int) -> None:
        """Of uploads whose answers never came, there may be runs all the same."""
        case.posted += [(run, week) for run in self.runs_of(case) if run not in case.runs]
        case.posted.sort()

    def wait_for(self, runs: Iterable[int], seconds: float = PATIENCE) -> None:
        ids = list(runs)
        wait_until(lambda: not self.unfinished(ids), f"the end of the runs {ids}", seconds=seconds)

    def unfinished(self, runs: Iterable[int]) -> list[int]:
        found = IngestionRun.objects.under_way().filter(pk__in=list(runs))
        return list(found.values_list("pk", flat=True))

    def reference(self, variant: int, weeks: tuple[int, ...]) -> Checksums:
        """What the same lists come to, one after another and undisturbed. To be called in calm."""
        if (variant, weeks) not in self._references:
            case = self.case(variant)
            for week in weeks:
                self.post(case, week)
                self.wait_for(case.runs)
            self._references[variant, weeks] = checksums(case.supplier)
        return self._references[variant, weeks]

    def look_again(self) -> None:
        """The database has been away: the old connection is of no use."""
        connection.close()
        wait_until(can_ask, "an answer of the database", seconds=60)


def can_ask() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return False
    return True
