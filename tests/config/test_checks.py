import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import CheckMessage, run_checks
from pytest_django.fixtures import Settings

from config import checks

JSON = "rq.serializers.JSONSerializer"


def found() -> list[CheckMessage]:
    return run_checks(tags=["configuration"], include_deployment_checks=True)


def test_the_tests_own_configuration_is_right() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"MEDIA_ROOT": f"{__file__}/media"}, "config.E001"),
        ({"PRICE_LIST_MAX_BYTES": 0}, "config.E002"),
        ({"RQ_QUEUES": {"default": {"URL": "redis://127.0.0.1"}}}, "config.E003"),
        ({"GOOGLE_SERVICE_ACCOUNT_FILE": "/nowhere/key.json"}, "config.E004"),
        ({"DEVELOPMENT": False, "SECRET_KEY": ""}, "config.E006"),
        ({"DEVELOPMENT": False, "ALLOWED_HOSTS": []}, "config.E007"),
        ({"REDIS_URL": ""}, "config.W001"),
    ],
)
def test_wrong_configuration_is_found_with_a_hint(settings: Settings, wrong: dict[str, Any], code: str) -> None:
    settings.ALLOWED_HOSTS = ["catalog.example.com"]
    for name, value in wrong.items():
        settings.__setattr__(name, value)
    messages = found()
    assert [message.id for message in messages] == [code]
    assert messages[0].hint


def test_another_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    assert [message.id for message in checks.database_is_postgresql(None)] == ["config.E005"]


def test_debug_outside_development_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEBUG", True)
    assert checks.debug_is_for_development(None) == []
    monkeypatch.setattr(settings, "DEVELOPMENT", False)
    assert [message.id for message in checks.debug_is_for_development(None)] == ["config.E008"]


def test_each_check_is_explained() -> None:
    codes = set(re.findall(r"\b[EW]\d{3}\b", Path(checks.__file__).read_text()))
    text = (settings.BASE_DIR / "docs" / "troubleshooting.md").read_text()
    assert len(codes) == 9
    assert not [code for code in codes if f"config.{code}" not in text]
