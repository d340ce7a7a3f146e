"""The settings as another process reads them, from an environment of the test's own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PRODUCTION = {
    "DATABASE_URL": "postgresql://user:pass@db.example/catalog",
    "REDIS_URL": "redis://queue.example/0",
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopq",
    "ALLOWED_HOSTS": "catalog.example.com",
}


def run(program: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-W", "ignore", "-c", program, *words]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env={**kept, **environment}, capture_output=True, text=True, check=False
    )


def values(*names: str, **environment: str) -> dict[str, object]:
    program = (
        f"import json; from config import settings; print(json.dumps({{n: getattr(settings, n) for n in {names}}}))"
    )
    read: dict[str, object] = json.loads(run(program, **environment).stdout)
    return read


def test_production_is_safe_by_default() -> None:
    names = ("DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
    assert values(*names, **PRODUCTION) == dict(zip(names, (False, True, True, True, 31_536_000), strict=True))


def test_development_works_by_plain_http() -> None:
    names = ("DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE")
    assert values(*names, DATABASE_URL="postgresql:///x", DEVELOPMENT="1") == dict.fromkeys(names, False)


def test_the_environment_sets_what_it_names() -> None:
    found = values("TIME_ZONE", "PRICE_LIST_MAX_BYTES", **PRODUCTION, TIME_ZONE="Europe/Minsk", PRICE_LIST_MAX_MB="7")
    assert found == {"TIME_ZONE": "Europe/Minsk", "PRICE_LIST_MAX_BYTES": 7 * 1024 * 1024}


def test_a_server_answers_to_the_names_it_was_given_and_no_other() -> None:
    assert values("ALLOWED_HOSTS", **PRODUCTION) == {"ALLOWED_HOSTS": ["catalog.example.com"]}
    assert values("ALLOWED_HOSTS", **PRODUCTION | {"ALLOWED_HOSTS": "localhost"}) == {"ALLOWED_HOSTS": ["localhost"]}


def test_without_a_database_it_says_what_to_do() -> None:
    failed = run("import config.settings")
    assert "DATABASE_URL is not set. Set it" in failed.stderr


def test_the_web_server_refuses_to_start_without_its_secrets() -> None:
    failed = run("import config.wsgi", DATABASE_URL=PRODUCTION["DATABASE_URL"])
    assert "config.E006: SECRET_KEY is not set" in failed.stderr
    assert "config.E007: ALLOWED_HOSTS is not set" in failed.stderr


@pytest.mark.parametrize("hosts", ["catalog.example.com", "localhost"])
def test_the_web_server_starts_with_them(hosts: str) -> None:
    assert run("import config.wsgi", **PRODUCTION | {"ALLOWED_HOSTS": hosts}).returncode == 0


def test_static_files_can_be_read_by_whoever_serves_them(tmp_path: Path) -> None:
    """Root collects them, the web server's user reads them; received lists stay private."""
    program = """
import os, sys; os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
from pathlib import Path
import django
from config import settings
settings.STATIC_ROOT = Path(sys.argv[1]) / "static"
django.setup()
from django.core.management import call_command
os.umask(0o022)
call_command("collectstatic", interactive=False, verbosity=0)
"""
    done = run(program, str(tmp_path), **PRODUCTION)
    assert done.returncode == 0, done.stderr
    collected = list((tmp_path / "static").rglob("*"))
    assert len([path for path in collected if path.suffix in {".css", ".gz"}]) > 10
    assert not [path for path in collected if path.stat().st_mode & 0o044 != 0o044]


def test_received_lists_are_private() -> None:
    assert values("FILE_UPLOAD_PERMISSIONS", **PRODUCTION) == {"FILE_UPLOAD_PERMISSIONS": 0o640}
