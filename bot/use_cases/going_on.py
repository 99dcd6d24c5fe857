"""Whether a pair that ran through its time goes on: both are asked in private, at the end of a round."""

from dataclasses import replace
from datetime import datetime

from bot.mentoring.chapters import LAST_WEEKS
from bot.mentoring.closing import ANSWER_LASTS, MET_LATELY, GoOn, Question, may_be_asked
from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.meetings import held
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.people import ParticipantState
from bot.mentoring.prompts import GoOnAsked, GoOnNoted, PairClosed
from bot.mentoring.rights import Actor
from bot.mentoring.steps import Journey
from bot.mentoring.story import Mark
from bot.ports import NewId, Records
from bot.use_cases.acting import open_pairs, programme_of
from bot.use_cases.closing import close_in_time
from bot.use_cases.ending import end
from bot.use_cases.marking import mark
from bot.use_cases.parting import own_pair
from bot.use_cases.saying import CLOSED, quiet_moment, tell
from bot.use_cases.telling import asked
from bot.use_cases.walking import walk

GO_ON = "go on"


def ask_all(*, records: Records, now: datetime) -> None:
    """Between two rounds, ask both of every pair that ran through; one message a person."""
    due = [pair for pair in records.pairs((PairState.ACTIVE,)) if _asks(pair, records, now)]
    decided_at = now + ANSWER_LASTS
    for pair in due:
        past = held(records.meetings(pair.id))
        lately = bool(past) and past[-1].at >= now - MET_LATELY
        records.save_question(Question(pair.id, now, decided_at, met_lately=lately))
        records.save_pair(replace(pair, next_due_at=min(pair.next_due_at or decided_at, decided_at)))
    for who in sorted({side for pair in due for side in pair.sides}):
        one = records.participant(who)
        mine = tuple(asked(pair, one, records) for pair in due if pair.open_to(who) and who in pair.sides)
        if mine and one.state is ParticipantState.ACTIVE:
            key = f"go-on:{who}:{now:%Y%m%d}"
            tell(one, key, GoOnAsked(mine, decided_at), at=now, records=records)


def _asks(pair: Pair, records: Records, now: datetime) -> bool:
    """Whether a pair is asked; one that one side has ended is, as the other has not heard of it.

    None is asked that would hear the answer in its last weeks: it closes with its programme then.
    """
    if pair.introduced_at is None or records.closing(pair.id) is not None:
        return False
    over = programme_of(records).ends_at
    if over is not None and now + ANSWER_LASTS > over - LAST_WEEKS:
        return False
    return may_be_asked(pair.introduced_at, records.question(pair.id), now)


def answer(actor: Actor, key: PairId, said: GoOn, *, records: Records, now: datetime) -> GoOnNoted:
    """Keep what one side says; until it is decided it can be said otherwise, and nobody else sees it."""
    pair = own_pair(actor, key, GO_ON, records)
    question = records.question(pair.id)
    if question is None or question.over or question.decided_at <= now:
        raise NotPossibleNow(GO_ON, pair.state)
    records.save_question(replace(question, said={**question.said, actor.id: said}))
    one, partner = records.participant(actor.id), records.participant(pair.partner_of(actor.id))
    waiting = (each for each in open_pairs(one.id, records) if _waits(each, one.id, records, now))
    others = tuple(asked(each, one, records) for each in waiting)
    return GoOnNoted(pair.id, partner.name, said is GoOn.YES, question.decided_at, others)


def _waits(pair: Pair, one: ParticipantId, records: Records, now: datetime) -> bool:
    """Whether a pair was asked whether it goes on, and this side can still say so and has not."""
    question = records.question(pair.id)
    if question is None or question.over or question.decided_at <= now:
        return False
    return one not in question.said


def go_along(pair: Pair, journey: Journey, *, records: Records, now: datetime, new_id: NewId) -> None:
    """What is due to an active pair: the end of its closing, whether it goes on, or its journey."""
    closing = records.closing(pair.id)
    if closing is not None and closing.agreed_at is not None:
        close_in_time(pair, closing, records=records, now=now)
        return
    question = records.question(pair.id)
    if question is not None and not question.over and question.decided_at <= now:
        records.save_question(replace(question, over=True, said={}))
        if not question.goes_on(pair.sides):
            _end_for_both(pair, records=records, now=now, new_id=new_id)
            return
        for side in sorted(side for side, said in question.said.items() if said is GoOn.YES):
            mark(pair, Mark.WROTE, side, records=records, now=now)
        question = None
    walked = walk(pair, journey, records=records, now=now)
    if question is not None and not question.over and walked.state is PairState.ACTIVE:
        sooner = min(walked.next_due_at or question.decided_at, question.decided_at)
        records.save_pair(replace(walked, next_due_at=sooner))


def _end_for_both(pair: Pair, *, records: Records, now: datetime, new_id: NewId) -> None:
    """End a pair that does not go on: each reads the line of every other end, after days of their own.

    Whose answer it was stands nowhere: the side noted as the one that ended it is always the same.
    """
    first: ParticipantId = pair.a
    one = records.participant(first)
    line = PairClosed(next_round_at=programme_of(records).next_round_at)
    at = quiet_moment(one, now, new_id)
    records.save_participant(replace(one, resting_since=one.resting_since or now))
    tell(one, f"{CLOSED}:{pair.id}:{first}", line, at=at, records=records)
    end(pair, first, records=records, now=now, new_id=new_id)
