"""Whether the web server of this machine is well, for its container: `python -m config.healthy NAMES`.

NAMES are those of ALLOWED_HOSTS: the server answers to no other. No setting is read: the check costs little.
"""

import sys
import urllib.request

ADDRESS = "http://127.0.0.1:8000/health/"
SECONDS = 4


def host_of(names: str) -> str:
    """A name that the server answers to; of `.example.com` and `*`, one that they stand for."""
    first = names.partition(",")[0].strip().lstrip(".")
    return "localhost" if first in {"", "*"} else first


def check(names: str, address: str = ADDRESS) -> None:
    """Raises OSError unless the server says that it is well."""
    request = urllib.request.Request(address, headers={"Host": host_of(names)})  # noqa: S310  (it is our own)
    with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310
        pass


if __name__ == "__main__":
    check(*sys.argv[1:])
