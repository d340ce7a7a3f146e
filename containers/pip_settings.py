"""How this machine's pip reaches its index is lent to the build: nothing of it stays in the image."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit


def build_options(folder: Path) -> list[str]:
    """Options of `build` that mount pip's settings, and the folders and files which they name."""
    values = settings()
    file = folder / "pip.conf"
    file.write_text("\n".join(["[global]", *(f"{name} = {value}" for name, value in values.items())]) + "\n")
    places = {place for value in values.values() for word in value.split() if (place := place_of(word))}
    mounts = [f"{file}:/etc/pip.conf:ro", *(f"{place}:{place}:ro" for place in sorted(places))]
    return ["--network=host", *(f"--volume={mount}" for mount in mounts)]


def settings() -> dict[str, str]:
    """What pip would use, its files first and over them the environment."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found: dict[str, str] = {}
    for line in sorted(listed.splitlines(), key=lambda line: line.startswith(":env:")):
        name, _equals, value = line.partition("=")
        if name.startswith(("global.", ":env:.")):
            found[name.rpartition(".")[2]] = value.strip("'")
    return found


def place_of(word: str) -> str:
    """What is on this machine: a folder of wheels, a file of certificates, the folder in which an index lies."""
    path = Path(urlsplit(word).path if word.startswith("file:") else word)
    if not path.is_absolute() or not path.exists():
        return ""
    return str(path.parent if word.startswith("file:") else path)
