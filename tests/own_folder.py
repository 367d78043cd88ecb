"""A data folder for each test process, set before the settings are read.

A conftest would be too late: pytest-django reads the settings first.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="kindregards-tests-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

os.environ["KINDREGARDS_DATA_DIR"] = FOLDER
os.environ["KINDREGARDS_BROWSER"] = "none"
os.environ["KINDREGARDS_KEYRING"] = "none"  # nobody's own keyring is for tests
os.environ["KINDREGARDS_TIME_ZONE"] = "UTC"
os.environ.pop("KINDREGARDS_PORT", None)
if "KINDREGARDS_TEST_POSTGRES" not in os.environ:
    os.environ.pop("KINDREGARDS_DATABASE_URL", None)
