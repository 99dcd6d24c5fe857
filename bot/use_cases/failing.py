"""What becomes of messages that the platform will never take: who is told, so that nothing is lost unseen."""

from datetime import datetime

from bot.mentoring.ids import Address
from bot.mentoring.prompts import ConcernWaiting, Prompt, SummaryNotPosted, WeeklySummary
from bot.ports import Destination, Kind, NewId, Records
from bot.use_cases.passing_on import miss_message
from bot.use_cases.saying import tell_owner


def hear_of_failure(
    key: str, to: Destination, prompt: Prompt, *, records: Records, now: datetime, new_id: NewId
) -> None:
    """Tell whoever has to know that a message could not be delivered; said again, it changes nothing."""
    if isinstance(prompt, ConcernWaiting):
        miss_message(prompt.concern, Address(to.ref), records=records, now=now, new_id=new_id)
        return
    programme = records.programme()
    if programme is None:
        return
    if isinstance(prompt, WeeklySummary) and to.kind is Kind.CHANNEL:
        for owner in programme.owners:
            notice = SummaryNotPosted(Address(to.ref))
            tell_owner(owner, f"not-posted:{key}:{owner}", notice, now=now, records=records)
            tell_owner(owner, f"instead:{key}:{owner}", prompt, now=now, records=records)
