"""The settings as another process reads them, from an environment of the test's own."""

import json
import os
import subprocess
import sys

from django.conf import settings

PRODUCTION = {
    "DATABASE_URL": "postgresql://user:pass@db.example/catalog",
    "REDIS_URL": "redis://queue.example/0",
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopq",
    "ALLOWED_HOSTS": "catalog.example.com",
}


def run(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-W", "ignore", "-c", program]
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
    assert values(*names, **PRODUCTION) == dict(zip(names, (False, True, True, True, 3600), strict=True))


def test_development_works_by_plain_http() -> None:
    names = ("DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE")
    assert values(*names, DATABASE_URL="postgresql:///x", DEVELOPMENT="1") == dict.fromkeys(names, False)


def test_the_environment_sets_what_it_names() -> None:
    found = values("TIME_ZONE", "PRICE_LIST_MAX_BYTES", **PRODUCTION, TIME_ZONE="Europe/Minsk", PRICE_LIST_MAX_MB="7")
    assert found == {"TIME_ZONE": "Europe/Minsk", "PRICE_LIST_MAX_BYTES": 7 * 1024 * 1024}


def test_without_a_database_it_says_what_to_do() -> None:
    failed = run("import config.settings")
    assert "DATABASE_URL is not set. Set it" in failed.stderr


def test_the_web_server_refuses_to_start_without_its_secrets() -> None:
    failed = run("import config.wsgi", DATABASE_URL=PRODUCTION["DATABASE_URL"])
    assert "config.E006: SECRET_KEY is not set" in failed.stderr
    assert "config.E007: ALLOWED_HOSTS is not set" in failed.stderr


def test_the_web_server_starts_with_them() -> None:
    assert run("import config.wsgi", **PRODUCTION).returncode == 0
