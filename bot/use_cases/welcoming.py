"""What newcomers meet: a welcome, and a form they left half-way that waits for them."""

from collections.abc import Mapping
from datetime import datetime

from bot.mentoring.left_form import KEPT, LeftForm
from bot.mentoring.people import Standing
from bot.mentoring.programme import Programme
from bot.mentoring.prompts import JoinForgotten, JoinLeft, Prompt, Welcome
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.text import clean
from bot.ports import Destination, Kind, Message, Records
from bot.use_cases.showing import takes_part

OWN = ("level", "department", "learn", "teach", "languages", "manager", "since", "handover", "direction")
"""Fields of the opt-in form that open empty: a form without any of them was not begun."""
MOST_VALUES = 40
LONGEST_VALUE = 3_000
"""What is kept of a field: more than any sound answer has."""


def welcome(actor: Actor, *, records: Records, now: datetime) -> None:
    """Welcome somebody who opened their page, once in their life here, if they could take part."""
    programme = _open_to(actor, records)
    known = records.profile(actor.address) is not None
    if programme is None or actor.participant is not None or not known:
        return
    if not records.first_welcome(actor.address):
        return
    said = Welcome(programme.name, programme.purpose, programme.next_round_at)
    _tell(actor, f"welcome:{actor.address}", said, records, now)


def keep_join(
    actor: Actor, answers: Mapping[str, tuple[str, ...]], *, records: Records, now: datetime
) -> None:
    """Keep what stands in the opt-in form while it is filled in, in case it is never sent.

    Nothing is kept of a form that was not begun, or of somebody who takes part or cannot.
    """
    kept = {key: tuple(_bounded(one) for one in some[:MOST_VALUES]) for key, some in answers.items()}
    begun = any(value for key in OWN for value in kept.get(key, ()))
    if begun and _open_to(actor, records) is not None:
        records.save_left_form(actor.address, LeftForm(kept, now + KEPT))


def _bounded(typed: str) -> str:
    return clean(typed[:LONGEST_VALUE])


def offer_join(actor: Actor, *, records: Records, now: datetime) -> None:
    """Somebody closed the opt-in form: where they had begun it, offer once to go on."""
    left = records.left_form(actor.address)
    if left is not None and _open_to(actor, records) is not None:
        _tell(actor, f"join left:{actor.address}", JoinLeft(left.keep_until), records, now)


def forget_join(actor: Actor, *, records: Records) -> JoinForgotten:
    """Forget what stood in the opt-in form."""
    authorise(actor, Action.READ)
    records.forget_left_form(actor.address)
    return JoinForgotten()


def _open_to(actor: Actor, records: Records) -> Programme | None:
    """The programme that somebody could join, as far as is known; None where there is none for them."""
    profile = records.profile(actor.address)
    if actor.owner or takes_part(actor) or (profile is not None and profile.standing is not Standing.MEMBER):
        return None
    return records.programme()


def _tell(actor: Actor, key: str, prompt: Prompt, records: Records, now: datetime) -> None:
    """An answer to what somebody did just now: it comes at once and uses up nothing of their limits."""
    records.post(Message(key, Destination(Kind.PERSON, actor.address, (actor.address,)), prompt, now))
