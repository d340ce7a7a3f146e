"""A file as a whole is refused."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from ingestion.pricegrid.problems import Problem, files
from ingestion.pricegrid.records import ListRefused

logger = logging.getLogger(__name__)


def refused(problem: Problem, /, **params: object) -> ListRefused:
    return ListRefused(problem.message(**params))


@contextmanager
def refusing_damage(kind: str) -> Iterator[None]:
    """Whatever a library raises over a broken file becomes one clear refusal; the details go to the log.

    Want of memory is no damage: whoever limits this process has the words for it.
    """
    try:
        yield
    except (ListRefused, MemoryError):
        raise
    except Exception as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY and isinstance(error, etree.XMLSyntaxError):
            raise MemoryError from error
        logger.info("Unreadable %s", kind, exc_info=True)
        problem = " ".join(str(error).split())[:200] or type(error).__name__
        raise refused(files.DAMAGED, kind=kind.upper(), problem=problem) from error
