"""The data folder is the owner's alone, and its key is made once."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kindregards.web.data_folder import DataFolderError, data_folder, secret_key


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the folder is to be."""
    folder = tmp_path / "share" / "kindregards"
    monkeypatch.setenv("KINDREGARDS_DATA_DIR", str(folder))
    return folder


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_missing_folder_is_made_for_the_owner_alone(place: Path) -> None:
    assert data_folder() == place
    assert _mode(place) == 0o700


def test_without_the_variable_it_is_where_the_system_keeps_such_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KINDREGARDS_DATA_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = data_folder()
    assert folder.is_relative_to(tmp_path)
    assert folder.name == "kindregards"


@pytest.mark.parametrize("inside", [[], ["kindregards.sqlite3", "secret-key", "before-0.1-x"]])
def test_a_folder_of_ours_is_closed_to_others(place: Path, inside: list[str]) -> None:
    place.mkdir(parents=True)
    place.chmod(0o755)
    for name in inside:
        (place / name).touch()
    data_folder()
    assert _mode(place) == 0o700


def test_a_folder_that_holds_other_things_is_left_open(place: Path) -> None:
    place.mkdir(parents=True)
    place.chmod(0o755)
    (place / "photos").mkdir()
    assert data_folder() == place
    assert _mode(place) == 0o755


def test_a_file_in_the_way_is_told(place: Path) -> None:
    place.parent.mkdir()
    place.write_text("mine")
    with pytest.raises(DataFolderError, match="a file is in the way"):
        data_folder()


def test_the_key_is_long_private_and_stays(place: Path) -> None:
    folder = data_folder()
    key = secret_key(folder)
    assert len(key) >= 64
    assert secret_key(folder) == key
    assert _mode(folder / "secret-key") == 0o600
    assert [file.name for file in folder.iterdir()] == ["secret-key"]


def test_of_many_that_ask_at_once_all_get_the_same_key(place: Path) -> None:
    folder = data_folder()
    with ThreadPoolExecutor(8) as crowd:
        keys = set(crowd.map(secret_key, [folder] * 32))
    assert len(keys) == 1
    assert [file.name for file in folder.iterdir()] == ["secret-key"]


def test_an_empty_key_is_never_used(place: Path) -> None:
    folder = data_folder()
    (folder / "secret-key").touch()
    with pytest.raises(DataFolderError, match="Remove that file"):
        secret_key(folder)


def test_a_key_that_cannot_be_written_is_told(place: Path) -> None:
    folder = data_folder()
    (folder / "secret-key").mkdir()
    with pytest.raises(DataFolderError, match="cannot be used"):
        secret_key(folder)
