import pytest
from django_rq import get_worker
from rq.serializers import JSONSerializer

from ingestion.worker import Worker

pytestmark = pytest.mark.usefixtures("valkey")


def test_rqworker_uses_it_and_it_never_unpickles() -> None:
    worker = get_worker("high", "default", "low", serializer="rq.serializers.DefaultSerializer")
    assert isinstance(worker, Worker)
    assert worker.serializer is JSONSerializer
