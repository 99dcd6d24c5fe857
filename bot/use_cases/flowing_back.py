"""What flows back: the side of a pair that learns nothing in it chooses something to learn in turn."""

from datetime import datetime

from bot.mentoring.errors import BadInput, NotPossibleNow, Problem
from bot.mentoring.ids import PairId
from bot.mentoring.prompts import BackForm, FlowsBack
from bot.mentoring.rights import Actor
from bot.ports import Records
from bot.use_cases.agreeing import Together, together
from bot.use_cases.marking import wrote
from bot.use_cases.saying import tell_partner

ALWAYS = ("How this organisation came to be", "How decisions are really made", "Deep craft")
"""What anybody who has worked somewhere can teach, beside the topics they named (PRODUCT.md, A3)."""
MOST = 3
"""Topics that may be chosen: few enough to be talked about."""


def open_back(actor: Actor, key: PairId, *, records: Records) -> BackForm:
    """Offer what can flow back: what the partner teaches, and what anybody here can."""
    here = _learning_nothing(actor, key, records)
    return BackForm(here.pair.id, here.partner.name, _offered(here))


def choose_back(
    actor: Actor, key: PairId, topics: tuple[str, ...], *, records: Records, now: datetime
) -> FlowsBack:
    """Let these topics flow back from now on; both hear it."""
    here = together(actor, key, records)
    if topics and here.pair.flows_back_since and here.pair.learns(here.you.id) == topics:
        return FlowsBack(here.pair.id, here.partner.name, topics, yours=True)
    here = _learning_nothing(actor, key, records)
    chosen = tuple(dict.fromkeys(topics))
    if not chosen:
        raise BadInput("back", Problem.EMPTY)
    if len(chosen) > MOST:
        raise BadInput("back", Problem.TOO_MANY, str(MOST))
    if not set(chosen) <= set(_offered(here)):
        raise BadInput("back", Problem.NOT_A_CHOICE)
    records.save_pair(here.pair.flowing_back(chosen, now))
    wrote(here.pair, here.you.id, records=records, now=now)
    told = FlowsBack(here.pair.id, here.you.name, chosen, yours=False)
    tell_partner(here.pair, here.you.id, "back", told, records=records, now=now)
    return FlowsBack(here.pair.id, here.partner.name, chosen, yours=True)


def _learning_nothing(actor: Actor, key: PairId, records: Records) -> Together:
    """The actor's pair in which they learn nothing yet; NotPossibleNow in any other of theirs."""
    here = together(actor, key, records)
    if here.pair.learns_nothing != here.you.id:
        raise NotPossibleNow("flow back", "learns already")
    return here


def _offered(here: Together) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*here.partner.teach, *ALWAYS)))
