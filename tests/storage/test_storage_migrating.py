"""A migration that meets processes at work begins again where they locked in another order."""

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from storage import migrate


def failing(monkeypatch: pytest.MonkeyPatch, cause: psycopg.Error, times: int) -> list[str]:
    """Let a migration fail so many times; the attempts that are made."""
    attempts: list[str] = []

    def attempt(_engine: object, direction: str, _revision: str) -> None:
        attempts.append(direction)
        if len(attempts) <= times:
            raise OperationalError("ALTER TABLE", {}, cause)

    monkeypatch.setattr(migrate, "_migrate", attempt)
    return attempts


def test_a_deadlock_lets_it_begin_again(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = failing(monkeypatch, psycopg.errors.DeadlockDetected(), 3)
    migrate.upgrade("sqlite://")
    assert len(attempts) == 4


def test_it_gives_up_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = failing(monkeypatch, psycopg.errors.DeadlockDetected(), 1_000)
    with pytest.raises(OperationalError):
        migrate.upgrade("sqlite://")
    assert len(attempts) == migrate.TRIES


def test_what_trying_again_cannot_mend_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = failing(monkeypatch, psycopg.errors.DiskFull(), 1_000)
    with pytest.raises(OperationalError):
        migrate.upgrade("sqlite://")
    assert len(attempts) == 1
