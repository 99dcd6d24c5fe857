"""What the two of a pair expect and agree: written alone, compared, agreed by both, changed only by both."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import PairId, ParticipantId

OPEN_FOR = timedelta(days=14)
"""How long a proposal for a change stays open: the usual time from one meeting to the next, so that the two
can talk about it face to face before it lapses. It counts from the deed alone: counted from when the other
hears of it, the last day would tell its maker that the other is away."""
ALONE, TOGETHER = 300, 800
"""Graphemes of one answer: somebody's own, and an agreed one, which holds what both wrote, with names."""
OFTEN = ("weekly", "fortnightly", "monthly")
"""How often the two meet, the most often first."""
REPLY = ("day", "two_days", "week")
"""How soon they answer each other, the soonest first."""
LOOK_BACK = ("4", "8", "12")
"""After how many weeks they are asked whether it is still right, the soonest first."""
CHOICES = {"often": OFTEN, "reply": REPLY, "look_back": LOOK_BACK}


@dataclass(frozen=True)
class Terms:
    """One set of answers: a person's own expectations, or what the two agreed. Empty where nothing was said.

    `often`, `reply` and `look_back` are values of CHOICES, `ends` the day up to which they want to meet.
    """

    learn: str
    share: str
    hope: str
    often: str
    reply: str
    look_back: str
    channel: str
    cancel: str
    worry: str = ""
    off_limits: str = ""
    ends: date | None = None


@dataclass(frozen=True)
class Version:
    """What both agreed, and when; versions count from 1."""

    number: int
    terms: Terms
    at: datetime


class Fate(StrEnum):
    """What became of a proposal for a change."""

    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Change:
    """A proposal for other terms, by one of the two, while `base` is the number of versions.

    `back_to` is the version whose terms it brings back, 0 for none.
    """

    id: str
    by: ParticipantId
    base: int
    terms: Terms
    at: datetime
    expires_at: datetime
    back_to: int = 0
    fate: Fate = Fate.OPEN


@dataclass(frozen=True)
class StillFine:
    """One of the two said that what they agreed is still right."""

    by: ParticipantId
    at: datetime


@dataclass(frozen=True)
class Agreement:
    """All that a pair wrote and agreed.

    `expected` holds each one's own answers; `agreed_first` who has agreed to the draft made of both, while
    there is no version; `change` the last proposal for a change, whatever became of it.
    """

    pair: PairId
    expected: tuple[tuple[ParticipantId, Terms], ...] = ()
    agreed_first: frozenset[ParticipantId] = frozenset()
    versions: tuple[Version, ...] = ()
    change: Change | None = None
    fine: tuple[StillFine, ...] = ()

    def expected_by(self, one: ParticipantId) -> Terms | None:
        """What somebody expects; for nobody's eyes but theirs before both have written."""
        return dict(self.expected).get(one)

    @property
    def both_in(self) -> bool:
        """Whether both have written."""
        return len(self.expected) > 1

    @property
    def current(self) -> Version | None:
        """What holds now; None before anything was agreed."""
        return self.versions[-1] if self.versions else None

    def open_change(self, now: datetime) -> Change | None:
        """The change that waits for an answer."""
        return self.change if self.fate(now) is Fate.OPEN else None

    def fate(self, now: datetime) -> Fate | None:
        """What has become of the last change; None where there was none. It lapses by itself."""
        if self.change is None:
            return None
        lapsed = self.change.fate is Fate.OPEN and self.change.expires_at <= now
        return Fate.LAPSED if lapsed else self.change.fate


class Standing(StrEnum):
    """Where a pair stands on its way to an agreement, as one of the two sees it."""

    NOBODY_WROTE = "nobody_wrote"
    YOU_WROTE = "you_wrote"
    PARTNER_WROTE = "partner_wrote"
    DRAFT = "draft"
    YOU_AGREED = "you_agreed"
    YOU_PROPOSE = "you_propose"
    PARTNER_PROPOSES = "partner_proposes"
    AGREED = "agreed"


def standing(agreement: Agreement, reader: ParticipantId, now: datetime) -> Standing:
    """Where it stands, without any content; that a partner agreed to the draft first is not told."""
    change = agreement.open_change(now)
    if change is not None:
        return Standing.YOU_PROPOSE if change.by == reader else Standing.PARTNER_PROPOSES
    if agreement.versions:
        return Standing.AGREED
    if agreement.both_in:
        return Standing.YOU_AGREED if reader in agreement.agreed_first else Standing.DRAFT
    if not agreement.expected:
        return Standing.NOBODY_WROTE
    return Standing.YOU_WROTE if agreement.expected_by(reader) else Standing.PARTNER_WROTE


def expecting(agreement: Agreement, one: ParticipantId, terms: Terms) -> Agreement:
    """The agreement with somebody's own answers; NotPossibleNow once both have written and read them."""
    if agreement.both_in:
        raise NotPossibleNow("expect", "compared")
    others = tuple(each for each in agreement.expected if each[0] != one)
    return replace(agreement, expected=(*others, (one, terms)))


