"""How pairs end or rest: at once for whoever decides it, and after some quiet days for the other."""

from dataclasses import replace
from datetime import datetime

from bot.mentoring.ids import ParticipantId
from bot.mentoring.pair import Pair, PairEvent, PairState
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.prompts import CameToNothing, PairClosed, PairQuiet, PartnerAway, Prompt
from bot.ports import NewId, Records
from bot.use_cases.acting import programme_of
from bot.use_cases.reminding import forget_reminders
from bot.use_cases.saying import CLOSED, forget_about, moment_for, quiet_moment, tell


def end(pair: Pair, by: ParticipantId, *, records: Records, now: datetime, new_id: NewId) -> Pair:
    """End a pair by the word, or the silence, of one side.

    For the other it stays as it was: whoever waits for it reads one neutral line, the same for every
    cause, one to three working days later; whoever has not answered a proposal hears at its end what they
    would have heard anyway. Ended from both sides it is over, and nobody hears more.
    """
    partner = records.participant(pair.partner_of(by))
    forget_about(pair, by, records=records)
    if pair.ended_by == partner.id:
        return _over(pair, records, now)
    quiet_until = None if _unanswered(pair, partner.id) else quiet_moment(partner, now, new_id)
    ended = replace(
        pair, ended_by=by, ended_at=now, quiet_until=quiet_until, next_due_at=quiet_until or pair.next_due_at
    )
    records.save_pair(ended)
    return ended


def end_with_programme(pair: Pair, *, records: Records, now: datetime) -> Pair:
    """Close a pair at its programme's end, with the line that every pair reads at its end."""
    line = PairClosed(next_round_at=programme_of(records).next_round_at)
    over = _over(pair, records, now)
    for side in pair.sides:
        if pair.open_to(side):
            tell(records.participant(side), f"{CLOSED}:{pair.id}:{side}", line, at=now, records=records)
    return over


