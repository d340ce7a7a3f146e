"""Whether the parts that this server needs answer: for load balancers, container engines and monitors."""

import logging
from collections.abc import Callable

import django_rq
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError
from rq import Worker

log = logging.getLogger(__name__)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _queue() -> str:
    django_rq.get_connection("default").ping()
    return "ok"


def _worker() -> str:
    """Each renews its entry several times a minute, or the entry is gone."""
    return "ok" if Worker.all(queue=django_rq.get_queue("default")) else "none"


CHECKS: dict[str, Callable[[], str]] = {"database": _database, "queue": _queue, "worker": _worker}


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """503 when the database or the queue is gone. Without a worker this server still does its part: a word says so."""
    checks = {name: _outcome(name, check) for name, check in CHECKS.items()}
    down = "down" in checks.values()
    status = "down" if down else "degraded" if "none" in checks.values() else "ok"
    return JsonResponse({"status": status, "checks": checks}, status=503 if down else 200)


def _outcome(name: str, check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, RedisError, OSError):
        log.exception("health check failed: %s", name)
        return "down"
