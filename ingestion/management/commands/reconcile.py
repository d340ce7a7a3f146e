"""manage.py reconcile: repairs what a dead worker or a lost queue left behind. Workers do it all the time, too."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ingestion.worker.reconcile import reconcile_runs


class Command(BaseCommand):
    help = "Sends runs again whose worker died or whose message was lost."

    def handle(self, **options: Any) -> None:
        repaired = reconcile_runs()
        text = _("%(dead)d runs of dead workers and %(lost)d lost messages were repaired.")
        self.stdout.write(text % {"dead": repaired.dead_workers, "lost": repaired.lost_messages})
