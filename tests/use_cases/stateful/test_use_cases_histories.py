"""Histories of a small programme, drawn at random: whatever people do, what must hold holds."""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.use_cases.stateful.history import History, HistoryOnSqlite
from tests.use_cases.stateful.profile import LONG, chosen


@pytest.mark.parametrize("kept", [History, HistoryOnSqlite])
def test_whatever_people_do_what_must_hold_holds(
    kept: type[History], capsys: pytest.CaptureFixture[str]
) -> None:
    profile = chosen()
    histories = profile.in_dicts if kept is History else profile.on_sqlite
    run_state_machine_as_test(kept, settings=profile.drawing(histories))
    if profile is LONG:
        with capsys.disabled():
            print(f"\n{kept.__doc__}\n{kept.figures.told()}")  # noqa: T201 # what a long run is for
