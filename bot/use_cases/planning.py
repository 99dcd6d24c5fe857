"""What falls due: pauses that end, proposals, journeys, rounds and summaries, and messages that are late."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.due import DueItem, DueKind
from bot.matching import Matcher
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.pair import OVER, UNDER_WAY, PairState
from bot.mentoring.people import ParticipantState
from bot.mentoring.steps import Journey
from bot.ports import NewId, Records
from bot.use_cases.acting import programme_of
from bot.use_cases.closing import close_with_programme
from bot.use_cases.ending import break_silence, end_rest
from bot.use_cases.going_on import go_along
from bot.use_cases.naming import matcher_here
from bot.use_cases.pausing import end_pause
from bot.use_cases.proposing import lapse, remind
from bot.use_cases.rounds import draft_on_time
from bot.use_cases.summarising import post_summary
from bot.use_cases.timing import plan_late


def plan(
    due: Sequence[DueItem],
    *,
    journey: Journey,
    matcher: Matcher,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> None:
    """Do what is due for several things of a workspace, in their order, and set when to look again.

    Nothing is done for one that has moved on meanwhile.
    """
    records.gather(PairId(item.id) for item in due if item.kind is DueKind.PAIR)
    for item in due:
        _plan_one(item, journey, matcher, records, now, new_id)


def _plan_one(
    item: DueItem, journey: Journey, matcher: Matcher, records: Records, now: datetime, new_id: NewId
) -> None:
    match item.kind:
        case DueKind.PARTICIPANT:
            _plan_participant(ParticipantId(item.id), records, now, new_id)
        case DueKind.PAIR:
            _plan_pair(PairId(item.id), journey, records, now, new_id)
        case DueKind.PROGRAMME:
            _plan_programme(matcher, records, now, new_id)
        case DueKind.MESSAGE:
            plan_late(item.id, records=records, now=now)


def _plan_participant(key: ParticipantId, records: Records, now: datetime, new_id: NewId) -> None:
    one = records.participant(key)
    if one.state is ParticipantState.PAUSED and one.paused_until is not None and one.paused_until <= now:
        end_pause(one, records=records, now=now, new_id=new_id)


def _plan_pair(key: PairId, journey: Journey, records: Records, now: datetime, new_id: NewId) -> None:
    pair = records.pair(key)
    if pair.next_due_at is None or pair.next_due_at > now:
        return
    programme = programme_of(records)
    if pair.state in UNDER_WAY and programme.over(now):
        close_with_programme(pair, records=records, now=now)
        return
    if pair.quiet_until is not None and pair.state not in OVER:
        break_silence(pair, records=records, now=now)
        return
    match pair.state:
        case PairState.PROPOSED if pair.expires_at is not None and pair.expires_at <= now:
            lapse(pair, records=records, now=now, new_id=new_id)
        case PairState.PROPOSED:
            remind(pair, records=records, now=now)
        case PairState.ACTIVE:
            go_along(pair, journey, records=records, now=now, new_id=new_id)
        case PairState.PAUSED if pair.rests_until is not None and pair.rests_until <= now:
            end_rest(pair, records=records, now=now, new_id=new_id)
        case PairState.PAUSED:
            records.save_pair(replace(pair, next_due_at=pair.rests_until or programme.ends_at))
        case _:
            records.save_pair(replace(pair, next_due_at=None, quiet_until=None))


def _plan_programme(matcher: Matcher, records: Records, now: datetime, new_id: NewId) -> None:
    programme = records.programme()
    if programme is None:
        return
    if programme.next_summary_at <= now:
        if programme.over(now):
            for pair in records.pairs(UNDER_WAY):
                close_with_programme(pair, records=records, now=now)
        post_summary(programme, records=records, now=now)
    if programme.next_round_at is not None and programme.next_round_at <= now:
        draft_on_time(matcher_here(matcher, records), records=records, now=now, new_id=new_id)
