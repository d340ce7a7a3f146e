"""Machines that share no folder: one process uploads to an S3-compatible storage, another one ingests from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.db import connection

from catalog.models import SupplierItem
from ingestion.models import IngestionRun, PriceList
from tests.ingestion.lists.bucket import KEY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]

LIST = "Article;Name;Price EUR\nA-1;Ball valve;12.50\nA-2;Garden hose;3.20\n"


@pytest.fixture
def manage(bucket, tmp_path):
    """Runs a command in a process of its own, which has no other place for files than the bucket."""
    environment = {
        **os.environ, **KEY,
        "DATABASE_URL": "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict),
        "REDIS_URL": django_settings.RQ_QUEUES["default"]["URL"],
        "S3_BUCKET": bucket.name,
        "S3_ENDPOINT_URL": bucket.meta.client.meta.endpoint_url,
        "MEDIA_ROOT": "/proc/nowhere",
    }  # fmt: skip

    def run(*words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=django_settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def test_one_process_uploads_and_another_ingests(bucket, manage, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    queued = json.loads(manage("ingest", str(path), "--supplier", "Far away", "--queue", "--json"))
    (stored,) = bucket.objects.all()
    assert stored.key == PriceList.objects.get().file.name
    assert stored.get()["Body"].read().decode() == LIST

    manage("rqworker", "default", "--burst", "--verbosity", "0", "--serializer", "rq.serializers.JSONSerializer")
    run = IngestionRun.objects.get(task_id=queued["task_id"])
    assert (run.status, run.new_items) == ("success", 2)
    assert set(SupplierItem.objects.values_list("supplier_sku", flat=True)) == {"A-1", "A-2"}


def test_the_same_content_is_stored_once(bucket, manage, tmp_path):
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text(LIST)
        manage("ingest", str(tmp_path / name), "--supplier", "Far away", "--json")
    assert len(list(bucket.objects.all())) == 1
    assert PriceList.objects.count() == 2
