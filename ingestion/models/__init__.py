"""How a list becomes offers: received files, runs, the log of what went wrong, and what each run changed."""

from ingestion.models.lists import IngestionRun, ParsingLog, PriceList
from ingestion.models.review import Change, Correction, HeldChange, IgnoredCause

__all__ = ["Change", "Correction", "HeldChange", "IgnoredCause", "IngestionRun", "ParsingLog", "PriceList"]
