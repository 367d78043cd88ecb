"""`kindregards sync` as a person runs it, against the real server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Person
from tests.factories import rejection_bytes
from tests.servers.dovecot import PASSWORD, Dovecot

ADDING = """
from django.utils import timezone
from kindregards.web.accounts.services import owner_of_this_machine
from kindregards.web.mail import services
where = services.Connection({user!r}, "127.0.0.1", {port}, "none")
account = services.add_account(
    owner=owner_of_this_machine(), address="ada@home.example", where=where, password={password!r},
    folders=services.ask_server(where, {password!r}), now=timezone.now(),
)
chosen = account.folders.filter(is_chosen=True).values_list("pk", flat=True)
services.choose_folders(account=account, chosen=list(chosen), since=None, now=timezone.now())
"""


@pytest.fixture
def person(tmp_path: Path) -> Person:
    current = tmp_path / "current"
    current.mkdir()
    return Person(tmp_path / "data", current)


def add(person: Person, dovecot: Dovecot, user: str) -> None:
    assert person.run("today").returncode == 0
    code = ADDING.format(user=user, port=dovecot.plain, password=PASSWORD)
    added = person.run("manage", "shell", "-c", code)
    assert added.returncode == 0, added.stderr


def test_without_an_account_it_says_where_to_add_one(person: Person) -> None:
    done = person.run("sync")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("There is no mail account yet.")
    assert json.loads(person.run("sync", "--json").stdout)["accounts"] == []


def test_letters_come_once(person: Person, dovecot: Dovecot) -> None:
    dovecot.deliver("sync-once", [rejection_bytes("one"), rejection_bytes("two")])
    add(person, dovecot, "sync-once")
    first = person.run("sync")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == ("ada@home.example: 2 letters, 2 of them rejections: 2 new.\n")
    told = json.loads(person.run("sync", "--json").stdout)
    assert (told["letters"], told["new"]) == (0, 0)
    [account] = told["accounts"]
    assert (account["address"], account["trouble"]) == ("ada@home.example", "")


def test_what_breaks_it_off_is_told_and_the_exit_status_is_one(
    person: Person, dovecot: Dovecot
) -> None:
    dovecot.deliver("sync-broken", [rejection_bytes("one")])
    add(person, dovecot, "sync-broken")
    person.run(
        "manage", "shell", "-c",
        "from kindregards.web.models import MailAccount; MailAccount.objects.update(port=1)",
    )  # fmt: skip
    done = person.run("sync")
    assert done.returncode == 1
    assert "127.0.0.1 does not answer on port 1." in done.stdout
    assert (
        "does not answer"
        in json.loads(person.run("sync", "--json").stdout)["accounts"][0]["trouble"]
    )
