"""The bound on requests: exact over every minute, for each person and for the workspace, and forgetful."""

from itertools import count

from bot.mentoring.ids import Address, WorkspaceId
from handlers.limits import Kind, Limits

NUMBERS = count()
HERE, THERE = WorkspaceId("w1"), WorkspaceId("w2")


def somebody(number: int = 0) -> Address:
    return Address(f"slack:T1:U{number}")


def asked(limits: Limits, kind: Kind, workspace: WorkspaceId, who: Address) -> int:
    """Ask for something that nobody asked for before."""
    return limits.wait(kind, workspace, who, f"request {next(NUMBERS)}")


class Wall:
    """A clock on the wall that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Seconds since some moment."""
        return self.now


def counting(*, per_workspace: bool = True) -> tuple[Limits, Wall]:
    wall = Wall()
    return Limits(wall, per_workspace=per_workspace), wall


def test_twenty_acts_pass_within_any_minute_and_the_wait_is_told() -> None:
    limits, wall = counting()
    for second in range(20):
        wall.now = 1_000 + second
        assert asked(limits, Kind.ACT, HERE, somebody()) == 0
    wall.now = 1_030
    assert asked(limits, Kind.ACT, HERE, somebody()) == 30
    wall.now = 1_059.2
    assert asked(limits, Kind.ACT, HERE, somebody()) == 1
    wall.now = 1_060
    assert asked(limits, Kind.ACT, HERE, somebody()) == 0
    assert asked(limits, Kind.ACT, HERE, somebody()) == 1


def test_what_is_refused_is_not_counted() -> None:
    limits, wall = counting()
    for _ in range(500):
        asked(limits, Kind.ACT, HERE, somebody())
    wall.now += 60
    assert asked(limits, Kind.ACT, HERE, somebody()) == 0
    assert sum(asked(limits, Kind.ACT, HERE, somebody(1)) == 0 for _ in range(25)) == 20


def test_one_person_holds_up_nobody_else_and_no_other_kind() -> None:
    limits, _ = counting()
    passed = [asked(limits, Kind.ACT, HERE, somebody()) for _ in range(100)]
    assert passed.count(0) == 20
    assert asked(limits, Kind.ACT, HERE, somebody(1)) == 0
    assert sum(asked(limits, Kind.TYPING, HERE, somebody()) == 0 for _ in range(200)) == 120


def test_a_workspace_has_three_hundred_and_does_not_hold_up_another() -> None:
    limits, wall = counting()
    passed = [asked(limits, Kind.ACT, HERE, somebody(number)) for number in range(400)]
    assert (passed.count(0), passed.index(60)) == (300, 300)
    assert asked(limits, Kind.ACT, THERE, Address("slack:T2:U1")) == 0
    wall.now += 60
    assert asked(limits, Kind.ACT, HERE, somebody()) == 0


def test_in_the_demonstration_only_people_are_bounded() -> None:
    limits, _ = counting(per_workspace=False)
    assert {asked(limits, Kind.ACT, HERE, somebody(number)) for number in range(400)} == {0}
    assert [asked(limits, Kind.ACT, HERE, somebody()) for _ in range(30)].count(0) == 19


def test_a_clock_that_was_set_back_locks_nobody_out() -> None:
    limits, wall = counting()
    for _ in range(20):
        asked(limits, Kind.ACT, HERE, somebody())
    wall.now -= 86_400
    assert asked(limits, Kind.ACT, HERE, somebody()) == 0


def test_nothing_is_kept_of_those_who_were_here_before() -> None:
    limits, wall = counting(per_workspace=False)
    for number in range(5_000):
        wall.now += 1
        asked(limits, Kind.ACT, HERE, somebody(number))
    assert len(limits._passed) <= 61


def test_counting_begins_anew() -> None:
    limits, _ = counting()
    for _ in range(20):
        asked(limits, Kind.ACT, HERE, somebody())
    limits.forget()
    assert asked(limits, Kind.ACT, HERE, somebody()) == 0


def test_what_is_sent_once_more_passes_again_and_is_not_counted() -> None:
    limits, wall = counting()
    passed = [limits.wait(Kind.ACT, HERE, somebody(), str(number // 5)) for number in range(100)]
    assert set(passed) == {0}
    assert limits.wait(Kind.ACT, HERE, somebody(), "20") == 60
    assert limits.wait(Kind.ACT, HERE, somebody(), "19") == 0
    wall.now += 60
    assert limits.wait(Kind.ACT, HERE, somebody(), "20") == 0
