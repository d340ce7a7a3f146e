"""Keys and passwords of a checkout: made at random where they are first needed, and kept beside what they open."""

import secrets
from pathlib import Path


def remembered_secret(path: Path, *, size: int = 24) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(size))
    return path.read_text()
