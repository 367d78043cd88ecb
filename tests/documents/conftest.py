"""What makes the documents of these tests."""

from __future__ import annotations

import pytest
from tests.documents import office as libreoffice


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> libreoffice.Office:
    """One LibreOffice for the whole run."""
    return libreoffice.started(tmp_path_factory.mktemp("office"))
