"""The life of a prepared view: asked for, taken by a worker, ready, or failed in words. The only writer of its status.

The database is the truth. The queue is rung when a view is asked for; whoever looks at one that waits rings again, and
whoever finds one whose worker has gone puts it back.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ingestion.errors import IngestionError
from ingestion.lists.storage import PREPARED
from ingestion.models import IngestionRun, PreparedView, PriceList
from ingestion.runs import queue
from ingestion.views.kinds import Made

_Status = PreparedView.Status
VERSION = 1  # raised when results are written otherwise: older ones are then made anew
KEEP = timedelta(days=1)  # after the last look
KEEP_FAILED = timedelta(minutes=10)  # then it is tried again by itself
RING_AGAIN = timedelta(seconds=10)
SILENCE = timedelta(seconds=15)  # of a worker that is taken for dead
MOST_ATTEMPTS = 2
MOST_OPEN_EACH = 6
MOST_OPEN = 200
LOOK_AGAIN_SECONDS = 0.03


class TooMuchAsked(IngestionError):
    """Somebody, or everybody, has asked for more than is prepared at a time."""


def request_view(
    kind: str,
    *,
    by: User,
    depends: Sequence[Any] = (),
    params: dict[str, Any] | None = None,
    price_list: PriceList | None = None,
    run: IngestionRun | None = None,
) -> PreparedView:
    """The view with this content, made now or long ago. `depends` is everything besides `params` that it follows from.

    Raises TooMuchAsked.
    """
    params, language, now = params or {}, get_language() or settings.LANGUAGE_CODE, timezone.now()
    key = _key_of([VERSION, kind, price_list and price_list.pk, run and run.pk, params, language, depends])
    known = PreparedView.objects.filter(kind=kind, key=key).first()
    if known is not None and (known.is_open or known.status == _Status.READY or known.expires_at > now):
        return used(known, now)
    refuse_too_much(by)
    new = {"asked_by": by, "asked_at": now, "rung_at": now, "expires_at": now + KEEP}
    if known is not None:
        return started_again(known, **new)
    new |= {"params": params, "language": language, "price_list": price_list, "run": run}
    view, is_new = PreparedView.objects.get_or_create(kind=kind, key=key, defaults=new)
    if is_new:
        ring(view)
    return view


def _key_of(facts: Any) -> str:
    return sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def used(view: PreparedView, now: datetime) -> PreparedView:
    """A result that somebody looks at is kept; one that nobody works on is asked for again."""
    if view.status == _Status.READY and view.expires_at < now + KEEP / 2:
        PreparedView.objects.filter(pk=view.pk, status=_Status.READY).update(expires_at=now + KEEP)
    return repaired(view, at=now)


def refuse_too_much(by: User) -> None:
    waiting = PreparedView.objects.open()
    count = waiting.filter(asked_by=by).count()
    if count >= MOST_OPEN_EACH:
        text = _("%(count)d views are being prepared for you already. Wait for one of them, or cancel one.")
        raise TooMuchAsked(text % {"count": count})
    if waiting.count() >= MOST_OPEN:
        raise TooMuchAsked(_("Too much is being prepared at the moment. Try again in a minute."))


def started_again(view: PreparedView, **new: Any) -> PreparedView:
    """What failed or was cancelled, anew; nothing happens where somebody else was quicker."""
    fresh = {"status": _Status.WAITING, "attempts": 0, "progress": 0, "message": "", "finished_at": None, **new}
    over = PreparedView.objects.filter(pk=view.pk, status__in=(_Status.FAILED, _Status.CANCELLED))
    if over.update(**fresh):
        ring(view)
    view.refresh_from_db()
    return view


def try_again(view: PreparedView, *, by: User) -> PreparedView:
    """Raises TooMuchAsked."""
    refuse_too_much(by)
    now = timezone.now()
    return started_again(view, asked_by=by, asked_at=now, rung_at=now, expires_at=now + KEEP)


def cancel_view(view: PreparedView) -> None:
    """The worker notices within a second, and ends what it has begun for it."""
    now = timezone.now()
    PreparedView.objects.open().filter(pk=view.pk).update(
        status=_Status.CANCELLED, message=_("It was cancelled."), finished_at=now, expires_at=now + KEEP_FAILED
    )
    view.refresh_from_db()


def cancel_others(views: Sequence[PreparedView], *, by: User) -> None:
    """Somebody who tries other settings on a list does not wait any more for those before."""
    ids, kinds, lists = ({getattr(view, name) for view in views} for name in ("pk", "kind", "price_list_id"))
    others = PreparedView.objects.open().filter(kind__in=kinds, price_list__in=lists, asked_by=by)
    for other in others.exclude(pk__in=ids):
        cancel_view(other)


def ring(view: PreparedView) -> None:
    transaction.on_commit(lambda: queue.send_view(view.pk))


def wait(views: Sequence[PreparedView], seconds: float | None = None) -> None:
    """Until all of them are over, or the time is up: a usual list is ready before a person notices."""
    deadline = time.monotonic() + (settings.PREPARED_VIEW_WAIT_SECONDS if seconds is None else seconds)
    while any(view.is_open for view in views) and time.monotonic() < deadline:
        time.sleep(LOOK_AGAIN_SECONDS)
        for view in views:
            if view.is_open:
                view.refresh_from_db()


def claim(view_id: int) -> PreparedView | None:
    """The view, for the worker that calls; none where another one has it, or nobody wants it any more."""
    now = timezone.now()
    waiting = PreparedView.objects.filter(pk=view_id, status=_Status.WAITING)
    if not waiting.update(
        status=_Status.WORKING, attempts=F("attempts") + 1, progress=0, started_at=now, heartbeat_at=now
    ):
        return None
    return PreparedView.objects.select_related("price_list", "run", "asked_by").get(pk=view_id)


def of_attempt(view: PreparedView) -> Any:
    """The view as long as it belongs to the attempt that claimed it."""
    return PreparedView.objects.filter(pk=view.pk, status=_Status.WORKING, attempts=view.attempts)


def sign_of_life(view: PreparedView, progress: float) -> bool:
    """Whether the view is still wanted."""
    return bool(of_attempt(view).update(heartbeat_at=timezone.now(), progress=min(max(int(progress), 0), 99)))


def finish_view(view: PreparedView, made: Made) -> None:
    name = keep_file(made)
    now = timezone.now()
    kept = of_attempt(view).update(
        status=_Status.READY,
        progress=100,
        result=json.dumps(made.result),
        file=name,
        file_name=made.file_name,
        finished_at=now,
        expires_at=now + KEEP,
    )
    if name and not kept:
        default_storage.delete(name)


def keep_file(made: Made) -> str:
    if made.file is None:
        return ""
    with made.file as content:
        content.seek(0)
        return default_storage.save(f"{PREPARED}/{get_random_string(32)}{Path(made.file_name).suffix}", File(content))


def fail_view(view: PreparedView, message: str) -> None:
    now = timezone.now()
    of_attempt(view).update(
        status=_Status.FAILED, message=message, finished_at=now, expires_at=now + KEEP_FAILED, result=""
    )


def repaired(view: PreparedView, *, at: datetime | None = None) -> PreparedView:
    """What a dead worker or a lost message left behind goes on."""
    at = at or timezone.now()
    if view.status == _Status.WORKING and view.heartbeat_at and view.heartbeat_at < at - SILENCE:
        put_back_view(view)
    elif view.status == _Status.WAITING and view.rung_at < at - RING_AGAIN:
        rung = PreparedView.objects.filter(pk=view.pk, status=_Status.WAITING, rung_at=view.rung_at)
        if rung.update(rung_at=at):
            ring(view)
    return view


def put_back_view(view: PreparedView) -> None:
    if view.attempts >= MOST_ATTEMPTS:
        fail_view(view, _("The worker that prepared it stopped, twice. Try again later, or ask an administrator."))
    elif of_attempt(view).update(status=_Status.WAITING, rung_at=timezone.now()):
        ring(view)
    view.refresh_from_db()


def repair_views(*, at: datetime | None = None) -> None:
    """All of them, and those that nobody looks at any more are forgotten."""
    at = at or timezone.now()
    for view in PreparedView.objects.open():
        repaired(view, at=at)
    _sweep(at)


def _sweep(at: datetime) -> int:
    old = PreparedView.objects.closed().filter(expires_at__lt=at)
    for made, upload in old.values_list("file", f"params__{PreparedView.UPLOAD}"):
        for name in filter(None, (made, upload)):
            default_storage.delete(name)  # before its row: without it the file would never be found again
    return old.delete()[0]
