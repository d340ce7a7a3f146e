"""What a worker does for one prepared view."""

from __future__ import annotations

import time

from django.utils import translation
from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError, IngestionError
from ingestion.models import PreparedView
from ingestion.pricegrid import ListRefused
from ingestion.texts import text_of
from ingestion.views import prepared
from ingestion.views.kinds import Made, kind_of

_SECONDS_BETWEEN_SIGNS = 0.5


class NotWanted(Exception):
    """Somebody has cancelled the view, or another worker has it now."""


class Watching:
    """Writes signs of life, and notices that the view was cancelled or takes too long."""

    def __init__(self, view: PreparedView, seconds: float) -> None:
        self.progress = 0.0
        self._view, self._seconds = view, seconds
        self._next_sign = time.monotonic()
        self._deadline = self._next_sign + seconds

    def __call__(self) -> None:
        now = time.monotonic()
        if now < self._next_sign:
            return
        self._next_sign = now + _SECONDS_BETWEEN_SIGNS
        if not prepared.sign_of_life(self._view, self.progress):
            raise NotWanted
        if now > self._deadline:
            text = _("It took longer than the %(seconds)d seconds allowed and was stopped. Ask for a smaller list.")
            raise ConfigurationError(text % {"seconds": self._seconds})


def prepare(view_id: int) -> None:
    """Makes a view that waits; whatever goes wrong is said in it. Raises errors of the program."""
    view = prepared.claim(view_id)
    if view is None:
        return
    with translation.override(view.language):
        try:
            made = make(view)
        except NotWanted:
            return
        except (ListRefused, IngestionError) as problem:
            prepared.fail_view(view, text_of(problem.message))
        except Exception:
            prepared.fail_view(
                view, _("An error of the program stopped it; the log of the worker says more. Try again.")
            )
            raise
        else:
            prepared.finish_view(view, made)


def make(view: PreparedView) -> Made:
    kind = kind_of(view)
    return kind.make(view, Watching(view, kind.seconds))
