"""The lock beside an SQLite file: one process serves it at a time."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.engine import make_url


class AlreadyServedError(Exception):
    """Another process serves this file; the message says so in one line."""


class FileLock:
    """A lock on a database file for as long as the block lasts; the system frees it when the process dies.

    It lies on a file of its own, since SQLite's locks on the database are a business of SQLite's.
    """

    def __init__(self, url: str) -> None:
        database = make_url(url).database or ""
        self._path = Path(f"{database}.lock")
        self._database = database
        self._handle: int | None = None

    def __enter__(self) -> Self:
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise AlreadyServedError(
                f"another process serves {self._database}: stop it, or use PostgreSQL for several processes"
            ) from None
        self._handle = handle
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
