"""What all tests share: an owner, and a database file that several threads can use."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Put the SQLite test database into a file, as in life: in memory, threads would share one
    connection."""
    database = connections["default"]
    if database.vendor == "sqlite":
        database.settings_dict["TEST"]["NAME"] = str(Path(settings.DATA_FOLDER) / "test.sqlite3")
