"""Agreeing: each writes alone, both read, both agree, and a change takes effect only on the other's yes."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from bot.mentoring import agreement as core
from bot.mentoring.agreement import ALONE, CHOICES, OPEN_FOR, TOGETHER, Agreement, Change, Fate, Terms
from bot.mentoring.errors import BadInput, NotPossibleNow, Problem
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.pair import UNDER_WAY, Pair, PairState
from bot.mentoring.people import Participant
from bot.mentoring.prompts import (
    Agreed,
    AgreedFirst,
    AgreementAhead,
    AgreementShown,
    Both,
    Changed,
    ChangeDeclined,
    ChangeForm,
    ChangeProposed,
    ChangeSent,
    ChangeTakenBack,
    Compared,
    Expected,
    ExpectForm,
    OpenChange,
    PairAsked,
    PartnerWrote,
    Prompt,
    StepCheckIn,
    Term,
    TermsKept,
    WhichPair,
)
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.steps import Journey
from bot.mentoring.text import checked
from bot.ports import NewId, Records
from bot.use_cases.acting import no_pair_yet, open_pairs
from bot.use_cases.cards import flow
from bot.use_cases.marking import wrote
from bot.use_cases.reading import Reading, one_date
from bot.use_cases.saying import about, tell_partner
from bot.use_cases.stories import STILL_ALIGNED

LONGEST_END = timedelta(days=366)
"""How far off the last day may lie: a year is as long as two people can promise, and a change moves it."""
MOST_OFFERED = 8
"""Other versions that a view of one offers: the newest, which are asked for most."""
_OPTIONAL = ("worry", "off_limits")


@dataclass(frozen=True)
class Together:
    """One of the actor's pairs with what the two wrote, and the two people."""

    pair: Pair
    you: Participant
    partner: Participant
    agreement: Agreement

    @property
    def names(self) -> dict[ParticipantId, str]:
        """The names of the two."""
        return {self.you.id: self.you.name, self.partner.id: self.partner.name}


def together(actor: Actor, key: PairId, records: Records) -> Together:
    """A pair that is open to the actor, with what stands in its agreement."""
    pair = records.pair(key)
    authorise(actor, Action.WRITE_TOGETHER, pair)
    you, partner = records.participant(actor.id), records.participant(pair.partner_of(actor.id))
    return Together(pair, you, partner, records.agreement(pair.id))


def of_one_pair(
    actor: Actor, key: str, what: str, show: Callable[[PairId], Prompt], *, records: Records
) -> Prompt:
    """Show something of the pair that was named, of the only one, or ask of which."""
    authorise(actor, Action.TAKE_PART)
    if key:
        return show(PairId(key))
    pairs = open_pairs(actor.id, records, UNDER_WAY)
    if not pairs:
        return no_pair_yet(actor, what, records=records)
    if len(pairs) == 1:
        return show(pairs[0].id)
    return WhichPair(what, tuple(_asked(pair, actor.id, records) for pair in pairs))


def _asked(pair: Pair, one: ParticipantId, records: Records) -> PairAsked:
    return PairAsked(pair.id, records.participant(pair.partner_of(one)).name)


# expectations


def open_expect(actor: Actor, key: str, *, records: Records, now: datetime) -> Prompt:
    """Ask somebody alone what they expect; once both have written, show both."""

    def show(pair: PairId) -> Prompt:
        here = together(actor, pair, records)
        if here.agreement.both_in:
            return _compared(here, now)
        return ExpectForm(pair, here.partner.name, here.agreement.expected_by(here.you.id))

    return of_one_pair(actor, key, "expect", show, records=records)


def keep_expectations(
    actor: Actor, key: PairId, answers: dict[str, str], *, records: Records, now: datetime
) -> Prompt:
    """Keep what somebody expects; it opens to both once both have written."""
    here = together(actor, key, records)
    terms = _read(answers, ALONE, here.you.hours.day(now))
    if here.agreement.both_in and here.agreement.expected_by(here.you.id) == terms:
        return _compared(here, now)
    agreement = core.expecting(here.agreement, here.you.id, terms)
    _keep(here, agreement, records, now)
    here = replace(here, agreement=agreement)
    if not agreement.both_in:
        told = PartnerWrote(here.pair.id, here.you.name)
        tell_partner(here.pair, here.you.id, "wrote", told, records=records, now=now)
        return Expected(here.pair.id, here.partner.name)
    records.withdraw(here.you.id, f"{about(here.pair)}:wrote")
    both = _compared(here, now)
    tell_partner(here.pair, here.you.id, "compared", both, records=records, now=now)
    return both


def _keep(here: Together, agreement: Agreement, records: Records, now: datetime) -> None:
    """Keep what the two wrote and agreed; whoever did it gives a sign of life."""
    records.save_agreement(agreement)
    wrote(here.pair, here.you.id, records=records, now=now)


