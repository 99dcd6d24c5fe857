"""When the bot's messages do not reach somebody.

Their partners hear kindly, and they get no new pair; who raised a concern with them can choose somebody else.
"""

from dataclasses import replace
from datetime import datetime

from bot.mentoring.ids import Address
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.prompts import PartnerUnreached
from bot.ports import NewId, Records
from bot.use_cases.acting import open_pairs
from bot.use_cases.passing_on import find_contact, miss_contact
from bot.use_cases.saying import quiet_moment, tell


def lose_touch(who: Address, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Note that messages do not reach somebody; said again, it goes for the pairs that came since.

    Each partner hears one to three working days later, once, unless messages reach them again by then. Of a
    pair that rests or has ended, in the open or unheard, its own lines tell all there is to tell.
    """
    miss_contact(who, records=records, now=now, new_id=new_id)
    one = records.participant_at(who)
    if one is None or one.state is ParticipantState.LEFT:
        return
    if one.unreached_since is None:
        one = replace(one, unreached_since=now)
        records.save_participant(one)
    for pair in open_pairs(one.id, records, (PairState.ACTIVE,)):
        partner = records.participant(pair.partner_of(one.id))
        goes_on = pair.ended_by is None and pair.quiet_until is None
        if goes_on and partner.unreached_since is None:
            _tell(partner, pair, one, records=records, now=now, new_id=new_id)


def find_again(who: Address, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Note that somebody was heard of again, and take back what has not been said of it yet.

    What they missed as a contact for concerns, they hear anew.
    """
    find_contact(who, records=records, now=now, new_id=new_id)
    one = records.participant_at(who)
    if one is None or one.unreached_since is None:
        return
    records.save_participant(replace(one, unreached_since=None))
    for pair in open_pairs(one.id, records):
        records.withdraw(pair.partner_of(one.id), _begins(pair))


def _tell(
    partner: Participant, pair: Pair, lost: Participant, *, records: Records, now: datetime, new_id: NewId
) -> None:
    """Tell a partner, at most once a week however often somebody comes and goes."""
    assert lost.unreached_since is not None  # noqa: S101 - set by who calls
    year, week, _day = partner.hours.day(lost.unreached_since).isocalendar()
    line = PartnerUnreached(lost.address, lost.name)
    moment = quiet_moment(partner, now, new_id)
    tell(partner, f"{_begins(pair)}{partner.id}:{year}-{week}", line, at=moment, records=records)


def _begins(pair: Pair) -> str:
    return f"unreached:{pair.id}:"
