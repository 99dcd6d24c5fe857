"""Closing a pair together: proposed openly, agreed, looked back on by each, and over for both at once."""

from dataclasses import replace
from datetime import datetime

from bot.mentoring.closing import PROPOSAL_LASTS, Closing, LookBack
from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.pair import Pair, PairEvent
from bot.mentoring.prompts import (
    ClosedTogether,
    ClosingAgreed,
    ClosingAsked,
    ClosingProposed,
    GoingOnForNow,
    LookBackForm,
    LookBackKept,
    LookBackShown,
    Prompt,
)
from bot.mentoring.rights import Actor
from bot.mentoring.text import checked
from bot.ports import NewId, Records
from bot.use_cases.acting import programme_of
from bot.use_cases.ending import end_with_programme
from bot.use_cases.marking import wrote
from bot.use_cases.parting import own_pair
from bot.use_cases.reading import Reading
from bot.use_cases.saying import about, forget_about, tell, tell_partner

CLOSE = "close together"
WORDS_LIMIT = 600
"""Characters of each answer of a look back."""


def propose(actor: Actor, key: PairId, *, records: Records, now: datetime) -> Prompt:
    """Propose a closing conversation: the other reads openly who wishes for it.

    Where the other proposed it already, this is the yes. Proposed twice, it is said once.
    """
    pair = own_pair(actor, key, CLOSE, records)
    closing = records.closing(pair.id)
    if closing is not None and (closing.agreed_at or (closing.by != actor.id and closing.waits(now))):
        return agree(actor, key, records=records, now=now)
    if closing is None or not closing.waits(now):
        closing = Closing(pair.id, actor.id, now)
        records.save_closing(closing)
        if pair.ended_by is None:
            _ask(pair, closing, records, now)
    return ClosingProposed(_partner_name(pair, actor.id, records), _answer_by(closing, records))


def _ask(pair: Pair, closing: Closing, records: Records, now: datetime) -> None:
    by = records.participant(closing.by)
    question = ClosingAsked(pair.id, by.name, _answer_by(closing, records))
    tell_partner(pair, closing.by, f"close:{closing.at:%Y%m%d%H%M%S}", question, records=records, now=now)


def agree(actor: Actor, key: PairId, *, records: Records, now: datetime) -> ClosingAgreed:
    """Say yes to closing together: both are asked to look back. A yes said twice gets the same answer."""
    pair = own_pair(actor, key, CLOSE, records)
    closing = records.closing(pair.id)
    if closing is not None and closing.agreed_at is None and closing.waits(now) and closing.by != actor.id:
        closing = replace(closing, agreed_at=now)
        records.save_closing(closing)
        records.withdraw(actor.id, _asked_key(pair))
        _due_after_look_back(pair, closing, records)
        if pair.ended_by is None:
            by = records.participant(closing.by)
            told = ClosingAgreed(pair.id, _partner_name(pair, by.id, records), _closes_at(closing, records))
            tell_partner(pair, actor.id, f"close agreed:{now:%Y%m%d%H%M%S}", told, records=records, now=now)
    if closing is None or closing.agreed_at is None:
        raise NotPossibleNow(CLOSE, pair.state)
    return ClosingAgreed(pair.id, _partner_name(pair, actor.id, records), _closes_at(closing, records))


def not_now(actor: Actor, key: PairId, *, records: Records, now: datetime) -> GoingOnForNow:
    """Say that one would rather go on: the other reads it, and the pair stays as it is."""
    pair = own_pair(actor, key, CLOSE, records)
    closing = records.closing(pair.id)
    if closing is None or closing.agreed_at is not None or closing.by == actor.id:
        raise NotPossibleNow(CLOSE, pair.state)
    records.forget_closing(pair.id)
    wrote(pair, actor.id, records=records, now=now)
    one, by = records.participant(actor.id), records.participant(closing.by)
    told = GoingOnForNow(one.name, yours=False)
    tell_partner(pair, one.id, f"goes on:{now:%Y%m%d%H%M%S}", told, records=records, now=now)
    return GoingOnForNow(by.name, yours=True)


def open_look_back(actor: Actor, key: PairId, *, records: Records) -> LookBackForm:
    """The form to look back with, and what the actor said already."""
    pair, _ = _agreed(actor, key, records)
    kept = records.look_backs(pair.id).get(actor.id, LookBack())
    return LookBackForm(pair.id, _partner_name(pair, actor.id, records), kept)


