"""The base images: pulled, or built here from Debian's packages where no registry answers."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from containers.engine import Engine
from containers.steps import Failed, Step

FILES = Path(__file__).parent / "bases"
ROOT = "localhost/unified-catalog-try/debian"
RELEASE = "trixie"
LEFT_OUT = {"test", "tests", "idlelib", "turtledemo", "__pycache__", "site-packages"}
KINDS = {"python": "python", "postgres": "postgres", "redis": "redis", "nginx-unprivileged": "nginx"}


def ensure(engine: Engine, name: str, step: Step) -> None:
    """`name` is what a Dockerfile or a compose file says: python:3.12-slim, say."""
    if engine.works("image", "inspect", full(name)) or engine.works("image", "inspect", name):
        step.found = "was there"
    elif engine.works("pull", name):
        step.found = "pulled"
    else:
        build(engine, name)
        step.found = "no registry answers: built from Debian's packages"


def full(name: str) -> str:
    return f"docker.io/{name}" if "/" in name else f"docker.io/library/{name}"


def build(engine: Engine, name: str) -> None:
    kind = KINDS[name.rpartition("/")[2].partition(":")[0]]
    if not engine.works("image", "inspect", ROOT):
        import_debian(engine)
    with context(kind, name) as folder:
        engine.run(
            "build",
            "--network",
            "host",
            "--tag",
            full(name),
            "--file",
            str(folder / f"{kind}.Containerfile"),
            str(folder),
        )


def import_debian(engine: Engine) -> None:
    with tempfile.TemporaryDirectory(prefix="containers-try-") as scratch:
        root, archive = Path(scratch) / "debian", Path(scratch) / "debian.tar"
        made = subprocess.run(
            ["debootstrap", "--variant=minbase", "--include=ca-certificates", RELEASE, root],
            capture_output=True,
            check=False,
        )
        if made.returncode:
            raise Failed(f"debootstrap ended with {made.returncode}: {made.stdout.decode()[-1000:]}")
        subprocess.run(["tar", "--directory", root, "--create", "--file", archive, "."], check=True)
        engine.run("import", str(archive), ROOT)


@contextmanager
def context(kind: str, name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="containers-try-") as scratch:
        folder = Path(scratch) / "bases"
        shutil.copytree(FILES, folder)
        if kind == "python":
            copy_python(name.partition(":")[2].partition("-")[0], folder / "python")
        yield folder


def copy_python(version: str, target: Path) -> None:
    """A CPython of that version that is on this machine; it finds its own library wherever it lies."""
    prefix = prefix_of(version)
    with tempfile.NamedTemporaryFile(suffix=".tar") as packed:
        with tarfile.open(packed.name, "w") as archive:
            for part in ("bin", "lib"):
                archive.add(prefix / part, part, filter=without_tests)
        target.mkdir()
        with tarfile.open(packed.name) as archive:
            archive.extractall(target, filter="tar")


def without_tests(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    parts = set(Path(entry.name).parts)
    return None if parts & LEFT_OUT or any(part.startswith("config-3") for part in parts) else entry


def prefix_of(version: str) -> Path:
    program = next(iter([*programs(version)]), None)
    if program is None:
        raise Failed(f"no CPython {version} is on this machine to build an image from")
    asked = [program, "-c", "import sys; print(sys.base_prefix)"]
    return Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())


def programs(version: str) -> Iterator[str]:
    yield from (str(path) for path in sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python3")))
    if found := shutil.which(f"python{version}"):
        yield found