def draft(agreement: Agreement, names: dict[ParticipantId, str], today: date) -> Terms:
    """The first proposal, made of what both wrote.

    Free answers stand together under their names; of two choices the gentler one holds, and of two last days
    the earlier, as long as it lies ahead: both can keep that.
    """
    (one, mine), (other, theirs) = sorted(agreement.expected)
    ends = sorted(day for day in (mine.ends, theirs.ends) if day is not None and day > today)
    together: dict[str, str] = {}
    for field in fields(Terms):
        key = field.name
        if key == "ends":
            continue
        first, second = str(getattr(mine, key)), str(getattr(theirs, key))
        if key in CHOICES:
            together[key] = max(first, second, key=CHOICES[key].index)
        elif first == second:
            together[key] = first
        else:
            said = ((names[one], first), (names[other], second))
            together[key] = "\n".join(f"{name}: {text}" for name, text in said if text)
    return Terms(**together, ends=ends[0] if ends else None)


def base_terms(agreement: Agreement, names: dict[ParticipantId, str], today: date) -> Terms:
    """What a change starts from: what holds now, else the draft; NotPossibleNow before both have written."""
    if agreement.current is not None:
        return agreement.current.terms
    if not agreement.both_in:
        raise NotPossibleNow("suggest", "not written")
    return draft(agreement, names, today)


def agree_first(agreement: Agreement, one: ParticipantId, terms: Terms, now: datetime) -> Agreement:
    """Agree to the draft; the second yes makes it version 1. A yes said twice is one."""
    if agreement.versions:
        return agreement
    if not agreement.both_in:
        raise NotPossibleNow("agree", "not written")
    if agreement.open_change(now) is not None:
        raise NotPossibleNow("agree", "change open")
    both = agreement.agreed_first | {one}
    agreed = replace(agreement, agreed_first=both)
    return _with_version(agreed, terms, now) if len(both) > 1 else agreed


def _with_version(agreement: Agreement, terms: Terms, now: datetime) -> Agreement:
    version = Version(len(agreement.versions) + 1, terms, now)
    return replace(agreement, versions=(*agreement.versions, version))


def propose(agreement: Agreement, change: Change, base: Terms, now: datetime) -> Agreement:
    """Propose a change of `base`, from which it was made.

    NotPossibleNow while another one is open, where something was agreed since, or where it changes nothing.
    """
    if agreement.open_change(now) is not None:
        raise NotPossibleNow("suggest", "change open")
    if change.base != len(agreement.versions):
        raise NotPossibleNow("suggest", "agreed meanwhile")
    if change.terms == base:
        raise NotPossibleNow("suggest", "nothing new")
    return replace(agreement, change=change)


def go_back(agreement: Agreement) -> Version:
    """The version that undoing the last change would bring back; NotPossibleNow where there is none.

    Undoing is a proposal like any other and needs the other's yes: what both agreed, one alone never changes.
    """
    if len(agreement.versions) <= 1:
        raise NotPossibleNow("undo", "no change")
    return agreement.versions[-2]


def answer_change(agreement: Agreement, key: str, one: ParticipantId, fate: Fate, now: datetime) -> Agreement:
    """Agree to a change, decline it, or (its maker) take it back; the same answer twice is one.

    NotPossibleNow names, as its state, what has become of it otherwise.
    """
    change, became = agreement.change, agreement.fate(now)
    if change is None or change.id != key:
        raise NotPossibleNow("answer change", Fate.REPLACED)
    own = change.by == one
    if own is not (fate is Fate.WITHDRAWN):
        raise NotPossibleNow("answer change", "yours" if own else "theirs")
    if became is fate:
        return agreement
    if became is not Fate.OPEN:
        raise NotPossibleNow("answer change", f"change {became}")
    answered = replace(agreement, change=replace(change, fate=fate))
    return _with_version(answered, change.terms, now) if fate is Fate.AGREED else answered


def changed_fields(old: Terms, new: Terms) -> tuple[str, ...]:
    """The fields in which two sets of terms differ, in their order."""
    return tuple(one.name for one in fields(Terms) if getattr(old, one.name) != getattr(new, one.name))


def said_fine(agreement: Agreement, one: ParticipantId, now: datetime) -> Agreement:
    """Note that somebody finds it still right; NotPossibleNow before anything was agreed."""
    if agreement.current is None:
        raise NotPossibleNow("still fine", "not agreed")
    others = tuple(each for each in agreement.fine if each.by != one)
    return replace(agreement, fine=(*others, StillFine(one, now)))


def aligned_due(
    agreement: Agreement, one: ParticipantId, asked_at: datetime | None = None
) -> datetime | None:
    """When somebody is next asked whether it is still right; None before anything was agreed.

    So many weeks as they agreed after they last agreed to anything, said that it is fine, or were asked:
    eight, unless either had it changed. An agreed change begins the weeks afresh for both.
    """
    if agreement.current is None:
        return None
    moments = [agreement.current.at, *(each.at for each in agreement.fine if each.by == one)]
    moments += [asked_at] if asked_at else []
    return max(moments) + timedelta(weeks=int(agreement.current.terms.look_back))
