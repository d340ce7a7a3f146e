"""A real browser on a live server, with a worker in this process where a test wants one."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection

from tests.factories import UserFactory

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator:
    if not CHROMIUM.exists():
        pytest.skip(f"There is no browser at {CHROMIUM}")
    playwright = pytest.importorskip("playwright.sync_api").sync_playwright().start()
    # the driver runs an event loop in this thread, which Django takes for asynchronous code
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
    yield found
    found.close()
    playwright.stop()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def roles(transactional_db):
    """A live server's tests empty the database, and with it the groups of the migrations."""
    with connection.schema_editor() as editor:
        import_module("ingestion.migrations.0003_roles").create_roles(apps, editor)
        import_module("ingestion.migrations.0007_roles_of_links").grant(apps, editor)


@pytest.fixture
def previewer(settings, transactional_db) -> Iterator[None]:
    """A real worker that prepares what pages want to see of lists."""
    database = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "REDIS_URL": settings.RQ_QUEUES["previews"]["URL"],
    }
    words = [sys.executable, "manage.py", "rqworker", "previews", "--verbosity", "0"]
    worker = subprocess.Popen(words, cwd=settings.BASE_DIR, env=environment, start_new_session=True)
    yield
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


@pytest.fixture
def open_as(browser, live_server, roles) -> Iterator[Callable]:
    """Signs somebody with a role in, and gives the page that opens; an error in the page fails the test."""
    contexts, problems = [], []

    def sign_in(role: str):
        user = UserFactory(username=role.lower(), is_staff=True)
        user.set_password("secret")
        user.save()
        user.groups.set(Group.objects.filter(name=role))
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 1000})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto("/admin/login/")
        page.fill("#id_username", user.username)
        page.fill("#id_password", "secret")
        page.press("#id_password", "Enter")
        page.wait_for_url("**/admin/")
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert problems == []
