"""python -m tests.soak: a list a second for half an hour; memory, connections, keys and files have to stay flat.

The exit code is 1 if anything grew after the warm-up, or if a list was not taken in.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import django
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command

from tests.chaos.lists import VARIANTS, price_list
from tests.soak.gauges import GAUGES, Instruments
from tests.soak.plot import plot
from tests.soak.trend import trend
from tests.stack.client import Answer, Client
from tests.stack.processes import adopt_orphans, end_all, leave_on_sigterm
from tests.stack.servers import Servers, environment
from tests.stack.site import Site

SECONDS, SHORT_SECONDS = 1800, 60
WARM_UP = 1 / 3  # of the time
SAMPLES = 360
TICK = 0.1
SUPPLIERS, WEEKS, ROWS = 10, 4, 200
PATIENCE = 120
GOOD = {"success", "partial_success", "overtaken"}


class Soaked(NamedTuple):
    samples: list[dict[str, float]]
    sent: int
    refused: list[Answer]
    ended: Counter[str]


def arguments() -> argparse.Namespace:
    usual = os.environ.get("SOAK_SECONDS") or (SHORT_SECONDS if os.environ.get("SHORT") else SECONDS)
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument(
        "--seconds", type=int, default=int(os.environ.get("SOAK_SECONDS") or usual), help="SOAK_SECONDS"
    )
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draws the gauges")
    parser.add_argument("--table", type=Path, metavar="FILE", help="writes the table there, too, as Markdown")
    parser.add_argument("--figures", type=Path, metavar="FILE", help="writes every sample as JSON")
    return parser.parse_args()


def main() -> int:
    words = arguments()
    leave_on_sigterm()
    print(f"A list a second for {words.seconds} seconds", flush=True)
    with stack() as (folder, servers, site):
        found = soak(Instruments(folder, servers, site), site, words.seconds)
    if words.figures:
        words.figures.write_text(json.dumps(found._asdict()), encoding="utf-8")
    if words.plot:
        plot(found.samples, words.seconds * WARM_UP, words.plot)
    return say(found, words)


@contextmanager
def stack() -> Iterator[tuple[Path, Servers, Site]]:
    """Servers, web and workers in a folder that is gone afterwards."""
    adopt_orphans()
    folder = Path(tempfile.mkdtemp(prefix="unified-catalog-soak-"))
    folder.chmod(0o711)  # the server's user passes through it
    with ExitStack() as ending:
        ending.callback(shutil.rmtree, folder, ignore_errors=True)
        ending.callback(end_all)
        servers = Servers(folder)
        ending.callback(servers.stop)
        os.environ.update(environment(folder) | servers.addresses)
        servers.start()
        django.setup()
        call_command("migrate", verbosity=0)
        site = Site(folder, os.environ)
        ending.callback(site.stop)
        site.heal()
        yield folder, servers, site


def soak(instruments: Instruments, site: Site, seconds: int) -> Soaked:
    client, suppliers = signed_in(site), made_suppliers()
    lists = cycle([(supplier, week) for week in range(WEEKS) for supplier in suppliers])
    answers: list[Future[Answer]] = []
    samples: list[dict[str, float]] = []
    started = time.monotonic()
    with ThreadPoolExecutor(4) as people:
        while (passed := time.monotonic() - started) < seconds:
            if passed >= len(answers):
                answers.append(people.submit(send, client.twin(), *next(lists)))
            instruments.watch()
            if passed >= len(samples) * max(seconds / SAMPLES, 1):
                samples.append({"seconds": passed, **instruments.read()})
            time.sleep(TICK)
    refused = [answer for answer in (each.result() for each in answers) if answer.run is None]
    return Soaked(samples, len(answers), refused, ends())


def signed_in(site: Site) -> Client:
    password = secrets.token_urlsafe(12)
    get_user_model().objects.create_superuser("soak", password=password)
    client = Client(site.address)
    client.sign_in("soak", password)
    return client


def made_suppliers() -> list[int]:
    suppliers = apps.get_model("suppliers", "Supplier").objects
    return [suppliers.create(name=f"Supplier {number}", default_currency="EUR").pk for number in range(SUPPLIERS)]


def send(client: Client, supplier: int, week: int) -> Answer:
    try:
        return client.upload(supplier, f"week-{week}.csv", price_list(supplier % VARIANTS, week, rows=ROWS))
    finally:
        client.session.close()


def ends() -> Counter[str]:
    """How the runs have ended, when all have."""
    runs = apps.get_model("ingestion", "IngestionRun").objects
    deadline = time.monotonic() + PATIENCE
    while runs.filter(status__in=["queued", "running"]).exists() and time.monotonic() < deadline:
        time.sleep(0.2)
    return Counter(runs.values_list("status", flat=True))


def say(found: Soaked, words: argparse.Namespace) -> int:
    warm = [sample for sample in found.samples if sample["seconds"] >= words.seconds * WARM_UP]
    seconds = [sample["seconds"] for sample in warm]
    problems = (
        [f"{len(found.refused)} uploads were not received, the first: {found.refused[0]}"] if found.refused else []
    )
    problems += [f"{count} runs are {status}" for status, count in found.ended.items() if status not in GOOD]
    lines = ["| what | median | growth after the warm-up |", "| --- | --- | --- |"]
    for gauge in GAUGES:
        typical, growth = trend(seconds, [sample[gauge.name] for sample in warm])
        lines.append(f"| {gauge.name} | {typical:.0f} {gauge.unit} | {growth:+.1f} {gauge.unit} |".replace("  ", " "))
        if not gauge.tolerance.allows(growth, typical):
            problems.append(f"{gauge.name} grew by {growth:.1f} {gauge.unit} to about {typical + growth / 2:.0f}")
    lines.append(f"\n{found.sent} lists were sent in {words.seconds} seconds; their runs: {dict(found.ended)}")
    print("\n" + "\n".join(lines))
    if words.table:
        text = "\n".join(["# The last run of `make soak`", "", *lines, "", f"{len(problems)} problems", ""])
        words.table.write_text(text, encoding="utf-8")
    for problem in problems:
        print(f"FAILED {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
