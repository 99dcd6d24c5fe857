"""Raising a concern: to one person whom the reporter chooses, and to nobody else."""

from dataclasses import dataclass
from datetime import datetime

from bot.mentoring.concern import (
    KEPT,
    MOST_A_DAY,
    REST,
    WORDS_LIMIT,
    Concern,
    ForThePair,
    eligible,
    given_lately,
)
from bot.mentoring.errors import BadInput, NotFound, NotPossibleNow, Problem
from bot.mentoring.ids import Address, PairId
from bot.mentoring.pair import UNDER_WAY, Pair
from bot.mentoring.people import Standing
from bot.mentoring.prompts import (
    ConcernAboutForm,
    ConcernForm,
    ConcernGiven,
    ConcernKeptLonger,
    ConcernLost,
    ConcernOutside,
    ConcernRead,
    ConcernsFull,
    ConcernsShown,
    ConcernTakenBack,
    ConcernWaiting,
    ConcernWasRead,
    GivenConcern,
    Listener,
    Prompt,
)
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.text import checked
from bot.ports import NewId, Records
from bot.use_cases import blocking
from bot.use_cases.acting import open_pairs, programme_of
from bot.use_cases.ending import rest_one
from bot.use_cases.parting import end_pair
from bot.use_cases.reading import Reading, people
from bot.use_cases.saying import tell_owner

READ = "read concern"


@dataclass(frozen=True)
class ConcernAnswers:
    """What the form of a concern holds when it is sent, as it was typed, with what was said before it."""

    about: Address | None
    close: tuple[Address, ...]
    contact: Address | None
    words: str
    for_pair: str


def show(actor: Actor, *, records: Records, now: datetime) -> Prompt:
    """`/mentor concern`: what has become of one's concerns; who has raised none gets the form."""
    authorise(actor, Action.READ)
    mine = tuple(one for one in own(actor, records, now) if not one.taken_back)
    if not mine:
        return open_form(actor, None, records=records, now=now)
    return ConcernsShown(tuple(_given(one, records) for one in mine))


def open_form(actor: Actor, pair: PairId | None, *, records: Records, now: datetime) -> Prompt:
    """Who can read a concern, and the first questions; about the partner where it comes from a pair."""
    authorise(actor, Action.READ)
    programme = programme_of(records)
    if given_lately(records.concerns(), actor.address, now) >= MOST_A_DAY:
        return ConcernsFull(programme.routes)
    listeners = reached(eligible(programme.contacts, actor.address, None), records)
    if not listeners:
        return ConcernOutside(programme.routes)
    about = _partner(actor, pair, records) if pair else None
    return ConcernAboutForm(about, named(listeners, records), programme.routes)


def choose_listener(
    actor: Actor, about: Address | None, close: tuple[Address, ...], *, records: Records, now: datetime
) -> Prompt:
    """Who can hear it, now that it is said whom it is about and who is too close; nothing is stored.

    Anybody of the workspace may be named: a refusal would tell who takes part.
    """
    authorise(actor, Action.READ)
    programme = programme_of(records)
    if given_lately(records.concerns(), actor.address, now) >= MOST_A_DAY:
        return ConcernsFull(programme.routes)
    whom = _about(about, actor, records)
    listeners = reached(eligible(programme.contacts, actor.address, whom, close), records)
    if not listeners:
        return ConcernOutside(programme.routes)
    shared = _shared(actor, whom, records)
    return ConcernForm(whom, close, named(listeners, records), paired=shared is not None)


