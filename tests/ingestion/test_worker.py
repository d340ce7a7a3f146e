import django_rq
import pytest
from django_rq import get_worker
from rq.serializers import JSONSerializer

from ingestion.worker import Worker


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    django_rq.get_connection("default").flushdb()


def test_rqworker_uses_it_and_it_never_unpickles() -> None:
    worker = get_worker("high", "default", "low", serializer="rq.serializers.DefaultSerializer")
    assert isinstance(worker, Worker)
    assert worker.serializer is JSONSerializer


@pytest.mark.django_db
def test_with_its_scheduler_it_plans_the_repairs() -> None:
    get_worker("high").work(burst=True, with_scheduler=True)
    assert len(django_rq.get_queue("high").scheduled_job_registry) == 1


@pytest.mark.django_db
def test_without_one_it_does_not() -> None:
    get_worker("high").work(burst=True)
    assert len(django_rq.get_queue("high").scheduled_job_registry) == 0
