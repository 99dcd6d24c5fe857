"""Every behaviour that a test shows can be taken out, and what is taken out is still there."""

import pytest

from tests.behaviours.mutation import TakenOut
from tests.behaviours.mutations import MUTATIONS
from tests.behaviours.rows import rows
from tests.behaviours.taking_out import PAGE, Outcome, lines_of, page, read
from tests.tree import ROOT


def test_every_row_with_a_test_is_taken_out_at_least_once() -> None:
    shown = {row.key for row in rows() if row.tests}
    assert {one.row for one in MUTATIONS} == shown


@pytest.mark.parametrize("one", MUTATIONS, ids=lambda one: f"{one.row}-{one.what}")
def test_what_is_taken_out_stands_in_the_tree_once(one: TakenOut) -> None:
    before = (ROOT / one.file).read_text(encoding="utf-8")
    assert one.applied(before) != before


def test_what_has_moved_is_an_error() -> None:
    for text in ("", "twice twice"):
        with pytest.raises(ValueError, match=r"A1: file has 'twice' [02] times"):
            TakenOut("A1", "anything", "file", "twice").applied(text)


def test_a_line_goes_as_a_whole() -> None:
    assert (
        TakenOut("A1", "a line", "file", "two", line=True).applied("one\n- two: 2\nthree\n") == "one\nthree\n"
    )


FELL = "FAILED tests/a.py::test_it[sqlite] - AssertionError\n1 failed in 2s"


def test_a_test_that_fails_has_noticed_and_one_that_passes_has_not() -> None:
    assert read(1, FELL) == Outcome(("test_it",))
    assert read(1, FELL).noticed
    assert not read(0, "1 passed in 2s").noticed


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (1, "ERROR tests/a.py::test_it - OSError\n1 error in 2s"),
        (1, f"ERROR    bothways.handlers.slack:failures.py:40 went wrong\n{FELL}"),
        (2, "interrupted"),
        (5, ""),
    ],
)
def test_what_could_not_run_or_crashed_shows_nothing(code: int, said: str) -> None:
    assert not read(code, said).noticed
    assert read(code, said).broken


def test_the_page_says_of_each_that_a_test_noticed() -> None:
    lines = lines_of(PAGE.read_text(encoding="utf-8"))
    assert list(lines) == [(one.row, one.what) for one in MUTATIONS], "`make behaviours` writes it anew"
    assert [line for line in lines.values() if "`test_" not in line] == []


def test_what_was_not_tried_stays_on_the_page_as_it_was() -> None:
    first, second = MUTATIONS[:2]
    whole = page([(first, Outcome(("test_a",))), (second, Outcome(("test_b",)))], "2026-11-25")
    again = page([(second, Outcome(()))], "2026-11-26", whole)
    assert lines_of(again)[first.row, first.what] == lines_of(whole)[first.row, first.what]
    assert lines_of(again)[second.row, second.what].endswith("| `nothing` | 2026-11-26 |")
