"""Every way in which a run can fail, as an error of the contract."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError as DjangoDatabaseError
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

from ingestion.errors import DatabaseError, ErrorType, IngestionError, ParserError
from ingestion.lists.problems import FULL, failure_of
from ingestion.pricegrid import ListRefused
from ingestion.reader import unexpected
from ingestion.runs.life_cycle import RunMoved

logger = logging.getLogger(__name__)


class DataRefused(DatabaseError):
    """The database does not take what the run wants to store; trying again would not change that."""

    can_heal = False


class WorkerLost(DatabaseError):
    """The worker of a run is gone; another one may do better."""


@contextmanager
def as_ingestion_errors() -> Iterator[None]:
    """Every way to fail, as an error of the contract. What nobody foresaw goes to the log with its traceback."""
    try:
        yield
    except (IngestionError, RunMoved):
        raise
    except ListRefused as refusal:
        raise _refused(refusal) from refusal
    except (OperationalError, InterfaceError) as error:
        raise DatabaseError(_("The database could not be reached or gave up: %s") % str(error).strip()) from error
    except DjangoDatabaseError as error:
        logger.exception("The database refused a run")
        raise DataRefused(_("The database refused the list: %s") % str(error).strip()) from error
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise failure_of(error) from error
        logger.exception("A run failed unexpectedly")
        raise unexpected(type(error).__name__, str(error)) from error


def _refused(refusal: ListRefused) -> IngestionError:
    error = ParserError(refusal.message)
    error.error_type = ErrorType(refusal.error_type)
    return error
