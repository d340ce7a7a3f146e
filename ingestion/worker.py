"""The worker that `manage.py rqworker` starts."""

from __future__ import annotations

from typing import Any

import rq
from rq.serializers import JSONSerializer

from ingestion.queue import schedule_reconcile
from ingestion.warm import warm_up


class Worker(rq.Worker):
    """Reads JSON only, and loads what every list needs before it forks: a job then starts within milliseconds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "serializer": JSONSerializer})

    def work(self, *args: Any, **kwargs: Any) -> bool:
        warm_up()
        if kwargs.get("with_scheduler"):
            schedule_reconcile()
        return super().work(*args, **kwargs)
