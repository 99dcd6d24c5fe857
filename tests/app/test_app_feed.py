"""`GET /calendar/<secret>.ics` over HTTP, on both databases: the library reads it, nobody else does."""

from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest
from icalendar import Calendar
from starlette.applications import Starlette

from bot.feed import MISSES, WINDOW, feed_route
from bot.mentoring.ids import PairId, ParticipantId, WorkspaceId
from bot.mentoring.meetings import MeetingEvent, MeetingState
from bot.mentoring.pair import PairState
from bot.mentoring.people import ParticipantState
from bot.ports import NewId, Records
from storage.store import Store
from tests.builders import MONDAY, a_meeting, a_pair, a_participant, a_programme
from tests.stores import TickingClock

SECRET, OTHER = "a1" * 16, "b2" * 16
AT = MONDAY + timedelta(days=3)


class Wall:
    """Seconds that a test moves on."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """The seconds it stands at."""
        return self.now


class House:
    """A store with a pair that has a date, and its feed over HTTP."""

    def __init__(self, store: Store, workspace: WorkspaceId) -> None:
        self.store, self.workspace, self.wall = store, workspace, Wall()
        app = Starlette(routes=[feed_route(store, self.wall)])
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot")

    async def do(self, use: object) -> None:
        """Do one thing with the records."""

        def work(*, records: Records, now: datetime, new_id: NewId) -> None:  # noqa: ARG001 # a use case's signature
            use(records)  # type: ignore[operator] # a lambda

        await self.store.run(self.workspace, work)

    async def get(self, name: str = f"{SECRET}.ics", **headers: str) -> httpx.Response:
        """Ask for a feed."""
        return await self.http.get(
            f"/calendar/{name}", headers={k.replace("_", "-"): v for k, v in headers.items()}
        )


@pytest.fixture
async def house(store: Store, workspace: WorkspaceId) -> House:
    """Give a house in which Ada and Ben meet on Thursday."""
    made = House(store, workspace)

    def settle(records: Records) -> None:
        records.save_programme(a_programme())
        for name in ("ada", "ben", "cem"):
            full = f"{name.title()}; of: \u201cSales\u201d, Ñ"
            records.save_participant(replace(a_participant(name), name=full))
        records.save_pair(a_pair(state=PairState.ACTIVE, introduced_at=MONDAY))
        records.save_meeting(a_meeting(at=AT, minutes=45, changed_at=MONDAY))
        records.save_feed(ParticipantId("ada"), SECRET)
        records.save_feed(ParticipantId("cem"), OTHER)

    await made.do(settle)
    return made


def events(answer: httpx.Response) -> list[dict[str, object]]:
    """The events of a feed, as the library reads them."""
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return [
        {
            "uid": str(one["uid"]),
            "sequence": int(str(one["sequence"])),
            "starts": one.decoded("dtstart"),
            "ends": one.decoded("dtend"),
            "status": str(one["status"]),
            "summary": str(one["summary"]),
        }
        for one in found
    ]


async def test_a_feed_is_a_calendar_with_ones_own_meetings(house: House) -> None:
    answer = await house.get()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"].startswith("private")
    (event,) = events(answer)
    assert event == {
        "uid": "meeting@bothways",
        "sequence": 0,
        "starts": AT,
        "ends": AT + timedelta(minutes=45),
        "status": "CONFIRMED",
        "summary": "Mentoring: Ben; of: \u201cSales\u201d, Ñ",
    }
    assert b"Cem" not in answer.content
    assert b"Ada" not in answer.content
    assert events(await house.get(f"{OTHER}.ics")) == [], "somebody without a meeting has an empty calendar"


async def test_a_feed_that_has_not_changed_is_not_sent_again(house: House, clock: TickingClock) -> None:
    first = await house.get()
    clock.forward(hours=5)
    again = await house.get(if_none_match=f'W/"x", {first.headers["etag"]}')
    assert (again.status_code, again.content) == (304, b"")
    moved = a_meeting(at=AT, minutes=45, changed_at=MONDAY).moved(AT + timedelta(days=1), 30, clock())
    await house.do(lambda records: records.save_meeting(moved))
    changed = await house.get(if_none_match=first.headers["etag"])
    assert changed.status_code == 200
    (event,) = events(changed)
    assert (event["uid"], event["sequence"], event["starts"]) == (
        "meeting@bothways",
        1,
        AT + timedelta(days=1),
    )


async def test_a_cancelled_meeting_is_told_for_a_while_and_then_goes(
    house: House, clock: TickingClock
) -> None:
    gone = a_meeting(at=AT, changed_at=MONDAY).after(MeetingEvent.CANCEL, clock())
    await house.do(lambda records: records.save_meeting(gone))
    assert [(one["status"], one["sequence"]) for one in events(await house.get())] == [("CANCELLED", 1)]
    clock.forward(days=31)
    assert events(await house.get()) == []


@pytest.mark.parametrize("state", [PairState.PAUSED, PairState.CLOSED])
async def test_the_meetings_of_a_pair_that_rests_or_ended_disappear(house: House, state: PairState) -> None:
    resting = a_pair(state=state, introduced_at=MONDAY)
    await house.do(lambda records: records.save_pair(resting))
    answer = await house.get()
    assert (answer.status_code, events(answer)) == (200, [])


async def test_a_pair_ended_unheard_is_still_in_the_others_calendar(house: House) -> None:
    by_ben = a_pair(state=PairState.ACTIVE, introduced_at=MONDAY, ended_by=ParticipantId("ben"))
    await house.do(lambda records: records.save_pair(by_ben))
    assert len(events(await house.get())) == 1
    by_ada = a_pair(state=PairState.ACTIVE, introduced_at=MONDAY, ended_by=ParticipantId("ada"))
    await house.do(lambda records: records.save_pair(by_ada))
    assert events(await house.get()) == []


async def test_one_meeting_is_a_file_of_its_own(house: House) -> None:
    other = a_meeting(key="c0ffee", at=AT + timedelta(days=7), changed_at=MONDAY)
    await house.do(lambda records: records.save_meeting(other))
    assert [one["uid"] for one in events(await house.get(f"{SECRET}.ics?only=c0ffee"))] == ["c0ffee@bothways"]
    assert len(events(await house.get())) == 2


WRONG = (
    f"{'0' * 32}.ics",
    f"{SECRET}",
    f"{SECRET}.ICS",
    f"{SECRET.upper()}.ics",
    f"{SECRET[:-1]}.ics",
    f"{SECRET}0.ics",
    f"{SECRET}.ics?only=../etc",
    f"{'a' * 5_000}.ics",
    "%00.ics",
    "%F0%9F%98%80.ics",
    "..%2F..%2Fetc%2Fpasswd.ics",
    "' OR 1=1 --.ics",
)


async def test_whatever_opens_nothing_reads_the_same(house: House) -> None:
    await house.do(lambda records: records.save_feed(ParticipantId("cem"), "c3" * 16))
    left = a_participant("ada", state=ParticipantState.LEFT)
    await house.do(lambda records: records.save_participant(left))
    answers = [await house.get(name) for name in (*WRONG, f"{OTHER}.ics", f"{SECRET}.ics")]
    assert {one.status_code for one in answers} == {404}
    assert len({one.content for one in answers}) == 1
    told = {tuple(sorted((k, v) for k, v in one.headers.items() if k != "date")) for one in answers}
    assert len(told) == 1
    assert (await house.http.post(f"/calendar/{SECRET}.ics")).status_code == 405


async def test_a_flood_of_wrong_secrets_asks_no_database_and_takes_nobodys_calendar_for_gone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(MISSES):
        assert (await house.get(f"{number:032x}.ics")).status_code == 404
    asked: list[object] = []
    monkeypatch.setattr(house.store.workshop, "read", asked.append)
    for name in (f"{SECRET}.ics", f"{7:032x}.ics"):
        answer = await house.get(name)
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")
    assert (await house.get("short.ics")).status_code == 404
    assert asked == []
    monkeypatch.undo()
    house.wall.now += WINDOW
    assert (await house.get()).status_code == 200


async def test_reading_a_feed_writes_nothing(house: House) -> None:
    def rows(records: Records) -> object:
        pair = records.pair(PairId("ada-ben"))
        return pair, records.meetings(pair.id), records.feed(ParticipantId("ada"))

    async def all_rows() -> object:
        def work(*, records: Records, now: datetime, new_id: NewId) -> object:  # noqa: ARG001 # as above
            return rows(records)

        return await house.store.run(house.workspace, work)

    before = await all_rows()
    await house.get()
    await house.get(f"{'0' * 32}.ics")
    assert await all_rows() == before
    assert MeetingState.PLANNED in {meeting.state for meeting in before[1]}  # type: ignore[index] # a tuple
