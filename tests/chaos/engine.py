"""One wave: faults strike, everything recovers, everything is compared."""

from __future__ import annotations

import signal
import time
import traceback

from django.db import connection

from ingestion.models import IngestionRun
from tests.chaos.arena import Arena, Impatient, wait_until
from tests.chaos.checks import damaged_files, is_calm, problems_of, stray_files
from tests.chaos.faults.base import Fault
from tests.chaos.trials import Outcome, Trial

RECOVERY_SECONDS = 90
CALM_SECONDS = 30
CLEARED = (
    "catalog_supplieritem", "catalog_product", "catalog_category", "catalog_pricehistory", "suppliers_supplier",
    "ingestion_ingestionrun", "ingestion_pricelist", "ingestion_parsinglog", "ingestion_change",
)  # fmt: skip


def wave_of(fault: Fault, numbers: list[int]) -> list[Outcome]:
    """What came of each. A mistake of the suite itself is a failure of them all, and the next wave finds all new."""
    if obstacle := fault.obstacle():
        return [Outcome(number, skipped=obstacle) for number in numbers]
    wave = [Trial([], Outcome(number)) for number in numbers]
    try:
        with fault.surroundings():
            bear(fault, wave)
    except Impatient as problem:
        give_up(fault.arena, wave, str(problem))
    except Exception:  # noqa: BLE001 - whatever it was, it is told
        give_up(fault.arena, wave, f"the suite stumbled: {traceback.format_exc()}")
    return [trial.outcome for trial in wave]


def bear(fault: Fault, wave: list[Trial]) -> None:
    arena = fault.arena
    arena.site.heal()
    cases = arena.cases(len(wave) * fault.cases_each)
    for trial in wave:
        trial.cases = [cases.pop() for _ in range(fault.cases_each)]
        try:
            fault.strike(trial)
        except Impatient as problem:
            trial.blame(str(problem))
        arena.site.heal()
        arena.look_again()
    for trial in wave:
        recover(arena, trial, since=wave[-1].healed if fault.strikes_all else trial.healed)
    for trial in wave:
        judge(fault, trial)
    judge_together(arena, wave[-1])
    clear(arena)


def recover(arena: Arena, trial: Trial, *, since: float) -> None:
    """Waits for the end of the trial's runs, and says how long after the healing the last one came."""
    ids = [run for case in trial.cases for run in case.runs]
    try:
        arena.wait_for(ids, seconds=max(since + RECOVERY_SECONDS - time.time(), 0))
    except Impatient:
        late = IngestionRun.objects.filter(pk__in=arena.unfinished(ids)).values_list("pk", "status", "progress")
        trial.blame(f"not ended {RECOVERY_SECONDS} s after everything was healed: {list(late)}")
        arena.wait_for(ids)
    ends = IngestionRun.objects.filter(pk__in=ids, finished_at__isnull=False).values_list("finished_at", flat=True)
    trial.outcome.recovery = max([end.timestamp() - since for end in ends if end] + [0.0])


def judge(fault: Fault, trial: Trial) -> None:
    for case in trial.cases:
        trial.blame(*problems_of(fault.arena, case))
    trial.blame(*fault.problems(trial))


def judge_together(arena: Arena, last: Trial) -> None:
    """What belongs to no supplier: locks, transactions, files."""
    try:
        wait_until(is_calm, "the release of all locks and transactions", seconds=CALM_SECONDS)
    except Impatient as problem:
        last.blame(str(problem))
    last.blame(*damaged_files(arena.media), *stray_files(arena.media))


def clear(arena: Arena) -> None:
    """The next wave starts with an empty catalog; accounts, sessions and the references stay."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '60s'; TRUNCATE {', '.join(CLEARED)} CASCADE; RESET lock_timeout")
    for path in arena.media.rglob("*"):
        if path.is_file():
            path.unlink()


def give_up(arena: Arena, wave: list[Trial], problem: str) -> None:
    for trial in wave:
        trial.blame(problem)
    arena.site.kill()
    arena.servers.valkey.stop(signal.SIGKILL)
    arena.servers.postgres.stop(signal.SIGKILL)
    arena.servers.empty_valkey()
    arena.servers.start()
    arena.look_again()
    clear(arena)
    arena.site.heal()
