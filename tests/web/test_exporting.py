"""What an export holds of everything that is kept, and what it leaves where it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import apps
from tests.factories import (
    a_debrief,
    a_mail_account,
    a_private_page,
    a_version,
    an_owner,
    things_of,
)

from kindregards.web.models import MailAccount
from kindregards.web.plan.exporting import (
    LEFT_OUT,
    PRIVATE,
    SECRETS,
    ExportError,
    export_everything,
    exported_models,
)

pytestmark = pytest.mark.django_db


def test_every_model_is_in_the_export_or_named_as_left_out() -> None:
    ours = list(apps.get_app_config("kindregards").get_models())
    private = {model.__name__ for model in ours if model.__module__ == PRIVATE}
    assert "PrivatePage" in private
    left_out = private | LEFT_OUT
    assert {one.__name__ for one in exported_models()} == {one.__name__ for one in ours} - left_out
    for model in exported_models():
        assert "owner" in {field.name for field in model._meta.concrete_fields}, model


def test_each_of_ones_things_is_in_it_and_nothing_of_others(tmp_path: Path) -> None:
    ada, bo = an_owner("ada"), an_owner("bo")
    for owner in (ada, bo):
        a_debrief(things_of(owner).application)
        a_version(owner)
    export_everything(ada, tmp_path / "out")
    for model in exported_models():
        lines = (tmp_path / f"out/records/{model._meta.model_name}.jsonl").read_text().splitlines()
        rows = [json.loads(line) for line in lines]
        assert {row["owner_id"] for row in rows} <= {ada.pk}
        assert len(rows) == model._base_manager.filter(owner=ada).count()
        assert not SECRETS & {name for row in rows for name in row}
    assert len(list((tmp_path / "out/debriefs").iterdir())) == 1
    assert len(list((tmp_path / "out/resumes").iterdir())) >= 1


def test_nothing_that_is_sealed_or_secret_is_in_it(tmp_path: Path) -> None:
    ada = an_owner("ada")
    a_mail_account(ada)
    page = a_private_page(ada)
    MailAccount.objects.filter(owner=ada).update(secret="Zq7-kept", secret_name="Zq7-name")
    export_everything(ada, tmp_path / "out")
    written = b"".join(file.read_bytes() for file in (tmp_path / "out").rglob("*.*"))
    assert b"Zq7" not in written
    assert bytes(page.sealed) not in written
    assert not (tmp_path / "out/records/privatepage.jsonl").exists()


def test_an_empty_folder_is_taken_and_a_file_is_not(tmp_path: Path) -> None:
    ada = an_owner("ada")
    (tmp_path / "empty").mkdir()
    assert export_everything(ada, tmp_path / "empty") == len(
        [file for file in (tmp_path / "empty").rglob("*") if file.is_file()]
    )
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExportError, match="is there already"):
        export_everything(ada, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"
