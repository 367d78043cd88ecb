"""The servers that these tests talk to."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from tests.servers import dovecot as server


@pytest.fixture(scope="session")
def dovecot() -> Iterator[server.Dovecot]:
    """One Dovecot for the whole run; where CI is set, it must be there."""
    reason = server.why_not()
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    with server.running() as running:
        yield running
