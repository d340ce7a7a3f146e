"""manage.py dead_letters: what failed for good, why, and the way to send it again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ingestion.runs import queue
from ingestion.runs.life_cycle import RunMoved, forget_dead_letter
from ingestion.runs.requests import UnderWay
from ingestion.texts import text_of


class Command(BaseCommand):
    help = "Lists the tasks that failed for good; sends them again, or forgets them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--resend", metavar="TASK_ID", nargs="+", default=[], help="send these tasks again")
        what.add_argument("--resend-all", action="store_true", help="send all of them again")
        what.add_argument("--forget", metavar="TASK_ID", nargs="+", default=[], help="delete these dead letters")

    def handle(self, **options: Any) -> None:
        letters = queue.dead_letters()
        if options["resend"] or options["resend_all"]:
            self.resend(letters, options["resend"] or [letter.task_id for letter in letters])
        elif options["forget"]:
            count = sum(forget_dead_letter(task_id) for task_id in options["forget"])
            self.stdout.write(ngettext("%d dead letter forgotten.", "%d dead letters forgotten.", count) % count)
        else:
            self.say(letters)

    def say(self, letters: list[queue.DeadLetter]) -> None:
        if not letters:
            self.stdout.write(_("There are no dead letters."))
        for letter in letters:
            when = letter.failed_at.isoformat(timespec="seconds") if letter.failed_at else "-"
            self.stdout.write(f"{when}  {letter.task_id}  {letter.run}  {letter.reason}")

    def resend(self, letters: list[queue.DeadLetter], task_ids: list[str]) -> None:
        by_task = {letter.task_id: letter for letter in letters}
        sent = 0
        for task_id in task_ids:
            letter = by_task.get(task_id)
            if letter is None:
                raise CommandError(_("There is no dead letter of the task %s that could be sent again.") % task_id)
            try:
                queue.requeue(letter.run)
            except RunMoved as moved:
                raise CommandError(str(moved)) from moved
            except UnderWay as doubled:
                raise CommandError(text_of(doubled.message)) from doubled
            sent += 1
        self.stdout.write(ngettext("%d task sent again.", "%d tasks sent again.", sent) % sent)
