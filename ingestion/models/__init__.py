"""How a list becomes offers: received files, runs, the log of what went wrong, and what each run changed."""

from ingestion.models import states
from ingestion.models.change import Change, HeldChange
from ingestion.models.log import ParsingLog
from ingestion.models.matching import MatchingTask
from ingestion.models.prepared import PreparedView
from ingestion.models.received import FileState, FileSweep, PriceList
from ingestion.models.review import Correction, IgnoredCause
from ingestion.models.run import IngestionRun

__all__ = [
    "Change",
    "Correction",
    "FileState",
    "FileSweep",
    "HeldChange",
    "IgnoredCause",
    "IngestionRun",
    "MatchingTask",
    "ParsingLog",
    "PreparedView",
    "PriceList",
    "states",
]
