"""From the base images to the last list: each step a line, and a table at the end."""

from __future__ import annotations

import argparse
import re
import secrets
import shlex
import shutil
import signal
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from containers import bases, weeks
from containers.engine import Engine
from containers.person import Person
from containers.site import ONCE, Site, slow_senders
from containers.steps import Failed, Steps, check, say

USER = "operator"
RUN_SECONDS = 120
SLOW_SENDERS = 30
ANSWER_SECONDS = 3.0
ERROR = re.compile(
    r'"level(?:name)?": ?"(?:ERROR|CRITICAL)"|\b(?:ERROR|FATAL|PANIC|CRITICAL)\b|\[(?:error|crit|alert|emerg)\]'
    r"|Traceback \(most recent|Permission denied|Read-only file system"
)
AFTER_RESTART = timedelta(seconds=15)  # in which others may say that they have lost it


class Trial:
    def __init__(self, site: Site, steps: Steps) -> None:
        self.site, self.steps = site, steps
        self.person = Person(site.address)
        self.restarts: list[tuple[datetime, datetime]] = []
        self.week = 0

    def start(self) -> None:
        with self.steps.step("a copy of the checkout, settings as in the quickstart") as step:
            self.site.copy_checkout()
            self.site.write_settings()
            step.found = f"{self.site.address}, services {', '.join(self.site.services())}"
        for name in self.site.images():
            with self.steps.step(f"base image {name}") as step:
                bases.ensure(self.site.engine, name, step)
        with self.steps.step("build"):
            self.site.build()
        with self.steps.step("everything up") as step:
            self.site.up()
            step.found = "; ".join(f"{name} {self.site.facts(name)['State']['Status']}" for name in self.running())
        for name in self.running():
            with self.steps.step(f"{name} is healthy"):
                self.site.engine.wait_until_healthy(self.site.container(name))
        with self.steps.step("the migrations ran once and to their end") as step:
            code = self.site.facts(ONCE)["State"]["ExitCode"]
            check(code == 0, f"{ONCE} ended with {code}: {self.site.engine.logs(self.site.container(ONCE))[-1500:]}")
            self.site.execute("web", "python", "manage.py", "migrate", "--check")
            applied = self.site.query("SELECT count(*) FROM django_migrations")
            step.found = f"{applied} applied"

    def running(self) -> list[str]:
        return [name for name in self.site.services() if name != ONCE]

    def own(self) -> list[str]:
        return [name for name in self.running() if name not in ("postgres", "redis", "proxy")]

    def confinement(self) -> None:
        for name in [*self.own(), "proxy"]:
            with self.steps.step(f"{name} is confined") as step:
                step.found = self.confined(name)

    def confined(self, name: str) -> str:
        user = self.site.execute(name, "id", "-u").strip()
        check(user != "0", f"{name} runs as root")
        facts = self.site.facts(name)
        check(facts["HostConfig"]["ReadonlyRootfs"], f"the root of {name} can be written")
        written = self.site.execute(name, "sh", "-c", "touch /written 2>/dev/null && echo yes || echo no").strip()
        check(written == "no", f"{name} has written to its root")
        memory = facts["HostConfig"]["Memory"]
        check(memory, f"{name} may take all memory")
        return f"user {user}, read-only, {memory // 2**20} MB at most"

    def log_in(self) -> None:
        password = secrets.token_urlsafe(20)
        with self.steps.step("createsuperuser"):
            command = ("python", "manage.py", "createsuperuser", "--noinput", "--username", USER)
            self.site.execute("web", *command, "--email", "operator@example.com", DJANGO_SUPERUSER_PASSWORD=password)
        with self.steps.step("log in by the form"):
            self.person.log_in(USER, password)
        with self.steps.step("static files") as step:
            page = self.person.open("/admin/")
            check(page.stylesheets and page.scripts, "the page names no static files")
            for url in [*page.stylesheets, *page.scripts]:
                status, kind, content = self.person.fetch(url)
                check(status == 200 and content, f"{url} answers {status}")
                check(url not in page.stylesheets or kind.startswith("text/css"), f"{url} is {kind}")
            step.found = f"{len(page.stylesheets)} stylesheets, {len(page.scripts)} scripts"

    def first_list(self) -> None:
        with self.steps.step("a supplier by the form"):
            page = self.person.open("/admin/suppliers/supplier/add/")
            self.person.send(page, name="Clamps & Co", default_currency="EUR", metadata="{}")
        self.take_in("the first list")
        with self.steps.step("a preview, prepared by a worker") as step:
            list_id = self.site.query("SELECT max(id) FROM ingestion_pricelist")
            step.found = self.wait_for_page(f"/admin/ingestion/pricelist/{list_id}/mapping/", has="Clamp 1 mm")

    def wait_for_page(self, path: str, *, has: str) -> str:
        began = time.monotonic()
        while has not in self.person.open(path).text:
            check(time.monotonic() - began < RUN_SECONDS, f"{path} does not show {has}")
            time.sleep(0.5)
        return f"after {time.monotonic() - began:.1f} s"

    def take_in(self, what: str) -> None:
        """Sends the week's list as a person does, and waits for what it gives."""
        expected = weeks.expected(self.week)
        with self.steps.step(what) as step:
            supplier = self.site.query("SELECT id FROM suppliers_supplier")
            page = self.person.open(f"/admin/ingestion/pricelist/add/?supplier={supplier}")
            before = self.site.query("SELECT count(*) FROM ingestion_ingestionrun")
            self.person.send(page, file=("file", f"week-{self.week}.csv", weeks.csv(self.week)))
            after = self.site.query("SELECT count(*) FROM ingestion_ingestionrun")
            check(int(after) == int(before) + 1, f"the upload made {int(after) - int(before)} runs")
            step.found = self.wait_for_run(expected)
        self.week += 1

    def wait_for_run(self, expected: weeks.Numbers) -> str:
        began = time.monotonic()
        status, found, message = self.site.last_run()
        while status in {"queued", "running"} and time.monotonic() - began < RUN_SECONDS:
            time.sleep(0.3)
            status, found, message = self.site.last_run()
        check(status == "partial_success", f"the run is {status}: {message}")  # one row has no price, and it says so
        check(found == expected, f"{found} instead of {expected}")
        return f"{found.total_rows} rows: {found.new} new, {found.changed} changed, {found.missing} missing, 1 failed"

    def slow_clients(self) -> None:
        with self.steps.step(f"the site answers while {SLOW_SENDERS} send slowly") as step:
            with slow_senders(("localhost", self.site.port), number=SLOW_SENDERS):
                began = time.monotonic()
                self.person.open("/admin/")
                seconds = time.monotonic() - began
            check(seconds < ANSWER_SECONDS, f"after {seconds:.1f} s")
            step.found = f"after {seconds:.2f} s"

    def each_restarts(self) -> None:
        for name in self.running():
            with self.steps.step(f"{name} restarts") as step:
                began = datetime.now().astimezone()
                self.site.restart(name)
                for each in (name, *(other for other in self.own() if other != name)):
                    self.site.engine.wait_until_healthy(self.site.container(each))
                self.restarts.append((began, datetime.now().astimezone() + AFTER_RESTART))
                step.found = "healthy again, and all others"
            self.take_in(f"next week's list after {name}")

    def logs(self) -> None:
        for name in self.site.services():
            with self.steps.step(f"no error in the log of {name}") as step:
                lines = list(self.site.log_lines(name))
                errors = [(when, text) for when, text in lines if ERROR.search(text)]
                outside = [text for when, text in errors if not self.is_during_restart(when)]
                check(not outside, f"{len(outside)}, the first: {outside[:1]}")
                step.found = f"{len(lines)} lines, {len(errors)} errors while another service was away"

    def is_during_restart(self, moment: datetime) -> bool:
        return any(began <= moment <= ended for began, ended in self.restarts)

    def run(self) -> None:
        self.start()
        self.log_in()
        self.first_list()
        self.confinement()
        self.slow_clients()
        self.each_restarts()
        self.logs()


def main() -> int:
    parser = argparse.ArgumentParser(prog="containers/try", description="Tries the containers: docs/containers.md")
    parser.add_argument("--compose", default="", help="the command of compose, where it is not found by itself")
    parser.add_argument("--keep", action="store_true", help="leave the containers up at the end")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it finds nothing left behind either
    steps = Steps()
    site = Site(Engine(shlex.split(options.compose)), Path(tempfile.mkdtemp(prefix="containers-try-")))
    try:
        Trial(site, steps).run()
    except Failed:
        pass  # said in the table
    finally:
        if options.keep:
            say(f"{site.address} stays up, from {site.folder}")
        else:
            put_away(site, steps)
    say(steps.table())
    return 0 if all(step.is_good for step in steps.done) else 1


def put_away(site: Site, steps: Steps) -> None:
    try:
        with steps.step("down"):
            site.down()
    except Failed:
        pass  # said in the table
    shutil.rmtree(site.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