def look_back(
    actor: Actor, key: PairId, said: LookBack, *, records: Records, now: datetime, new_id: NewId
) -> Prompt:
    """Keep what one side says; the pair is closed for both once both have.

    The other reads it when theirs is in too, or sooner where the actor chose so. BadForm with every answer
    that is too long.
    """
    del new_id  # a use of the edges takes it
    pair, closing = _agreed(actor, key, records)
    said = _read(said)
    records.save_look_back(pair.id, actor.id, said)
    other = pair.partner_of(actor.id)
    if said.again:
        records.save_wish(actor.id, other)
    both = records.look_backs(pair.id)
    if other in both:
        _close(pair, records, now, answering=actor.id)
        return _closed_for(pair, actor.id, both, records)
    if said.shared and said.says_something and pair.ended_by is None:
        shown = LookBackShown(pair.id, records.participant(actor.id).name, _to_read(said))
        tell_partner(pair, actor.id, "look back", shown, records=records, now=now)
    return LookBackKept(_partner_name(pair, actor.id, records), said.shared, _closes_at(closing, records))


def close_in_time(pair: Pair, closing: Closing, *, records: Records, now: datetime) -> None:
    """Close an agreed pair whose time to look back is over; until then, come back for that."""
    if _closes_at(closing, records) <= now:
        _close(pair, records, now)
    else:
        records.save_pair(replace(pair, next_due_at=_closes_at(closing, records)))


def close_with_programme(pair: Pair, *, records: Records, now: datetime) -> None:
    """Close a pair at its programme's end: together where both agreed to that, else with the usual line."""
    closing = records.closing(pair.id)
    if closing is not None and closing.agreed_at is not None and pair.ended_by is None:
        _close(pair, records, now)
    else:
        end_with_programme(pair, records=records, now=now)


def _close(pair: Pair, records: Records, now: datetime, answering: ParticipantId | None = None) -> None:
    """Close it for both, with a word to each who is not answered just now."""
    awake = pair.after(PairEvent.CLOSE)
    over = replace(awake, ended_at=now, ended_by=None, quiet_until=None, next_due_at=None)
    records.save_pair(over)
    both = records.look_backs(pair.id)
    for side in pair.sides:
        one = records.participant(side)
        forget_about(pair, side, records=records)
        if side != pair.ended_by:
            records.save_participant(replace(one, resting_since=one.resting_since or now))
        if side not in (answering, pair.ended_by):
            told = _closed_for(pair, side, both, records)
            tell(one, f"closed-both:{pair.id}:{side}", told, at=now, records=records)
    records.forget_closing(pair.id)


def _closed_for(
    pair: Pair, reader: ParticipantId, both: dict[ParticipantId, LookBack], records: Records
) -> ClosedTogether:
    other = pair.partner_of(reader)
    said = both.get(other)
    readable = said is not None and said.says_something and (said.shared or reader in both)
    return ClosedTogether(records.participant(other).name, _to_read(said) if said and readable else None)


def _to_read(said: LookBack) -> LookBack:
    """What the other reads: never what is private."""
    return replace(said, again=False, shared=False)


def _agreed(actor: Actor, key: PairId, records: Records) -> tuple[Pair, Closing]:
    pair = own_pair(actor, key, CLOSE, records)
    closing = records.closing(pair.id)
    if closing is None or closing.agreed_at is None:
        raise NotPossibleNow(CLOSE, pair.state)
    return pair, closing


def _due_after_look_back(pair: Pair, closing: Closing, records: Records) -> None:
    """Let the pair fall due when its time to look back is over; an unheard end or rest goes first."""
    if pair.quiet_until is None:
        records.save_pair(replace(pair, next_due_at=_closes_at(closing, records)))


def _read(said: LookBack) -> LookBack:
    reading = Reading()

    def words(name: str, typed: str) -> str:
        return reading.take(lambda: checked(name, typed, WORDS_LIMIT, required=False, lines=True), "")

    kept = replace(
        said,
        for_me=words("for_me", said.for_me),
        for_you=words("for_you", said.for_you),
        hard=words("hard", said.hard),
        thanks=words("thanks", said.thanks),
        contact=words("contact", said.contact),
    )
    reading.finish()
    return kept


def _partner_name(pair: Pair, one: ParticipantId, records: Records) -> str:
    return records.participant(pair.partner_of(one)).name


def _asked_key(pair: Pair) -> str:
    """How the key of the question begins; it is withdrawn with all that the two tell each other."""
    return f"{about(pair)}:close:"


def _answer_by(closing: Closing, records: Records) -> datetime:
    over, programme_ends = closing.at + PROPOSAL_LASTS, programme_of(records).ends_at
    return over if programme_ends is None else min(over, programme_ends)


def _closes_at(closing: Closing, records: Records) -> datetime:
    over = closing.closes_at(programme_of(records).ends_at)
    if over is None:
        raise NotPossibleNow(CLOSE, "proposed")
    return over
