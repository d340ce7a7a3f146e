"""What stands first on a run's page: what it asks, or what did not go in as its list says it."""

from __future__ import annotations

from typing import NamedTuple

from ingestion.models import IngestionRun
from ingestion.runs.results import verdict_on


class Notices(NamedTuple):
    questions: tuple[str, ...]  # each by itself: a person answers one after the other
    told: tuple[str, ...]  # held, left out
    message: str  # whatever else the run says of itself


def notices_of(run: IngestionRun) -> Notices:
    """Nothing is said twice: the message of a run that waits is its questions, of one that held prices what it held."""
    questions, summary = verdict_on(run).questions, run.summed_up()
    told = summary.guards if summary else ()
    is_asked = questions and run.status == IngestionRun.Status.WAITING
    return Notices(questions, told, "" if is_asked else run.message.removeprefix(" ".join(told)).strip())
