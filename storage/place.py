"""Whether the file of an SQLite database can be where its address says, before anything opens it."""

import os
import tempfile
from pathlib import Path

from sqlalchemy.engine import make_url

from storage.engine import is_sqlite


class DatabasePlaceError(Exception):
    """The file cannot be there; the message is one line that names the folder and what to do."""


def require_place(url: str) -> None:
    """Do nothing where the database can be opened and written, as far as folders and files go.

    SQLite itself only says that it cannot open a file. It writes more than one, so the folder counts too.

    Raises:
        DatabasePlaceError: the folder is missing, or this account may not write there.
    """
    if not is_sqlite(url):
        return
    file = Path(make_url(url).database or "").absolute()
    folder = file.parent
    if not folder.is_dir():
        raise DatabasePlaceError(
            f"DATABASE_URL: there is no folder {folder}: create it, or name a file in one that exists"
        )
    if file.is_dir():
        raise DatabasePlaceError(f"DATABASE_URL: {file} is a folder: name a file in it")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise DatabasePlaceError(
            f"DATABASE_URL: nothing can be written in the folder {folder} ({error.strerror}): "
            "let this account write there, or name a file in another folder"
        ) from None
    if file.exists() and not os.access(file, os.R_OK | os.W_OK):
        raise DatabasePlaceError(
            f"DATABASE_URL: this account cannot read and write {file}: let it, or name another file"
        )
