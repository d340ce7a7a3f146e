"""The settings of a site under attack: Google is a server of ours, and each reader says what it took."""

from __future__ import annotations

import os

from config.settings import *  # noqa: F403
from config.settings import LOGGING

GOOGLE_SHEETS_URL = os.environ["ATTACK_GOOGLE"]
LOGGING["loggers"] = {"ingestion.reader.apart": {"level": "DEBUG"}}
