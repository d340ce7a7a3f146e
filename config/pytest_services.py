"""pytest plug-in: throw-away PostgreSQL and Valkey for the tests, up before Django reads its settings.

Only what DATABASE_URL and REDIS_URL do not name is started. With pytest-xdist the controller starts them and every
worker gets a Redis database of its own (pytest-django gives it its own PostgreSQL database).
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config import services

_leases: list[services.Lease] = []
_folder = pytest.StashKey[Path]()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
    os.environ["DEVELOPMENT"] = "1"
    if missing := services.unset(os.environ):
        early_config.stash[_folder] = _make_folder()
        _leases.extend(services.use(missing, folder=early_config.stash[_folder], throw_away=True))
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["REDIS_URL"] = _database_of(worker, os.environ["REDIS_URL"])
    return (yield)


def _make_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="unified-catalog-tests-"))
    folder.chmod(0o711)  # the server's user passes through it
    return folder


def _remove_folder(folder: Path) -> None:
    shutil.rmtree((folder / "postgres").resolve(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _database_of(worker: str, url: str) -> str:
    return urlsplit(url)._replace(path=f"/{int(worker.removeprefix('gw')) + 1}").geturl()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    for lease in _leases:
        lease.release()
    if folder := config.stash.get(_folder, None):
        _remove_folder(folder)


@pytest.fixture(scope="module")
def services_folder() -> Generator[Path, None, None]:
    """Where a test module may run embedded servers of its own."""
    folder = _make_folder()
    yield folder
    _remove_folder(folder)