def give(actor: Actor, answers: ConcernAnswers, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
    """Keep a concern for its contact, tell them that one waits, and do what is wanted for the pair.

    BadForm with every value that cannot be taken.
    """
    authorise(actor, Action.READ)
    programme = programme_of(records)
    if given_lately(records.concerns(), actor.address, now) >= MOST_A_DAY:
        return ConcernsFull(programme.routes)
    try:
        whom = _about(answers.about, actor, records)
    except BadInput:
        return ConcernLost()
    reading = Reading()
    listeners = eligible(programme.contacts, actor.address, whom, answers.close)
    chosen = reading.take(lambda: _chosen(answers.contact, listeners), actor.address)
    text = reading.take(lambda: checked("words", answers.words, WORDS_LIMIT, lines=True), "")
    wanted = reading.take(lambda: _wanted(answers.for_pair), ForThePair.NOTHING)
    reading.finish()
    concern = Concern(new_id(), actor.address, chosen, now, now + KEPT, whom, text, close=answers.close)
    records.save_concern(concern)
    tell_contact(concern, records=records, now=now, new_id=new_id)
    done = _for_pair(actor, whom, wanted, records=records, now=now, new_id=new_id)
    return ConcernGiven(name_of(chosen, records), done, programme.routes)


def read(actor: Actor, key: str, *, records: Records, now: datetime) -> Prompt:
    """The words, to its contact alone and once; they are then kept, and read again only if kept longer."""
    concern = _for_contact(actor, key, records, now)
    if not concern.may_be_read(now) or concern.about is None:
        return ConcernWasRead(concern.id, concern.keep_until)
    records.save_concern(concern.opened(now))
    return ConcernRead(
        concern=concern.id,
        reporter=concern.reporter,
        reporter_name=name_of(concern.reporter, records),
        about=concern.about,
        about_name=name_of(concern.about, records),
        at=concern.at,
        words=concern.words,
        kept_until=concern.keep_until,
    )


def keep_longer(actor: Actor, key: str, *, records: Records, now: datetime) -> ConcernKeptLonger:
    """Keep a concern longer, by its contact's word; that is noted in it, and its reporter sees it.

    NotPossibleNow where it was not read since it was last kept longer.
    """
    concern = _for_contact(actor, key, records, now)
    if concern.readable_until is None:
        raise NotPossibleNow(READ, "unread")
    longer = concern.longer(now)
    records.save_concern(longer)
    return ConcernKeptLonger(longer.id, longer.keep_until)


def take_back(actor: Actor, key: str, *, records: Records, now: datetime) -> ConcernTakenBack:
    """Take a concern back: its words are gone. Taken back twice, it says the same."""
    authorise(actor, Action.READ)
    concern = one_of(actor, key, records, now)
    if not concern.taken_back:
        records.save_concern(concern.withdrawn())
    return ConcernTakenBack(was_read=concern.read_at is not None)


def tell_contact(concern: Concern, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Say that one waits, in the contact's working hours; nothing in it tells by whom or about whom."""
    key = f"concern:{concern.id}:{new_id()}"
    tell_owner(concern.contact, key, ConcernWaiting(concern.id), now=now, records=records)


def reached(contacts: tuple[Address, ...], records: Records) -> tuple[Address, ...]:
    """Those of some contacts whom messages reach; all of them where they reach none."""
    away = records.out_of_reach(contacts)
    return tuple(one for one in contacts if one not in away) or contacts


def own(actor: Actor, records: Records, now: datetime) -> tuple[Concern, ...]:
    """What somebody raised and is kept, oldest first, what they took back included."""
    return tuple(one for one in records.concerns() if one.reporter == actor.address and one.keep_until > now)


def one_of(actor: Actor, key: str, records: Records, now: datetime) -> Concern:
    """A concern that the actor raised; NotFound for everybody else, and for what is not there."""
    concern = next((one for one in own(actor, records, now) if one.id == key), None)
    if concern is None:
        raise NotFound
    return concern


def name_of(who: Address, records: Records) -> str:
    """Somebody's name as the directory told it; empty where it told none."""
    profile = records.profile(who)
    return profile.name if profile else ""


def named(them: tuple[Address, ...], records: Records) -> tuple[Listener, ...]:
    """Those who listen, with their names."""
    return tuple(Listener(one, name_of(one, records)) for one in them)


def _for_contact(actor: Actor, key: str, records: Records, now: datetime) -> Concern:
    """A concern whose contact the actor is; NotFound for everybody else, and for what is not there."""
    authorise(actor, Action.READ)
    kept = (one for one in records.concerns() if one.keep_until > now)
    concern = next((one for one in kept if one.id == key and one.contact == actor.address), None)
    if concern is None:
        raise NotFound
    if concern.taken_back:
        raise NotPossibleNow(READ, "taken back")
    return concern


def _given(one: Concern, records: Records) -> GivenConcern:
    return GivenConcern(
        id=one.id,
        contact=name_of(one.contact, records),
        at=one.at,
        read_at=one.read_at,
        kept_until=one.keep_until,
        kept_longer=len(one.kept_longer),
        reached=one.unreached_since is None or one.read_at is not None,
    )


def _about(whom: Address | None, actor: Actor, records: Records) -> Address:
    if whom is None:
        raise BadInput("about", Problem.EMPTY)
    profile = records.profile(whom)
    if whom == actor.address or (profile and profile.standing is Standing.BOT):
        raise BadInput("about", Problem.NOT_A_PERSON)
    return people("about", (whom,), actor.address)[0]


def _chosen(contact: Address | None, listeners: tuple[Address, ...]) -> Address:
    if contact is None:
        raise BadInput("contact", Problem.EMPTY)
    if contact not in listeners:
        raise BadInput("contact", Problem.NOT_A_CHOICE)
    return contact


def _wanted(typed: str) -> ForThePair:
    if typed not in set(ForThePair):
        raise BadInput("pair", Problem.EMPTY if not typed else Problem.NOT_A_CHOICE)
    return ForThePair(typed)


def _partner(actor: Actor, key: PairId, records: Records) -> Address | None:
    """The other of a pair of the actor's, one that is over included; None where it is not theirs."""
    try:
        pair = records.pair(key)
        authorise(actor, Action.ANSWER_PAIR, pair)
    except NotFound:
        return None
    return records.participant(pair.partner_of(actor.id)).address


def _shared(actor: Actor, whom: Address, records: Records) -> Pair | None:
    """The pair that the two have under way, as the actor sees it."""
    other = records.participant_at(whom)
    if actor.participant is None or other is None:
        return None
    mine = open_pairs(actor.id, records, UNDER_WAY)
    return next((pair for pair in mine if other.id in pair.sides), None)


def _for_pair(
    actor: Actor, whom: Address, wanted: ForThePair, *, records: Records, now: datetime, new_id: NewId
) -> ForThePair:
    """Do what is wanted for the pair; what was done: nothing where there is no pair."""
    pair = _shared(actor, whom, records)
    match wanted:
        case ForThePair.NEVER if actor.participant is not None:
            blocking.block(actor, whom, records=records, now=now, new_id=new_id)
        case ForThePair.END if pair is not None:
            end_pair(actor, pair.id, records=records, now=now, new_id=new_id)
        case ForThePair.REST if pair is not None:
            rest_one(pair, actor.id, now + REST, records=records, now=now, new_id=new_id)
        case _:
            return ForThePair.NOTHING
    return wanted
