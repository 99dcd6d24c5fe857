"""What platforms tell of by themselves, in one table: kind of event to use case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.mentoring.ids import Address
from bot.mentoring.people import Profile, Standing
from bot.ports import NewId, Records
from bot.use_cases.hearing import hear_of, hear_of_uninstalling

Facts = dict[str, Any]
"""An event's facts, as its platform's edge wrote them."""


def _profile_changed(facts: Facts, *, records: Records, now: datetime, new_id: NewId) -> None:
    profile = Profile(
        address=Address(facts["address"]),
        name=facts["name"],
        zone=facts["zone"],
        admin=facts["admin"],
        standing=Standing(facts["standing"]),
    )
    hear_of(profile, records=records, now=now, new_id=new_id)


def _uninstalled(_facts: Facts, *, records: Records, now: datetime, new_id: NewId) -> None:
    del now, new_id  # an event's use takes them; taking mail back needs neither
    hear_of_uninstalling(records=records)


EVENTS: dict[str, Callable[..., None]] = {"profile_changed": _profile_changed, "uninstalled": _uninstalled}


def handle(kind: str, facts: Facts, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Do what an event asks for; KeyError for a kind that no edge sends."""
    EVENTS[kind](facts, records=records, now=now, new_id=new_id)