def _read(answers: dict[str, str], limit: int, today: date) -> Terms:
    """The terms that were filled in; BadForm names every field that cannot be taken."""
    reading = Reading()
    said: dict[str, str] = {}
    for field in fields(Terms):
        name = field.name
        if name == "ends":
            continue
        typed = answers.get(name, "")
        read = _choice if name in CHOICES else _text(limit)
        said[name] = reading.take(lambda name=name, typed=typed, read=read: read(name, typed), "")  # type: ignore[misc] # mypy cannot type a default in a lambda
    ends = reading.take(lambda: _last_day(answers.get("ends", ""), today), None)
    reading.finish()
    return Terms(**said, ends=ends)


def _text(limit: int) -> Callable[[str, str], str]:
    return lambda name, typed: checked(name, typed, limit, required=name not in _OPTIONAL, lines=True)


def _choice(name: str, typed: str) -> str:
    if typed not in CHOICES[name]:
        raise BadInput(name, Problem.NOT_A_CHOICE)
    return typed


def _last_day(typed: str, today: date) -> date | None:
    if not typed.strip():
        return None
    day = one_date("ends", typed)
    if day <= today:
        raise BadInput("ends", Problem.IN_THE_PAST)
    if day > today + LONGEST_END:
        raise BadInput("ends", Problem.TOO_FAR, str(LONGEST_END.days))
    return day


def _compared(here: Together, now: datetime) -> Compared:
    """Both answers, lower level first, so that both read the same."""
    one, other = (here.agreement.expected_by(side) for side in here.pair.sides)
    if one is None or other is None:
        raise NotPossibleNow("compare", "not written")
    start = core.draft(here.agreement, here.names, now.date())
    rows = tuple(
        Both(key, mine, theirs, _start(start, key, mine, theirs))
        for key in _keys()
        for mine, theirs in ((_value(one, key), _value(other, key)),)
        if mine or theirs
    )
    first, second = (here.names[side] for side in here.pair.sides)
    return Compared(here.pair.id, first, second, rows, agreed=bool(here.agreement.versions))


def _start(draft: Terms, key: str, mine: str, theirs: str) -> str:
    """What the draft begins with where both chose, and differently."""
    differ = key in (*CHOICES, "ends") and mine and theirs and mine != theirs
    return _value(draft, key) if differ else ""


def _keys() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Terms))


def _value(terms: Terms, key: str) -> str:
    """One answer as text."""
    return str(getattr(terms, key) or "")


# the agreement and its changes


def show_agreement(actor: Actor, key: str, *, records: Records, now: datetime) -> Prompt:
    """What holds between the two, or the next step towards it."""

    def show(pair: PairId) -> Prompt:
        here = together(actor, pair, records)
        current = here.agreement.current
        return _ahead(here, now) if current is None else _shown(here, current.number, now)

    return of_one_pair(actor, key, "agreement", show, records=records)


def show_version(actor: Actor, key: PairId, number: str, *, records: Records, now: datetime) -> Prompt:
    """An older version, as it was; they are all kept."""
    here = together(actor, key, records)
    numbers = {str(each.number): each.number for each in here.agreement.versions}
    if number not in numbers:
        raise BadInput("version", Problem.NOT_A_CHOICE)
    return _shown(here, numbers[number], now)


def _ahead(here: Together, now: datetime) -> AgreementAhead:
    stands = core.standing(here.agreement, here.you.id, now)
    ours = flow(here.pair, here.you.id)
    return AgreementAhead(here.pair.id, here.partner.name, stands, ours, _waiting(here, now))


def _shown(here: Together, number: int, now: datetime) -> AgreementShown:
    version = here.agreement.versions[number - 1]
    due = core.aligned_due(here.agreement, here.you.id)
    kept = [each.number for each in here.agreement.versions if each.number != number]
    fate = here.agreement.fate(now)
    return AgreementShown(
        pair=here.pair.id,
        partner=here.partner.name,
        number=number,
        newest=len(here.agreement.versions),
        since=version.at,
        rows=tuple(Term(key, value) for key in _keys() if (value := _value(version.terms, key))),
        flow=flow(here.pair, here.you.id),
        look_back_at=due or now,
        change=_waiting(here, now),
        fate=fate if fate in (Fate.DECLINED, Fate.LAPSED, Fate.WITHDRAWN) else "",
        others=tuple(kept[-MOST_OFFERED:]),
    )


def _waiting(here: Together, now: datetime) -> OpenChange | None:
    """The open change as the reader sees it."""
    change = here.agreement.open_change(now)
    if change is None:
        return None
    base = core.base_terms(here.agreement, here.names, now.date())
    rows, yours = _rows(base, change), change.by == here.you.id
    return OpenChange(
        here.pair.id, change.id, here.partner.name, rows, change.expires_at, change.back_to, yours
    )


def _rows(base: Terms, change: Change) -> tuple[Changed, ...]:
    """What a change replaces."""
    return tuple(
        Changed(key, _value(base, key), _value(change.terms, key))
        for key in core.changed_fields(base, change.terms)
    )


def open_change(actor: Actor, key: PairId, *, records: Records, now: datetime) -> ChangeForm:
    """Ask for other terms, with those that hold, or the draft, to start from."""
    here = together(actor, key, records)
    if here.agreement.open_change(now) is not None:
        raise NotPossibleNow("suggest", "change open")
    base = core.base_terms(here.agreement, here.names, now.date())
    return ChangeForm(here.pair.id, here.partner.name, len(here.agreement.versions), base)


