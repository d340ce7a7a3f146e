import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from suppliers.models import PriceListSource
from tests.factories import SourceFactory
from tests.ingestion.lists.bucket import KEY


@pytest.fixture
def source(db) -> PriceListSource:
    return SourceFactory()


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Callable[[str], Path]]:
    """A real disk of the size that is asked for."""
    place: Path = tmp_path / "small"
    place.mkdir()

    def of(size: str) -> Path:
        options = f"size={size}"
        mounting = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if subprocess.run(mounting, capture_output=True, check=False).returncode:
            pytest.skip("A small disk of its own takes the rights to mount one")
        return place

    yield of
    subprocess.run(["umount", place], capture_output=True, check=False)


@pytest.fixture
def full_disk(settings, small_disk) -> Path:
    """Where price lists are kept, with 8 KB left."""
    place: Path = small_disk("64k")
    settings.MEDIA_ROOT = place
    (place / "filler").write_bytes(bytes(56 << 10))
    return place


@pytest.fixture
def bucket():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    storage = boto3.resource(
        "s3", endpoint_url=f"http://{host}:{port}", region_name=KEY["S3_REGION"],
        aws_access_key_id=KEY["S3_ACCESS_KEY"], aws_secret_access_key=KEY["S3_SECRET_KEY"],
    )  # fmt: skip
    place = {"LocationConstraint": KEY["S3_REGION"]}
    bucket = storage.create_bucket(Bucket="price-lists", CreateBucketConfiguration=place)
    yield bucket
    bucket.objects.delete()
    bucket.delete()
    server.stop()
