"""A person's own page: what a newcomer, a participant and an owner find there."""

from datetime import datetime

from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.programme import DRAFTED, Programme, Round
from bot.mentoring.prompts import DraftWaiting, Home, OwnerHome, ParticipantHome, Prompt, RoundNow
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import Records
from bot.use_cases.setting_up import unreached
from bot.use_cases.showing import pair_lines, takes_part


def show_home(actor: Actor, *, records: Records, now: datetime) -> Prompt:
    """The person's own page."""
    authorise(actor, Action.READ)
    programme = records.programme()
    if programme is None:
        return Home(programme="", purpose="", may_set_up=actor.may_set_up, next_round_at=None)
    if actor.owner:
        return _owner_home(programme, records)
    if actor.participant is not None and takes_part(actor):
        return _participant_home(actor, actor.participant, programme, records, now)
    left = records.left_form(actor.address)
    return Home(
        programme=programme.name,
        purpose=programme.purpose,
        may_set_up=False,
        next_round_at=programme.next_round_at,
        kept_until=left.keep_until if left else None,
    )


def _participant_home(
    actor: Actor, one: Participant, programme: Programme, records: Records, now: datetime
) -> ParticipantHome:
    return ParticipantHome(
        programme=programme.name,
        name=one.name,
        level=one.level,
        department=one.department,
        learn=one.learn,
        teach=one.teach,
        places=one.places,
        zone=one.hours.zone,
        starts=one.hours.starts,
        ends=one.hours.ends,
        findable=one.findable,
        paused_until=one.paused_until if one.state is ParticipantState.PAUSED else None,
        pairs=pair_lines(actor, records, now),
        round=_round_now(records.rounds()),
        next_round_at=programme.next_round_at,
        resting=one.resting_since is not None,
    )


def _owner_home(programme: Programme, records: Records) -> OwnerHome:
    rounds = records.rounds()
    draft = next((one for one in reversed(rounds) if one.state in DRAFTED), None)
    return OwnerHome(
        programme=programme.name,
        purpose=programme.purpose,
        channel=programme.channel,
        owners=programme.owners,
        contacts=programme.contacts,
        round=_round_now(rounds),
        draft=_waiting(draft, records) if draft else None,
        next_round_at=programme.next_round_at,
        next_summary_at=programme.next_summary_at,
        unreached=unreached(programme, records),
    )


def _waiting(draft: Round, records: Records) -> DraftWaiting:
    return DraftWaiting(draft.id, draft.number, len(records.pairs_in(draft.id)), draft.drafted_at)


def _round_now(rounds: tuple[Round, ...]) -> RoundNow | None:
    """The round that went out last."""
    released = [(one.number, one.released_at) for one in rounds if one.released_at is not None]
    return RoundNow(*max(released)) if released else None
