"""A person's own page, and events that platforms tell of."""

from datetime import datetime

from bot.mentoring.prompts import Prompt
from bot.ports import NewId, Records
from bot.use_cases.acting import actor_at
from bot.use_cases.home import show_home
from handlers.caller import Caller


def home(caller: Caller, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
    """The caller's own page."""
    del new_id  # a use of the edges takes it; nothing new is made here
    actor = actor_at(caller.address, may_set_up=caller.may_set_up, records=records)
    return show_home(actor, records=records, now=now)
