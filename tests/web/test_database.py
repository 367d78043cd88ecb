"""The web tests run on the database that the run asks for."""

from __future__ import annotations

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_was_asked_for() -> None:
    asked_for = "postgresql" if "KINDREGARDS_TEST_POSTGRES" in os.environ else "sqlite"
    assert connection.vendor == asked_for
