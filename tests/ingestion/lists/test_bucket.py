"""The same promises in an S3-compatible storage."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import timezone

from ingestion.errors import NetworkError
from ingestion.lists import sweep
from ingestion.lists.bucket import BucketStorage
from ingestion.lists.content import Content, Kept, content_of
from ingestion.lists.problems import ListDamaged
from ingestion.lists.storage import local_path
from ingestion.models import FileState, PriceList
from tests.ingestion.lists.bucket import KEY
from tests.ingestion.lists.damage import CSV, kept

NAME = "price_lists/ab/abcd.csv"
WANTED = content_of(io.BytesIO(CSV))


@pytest.fixture
def options(bucket) -> dict[str, object]:
    return {
        "bucket_name": bucket.name,
        "endpoint_url": bucket.meta.client.meta.endpoint_url,
        "region_name": KEY["S3_REGION"],
        "access_key": KEY["S3_ACCESS_KEY"],
        "secret_key": KEY["S3_SECRET_KEY"],
        "addressing_style": "path",
        "signature_version": "s3v4",
    }


@pytest.fixture
def storage(options) -> BucketStorage:
    return BucketStorage(**options)


@pytest.fixture
def stored_there(settings, options) -> None:
    backend = {"BACKEND": "ingestion.lists.bucket.BucketStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": backend}


def keep(storage: BucketStorage, content: bytes = CSV) -> Kept:
    return storage.keep(NAME, io.BytesIO(content), WANTED)


def test_an_object_is_kept_once_with_its_hash(bucket, storage):
    assert [keep(storage), keep(storage)] == [Kept.NEW, Kept.KNOWN]
    head = bucket.meta.client.head_object(Bucket=bucket.name, Key=NAME, ChecksumMode="ENABLED")
    assert (head["ContentLength"], "ChecksumSHA256" in head) == (len(CSV), True)
    with storage.open_whole(NAME, WANTED) as copy:
        assert copy.read() == CSV


@pytest.mark.parametrize("there", [CSV[:100], b"", CSV.replace(b"1", b"2")], ids=["half", "empty", "altered"])
def test_an_object_that_exists_is_not_trusted(bucket, storage, there):
    bucket.put_object(Key=NAME, Body=there)
    assert storage.open_whole(NAME, WANTED) is FileState.ALTERED
    assert storage.state(NAME, WANTED, quick=True) is FileState.ALTERED
    assert keep(storage) is Kept.REPLACED
    assert bucket.Object(NAME).get()["Body"].read() == CSV


def test_an_object_without_a_hash_of_its_own_is_read(bucket, storage):
    bucket.put_object(Key=NAME, Body=CSV)
    assert storage.state(NAME, WANTED, quick=True) is FileState.WHOLE


def test_many_senders_of_the_same_content_end_with_one_whole_object(bucket, storage):
    with ThreadPoolExecutor(8) as senders:
        ends = set(senders.map(lambda _n: keep(storage), range(16)))
    assert ends <= {Kept.NEW, Kept.KNOWN}
    assert bucket.Object(NAME).get()["Body"].read() == CSV


def test_whoever_loses_the_race_looks_at_what_the_other_put(bucket, storage, monkeypatch):
    """The condition of the PUT, with others between the look and the PUT."""
    for there, end in ((CSV, Kept.KNOWN), (CSV[:9], Kept.NEW)):
        looks: list[str] = []

        def looked(name: str, content: Content, *, quick: bool = False, there=there, looks=looks) -> FileState:
            looks.append(name)
            if len(looks) > 1:
                return BucketStorage.state(storage, name, content, quick=quick)
            bucket.put_object(Key=NAME, Body=there)
            return FileState.MISSING

        monkeypatch.setattr(storage, "state", looked)
        assert keep(storage) is end
        assert bucket.Object(NAME).get()["Body"].read() == CSV
        bucket.objects.delete()


def test_a_storage_that_is_not_reached_may_heal(options):
    nowhere = BucketStorage(**{**options, "endpoint_url": "http://127.0.0.1:9"})
    with pytest.raises(NetworkError, match="could not be reached") as found:
        keep(nowhere)
    assert found.value.can_heal


def test_a_bucket_that_is_not_there_is_said(options):
    with pytest.raises(NetworkError, match="NoSuchBucket"):
        keep(BucketStorage(**{**options, "bucket_name": "elsewhere"}))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("stored_there")
def test_a_list_is_read_whole_or_not_at_all_and_swept(bucket, source):
    price_list = kept(source)
    with local_path(price_list) as path:
        assert (path.read_bytes(), path.suffix) == (CSV, ".csv")
    assert not path.exists()
    bucket.put_object(Key=price_list.file.name, Body=CSV[:50])
    with pytest.raises(ListDamaged), local_path(price_list):
        pass
    kept(source)
    with local_path(price_list) as path:
        assert path.read_bytes() == CSV
    PriceList.objects.all().delete()
    at = timezone.now()
    assert sweep.sweep(at, delete=True).orphans == []
    assert sweep.sweep(at + sweep.ORPHAN_AFTER * 2, delete=True).orphans == [price_list.file.name]
    assert list(bucket.objects.all()) == []
