"""How mail stands over all workspaces: ages and counts, for those who watch."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session

from bot.mail import MailState
from storage.budget import BUDGET, ticks
from storage.guard import across
from storage.mail_tables import Handling, InboxRow, OutboxRow, Sending
from storage.moments import Earliest, First
from storage.states import is_one_of, is_state
from storage.turns import KINDS

OUTBOX, INBOX = OutboxRow.__table__, InboxRow.__table__
WAITING_MAIL = Earliest(First(OUTBOX.c.not_before, is_state(OUTBOX.c.state, Sending.PENDING)))
WAITING_EVENT = Earliest(First(INBOX.c.not_before, is_state(INBOX.c.state, Handling.PENDING)))
CLAIMED = Earliest(First(OUTBOX.c.started_at, is_state(OUTBOX.c.state, Sending.SENDING)))


def mail_state(session: Session, now: datetime) -> MailState:
    """How mail stands at `now`."""
    due, event, claimed = WAITING_MAIL(session), WAITING_EVENT(session), CLAIMED(session)
    open_still = is_one_of(OUTBOX.c.state, Sending.PENDING, Sending.SENDING)
    found: dict[str, int] = {}
    for which in (open_still, OUTBOX.c.ended_at >= now - timedelta(days=1)):
        states = select(OUTBOX.c.state, func.count()).where(which).group_by(OUTBOX.c.state)
        counted = session.execute(states, execution_options=across("count messages by state"))
        found |= {state.value: count for state, count in counted}
    resting = select(func.count()).select_from(BUDGET)
    resting = resting.where(BUDGET.c.scope.in_([way.value for way in KINDS]), BUDGET.c.free_at > ticks(now))
    rest = session.scalar(resting, execution_options=across("count what rests")) or 0
    return MailState(_since(due, now), _since(event, now), _since(claimed, now), found, rest)


def _since(moment: datetime | None, now: datetime) -> timedelta:
    """How long ago something was; nothing where it is still to come."""
    return max(timedelta(0), now - moment) if moment is not None else timedelta(0)
