"""Whether a worker of this machine is alive, for the health check of its container: `python -m config.alive`."""

import socket
import sys
from datetime import timedelta

import django
import django_rq
from django.utils import timezone
from rq import Worker

SILENT_TOO_LONG = timedelta(minutes=1)  # a worker says something every ten seconds, also while it works on one list


def is_alive() -> bool:
    now = timezone.now().replace(tzinfo=None)
    here = [w for w in Worker.all(connection=django_rq.get_connection("default")) if w.hostname == socket.gethostname()]
    return any(w.last_heartbeat and now - w.last_heartbeat.replace(tzinfo=None) < SILENT_TOO_LONG for w in here)


if __name__ == "__main__":
    django.setup()
    sys.exit(0 if is_alive() else 1)
