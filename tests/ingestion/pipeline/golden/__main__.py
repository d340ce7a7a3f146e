from __future__ import annotations

import sys

from tests.ingestion.pipeline.golden import update

if sys.argv[1:] != ["--update"]:
    sys.exit("python -m tests.ingestion.pipeline.golden --update")
update()
