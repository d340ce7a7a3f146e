"""How a list becomes offers: received files, runs, the log of what went wrong, and what each run changed."""

from ingestion.models.files import FileSweep
from ingestion.models.lists import FileState, IngestionRun, ParsingLog, PriceList
from ingestion.models.review import Change, Correction, HeldChange, IgnoredCause
from ingestion.models.views import PreparedView

__all__ = [
    "Change",
    "Correction",
    "FileState",
    "FileSweep",
    "HeldChange",
    "IgnoredCause",
    "IngestionRun",
    "ParsingLog",
    "PreparedView",
    "PriceList",
]
