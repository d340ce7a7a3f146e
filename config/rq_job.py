"""RQ's jobs as our pages and commands see them: nothing that stands in Redis is ever imported."""

from __future__ import annotations

from typing import Any, NoReturn

import rq.job


class NotOurs(Exception):
    """Somebody wanted the function of a job: workers run a list of functions of their own (`ingestion.worker.jobs`)."""


class Job(rq.job.Job):
    """RQ resolves the dotted names of a job, and calls them, where these are asked for."""

    @property
    def func(self) -> NoReturn:
        raise NotOurs(self.id)

    success_callback = failure_callback = stopped_callback = None

    def perform(self) -> NoReturn:
        raise NotOurs(self.id)

    def restore(self, raw_data: Any) -> None:
        super().restore(raw_data)
        self.webhooks = []
