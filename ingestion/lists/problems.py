"""How storing a list, or finding it again, can fail."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from ingestion.errors import ConfigurationError, DatabaseError

IS_FULL = _("The disk of the price lists is full: nothing was stored. Make room there, then send the list again.")
FULL = {errno.ENOSPC, errno.EDQUOT}


class StorageFailed(DatabaseError):
    """The disk is full or gave up: nothing was stored. A fetched list is tried again."""


class ListDamaged(ConfigurationError):
    """The stored bytes are gone, or are others than those received. They are never read."""


@contextmanager
def as_storage_failure() -> Iterator[None]:
    """What a disk says, as an error that says what to do."""
    try:
        yield
    except OSError as error:
        raise failure_of(error) from error


def failure_of(error: OSError) -> StorageFailed:
    if error.errno in FULL:
        return StorageFailed(IS_FULL)
    text = _("The disk of the price lists gave an error (%s): nothing was stored. Ask whoever runs the server.")
    return StorageFailed(text % (error.strerror or error))
