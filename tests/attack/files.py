"""Hostile files, sent as uploads: items, or one refusal that says why, within the memory and the time they may take."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import requests
from lxml import html

from ingestion.models import IngestionRun, ParsingLog
from tests import factories as make
from tests.attack.arena import Arena, Tally
from tests.attack.hostile_files import BUILDERS
from tests.attack.memory import MemoryWatch
from tests.stack.client import RUN, UPLOAD, Client

MEGABYTES = 512
SECONDS = 20  # of computing of the process that reads
SECONDS_TO_END = 60  # in all, with others beside it
IN_FLIGHT = 3
# To build and read each of them takes about a second or more: the full form does.
LONG = frozenset(
    [
        "xlsx-rows-of-cells",
        "xlsx-far-cells",
        "xlsx-stray-cell",
        "xlsx-many-columns",
        "xlsx-many-looks",
        "xlsx-many-strings",
        "xlsx-many-styles",
        "ods-elements-outside",
        "ods-spans",
        "xml-elements",
        "xml-one-row",
        "xlsb-merges",
        "xlsb-many-strings",
        "xls-merges",
        "zip-many-members",
        "csv-wide-header",
        "csv-open-quotes",
        "csv-quoted-cell",
        "csv-many-empty-lines",
        "csv-carriage-returns",
    ]
)
REFUSED = (IngestionRun.Status.FAILURE, IngestionRun.Status.WAITING)
# Words that are no refusal of a list but mistakes of ours: who reads must not stumble, crash, vanish or babble.
MISTAKES = re.compile(
    "stopped over this list|worker of this run disappeared|database refused|ended without a word|makes no sense|crashed"
)
USED = re.compile(r"\[(\S+)\] A reader ended: ([\d.]+) s of computing, (\d+) KB")


@dataclass
class Sent:
    name: str
    run: IngestionRun
    since: float


def attack(arena: Arena, chance: random.Random, *, short: bool) -> Iterator[Tally]:
    tally = Tally("hostile files, uploaded")
    folder = arena.folder / "hostile"
    folder.mkdir(exist_ok=True)
    names = [name for name in BUILDERS if not (short and name in LONG)]
    chance.shuffle(names)
    with MemoryWatch(list(arena.site.workers.values())) as memory:
        ended = list(taken_in(arena, tally, names, folder))
    used = used_by_readers(arena)
    for sent in ended:
        judge(tally, sent, used.get(sent.run.task_id))
        look(arena, tally, sent)
    tally.expect(arena.alive(), "the site or a worker has ended")
    tally.expect(memory.peak <= MEGABYTES, f"a worker and its reader took {memory.peak:.0f} MB together")
    tally.expect(len(ended) > len(names) / 2, "most files were refused before anybody looked at them")
    tally.notes = [f"{len(names)} files", f"worker and reader {memory.peak:.0f} MB", *extremes(ended, used)]
    yield tally


def taken_in(arena: Arena, tally: Tally, names: list[str], folder: Path) -> Iterator[Sent]:
    """Some at a time, each of a supplier of its own, so that no list waits for another."""
    waiting, flying = list(names), list[Sent]()
    while waiting or flying:
        if waiting and len(flying) < IN_FLIGHT:
            sent = upload(arena, tally, waiting.pop(), folder)
            flying += [sent] if sent else []
            continue
        time.sleep(0.05)
        for sent in list(flying):
            sent.run.refresh_from_db()
            late = time.monotonic() - sent.since > SECONDS_TO_END
            if not sent.run.is_under_way or late:
                flying.remove(sent)
                tally.expect(not late, f"{sent.name}: not ended after {SECONDS_TO_END} s")
                yield sent


def upload(arena: Arena, tally: Tally, name: str, folder: Path) -> Sent | None:
    path = BUILDERS[name](folder)
    content = path.read_bytes()
    path.unlink()
    page = send(arena.people["Staff"], make.SupplierFactory().pk, path.name, content)
    found = RUN.search(page.headers.get("Location", ""))
    if found:
        return Sent(name, IngestionRun.objects.get(pk=found[1]), time.monotonic())
    tally.expect(page.status_code == 200, f"{name}: the upload was answered with {page.status_code}")
    tally.expect(errors_of(page.text), f"{name}: the form shows the file again and does not say why")
    return None


def send(client: Client, supplier: int, name: str, content: bytes) -> requests.Response:
    return client.session.post(
        f"{client.address}{UPLOAD}?supplier={supplier}",
        data={"csrfmiddlewaretoken": client.session.cookies["csrftoken"]},
        files={"file": (name, content, "application/octet-stream")},
        headers={"Referer": client.address},
        allow_redirects=False,
        timeout=60,
    )


def errors_of(page: str) -> str:
    """What the form says at the field of the file."""
    place = 'string(//div[contains(@class, "errors") and .//input[@name="file"]]//li)'
    return str(html.fromstring(page).xpath(place)).strip()


def used_by_readers(arena: Arena) -> dict[str, tuple[float, float]]:
    """Seconds of computing and MB at the peak, by the task that it was for: what the kernel says of ended processes."""
    used: dict[str, tuple[float, float]] = {}
    for name in arena.site.workers:
        for task, seconds, kilobytes in USED.findall((arena.folder / f"{name}.log").read_text(errors="replace")):
            before = used.get(task, (0.0, 0.0))
            used[task] = max(before[0], float(seconds)), max(before[1], int(kilobytes) / 1024)
    return used


def extremes(ended: list[Sent], used: dict[str, tuple[float, float]]) -> list[str]:
    found = [(*used[sent.run.task_id], sent.name) for sent in ended if sent.run.task_id in used]
    if not found:
        return []
    slowest, largest = max(found), max(found, key=lambda each: each[1])
    return [f"slowest reader {slowest[0]:.1f} s ({slowest[2]})", f"largest {largest[1]:.0f} MB ({largest[2]})"]


def judge(tally: Tally, sent: Sent, used: tuple[float, float] | None) -> None:
    run, name = sent.run, sent.name
    if run.is_taken_in:
        tally.expect(run.successful_rows > 0, f"{name}: {run.status} without a row")
    elif run.status in REFUSED:
        tally.expect(run.message.strip(), f"{name}: {run.status} without a word")
    else:
        tally.expect(holds=False, problem=f"{name}: {run.status}")
    tally.expect(not MISTAKES.search(run.message), f"{name}: {run.message[:300]}")
    tally.expect(run.retry_count == 0, f"{name}: was tried {run.retry_count + 1} times")
    logs = ParsingLog.objects.filter(run=run).count()
    tally.expect(logs >= (run.failed_rows > 0), f"{name}: {run.failed_rows} rows failed, {logs} are on record")
    tally.expect(used, f"{name}: nobody knows what its reader took")
    seconds, megabytes = used or (0.0, 0.0)
    tally.expect(seconds <= SECONDS, f"{name}: its reader computed for {seconds:.1f} s")
    tally.expect(megabytes <= MEGABYTES, f"{name}: its reader took {megabytes:.0f} MB")


def look(arena: Arena, tally: Tally, sent: Sent) -> None:
    """The pages about the file, as somebody who may only look."""
    run, viewer = sent.run, arena.people["Viewer"]
    for path in (
        f"/admin/ingestion/pricelist/{run.price_list_id}/mapping/",
        f"/admin/ingestion/ingestionrun/{run.pk}/change/",
        f"/admin/ingestion/ingestionrun/{run.pk}/errors/",
    ):
        answer = viewer.session.get(arena.site.address + path, timeout=SECONDS_TO_END)
        tally.expect(answer.status_code == 200, f"{sent.name}: {path} ended with {answer.status_code}")
