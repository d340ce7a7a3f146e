"""How a list becomes offers: received files, runs, the log of what went wrong, and what each run changed."""

from ingestion.models.lists import IngestionRun, ParsingLog, PriceList
from ingestion.models.review import Change, Correction, IgnoredCause

__all__ = ["Change", "Correction", "IgnoredCause", "IngestionRun", "ParsingLog", "PriceList"]
