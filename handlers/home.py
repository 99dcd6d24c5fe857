"""A person's own page."""

from datetime import datetime

from bot.mentoring.prompts import Prompt
from bot.ports import NewId, Records
from bot.use_cases.acting import actor_at
from bot.use_cases.home import show_home
from bot.use_cases.welcoming import welcome
from handlers.caller import Caller


def home(caller: Caller, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
    """The caller's own page."""
    del new_id  # a use of the edges takes it; nothing new is made here
    actor = actor_at(caller.address, may_set_up=caller.may_set_up, records=records)
    return show_home(actor, records=records, now=now)


def opened(caller: Caller, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
    """The caller's own page, as they open it: who opens it for the first time is welcomed."""
    del new_id  # as above
    actor = actor_at(caller.address, may_set_up=caller.may_set_up, records=records)
    if not caller.external:
        welcome(actor, records=records, now=now)
    return show_home(actor, records=records, now=now)
