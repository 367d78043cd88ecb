"""Passwords of mail accounts: in the system's keyring, else encrypted; for their server alone."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import keyring
import pytest
from django.conf import settings
from django.test import override_settings
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from kindregards.web.data_folder import MAIL_KEY_NAME, mail_key
from kindregards.web.mail.passwords import forget_password, keep_password, password_of
from kindregards.web.mail.services import remove_account
from kindregards.web.models import MailAccount, User

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SAID = "tüpfel hyazinthe, 4 \u20ac"


class Drawer(KeyringBackend):
    """A keyring of this process, made as keyring's own backends are."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._must_be_open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._must_be_open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._must_be_open()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")

    def _must_be_open(self) -> None:
        if self.is_locked:
            raise KeyringLocked("locked")


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    """A keyring that is there, in place of this machine's."""
    before, ours = keyring.get_keyring(), Drawer()
    keyring.set_keyring(ours)
    with override_settings(KEYRING_IS_USED=True):
        yield ours
    keyring.set_keyring(before)


@pytest.fixture
def account(owner: User) -> MailAccount:
    return MailAccount(
        owner=owner, address="ada@home.example", user="ada@home.example",
        host="imap.home.example", port=993, security="tls", added_at=NOW,
    )  # fmt: skip


def test_without_a_keyring_the_password_is_kept_encrypted(account: MailAccount) -> None:
    keep_password(account=account, password=SAID)
    account.refresh_from_db()
    assert password_of(account) == SAID
    assert "hyazinthe" not in account.secret


def test_the_key_is_a_file_that_only_its_owner_can_read(account: MailAccount) -> None:
    keep_password(account=account, password=SAID)
    key = Path(settings.DATA_FOLDER) / MAIL_KEY_NAME
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_text().strip() == mail_key(settings.DATA_FOLDER)


def test_a_keyring_that_is_there_has_it_and_the_database_has_not(
    account: MailAccount, drawer: Drawer
) -> None:
    keep_password(account=account, password=SAID)
    account.refresh_from_db()
    assert account.secret == ""
    assert len(drawer.kept) == 1
    assert password_of(account) == SAID


def test_a_locked_keyring_is_passed_over(account: MailAccount, drawer: Drawer) -> None:
    drawer.is_locked = True
    keep_password(account=account, password=SAID)
    assert password_of(account) == SAID
    assert account.secret


def test_a_keyring_that_was_locked_since_gives_no_password_and_raises_nothing(
    account: MailAccount, drawer: Drawer
) -> None:
    keep_password(account=account, password=SAID)
    drawer.is_locked = True
    assert password_of(account) is None


def test_a_new_password_and_a_removed_account_leave_nothing_in_the_keyring(
    account: MailAccount, drawer: Drawer
) -> None:
    keep_password(account=account, password="first")
    keep_password(account=account, password="second")
    assert len(drawer.kept) == 1
    assert password_of(account) == "second"
    remove_account(account=account)
    assert drawer.kept == {}


def test_forgetting_leaves_no_password(account: MailAccount) -> None:
    keep_password(account=account, password=SAID)
    forget_password(account=account)
    assert password_of(account) is None


@pytest.mark.parametrize("with_keyring", [False, True])
def test_a_row_that_names_another_server_gets_no_password(
    account: MailAccount, with_keyring: bool, request: pytest.FixtureRequest
) -> None:
    if with_keyring:
        request.getfixturevalue("drawer")
    keep_password(account=account, password=SAID)
    account.host = "imap.elsewhere.example"
    assert password_of(account) is None
    account.host, account.user = "imap.home.example", "ben@home.example"
    assert password_of(account) is None


def test_with_another_key_the_password_is_gone_and_nothing_is_raised(
    account: MailAccount, tmp_path: Path
) -> None:
    keep_password(account=account, password=SAID)
    with override_settings(DATA_FOLDER=tmp_path):
        assert password_of(account) is None


def test_a_damaged_secret_is_no_password(account: MailAccount) -> None:
    keep_password(account=account, password=SAID)
    for damaged in ("gAAAA", "ü", account.secret[:-4] + "AAAA"):
        account.secret = damaged
        assert password_of(account) is None


@pytest.mark.django_db(transaction=True)
def test_a_backup_has_no_key_and_no_password_in_the_clear(tmp_path: Path) -> None:
    from tests.factories import an_owner

    from kindregards.web.backup import backup

    if settings.DATABASE_URL:
        pytest.skip("backups are made of SQLite alone")
    account = MailAccount(
        owner=an_owner(), address="a@home.example", user="a", host="h.example", port=993,
        security="tls", added_at=NOW,
    )  # fmt: skip
    keep_password(account=account, password="plain-to-see")
    file = tmp_path / "all.zip"
    assert backup(file, say=lambda sentence: None) == 0
    with zipfile.ZipFile(file) as pack:
        names, held = pack.namelist(), b"".join(pack.read(name) for name in pack.namelist())
    assert not any(MAIL_KEY_NAME in name for name in names)
    assert account.secret.encode() in held
    assert mail_key(settings.DATA_FOLDER).encode() not in held
    assert b"plain-to-see" not in held
