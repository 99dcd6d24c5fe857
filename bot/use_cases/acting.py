"""Who acts: the person behind a request, and what is theirs, as the database knows it at this moment."""

from collections.abc import Iterable

from bot.mentoring.errors import NoProgramme, NotPossibleNow
from bot.mentoring.ids import Address, PairId, ParticipantId
from bot.mentoring.pair import LIVE, UNDER_WAY, Pair, PairState
from bot.mentoring.people import Participant
from bot.mentoring.programme import Programme
from bot.mentoring.prompts import NoPairYet, PairAsked, WhichPair
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import Records


def actor_at(who: Address, *, may_set_up: bool, records: Records) -> Actor:
    """The actor at an address; roles are read now, never taken from a request."""
    programme = records.programme()
    return Actor(
        address=who,
        participant=records.participant_at(who),
        owner=programme is not None and who in programme.owners,
        may_set_up=may_set_up,
    )


def programme_of(records: Records) -> Programme:
    """The workspace's programme; NoProgramme where none was launched."""
    programme = records.programme()
    if programme is None:
        raise NoProgramme
    return programme


def open_pairs(one: ParticipantId, records: Records, states: Iterable[PairState] = LIVE) -> tuple[Pair, ...]:
    """A person's pairs in these live states that they have not ended themselves, oldest first."""
    return tuple(pair for pair in records.pairs_of(one, states) if pair.open_to(one))


def active_pair(
    actor: Actor, key: PairId, event: str, *, records: Records
) -> tuple[Pair, Participant, Participant]:
    """A pair of the actor's, the actor and the partner; NotPossibleNow where it is not active for them."""
    pair = records.pair(key)
    authorise(actor, Action.ANSWER_PAIR, pair)
    state = pair.state if pair.open_to(actor.id) else PairState.CLOSED
    if state is not PairState.ACTIVE:
        raise NotPossibleNow(event, state)
    return pair, records.participant(actor.id), records.participant(pair.partner_of(actor.id))


def the_pair(actor: Actor, about: str, *, records: Records) -> PairId | WhichPair | NoPairYet:
    """The actor's only active pair, the question of which, or that there is none yet.

    NotPossibleNow where all they have rest.
    """
    authorise(actor, Action.TAKE_PART)
    pairs = open_pairs(actor.id, records, (PairState.ACTIVE,))
    if len(pairs) == 1:
        return pairs[0].id
    if not pairs and open_pairs(actor.id, records, UNDER_WAY):
        raise NotPossibleNow(about, PairState.PAUSED)
    if not pairs:
        return no_pair_yet(actor, about, records=records)
    partners = (records.participant(pair.partner_of(actor.id)).name for pair in pairs)
    return WhichPair(about, tuple(map(PairAsked, (pair.id for pair in pairs), partners)))


def no_pair_yet(actor: Actor, about: str, *, records: Records) -> NoPairYet:
    """What somebody without a pair under way is told who asks for something that is about one."""
    proposed = bool(open_pairs(actor.id, records, (PairState.PROPOSED,)))
    return NoPairYet(about, programme_of(records).next_round_at, proposed)
