import io
import signal
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from demo import children, samples
from demo.accounts import ROLES, create_accounts
from ingestion.models import IngestionRun

COLUMNS = "{:<24}  {:<26}  {:>5}  {:>5}  {:>7}  {:>6}  {:>7}  {:>7}  {}"


class Command(BaseCommand):
    help = "Shows the system at work: web server, worker, accounts, and sample price lists sent through the queue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="exit when the lists are done: 0 if each gave what it must"
        )
        parser.add_argument("--port", type=int, default=8000, help="of the web server (8000)")

    def handle(self, *, once: bool, port: int, **options: Any) -> None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(line_buffering=True)  # into a pipe or a file too, each line is there when it is said
        # Ctrl-C too: a shell makes what it starts in the background ignore it
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, signal.default_int_handler)
        try:
            self._run(once=once, port=port)
        except KeyboardInterrupt:
            self.stdout.write("\nStopped.")
        except children.ChildEndedError as ended:
            raise CommandError(str(ended)) from ended

    def _run(self, *, once: bool, port: int) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError(
                "The demo makes accounts with a known password. Set DEVELOPMENT=1 to allow it on this database."
            )
        if children.is_occupied(port):
            raise CommandError(
                f"Port {port} is occupied by another program. Choose another one: PORT={port + 1} make demo"
            )
        began = time.monotonic()
        self.stdout.write("Preparing the database ...")
        call_command("migrate", verbosity=0, interactive=False)
        password = create_accounts()
        self.stdout.write("Starting the web server and a worker ...")
        with children.running(port) as processes:
            all_well = self._show_samples(processes)
            self._say_where(port, password, time.monotonic() - began)
            if once and not all_well:
                raise CommandError("Not every list gave what it must.")
            while not once:
                children.check_alive(processes)
                time.sleep(0.5)

    def _show_samples(self, processes: list[children.Child]) -> bool:
        self.stdout.write("Sending the sample price lists through the queue ...\n\n")
        staff = User.objects.get(username="staff")
        sent = [(sample, samples.send(sample, by=staff)) for sample in samples.samples()]
        self.stdout.write(
            COLUMNS.format("list", "supplier", "rows", "new", "changed", "failed", "missing", "seconds", "")
        )
        return all([self._show(sample, run, processes) for sample, run in sent])  # noqa: C419  (every one is shown)

    def _show(self, sample: samples.Sample, run: IngestionRun, processes: list[children.Child]) -> bool:
        samples.wait(run, meanwhile=lambda: children.check_alive(processes))
        wrong = samples.differences(sample, run)
        figures = (run.total_rows, run.new_items, run.changed_items, run.failed_rows, run.missing_items)
        seconds = f"{run.processing_seconds or 0:.2f}"
        self.stdout.write(
            COLUMNS.format(sample.file, sample.supplier, *figures, seconds, "" if wrong else "as declared")
        )
        for difference in wrong:
            self.stdout.write(self.style.ERROR(f"    {difference}"))
        return not wrong

    def _say_where(self, port: int, password: str, seconds: float) -> None:
        names = ", ".join(role.lower() for role in ROLES)
        self.stdout.write(f"\nReady after {seconds:.1f} s:  http://{children.HOST}:{port}/admin/")
        self.stdout.write(f"Log in as one of {names}; the password of each is  {password}")
        self.stdout.write("Logs: .local/demo-web.log, .local/demo-worker.log. Ctrl-C stops everything; the data stays.")
