import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from suppliers.models import PriceListSource
from tests.factories import SourceFactory


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
        mounting = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", place]
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