def rest_quietly(pair: Pair, away: ParticipantId, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Let a pair rest while one side is away; the other hears after some quiet days."""
    partner = records.participant(pair.partner_of(away))
    quiet_until = quiet_moment(partner, now, new_id)
    records.save_pair(replace(pair, quiet_until=quiet_until, next_due_at=quiet_until))


def rest(pair: Pair, *, records: Records, now: datetime) -> None:
    """Let a pair rest now, and tell whoever's partner is away."""
    forget_reminders(pair, records=records)
    moments = (pair.rests_until, programme_of(records).ends_at)
    due = min((at for at in moments if at is not None), default=None)
    records.save_pair(replace(pair.after(PairEvent.PAUSE), quiet_until=None, next_due_at=due))
    for away, other in _away(pair, records):
        if not pair.rests_by(other.id):
            tell_of_rest(pair, away, other, records=records, now=now)


def tell_of_rest(
    pair: Pair, away: Participant, other: Participant, *, records: Records, now: datetime
) -> None:
    """Tell a partner that the pair rests while the other is away; until when, only if they wish it told."""
    until = away.paused_until or (pair.rests_until if pair.rests_by(away.id) else None)
    if until is None:
        return
    if away.paused_until is not None and away.tell_partners:
        records.withdraw(other.id, quiet_key(pair))
        told = PartnerAway(until=until)
        tell(other, f"{away_key(pair)}:{other.id}:{until.date()}", told, at=now, records=records)
    else:
        tell(other, f"{quiet_key(pair)}:{other.id}:{until.date()}", PairQuiet(), at=now, records=records)


def rest_one(
    pair: Pair, by: ParticipantId, until: datetime, *, records: Records, now: datetime, new_id: NewId
) -> None:
    """Let one pair rest by the word of a side until a moment, at which it ends unless they let it go on.

    The other hears the neutral line of a rest after some quiet days, as for any other rest. Where they let it
    rest too, both rests stand, and neither hears of the other's.
    """
    too = pair.rests_by(pair.partner_of(by))
    resting = replace(pair, rested_by=None if too else by, rests_until=until)
    if pair.state is PairState.ACTIVE and pair.quiet_until is None:
        rest_quietly(resting, by, records=records, now=now, new_id=new_id)
    else:
        records.save_pair(replace(resting, next_due_at=pair.quiet_until or until))


def wake(pair: Pair, by: ParticipantId, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Let a pair go on whose rest somebody takes back; where one of the two is away it waits for them.

    Where the other lets it rest too, it reads as if it went on, and they hear after some quiet days.
    """
    other = pair.partner_of(by)
    if pair.rests_by(other) and pair.ended_by is None:
        left = replace(pair, rested_by=other)
        awake = left.after(PairEvent.RESUME) if pair.state is PairState.PAUSED else left
        rest_quietly(awake, other, records=records, now=now, new_id=new_id)
        return
    freed = replace(pair, rested_by=None, rests_until=None)
    for side in pair.sides:
        records.withdraw(side, quiet_key(pair))
    if pair.ended_by is not None:
        records.save_pair(freed)
    elif _away(freed, records):
        records.save_pair(replace(freed, next_due_at=pair.quiet_until))
    else:
        awake = freed.after(PairEvent.RESUME) if pair.state is PairState.PAUSED else freed
        records.save_pair(replace(awake, quiet_until=None, next_due_at=now))


def end_rest(pair: Pair, *, records: Records, now: datetime, new_id: NewId) -> None:
    """End a pair that rested by the word of one side, or of both, as if they ended it now."""
    for side in pair.sides:
        if pair.rests_by(side):
            pair = end(pair, side, records=records, now=now, new_id=new_id)


def quiet_key(pair: Pair) -> str:
    """How the keys of the neutral lines about a pair's rest begin."""
    return f"quiet:{pair.id}"


def away_key(pair: Pair) -> str:
    """How the keys of the lines begin that tell until when one of a pair is away."""
    return f"away:{pair.id}"


def break_silence(pair: Pair, *, records: Records, now: datetime) -> None:
    """Tell what was kept quiet, once its days are over and the reader is at work with room for it."""
    if pair.quiet_until is not None and pair.quiet_until > now:
        records.save_pair(replace(pair, next_due_at=pair.quiet_until))
    elif pair.ended_by is not None:
        _tell_end(pair, pair.ended_by, records=records, now=now)
    else:
        _tell_rest(pair, records=records, now=now)


def _tell_end(pair: Pair, by: ParticipantId, *, records: Records, now: datetime) -> None:
    partner = records.participant(pair.partner_of(by))
    if _waits(pair, partner, records=records, now=now):
        return
    _over(pair, records, now)
    line: Prompt
    if pair.state is PairState.PROPOSED:
        records.save_participant(replace(partner, waiting=partner.waiting + 1))
        key, line = f"nothing:{pair.id}", CameToNothing()
    else:
        records.save_participant(replace(partner, resting_since=now))
        key, line = f"{CLOSED}:{pair.id}", PairClosed(next_round_at=programme_of(records).next_round_at)
    tell(partner, key, line, at=now, records=records)


def _tell_rest(pair: Pair, *, records: Records, now: datetime) -> None:
    away = _away(pair, records)
    if not away:
        records.save_pair(replace(pair, quiet_until=None, next_due_at=now))
    elif len(away) > 1 or not _waits(pair, away[0][1], records=records, now=now):
        rest(pair, records=records, now=now)


def _away(pair: Pair, records: Records) -> list[tuple[Participant, Participant]]:
    """Each side that is away, with the other."""
    one, other = (records.participant(side) for side in pair.sides)
    return [
        both
        for both in ((one, other), (other, one))
        if both[0].state is ParticipantState.PAUSED or pair.rests_by(both[0].id)
    ]


def _waits(pair: Pair, reader: Participant, *, records: Records, now: datetime) -> bool:
    """Whether the line has to wait for its reader; the pair is then looked at again at that moment."""
    moment = moment_for(reader, now, counted=True, nudge=False, records=records)
    if moment > now:
        records.save_pair(replace(pair, next_due_at=moment))
    return moment > now


def _unanswered(pair: Pair, one: ParticipantId) -> bool:
    return pair.state is PairState.PROPOSED and one not in pair.accepted


def _over(pair: Pair, records: Records, now: datetime) -> Pair:
    """The pair is over for both, from now on."""
    event = PairEvent.CLOSE
    if pair.state is PairState.PROPOSED:
        in_time = (
            pair.ended_at is not None and pair.expires_at is not None and pair.ended_at < pair.expires_at
        )
        event = PairEvent.DECLINE if in_time else PairEvent.EXPIRE
    for side in pair.sides:
        forget_about(pair, side, records=records)
    over = replace(pair.after(event), ended_at=now, quiet_until=None, next_due_at=None)
    records.save_pair(over)
    return over
