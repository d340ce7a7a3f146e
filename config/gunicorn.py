"""The web server in production: gunicorn, with the log lines of the application."""

from django.core.management import call_command

from config import settings

bind = settings.WEB_BIND
workers = settings.WEB_CONCURRENCY
worker_class = "config.slow_clients.PatientWorker"
threads = settings.WEB_THREADS
timeout = 120  # of the main loop; a request may take as long as it takes
limit_request_line = 8190  # an address with many filters
limit_request_fields = 60
keepalive = 15
worker_connections = 1000
control_socket_disable = True  # nobody uses it, and there is no place for it where nothing can be written
worker_tmp_dir = "/dev/shm"  # noqa: S108  (heartbeats must not wait for a disk)
max_requests = 5000
max_requests_jitter = 500
logconfig_dict = {
    **settings.LOGGING,
    "loggers": {
        name: {"level": "INFO", "propagate": True, "handlers": []} for name in ("gunicorn.error", "gunicorn.access")
    },
}
accesslog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes in %(M)s ms for %(h)s"


def post_worker_init(worker: object) -> None:
    """A killed process leaves uploads that were arriving: the one that takes its place removes them."""
    call_command("sweep_files", "--here")
