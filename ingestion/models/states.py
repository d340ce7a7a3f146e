"""States, and the sets of them that mean something: used by querysets, constraints and the one writer of each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunStatus(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    WAITING = "waiting", _("Waits for a person")
    SCHEDULED = "scheduled", _("Takes force later")
    SUCCESS = "success", _("Success")
    PARTIAL_SUCCESS = "partial_success", _("Partial success")
    FAILURE = "failure", _("Failure")
    CANCELLED = "cancelled", _("Cancelled")
    OVERTAKEN = "overtaken", _("Overtaken by a newer list")


UNDER_WAY = (RunStatus.QUEUED, RunStatus.RUNNING)  # a worker has it, or will
OPEN = (*UNDER_WAY, RunStatus.WAITING, RunStatus.SCHEDULED)  # it can still come to something
TAKEN_IN = (RunStatus.SUCCESS, RunStatus.PARTIAL_SUCCESS)
REVIVABLE = (RunStatus.FAILURE, RunStatus.CANCELLED)


class ViewStatus(models.TextChoices):
    WAITING = "waiting", _("Waits for a worker")
    WORKING = "working", _("Is being prepared")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


VIEW_OPEN = (ViewStatus.WAITING, ViewStatus.WORKING)


class TaskStatus(models.TextChoices):
    WAITING = "waiting", _("Waits for a worker")
    WORKING = "working", _("Under way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


TASK_OPEN = (TaskStatus.WAITING, TaskStatus.WORKING)
