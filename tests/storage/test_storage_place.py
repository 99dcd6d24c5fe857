"""An SQLite file that cannot be where its address says is told before anything opens it."""

import os
from pathlib import Path

import pytest

from storage.place import DatabasePlaceError, require_place


def refused(file: Path) -> str:
    with pytest.raises(DatabasePlaceError) as error:
        require_place(f"sqlite:///{file}")
    line = str(error.value)
    assert line.startswith("DATABASE_URL: ")
    assert "\n" not in line
    return line


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    assert f"there is no folder {tmp_path / 'away'}: create it" in refused(tmp_path / "away" / "bot.db")


def test_a_folder_in_which_nobody_may_write_is_named() -> None:
    assert "nothing can be written in the folder /proc" in refused(Path("/proc/bot.db"))


def test_a_folder_in_the_files_place_is_named(tmp_path: Path) -> None:
    assert f"{tmp_path} is a folder" in refused(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write every file")
def test_a_file_that_this_account_may_not_write_is_named(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    file.touch(mode=0o400)
    assert f"cannot read and write {file}" in refused(file)


def test_a_file_to_come_one_that_is_there_and_a_server_are_well(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    require_place(f"sqlite:///{file}")
    assert list(tmp_path.iterdir()) == []
    file.touch()
    require_place(f"sqlite:///{file}")
    require_place("postgresql://bot@db.invalid/x")
