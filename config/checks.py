"""Wrong configuration is found at start-up, and says what to do. Each finding has an id (docs/troubleshooting.md)."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004
from django.core.exceptions import ImproperlyConfigured

Check = Callable[..., list[CheckMessage]]


def _production(message: str, hint: str, code: str) -> list[CheckMessage]:
    """An error on a server; on a developer's machine nothing to worry about."""
    return [] if settings.DEVELOPMENT else [Error(message, hint=hint, id=f"config.{code}")]


def media_root_is_writable(app_configs: Any, **options: Any) -> list[CheckMessage]:
    if settings.S3_BUCKET:
        return []
    folder = Path(settings.MEDIA_ROOT)
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if existing.is_dir() and os.access(existing, os.W_OK):
        return []
    return [
        Error(
            f"Price lists cannot be stored: {folder} is not writable.",
            hint="Set MEDIA_ROOT to a folder that the web server and the workers share and may write.",
            id="config.E001",
        )
    ]


def upload_limit_is_positive(app_configs: Any, **options: Any) -> list[CheckMessage]:
    if settings.PRICE_LIST_MAX_BYTES > 0:
        return []
    return [Error("PRICE_LIST_MAX_MB must be above zero.", hint="100 is usual.", id="config.E002")]


def queues_use_json(app_configs: Any, **options: Any) -> list[CheckMessage]:
    pickled = [
        name for name, queue in settings.RQ_QUEUES.items() if not queue.get("SERIALIZER", "").endswith("JSONSerializer")
    ]
    if not pickled:
        return []
    return [
        Error(
            f"The queue {', '.join(pickled)} would unpickle whatever lies in Redis.",
            hint='Give every queue in RQ_QUEUES "SERIALIZER": "rq.serializers.JSONSerializer".',
            id="config.E003",
        )
    ]


def service_account_is_readable(app_configs: Any, **options: Any) -> list[CheckMessage]:
    path = settings.GOOGLE_SERVICE_ACCOUNT_FILE
    if not path or os.access(path, os.R_OK):
        return []
    return [
        Error(
            f"The Google service account's key {path} cannot be read.",
            hint="Set GOOGLE_SERVICE_ACCOUNT_FILE to the key's JSON file, readable by the worker, or leave it unset.",
            id="config.E004",
        )
    ]


def database_is_postgresql(app_configs: Any, **options: Any) -> list[CheckMessage]:
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
        return []
    return [
        Error(
            "The database is not PostgreSQL, whose COPY, JSONB and ON CONFLICT this system is built on.",
            hint="Set DATABASE_URL to postgresql://user:password@host:5432/name.",
            id="config.E005",
        )
    ]


def queue_server_is_named(app_configs: Any, **options: Any) -> list[CheckMessage]:
    if settings.REDIS_URL:
        return []
    return [
        Warning(
            "REDIS_URL is not set: the queue is looked for on redis://127.0.0.1:6379/0.",
            hint="Set REDIS_URL. Only `ingest` without --queue works without it.",
            id="config.W001",
        )
    ]


def secret_key_is_set(app_configs: Any, **options: Any) -> list[CheckMessage]:
    try:
        settings.SECRET_KEY  # noqa: B018
    except ImproperlyConfigured:
        pass
    else:
        return []
    return _production("SECRET_KEY is not set.", "Set it to 50 random characters, the same on all web servers.", "E006")


def hosts_are_named(app_configs: Any, **options: Any) -> list[CheckMessage]:
    if settings.ALLOWED_HOSTS:
        return []
    return _production("ALLOWED_HOSTS is not set.", "Set it to the names under which people open the site.", "E007")


def debug_is_for_development(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Its pages about errors show settings, the code and what people sent."""
    if not settings.DEBUG:
        return []
    return _production(
        "DEBUG is on outside development.", "Unset DEBUG; on a developer's machine set DEVELOPMENT=1.", "E008"
    )


CHECKS: list[Check] = [
    debug_is_for_development,
    media_root_is_writable,
    upload_limit_is_positive,
    queues_use_json,
    service_account_is_readable,
    database_is_postgresql,
]
# for `check --deploy` and the start of the web server: other commands do without these
DEPLOYMENT_CHECKS: list[Check] = [queue_server_is_named, secret_key_is_set, hosts_are_named]
