"""Hostile files, sent as uploads: items or one clear refusal within 512 MB and 20 s, and Cancel within 2 s."""

from __future__ import annotations

import random
import time
from pathlib import Path

from ingestion.models import IngestionRun
from tests.attack.arena import Arena, Tally, peak_megabytes, wait_until
from tests.attack.hostile_files import BUILDERS

MEGABYTES = 512
SECONDS = 20
CANCEL_SECONDS = 2
GOING_ON = (IngestionRun.Status.QUEUED, IngestionRun.Status.RUNNING)


def attack(arena: Arena, chance: random.Random, *, short: bool) -> list[Tally]:
    sent, cancelled = Tally("hostile files, uploaded"), Tally("Cancel of a hostile file")
    names = sorted(chance.sample(sorted(BUILDERS), min(15, len(BUILDERS))) if short else BUILDERS)
    folder = arena.folder / "hostile"
    folder.mkdir(exist_ok=True)
    peak, slowest = (0.0, ""), (0.0, "")
    for name in names:
        taken, seconds = send(arena, sent, cancelled, name, BUILDERS[name](folder))
        peak, slowest = max(peak, (taken, name)), max(slowest, (seconds, name))
    sent.notes = [f"peak {peak[0]:.0f} MB ({peak[1]})", f"slowest {slowest[0]:.1f} s ({slowest[1]})"]
    return [sent, cancelled]


def send(arena: Arena, sent: Tally, cancelled: Tally, name: str, path: Path) -> tuple[float, float]:
    """Returns the memory and the time that it took."""
    begun = time.monotonic()
    answer = arena.people["Staff"].upload(arena.numbers["supplier"], path.name, path.read_bytes())
    if answer.run is None:
        sent.expect(answer.status == 200, f"{name}: the upload was answered with {answer.status}")
        return 0.0, time.monotonic() - begun
    run = IngestionRun.objects.get(pk=answer.run)
    peak = watch(arena, run, SECONDS)
    seconds = time.monotonic() - begun
    run.refresh_from_db()
    if run.status in GOING_ON:
        press_cancel(arena, cancelled, run, name)
    sent.expect(run.status not in GOING_ON, f"{name}: not ended after {SECONDS} s")
    sent.expect(run.status == "success" or run.message or run.total_rows, f"{name}: {run.status} without a word")
    sent.expect(peak <= MEGABYTES, f"{name}: took {peak:.0f} MB")
    look(arena, sent, run, name)
    sent.expect(arena.alive(), f"{name}: the site does not answer")
    return peak, seconds


def watch(arena: Arena, run: IngestionRun, seconds: float) -> float:
    """Waits for the end; the most memory that a process of the workers took meanwhile."""
    peak = 0.0

    def ended() -> bool:
        nonlocal peak
        peak = max(peak, peak_megabytes(list(arena.site.workers.values())))
        return IngestionRun.objects.get(pk=run.pk).status not in GOING_ON

    wait_until(ended, seconds)
    return peak


def press_cancel(arena: Arena, cancelled: Tally, run: IngestionRun, name: str) -> None:
    arena.people["Staff"].press(f"/admin/ingestion/ingestionrun/{run.pk}/cancel/")
    ended = wait_until(lambda: IngestionRun.objects.get(pk=run.pk).status not in GOING_ON, CANCEL_SECONDS)
    cancelled.expect(ended, f"{name}: still running {CANCEL_SECONDS} s after Cancel")


def look(arena: Arena, sent: Tally, run: IngestionRun, name: str) -> None:
    """The pages about the file, as somebody who may only look."""
    viewer = arena.people["Viewer"]
    for path in (
        f"/admin/ingestion/pricelist/{run.price_list_id}/mapping/",
        f"/admin/ingestion/ingestionrun/{run.pk}/change/",
        f"/admin/ingestion/ingestionrun/{run.pk}/errors/",
    ):
        answer = viewer.session.get(arena.site.address + path, timeout=SECONDS)
        sent.expect(answer.status_code < 500, f"{name}: {path} ended with {answer.status_code}")