def suggest_change(
    actor: Actor,
    key: PairId,
    base: str,
    answers: dict[str, str],
    *,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> Prompt:
    """Propose other terms; `base` is the number of versions that the form was opened on."""
    here = together(actor, key, records)
    terms = _read(answers, TOGETHER, here.you.hours.day(now))
    if base != str(len(here.agreement.versions)):
        raise NotPossibleNow("suggest", "agreed meanwhile")
    return _propose(here, terms, 0, records=records, now=now, new_id=new_id)


def undo_change(actor: Actor, key: PairId, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
    """Propose to go back to the version before the last change."""
    here = together(actor, key, records)
    before = core.go_back(here.agreement)
    return _propose(here, before.terms, before.number, records=records, now=now, new_id=new_id)


def _propose(
    here: Together, terms: Terms, back_to: int, *, records: Records, now: datetime, new_id: NewId
) -> ChangeSent:
    base = core.base_terms(here.agreement, here.names, now.date())
    versions = len(here.agreement.versions)
    change = Change(new_id(), here.you.id, versions, terms, now, now + OPEN_FOR, back_to)
    _keep(here, core.propose(here.agreement, change, base, now), records, now)
    rows, ends = _rows(base, change), change.expires_at
    proposed = ChangeProposed(here.pair.id, change.id, here.you.name, rows, ends, back_to)
    tell_partner(here.pair, here.you.id, _change_key(change.id), proposed, records=records, now=now)
    return ChangeSent(here.pair.id, change.id, here.partner.name, rows, ends, back_to)


def _change_key(key: str) -> str:
    return f"change:{key}"


def agree(actor: Actor, key: PairId, change: str, *, records: Records, now: datetime) -> Prompt:
    """Say yes to a change, or, where none is named, to the draft made of what both wrote."""
    here = together(actor, key, records)
    you, before = here.you.id, here.agreement
    if change:
        agreement = core.answer_change(before, change, you, Fate.AGREED, now)
    else:
        terms = core.base_terms(before, here.names, now.date())
        agreement = core.agree_first(before, you, terms, now)
    _keep(here, agreement, records, now)
    if agreement.current is None:
        return AgreedFirst(here.partner.name)
    number = agreement.current.number
    if len(agreement.versions) > len(before.versions):
        told = Agreed(here.pair.id, here.you.name, number, told=True)
        tell_partner(here.pair, you, f"agreed:{number}", told, records=records, now=now)
    return Agreed(here.pair.id, here.partner.name, number)


def keep_terms(actor: Actor, key: PairId, change: str, *, records: Records, now: datetime) -> TermsKept:
    """Say no to a change: what held goes on, and no reason is asked for."""
    here = together(actor, key, records)
    _keep(here, core.answer_change(here.agreement, change, here.you.id, Fate.DECLINED, now), records, now)
    told = ChangeDeclined(here.pair.id, here.you.name)
    tell_partner(here.pair, here.you.id, f"kept:{change}", told, records=records, now=now)
    return TermsKept(here.pair.id, here.partner.name)


def take_back(actor: Actor, key: PairId, change: str, *, records: Records, now: datetime) -> ChangeTakenBack:
    """Take one's own proposal back; where the other has not heard of it, they never do."""
    here = together(actor, key, records)
    _keep(here, core.answer_change(here.agreement, change, here.you.id, Fate.WITHDRAWN, now), records, now)
    records.withdraw(here.partner.id, f"{about(here.pair)}:{_change_key(change)}")
    return ChangeTakenBack(here.pair.id, here.partner.name)


# is it still right?


def answer_aligned(
    actor: Actor, key: PairId, journey: Journey, *, records: Records, now: datetime
) -> StepCheckIn:
    """Note that what the two agreed is still right; what else was asked stays open."""
    here = together(actor, key, records)
    _keep(here, core.said_fine(here.agreement, here.you.id, now), records, now)
    lines = [
        replace(
            _asked(pair, here.you.id, records),
            answered="fine" if _is_fine(pair, here.you.id, records) else "",
        )
        for pair in open_pairs(here.you.id, records, (PairState.ACTIVE,))
        if pair.id == key or _was_asked(pair, here.you.id, records) is not None
    ]
    step, this = journey.by_key[STILL_ALIGNED], PairAsked(key, here.partner.name, "fine")
    return StepCheckIn(step.key, step.doubt, step.lasts_days, tuple(lines) or (this,))


def _was_asked(pair: Pair, one: ParticipantId, records: Records) -> datetime | None:
    asked = [done.at for done in records.done(pair.id) if done.step == STILL_ALIGNED and done.to == one]
    return max(asked, default=None)


def _is_fine(pair: Pair, one: ParticipantId, records: Records) -> bool:
    asked = _was_asked(pair, one, records)
    said = [each.at for each in records.agreement(pair.id).fine if each.by == one]
    return bool(said) and (asked is None or max(said) >= asked)
